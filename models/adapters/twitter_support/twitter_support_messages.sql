-- The tweets of the threads, and every line that can't be placed because it is broken: those have
-- no session and end in quarantine.
with tweets as (
    select * from {{ ref('twitter_support_tweets') }}
),

threads as (
    select * from {{ ref('twitter_support_threads') }}
)

select
    tweets.tweet_id as message_id,
    threads.root_tweet_id as session_id,
    coalesce(cast(tweets.sent_at as varchar), tweets.reported_time) as sent_at,
    -- Tweets bear whole seconds and their ids are in no order: an answer follows what it answers.
    threads.thread_depth as message_seq,
    tweets.sender_type,
    tweets.author_id as sender_id
from tweets
left join threads
    on tweets.tweet_id = threads.tweet_id
where
    threads.tweet_id is not null
    or tweets.tweet_id is null
    or tweets.sent_at is null
    or tweets.sender_type is null
    or tweets.sender_type not in ('customer', 'agent')
