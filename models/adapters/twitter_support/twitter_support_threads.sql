-- One row a tweet of a thread whose root is a customer's tweet that answers nothing. Threads rooted
-- in a brand's tweet or in a tweet that isn't in the files are left out.
{{ config(materialized='table') }}

with recursive links as (
    select
        tweet_id,
        min(answered_tweet_id) as answered_tweet_id,
        bool_and(sender_type = 'customer') as is_customer
    from {{ ref('twitter_support_tweets') }}
    where tweet_id is not null
    group by tweet_id
),

threads as (
    select
        tweet_id,
        tweet_id as root_tweet_id,
        0 as thread_depth
    from links
    where answered_tweet_id is null and is_customer

    union all

    select
        links.tweet_id,
        threads.root_tweet_id,
        threads.thread_depth + 1 as thread_depth
    from threads
    inner join links
        on threads.tweet_id = links.answered_tweet_id
)

select * from threads
