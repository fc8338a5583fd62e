{#
S1-S9, Tencent's session analysis, over rows of fct_sessions. The totals can be summed over any
rows of any grain; the rates are computed from the totals beside them.
#}

{# What a session's figures can be filtered and grouped by. #}
{% macro session_dimensions() %}
    {% do return(['company_id', 'channel_id', 'direction', 'campaign_id', 'first_skill_id']) %}
{% endmacro %}

{# Totals of the family over sessions (S1 to S9). #}
{% macro session_totals() -%}
    count(*) as session_count,
    {{ count_where('is_accepted') }} as human_session_count,
    {{ where_measured(count_where('is_valid'), 'is_messages_measured') }} as valid_session_count,
    {{ where_measured('count(score)', 'is_evaluations_measured') }} as evaluated_session_count,
    {%- for score in range(1, 6) %}
    {{ where_measured(count_where('score = ' ~ score), 'is_evaluations_measured') }}
        as score_{{ score }}_session_count,
    {%- endfor %}
    {{ where_measured(
        total_seconds('queue_seconds', where='is_accepted'), measures_queues('feed')
    ) }} as queue_seconds,
    count(session_seconds) as closed_human_session_count,
    coalesce({{ total_seconds('session_seconds') }}, 0) as session_seconds,
    {{ where_measured('count(first_response_seconds)', 'is_messages_measured') }}
        as first_response_session_count,
    {{ where_measured(total_seconds('first_response_seconds'), 'is_messages_measured') }}
        as first_response_seconds,
    {{ where_measured(count_where('avg_response_seconds != 0'), 'is_messages_measured') }}
        as mean_response_session_count,
    {{ where_measured(total_of_means('avg_response_seconds'), 'is_messages_measured') }}
        as mean_response_seconds,
    {{ where_measured(total_count('response_count'), 'is_messages_measured') }} as response_count,
    {{ where_measured(total_seconds('response_seconds'), 'is_messages_measured') }}
        as response_seconds,
    {{ count_where('was_queued') }} as queued_session_count,
    {{ count_where("queue_result = 'answered'") }} as answered_queued_session_count,
    {{ count_where('is_abandoned') }} as abandoned_session_count,
    {{ count_where("queue_result = 'flowed_out'") }} as flowed_out_session_count,
    {{ count_where("queue_result = 'waiting'") }} as waiting_session_count,
    {{ count_where('is_answered_within_service_level') }} as answered_within_session_count,
    {{ where_measured('count(handle_seconds)', 'is_wrap_up_measured') }} as handled_session_count,
    {{ where_measured(total_seconds('handle_seconds'), 'is_wrap_up_measured') }} as handle_seconds,
    {{ where_measured(
        total_count('pended_while_customer_waits_count'),
        'pended_while_customer_waits_count is not null'
    ) }} as pended_while_customer_waits_count,
    {{ count_where('is_outside_hours') }} as outside_hours_session_count,
    count(business_queue_seconds) as business_queue_session_count,
    coalesce({{ total_seconds('business_queue_seconds') }}, 0) as business_queue_seconds,
    {{ where_measured('count(business_first_response_seconds)', 'is_messages_measured') }}
        as business_first_response_session_count,
    {{ where_measured(total_seconds('business_first_response_seconds'), 'is_messages_measured') }}
        as business_first_response_seconds,
    {{ where_measured(total_count('business_response_count'), 'is_messages_measured') }}
        as business_response_count,
    {{ where_measured(total_seconds('business_response_seconds'), 'is_messages_measured') }}
        as business_response_seconds
{%- endmacro %}

{# Rates and averages of the family, from its totals. #}
{% macro session_rates() -%}
    {%- for score in range(1, 6) %}
    {{ proportion('score_' ~ score ~ '_session_count', 'evaluated_session_count') }}
        as score_{{ score }}_rate,
    {%- endfor %}
    {{ average('queue_seconds', 'human_session_count') }} as avg_queue_seconds,
    {{ average('session_seconds', 'closed_human_session_count') }} as avg_session_seconds,
    {{ average('first_response_seconds', 'first_response_session_count') }}
        as avg_first_response_seconds,
    {{ average('mean_response_seconds', 'mean_response_session_count') }} as avg_response_seconds,
    {{ average('response_seconds', 'response_count') }} as pooled_avg_response_seconds,
    {{ proportion(
        'answered_within_session_count',
        '(answered_queued_session_count + abandoned_session_count)'
    ) }} as session_service_level_rate,
    {{ proportion(
        'abandoned_session_count', '(answered_queued_session_count + abandoned_session_count)'
    ) }} as session_abandoned_rate,
    {{ average('handle_seconds', 'handled_session_count') }} as avg_session_handle_seconds,
    {{ average('business_queue_seconds', 'business_queue_session_count') }}
        as avg_business_queue_seconds,
    {{ average('business_first_response_seconds', 'business_first_response_session_count') }}
        as avg_business_first_response_seconds,
    {{ average('business_response_seconds', 'business_response_count') }}
        as avg_business_response_seconds
{%- endmacro %}
