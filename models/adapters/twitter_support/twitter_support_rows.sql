-- The lines of the files as they are, all text.
{{ config(materialized='table') }}

{{ adapter_rows('twitter_support', [
    'tweet_id', 'author_id', 'inbound', 'created_at', 'in_response_to_tweet_id',
]) }}
