-- One row a line, its values read. A value that isn't of its kind stays as the file has it, so that
-- the contract's checks find it.
{{ config(materialized='table') }}

select
    tweet_id,
    author_id,
    case lower(inbound) when 'true' then 'customer' when 'false' then 'agent' else inbound end
        as sender_type,
    -- English names whatever the machine's language: "Tue Oct 31 22:10:47 +0000 2017".
    make_timestamp(epoch_us(try_strptime(created_at, '%a %b %d %H:%M:%S %z %Y'))) as sent_at,
    created_at as reported_time,
    -- Other programs wrote the number with a decimal point: "3.0".
    regexp_replace(in_response_to_tweet_id, '[.]0*$', '') as answered_tweet_id
from {{ source('raw_twitter_support', 'tweets') }}
