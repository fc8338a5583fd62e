{%- set may_be_refused = "typed_event_type = 'accepted'" -%}
with checked as (
    {{ checked_rows('raw_session_events', text_kept_of=may_be_refused) | indent(4) }}
),

-- Rows that don't count stand in the order, but are not counted and change nothing.
ordered as (
    select
        *,
        count(*) filter (where row_outcome = 'accepted') over (
            session_order rows between unbounded preceding and current row
        ) as event_position,
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
        case when is_after_close or row_outcome != 'accepted' then row_text end as row_text
    )
from final
