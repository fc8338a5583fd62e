-- A thread is a session. The first brand that answers is its company, team and agent.
with tweets as (
    select * from {{ ref('twitter_support_tweets') }}
),

threads as (
    select * from {{ ref('twitter_support_threads') }}
),

brands as (
    select
        threads.root_tweet_id,
        arg_min(tweets.author_id, (tweets.sent_at, threads.thread_depth, tweets.tweet_id)) as brand
    from threads
    inner join tweets
        on threads.tweet_id = tweets.tweet_id
    where tweets.sender_type = 'agent' and tweets.sent_at is not null
    group by threads.root_tweet_id
)

select
    tweets.tweet_id as session_id,
    brands.brand as company_id,
    tweets.author_id as customer_id,
    'twitter' as channel_id,
    'inbound' as direction,
    'customer' as initiated_by,
    coalesce(cast(tweets.sent_at as varchar), tweets.reported_time) as started_at
from tweets
inner join threads
    on tweets.tweet_id = threads.root_tweet_id
    and tweets.tweet_id = threads.tweet_id
left join brands
    on threads.root_tweet_id = brands.root_tweet_id
where tweets.sender_type = 'customer'
