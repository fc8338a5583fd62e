with events as (
    {%- for table_name, table in event_tables().items() %}
    select
        min({{ table.time }}) as first_event_at,
        max({{ table.time }}) as last_event_at
    from {{ ref(table_name | replace('raw_', 'checked_', 1)) }}
    where row_outcome = 'accepted'
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

span as (
    select
        min(first_event_at) as first_event_at,
        {% if var('as_of') -%}
        {{ as_of_instant() }} as as_of,
        {%- else -%}
        max(last_event_at) as as_of,
        {%- endif %}
        {% if is_incremental_build() -%}
        (select as_of from {{ this }}) as former_as_of,
        (select first_event_at from {{ this }}) as former_first_event_at
        {%- else -%}
        cast(null as timestamp) as former_as_of,
        cast(null as timestamp) as former_first_event_at
        {%- endif %}
    from events
)

select
    first_event_at,
    as_of,
    former_as_of,
    former_first_event_at,
    case when as_of != former_as_of then least(as_of, former_as_of) end as moved_from
from span
