{#
N1-N19, NICE's digital metrics, over rows of digital_activities. The totals can be summed over any
rows of any grain; the rates are computed from the totals beside them. In a row of a voice channel
all is NULL but N6, first_response_rate, with its two columns.
#}

{# What a digital indicator can be filtered and grouped by. #}
{% macro digital_dimensions() %}
    {% do return([
        'company_id', 'agent_id', 'team_id', 'skill_id', 'campaign_id', 'channel_id',
        'disposition', 'direction', 'contact_type',
    ]) %}
{% endmacro %}

{# The same in words, with the day, and the tag of digital_metrics_by_tag_daily: for the catalogue. #}
{% macro digital_filters() %}
    {% set words = ['date'] %}
    {% for dimension in digital_dimensions() %}
        {% do words.append(dimension | replace('_id', '') | replace('_', ' ')) %}
    {% endfor %}
    {% do return((words + ['tag']) | join(', ')) %}
{% endmacro %}

{# Totals of the family over agent contacts (N1 to N19). #}
{% macro digital_totals() -%}
    {%- set written = 'is_digital and is_messages_measured' -%}
    {%- set focused = 'is_digital and is_focus_measured' -%}
    {{ count_where('is_acceptance') }} as agent_contact_count,
    {{ where_measured(
        count_where('is_acceptance and (is_voice or first_response_seconds > 0)'),
        'is_voice or is_messages_measured'
    ) }} as answered_agent_contact_count,
    {{ where_measured(count_where('is_acceptance'), 'is_digital') }} as digital_agent_contact_count,
    {{ where_measured(total_seconds('contact_seconds'), 'is_digital') }} as agent_contact_seconds,
    {{ where_measured(total_seconds('focus_seconds', where='is_ended'), focused) }}
        as ended_focus_seconds,
    {{ where_measured(total_seconds('first_response_seconds'), written) }}
        as first_response_seconds,
    {{ where_measured(total_count('agent_message_count'), written) }} as agent_message_count,
    {{ where_measured(total_count('agent_response_count'), written) }} as agent_response_count,
    {{ where_measured(count_where('first_response_seconds > 0'), written) }}
        as responded_agent_contact_count,
    {{ where_measured(total_count('customer_response_count'), written) }}
        as customer_response_count,
    {{ where_measured(count_where('customer_response_count >= 1'), written) }}
        as customer_responded_agent_contact_count,
    {{ where_measured(total_count('focus_count'), focused) }} as focus_count,
    {{ where_measured(total_seconds('focus_seconds'), focused) }} as focus_seconds,
    {{ where_measured(total_count('greatest(agent_response_count - 1, 0)'), written) }}
        as follow_on_response_count,
    {{ where_measured(total_seconds('follow_on_response_seconds'), written) }}
        as follow_on_response_seconds,
    {{ where_measured(total_count('agent_response_count + customer_response_count'), written) }}
        as total_response_count,
    {{ where_measured(total_count('agent_response_count + customer_response_count'), written) }}
        as response_count,
    {{ where_measured(count_where('is_final'), 'is_digital') }} as closed_session_count,
    {{ where_measured(count_where('is_close'), 'is_digital') }} as close_count,
    {{ where_measured(total_seconds('resolution_seconds'), 'is_digital') }} as resolution_seconds,
    {{ where_measured(
        count_where('first_response_seconds > 0 and business_first_response_seconds is not null'),
        written
    ) }} as business_first_response_count,
    {{ where_measured(
        total_seconds('business_first_response_seconds', where='first_response_seconds > 0'),
        written
    ) }} as business_first_response_seconds,
    {{ where_measured(total_count('business_response_count'), written) }}
        as business_response_count,
    {{ where_measured(total_seconds('business_response_seconds'), written) }}
        as business_response_seconds,
    {{ where_measured('count(business_resolution_seconds)', 'is_digital') }}
        as business_resolution_count,
    {{ where_measured(total_seconds('business_resolution_seconds'), 'is_digital') }}
        as business_resolution_seconds
{%- endmacro %}

{# Rates and averages of the family, from its totals. #}
{% macro digital_rates() -%}
    {{ proportion('ended_focus_seconds', 'agent_contact_seconds') }} as focus_rate,
    {{ proportion('answered_agent_contact_count', 'agent_contact_count') }} as first_response_rate,
    {{ average('first_response_seconds', 'responded_agent_contact_count') }}
        as avg_first_response_seconds,
    {{ average('agent_response_count', 'digital_agent_contact_count') }}
        as avg_agent_response_count,
    {{ average('customer_response_count', 'customer_responded_agent_contact_count') }}
        as avg_customer_response_count,
    {{ average('follow_on_response_seconds', 'follow_on_response_count') }}
        as avg_follow_on_response_seconds,
    {{ average('resolution_seconds', 'closed_session_count') }} as avg_resolution_seconds,
    {%- for duration in ['first_response', 'response', 'resolution'] %}
    {{ average('business_' ~ duration ~ '_seconds', 'business_' ~ duration ~ '_count') }}
        as avg_business_{{ duration }}_seconds {{- ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
