{#
Rows of adapters: every build derives all of them from the files that are there, but judges only those
that are other than the last build's, and what these touch. A stored row that isn't derived any more
(its file is gone, or says something else now) has the outcome gone for one build, so that its
session, or agent, is made anew without it; the next build deletes it.
#}

{# True where rows are derived anew that an earlier build has stored. #}
{% macro are_rows_derived_anew() %}
    {% do return(var('adapters') and is_incremental_build()) %}
{% endmacro %}

{# Contents of rows that are derived more or less often than they are stored, for a CTE. #}
{% macro differences_of_rows(table_name) %}
select content
from (
    select
        {{ content_of_row(table_name) }} as content,
        1 as side
    from (
        {{ derived_rows(table_name) | indent(8) }}
    )
    union all
    select
        {{ content_of_row(table_name) }} as content,
        -1 as side
    from (
        select {{ star(replaced=as_it_came(contract()[table_name])) }} from {{ this }}
    )
    where row_outcome != 'gone'
)
group by content
having sum(side) != 0
{% endmacro %}

{# The rows that the files give now, with what each breaks by itself. #}
{% macro derived_rows(table_name) %}
    {% do return(own_rules(table_name, raw(table_name), native_columns(table_name))) %}
{% endmacro %}

{# A hash of what a row says: one that says the same is no other row. #}
{% macro content_of_row(table_name) %}
    {% do return(hash_of(contract_columns(table_name) | list + ['row_text', 'feed'])) %}
{% endmacro %}

{# True of a row that is new, or gone: of the CTE differences. #}
{% macro is_other_row(table_name) %}
    {% do return(content_of_row(table_name) ~ ' in (select content from differences)') %}
{% endmacro %}

{# Which stored rows go besides those with a key that was judged: those that were gone before, and
   those without a key that are now. `judged`: the rows that this build judged. #}
{% macro is_gone(table_name, judged) %}
    {% set content = content_of_row(table_name) %}
    {% do return("(row_outcome = 'gone' or (" ~ stored_key(contract()[table_name]) ~ ' is null and '
        ~ content ~ ' in (select ' ~ content ~ ' from ' ~ judged ~ " where row_outcome = 'gone')))") %}
{% endmacro %}
