{#
Every raw row of a contract table, cast to the contract's types, with what became of it:

    row_outcome  accepted, duplicate, or the reason for which the row is in quarantine
    row_key      the key as text, for people to find the row by; NULL for an accepted row
    row_text     the whole row as it came, as JSON; NULL for an accepted row, unless it meets the
                 condition text_kept_of: a row that a later check may still put into quarantine
    session_key  of tables whose rows belong to a session

Only rows that pass every check of their own compete for a key: a quarantined row acts on nothing,
so it can't replace a good older copy. Copies of a row (same key, same content, whenever landed)
are one row and its duplicates, whatever becomes of that one.
#}
{% macro checked_rows(table_name, text_kept_of=none) %}
{%- set table = contract()[table_name] -%}
{%- set columns = contract_columns(table_name) -%}
{%- set source = contract_source(table_name) -%}
{%- set needs_session = table.get('session_rows', false) -%}
with source_rows as not materialized (
    {{ source.sql | indent(4) }}
),

parsed as not materialized (
    select
        *,
        {{ comparable_key(table, source.native) }} as key_value,
        case
            when ingested_at is null then {{ run_instant() }}
            else coalesce(
                {{ typed_value('ingested_at', 'timestamp', 'ingested_at' in source.native) }},
                timestamp '-infinity'
            )
        end as landed_at
        {%- for column, type in columns.items() %},
        {{ typed_value(column, type, column in source.native) }} as typed_{{ column }}
        {%- endfor %}
    from source_rows
    {{ until_as_of(table_name, source) }}
),

-- Few keys come twice. Only their rows are compared with each other; all others pass by.
repeated_keys as materialized (
    select {{ comparable_key(table, source.native) }} as key_value
    from source_rows
    group by 1
    having count(*) > 1 and {{ comparable_key(table, source.native) }} is not null
),

rows_of_single_keys as not materialized (
    select parsed.*
    from parsed
    left join repeated_keys
        on parsed.key_value = repeated_keys.key_value
    where repeated_keys.key_value is null
),

rows_of_repeated_keys as not materialized (
    select parsed.*
    from parsed
    inner join repeated_keys
        on parsed.key_value = repeated_keys.key_value
),

single_rows as (
    {{ with_quarantine_reason(table_name, 'rows_of_single_keys') | indent(4) }}
),

copies as (
    select
        *,
        row_number() over (
            partition by key_value, {{ row_as_text(table.columns) }}
            order by landed_at desc
        ) as copy_number
    from (
        {{ with_quarantine_reason(table_name, 'rows_of_repeated_keys') | indent(8) }}
    )
),

versions as (
    select
        *,
        row_number() over (
            partition by key_value, (copy_number = 1 and quarantine_reason is null)
            order by landed_at desc, {{ row_as_text(table.columns) }}
        ) as version_number
    from copies
),

repeated_rows as (
    select
        * exclude (copy_number, version_number),
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null then quarantine_reason
            when version_number > 1 then 'superseded'
            else 'accepted'
        end as row_outcome
    from versions
),

all_rows as (
    select
        *,
        coalesce(quarantine_reason, 'accepted') as row_outcome
    from single_rows
    union all
    select * from repeated_rows
)

select
    row_outcome,
    case when row_outcome != 'accepted' then {{ table.key | join(" || '|' || ") }} end as row_key,
    case
        when row_outcome != 'accepted' {{- ' or ' ~ text_kept_of if text_kept_of }}
            then {{ row_as_text(columns) }}
    end as row_text,
    {%- if needs_session %}
    session_key,
    {%- endif %}
    {%- for column in columns %}
    typed_{{ column }} as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
from all_rows
{% endmacro %}

{#
Parsed rows (`rows`: the name of a CTE), each with the first rule of the contract that it breaks;
NULL where it breaks none.
#}
{% macro with_quarantine_reason(table_name, rows) %}
{%- set table = contract()[table_name] -%}
{%- set columns = contract_columns(table_name) -%}
{%- set needs_session = table.get('session_rows', false) -%}
select
    parsed.*,
    {%- if needs_session %}
    sessions.session_key,
    {%- endif %}
    case
        {%- for column in table.key %}
        when parsed.{{ column }} is null then 'missing_key'
        {%- endfor %}
        {%- if table.time is defined %}
        when parsed.{{ table.time }} is null then 'missing_timestamp'
        {%- endif %}
        {%- for column in table.get('references', []) %}
        when parsed.{{ column }} is null then 'missing_reference'
        {%- endfor %}
        {%- for column, type in columns.items() if type == 'timestamp' %}
        when {{ is_unreadable(column, type) }} then 'bad_timestamp'
        {%- endfor %}
        {%- for column, type in columns.items() if type not in ('timestamp', 'text') %}
        when {{ is_unreadable(column, type) }} then 'bad_value'
        {%- endfor %}
        {%- for condition, required in table.get('required', {}).items() %}
        {%- for column in required %}
        when {{ condition }} and parsed.{{ column }} is null then 'bad_value'
        {%- endfor %}
        {%- endfor %}
        {%- for column, type in columns.items() if type is mapping and type.range is defined %}
        when parsed.typed_{{ column }} not between {{ type.range[0] }} and {{ type.range[1] }}
            then '{{ column }}_out_of_range'
        {%- endfor %}
        {%- if table.time is defined %}
        when
            parsed.typed_{{ table.time }} > parsed.landed_at
            + interval '{{ var("future_tolerance_hours") }} hours'
            then 'future_timestamp'
        {%- endif %}
        {%- if needs_session %}
        when sessions.session_key is null then 'unknown_session'
        when
            parsed.typed_{{ table.time }} < sessions.started_at
            - interval '{{ var("before_start_tolerance_minutes") }} minutes'
            then 'before_start'
        {%- endif %}
        {%- if table.get('refused_while_closed', false) %}
        when closed_periods.session_key is not null then 'after_close'
        {%- endif %}
    end as quarantine_reason
from {{ rows }} as parsed
{%- if needs_session %}
left join {{ ref('stg_sessions') }} as sessions
    on parsed.session_id = sessions.session_id
{%- endif %}
{%- if table.get('refused_while_closed', false) %}
left join {{ ref('closed_periods') }} as closed_periods
    on sessions.session_key = closed_periods.session_key
    and parsed.typed_{{ table.time }} > closed_periods.closed_at
    and parsed.typed_{{ table.time }} < closed_periods.reopened_at
{%- endif %}
{% endmacro %}

{# The rows of a checked table that count. #}
{% macro accepted_rows(relation) %}
select * exclude (row_key, row_outcome, row_text)
from {{ relation }}
where row_outcome = 'accepted'
{% endmacro %}

{# The key as one text; NULL where a part of it is missing. Unlike in row_key, an instant is the
   same however it is written. #}
{% macro comparable_key(table, native) %}
    {% set parts = [] %}
    {% for column in table.key %}
        {% if table.columns[column] == 'timestamp' %}
            {% set instant = typed_value(column, 'timestamp', column in native) %}
            {% do parts.append(
                'coalesce(cast(' ~ instant ~ ' as varchar), cast(' ~ column ~ ' as varchar))'
            ) %}
        {% else %}
            {% do parts.append(column) %}
        {% endif %}
    {% endfor %}
    {% do return(parts | join(" || '|' || ")) %}
{% endmacro %}

{# The row as a JSON text. Without ingested_at it is what makes two copies "the same content". #}
{% macro row_as_text(columns) %}
    {% set fields = [] %}
    {% for column in columns %}
        {% do fields.append("'" ~ column ~ "': " ~ column) %}
    {% endfor %}
    {% do return('cast(to_json({' ~ fields | join(', ') ~ '}) as varchar)') %}
{% endmacro %}

{# Where as_of is set, later rows are as if they weren't there. `source`: see contract_source. #}
{% macro until_as_of(table_name, source) -%}
    {%- set event_time = contract()[table_name].get('time') -%}
    {%- if var('as_of') and event_time -%}
    where coalesce(
        {{ typed_value(event_time, 'timestamp', event_time in source.native) }}
        <= {{ as_of_instant() }},
        true
    )
    {%- endif -%}
{%- endmacro %}

{# When this build began: what "now" means where a row doesn't say when it landed. #}
{% macro run_instant() %}
    {% do return("timestamp '" ~ run_started_at.strftime('%Y-%m-%d %H:%M:%S') ~ "'") %}
{% endmacro %}
