-- fct_resolutions has the sessions that are closed, and no others; what comes next is of the same
-- customer, starts within the window after the close, and nothing else of the customer comes
-- before.
with resolutions as (
    select * from {{ built_rows(ref('fct_resolutions')) }}
),

closed as (
    select
        session_id,
        last_closed_at
    from {{ built_rows(ref('fct_sessions')) }}
    where is_closed
),

takers as (
    select
        sessions.session_id,
        sessions.company_id,
        sessions.customer_id,
        sessions.started_at
    from {{ ref('fct_sessions') }} as sessions
    where {{ may_repeat('sessions') }}
)

select
    coalesce(closed.session_id, resolutions.session_id) as session_id,
    resolutions.next_session_id
from closed
full join resolutions
    on closed.session_id = resolutions.session_id
left join {{ ref('fct_sessions') }} as sessions
    on resolutions.session_id = sessions.session_id
where
    resolutions.session_id is null
    or sessions.is_closed is not true
    or sessions.last_closed_at is distinct from resolutions.closed_at
union all
select
    resolutions.session_id,
    resolutions.next_session_id
from resolutions
left join takers as followers
    on resolutions.next_session_id = followers.session_id
where
    resolutions.next_session_id is not null
    and (
        resolutions.next_session_id != resolutions.session_id
        and resolutions.company_id = followers.company_id
        and resolutions.customer_id = followers.customer_id
        and resolutions.closed_at < followers.started_at
        and resolutions.matures_at >= followers.started_at
    ) is not true
{%- if not repeat_scopes()[var('repeat_scope')] %}
union all
select
    resolutions.session_id,
    takers.session_id as next_session_id
from resolutions
inner join takers
    on resolutions.session_id != takers.session_id
    and resolutions.company_id = takers.company_id
    and resolutions.customer_id = takers.customer_id
    and resolutions.closed_at < takers.started_at
    and resolutions.matures_at >= takers.started_at
left join takers as followers
    on resolutions.next_session_id = followers.session_id
where
    resolutions.next_session_id is null
    or takers.started_at < followers.started_at
    or (takers.started_at = followers.started_at and takers.session_id < followers.session_id)
{%- endif %}
