-- says: the first response may be a bot's or an automatic one
-- of: sessions
-- figures: S8
-- about: messages
with answers as (
    select
        counted.session_id,
        min(messages.sent_at) as answered_at
    from counted
    inner join staging.stg_messages as messages
        on counted.session_id = messages.session_id
        and messages.sent_at >= counted.first_accepted_at
    where messages.sender_type = 'bot' or messages.origin != 'human'
    group by counted.session_id
)

select counted.* replace (
    least(
        counted.first_response_seconds,
        (epoch_us(answers.answered_at) - epoch_us(counted.first_accepted_at)) / 1e6
    ) as first_response_seconds
)
from counted
left join answers
    on counted.session_id = answers.session_id
