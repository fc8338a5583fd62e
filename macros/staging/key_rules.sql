{# The third step of checked_rows: what the rows of one key make of each other. #}

{#
Rows of `rows` (the name of a CTE, made by session_rules) with their row_outcome.

Copies of a row (same content, whenever landed) are one row and its duplicates, whatever becomes of
that one. Of versions (other content) the last to land counts; but only those that break no rule
compete: a quarantined row acts on nothing, so it can't replace a good older one.
#}
{% macro key_rules(table_name, rows) %}
{%- set content = content_as_text(contract()[table_name].columns) -%}
with copies as (
    select
        *,
        -- A row that doesn't say when it landed landed now; one of which the landing can't be right
        -- stands for no other.
        row_number() over (
            partition by key_value, {{ content }}
            order by
                {% if var('known_at') -%}
                coalesce(refused_for = 'not_known', false),
                {% endif -%}
                refused_for is not null, {{ was_unreadable('ingested_at') }},
                {{ latest_first() }}, row_text
        ) as copy_number
    from {{ rows }}
),

versions as (
    select
        *,
        row_number() over (
            partition by key_value, (copy_number = 1 and refused_for is null)
            order by {{ latest_first() }}, {{ content }}
        ) as version_number
    from copies
)

select
    *,
    case
        {%- if var('known_at') %}
        when refused_for = 'not_known' then refused_for
        {%- endif %}
        when copy_number > 1 then 'duplicate'
        when refused_for is not null then refused_for
        when version_number > 1 then 'superseded'
        else 'accepted'
    end as row_outcome
from versions
{% endmacro %}

{# What of a checked table stands in quarantined_rows. #}
{% macro is_left_out() -%}
    row_outcome not in ('accepted', 'duplicate', 'not_known', 'gone')
{%- endmacro %}

{# The order of landings. Of rows that don't say when they landed, and so landed now, that of a file
   which changed later; of those of one state of a file, or of files of one age, that loaded later. Rows
   of adapters are of no file: they are ordered as in one build of all. #}
{% macro latest_first() -%}
    ingested_at desc nulls first,
                case when ingested_at is null then source_modified_at end desc nulls last,
                case when ingested_at is null and source_file is not null then loaded_in_build end
                desc nulls last
{%- endmacro %}

{# The key of a stored row as one text, as own_rules makes it of a raw one. #}
{% macro stored_key(table) %}
    {% set parts = parts_of_feed(table) %}
    {% for column in table.key %}
        {% do parts.append(
            column if holds_every_text(table.columns[column])
            else 'coalesce(cast(' ~ column ~ ' as string), ' ~ raw_value(column) ~ ')'
        ) %}
    {% endfor %}
    {% do return(parts | join(" || '|' || ")) %}
{% endmacro %}

{# What makes two rows copies: all columns but ingested_at, as they were read or, where they couldn't
   be, as they came. #}
{% macro content_as_text(columns) %}
    {% set fields = {} %}
    {% for column, type in columns.items() %}
        {% do fields.update({column: column if holds_every_text(type)
            else 'coalesce(cast(' ~ column ~ ' as string), ' ~ raw_value(column) ~ ')'}) %}
    {% endfor %}
    {% do return(json_text(fields)) %}
{% endmacro %}

{# The row as a JSON text. `columns`: name -> type. #}
{% macro row_as_text(columns) %}
    {% set fields = {} %}
    {% for column, type in columns.items() %}
        {% do fields.update({
            column: 'cast(' ~ column ~ ' as string)' if type == 'timestamp' else column
        }) %}
    {% endfor %}
    {% do return(json_text(fields)) %}
{% endmacro %}

{# What a row held that couldn't be read. #}
{% macro raw_value(column) %}
    {% do return(json_field('row_text', column)) %}
{% endmacro %}

{# True where a value came and couldn't be read. #}
{% macro was_unreadable(column) %}
    {% do return('(' ~ column ~ ' is null and ' ~ raw_value(column) ~ ' is not null)') %}
{% endmacro %}
