{#
R1-R5, whether a customer's matter was settled, over rows of fct_resolutions. The totals can be summed
over any rows of any grain; the rates are computed from the totals beside them.
#}

{# What a resolution can be filtered and grouped by. #}
{% macro resolution_dimensions() %}
    {% do return(['company_id', 'channel_id', 'skill_id', 'agent_id']) %}
{% endmacro %}

{# Totals of the family over closed sessions (R1 to R5). #}
{% macro resolution_totals() -%}
    count(*) as closed_session_count,
    {{ count_where('is_reopened') }} as reopened_session_count,
    {{ count_where('is_matured') }} as matured_session_count,
    {{ count_where('is_repeated') }} as repeated_session_count,
    {{ count_where('is_matured and is_accepted') }} as matured_accepted_session_count,
    {{ count_where('is_matured and is_accepted and not is_reopened and not is_repeated') }}
        as first_contact_count,
    {{ where_measured(count_where('is_one_touch'), 'is_one_touch is not null') }}
        as one_touch_session_count,
    {{ count_where('is_single_agent') }} as single_agent_session_count,
    {{ count_where('customer_id is null') }} as unknown_customer_session_count
{%- endmacro %}

{# Rates of the family, from its totals. #}
{% macro resolution_rates() -%}
    {{ proportion('repeated_session_count', 'matured_session_count') }} as repeat_rate,
    {{ proportion('first_contact_count', 'matured_accepted_session_count') }}
        as first_contact_resolution_rate
{%- endmacro %}
