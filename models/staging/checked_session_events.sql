with checked as (
    {{ checked_rows('raw_session_events') | indent(4) }}
),

ordered as (
    select
        *,
        row_number() over session_order as event_position,
        coalesce(
            last_value(
                case when event_type in ('closed', 'reopened') then event_type end ignore nulls
            ) over (session_order rows between unbounded preceding and 1 preceding) = 'closed',
            false
        ) as was_closed
    from checked
    where row_outcome = 'accepted'
    window session_order as (
        partition by session_key
        order by occurred_at, coalesce(event_seq, 0), event_id
    )
)

select
    * exclude (row_outcome, row_text),
    case when event_type = 'accepted' and was_closed then 'after_close' else 'accepted' end
        as row_outcome,
    case when event_type = 'accepted' and was_closed
        then {{ row_as_text(contract_columns('raw_session_events')) }}
    end as row_text
from ordered
union all by name
select *
from checked
where row_outcome != 'accepted'
