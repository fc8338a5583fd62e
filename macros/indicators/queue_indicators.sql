{#
Q1-Q9, what becomes of those who wait for a person, over rows of queue_leg_facts. The totals can be
summed over any rows of any grain, the two longest waits are the longest of any; the rates are
computed from the totals beside them.
#}

{# What a queue figure can be filtered and grouped by. #}
{% macro queue_dimensions() %}
    {% do return(['company_id', 'skill_id', 'campaign_id', 'channel_id', 'direction']) %}
{% endmacro %}

{# Totals of the family over queue legs (Q1 to Q9). #}
{% macro queue_totals() -%}
    count(*) as queued_leg_count,
    {%- for result in ['answered', 'abandoned', 'flowed_out'] %}
    {{ count_where("result = '" ~ result ~ "'") }} as {{ result }}_leg_count,
    {%- endfor %}
    {{ count_where("outcome = 'dequeued'") }} as dequeued_leg_count,
    {{ count_where("result = 'open'") }} as open_leg_count,
    {{ count_where("result = 'answered' and is_within_service_level") }}
        as answered_within_leg_count,
    {{ count_where("result = 'abandoned' and is_within_service_level") }}
        as abandoned_within_leg_count,
    {{ count_where("result = 'abandoned' and queue_seconds <= short_abandon_seconds") }}
        as short_abandoned_leg_count,
    {%- for result in ['answered', 'abandoned', 'flowed_out'] %}
    coalesce({{ total_seconds('queue_seconds', where="result = '" ~ result ~ "'") }}, 0)
        as {{ result }}_queue_seconds,
    {%- endfor %}
    {%- for kind in ['start', 'overflow', 'transfer', 'reopening', 'retry', 'return'] %}
    {{ count_where("entered_by = '" ~ kind ~ "'") }} as {{ kind }}_leg_count,
    {%- endfor %}
    max(queue_seconds) as longest_queue_seconds,
    max(queue_seconds) filter (where result = 'answered') as longest_answered_queue_seconds,
    count(business_queue_seconds) as business_queue_leg_count,
    coalesce({{ total_seconds('business_queue_seconds') }}, 0) as business_queue_seconds
{%- endmacro %}

{# Rates and averages of the family, from its totals. #}
{% macro queue_rates() -%}
    {%- set answered = 'answered_leg_count' -%}
    {%- set within = 'answered_within_leg_count' -%}
    {%- set gone = '(answered_leg_count + abandoned_leg_count)' -%}
    {%- set ended = '(answered_leg_count + abandoned_leg_count + flowed_out_leg_count)' -%}
    {{ proportion(within, gone) }} as service_level_rate,
    {{ proportion(within, '(answered_leg_count + abandoned_leg_count - short_abandoned_leg_count)') }}
        as service_level_without_short_rate,
    {{ proportion(within, answered) }} as service_level_of_answered_rate,
    {{ proportion(
        within, '(answered_leg_count + abandoned_leg_count - abandoned_within_leg_count)'
    ) }} as service_level_without_early_abandoned_rate,
    {{ proportion('(answered_within_leg_count + abandoned_within_leg_count)', gone) }}
        as service_level_with_early_abandoned_rate,
    {{ proportion(within, ended) }} as service_level_of_ended_rate,
    {{ proportion('abandoned_leg_count', gone) }} as abandoned_rate,
    {{ proportion('abandoned_leg_count', ended) }} as abandoned_of_ended_rate,
    {{ average('answered_queue_seconds', answered) }} as avg_answer_seconds,
    {{ average('abandoned_queue_seconds', 'abandoned_leg_count') }} as avg_abandon_seconds,
    {{ average('business_queue_seconds', 'business_queue_leg_count') }}
        as avg_business_queue_seconds
{%- endmacro %}
