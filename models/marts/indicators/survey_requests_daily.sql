{{ config(
    materialized='incremental', meta={'touched_by': ['survey_request_facts'], 'day': 'date_day'}
) }}

with totals as (
    select
        date_day,
        company_id,
        kind,
        channel_id,
        agent_id,
        count(*) as requested_count,
        -- Of which it is known whether they were answered: a row may hold those of several feeds.
        nullif(count(is_answered), 0) as measured_request_count,
        {{ where_measured(count_where('is_answered'), 'is_answered is not null') }}
            as answered_request_count
    from {{ of_touched_days(ref('survey_request_facts'), ['survey_request_facts']) }}
    group by date_day, company_id, kind, channel_id, agent_id
)

select
    *,
    {{ proportion('answered_request_count', 'measured_request_count') }} as survey_response_rate
from totals
