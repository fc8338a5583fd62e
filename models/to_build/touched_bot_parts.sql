-- Sessions of which this build makes the row of bot_part_facts anew: those that it makes anew,
-- those after whose bot one of these comes or came, those whose hours have ended since, and those
-- that a bot still has, for their seconds grow.
{%- if not is_incremental_build() %}
-- depends_on: {{ ref('touched_sessions') }} {{ ref('session_facts') }} {{ ref('data_span') }}
-- depends_on: {{ source('last_build_internal', 'bot_part_facts') }}
select cast(null as string) as session_id
where false
{%- else %}
with former as (
    select * from {{ source('last_build_internal', 'bot_part_facts') }}
),

changed as (
    select
        company_id,
        customer_id,
        started_at
    from {{ built_rows(ref('session_facts')) }}
    where customer_id is not null
)

select session_id from {{ ref('touched_sessions') }}
union
select session_id from former
where next_session_id in (select session_id from {{ ref('touched_sessions') }})
union
select former.session_id
from former
inner join changed
    on former.company_id = changed.company_id
    and former.customer_id = changed.customer_id
    and former.ended_at < changed.started_at
    and {{ seconds_after('former.ended_at', bot_repeat_seconds()) }} >= changed.started_at
union
select former.session_id
from former
cross join {{ ref('data_span') }} as data_span
where
    former.is_matured != (former.matures_at <= data_span.as_of)
    or (former.result = 'running' and data_span.moved_from is not null)
{%- endif %}
