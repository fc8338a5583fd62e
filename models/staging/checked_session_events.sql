with checked as (
    {{ checked_rows('raw_session_events') | indent(4) }}
),

-- Of rows that don't count the order is numbered too, which leaves gaps and does no harm.
ordered as (
    select
        *,
        row_number() over session_order as event_position,
        coalesce(
            last_value(
                case
                    when row_outcome = 'accepted' and event_type in ('closed', 'reopened')
                        then event_type
                end ignore nulls
            ) over (session_order rows between unbounded preceding and 1 preceding) = 'closed',
            false
        ) as was_closed
    from checked
    window session_order as (
        partition by session_key
        order by occurred_at, coalesce(event_seq, 0), event_id
    )
),

final as (
    select
        *,
        row_outcome = 'accepted' and event_type = 'accepted' and was_closed as is_after_close
    from ordered
)

select
    * replace (
        case when is_after_close then 'after_close' else row_outcome end as row_outcome,
        case when is_after_close then event_id else row_key end as row_key,
        case
            when is_after_close then {{ row_as_text(contract_columns('raw_session_events')) }}
            else row_text
        end as row_text
    )
from final
