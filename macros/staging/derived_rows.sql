{#
Rows of adapters: every build derives all of them from the files that are there, but judges only those
that are other than the last build's, and what these touch. A stored row that isn't derived any more
(a later line changed what it says) has the outcome gone for one build, so that its session, or agent,
is made anew without it; the next build deletes it. Where more than rows went (models/to_build:
gone_names) everything is made anew.
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

{# The first CTE of checked_rows where rows are derived anew: those that are new, other or gone. #}
{% macro differences_first(table_name) -%}
    {%- if are_rows_derived_anew() -%}
    differences as {{ materialized() }} (
        {{ differences_of_rows(table_name) | indent(8) }}
    ),
    {%- endif -%}
{%- endmacro %}

{# The stored rows that are derived no more, for a CTE. #}
{% macro gone_rows_next(table_name) -%}
    {%- if are_rows_derived_anew() -%}
    gone_rows as {{ materialized() }} (
        select * from stored_rows
        where {{ is_other_row(table_name) }}
    ),
    {%- endif -%}
{%- endmacro %}

{# The gone rows of gone_rows_next with that outcome, below the judged ones. `judged`: their columns. #}
{% macro and_gone_rows(judged) -%}
    {%- if are_rows_derived_anew() -%}
    union all
    select
        {{ judged | join(', ') | replace('moved_to', 'cast(null as timestamp) as moved_to') }},
        'gone' as row_outcome
    from gone_rows
    {%- endif -%}
{%- endmacro %}

{# After gone_names: stops where this build isn't the one that can do without what is gone. #}
{% macro check_gone_names() %}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% set gone = run_query(
            'select kind, count(*), min(gone_id) from ' ~ this ~ ' group by kind order by kind'
        ).rows %}
        {% set examples = [] %}
        {% for kind, count, name in gone %}
            {% do examples.append('%s %s (%s of its kind)' % (kind, name, '{:,}'.format(count | int))) %}
        {% endfor %}
        {% if gone %}
            {{ exceptions.raise_compiler_error(
                'The files say no more what they said in the last build: ' ~ examples | join(', ')
                ~ '. All rows have to be built again: --full-refresh.'
            ) }}
        {% endif %}
    {% endif %}
{% endmacro %}
