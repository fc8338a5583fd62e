-- Each transferred event is a row of fct_transfers, and the rows of transfers_daily sum to them.
with events as (
    select
        sessions.session_id,
        events.event_position as transfer_number
    from {{ ref('session_events_to_build') }} as events
    inner join {{ ref('stg_sessions') }} as sessions
        on events.session_key = sessions.session_key
    where events.event_type = 'transferred'
),

transfers as (
    select * from {{ built_rows(ref('fct_transfers')) }}
),

transfers_of_days as (
    select
        company_id,
        date_day,
        count(*) as transfer_count,
        count(to_agent_id) as received_transfer_count
    from {{ built_rows(ref('fct_transfers'), ['fct_transfers']) }}
    group by company_id, date_day
),

marts as (
    select
        company_id,
        date_day,
        sum(transfer_count) as transfer_count,
        sum(received_transfer_count) as received_transfer_count
    from {{ built_rows(ref('transfers_daily')) }}
    group by company_id, date_day
)

select
    coalesce(events.session_id, transfers.session_id) as subject,
    coalesce(events.transfer_number, transfers.transfer_number) as place
from events
full join transfers
    on events.session_id = transfers.session_id
    and events.transfer_number = transfers.transfer_number
where events.session_id is null or transfers.session_id is null
union all
select
    coalesce(transfers_of_days.company_id, marts.company_id) as subject,
    marts.transfer_count as place
from transfers_of_days
full join marts
    on transfers_of_days.company_id = marts.company_id
    and transfers_of_days.date_day = marts.date_day
where
    transfers_of_days.transfer_count is distinct from marts.transfer_count
    or transfers_of_days.received_transfer_count is distinct from marts.received_transfer_count
