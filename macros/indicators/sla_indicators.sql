{#
P1-P4, what became of promises, over rows of fct_sla or sla_facts. The totals can be summed over any
rows; the rate is computed from the totals beside it.
#}

{# What a promise's figures can be filtered and grouped by. #}
{% macro sla_dimensions() %}
    {% do return(['company_id', 'skill_id', 'channel_id', 'priority', 'policy_id', 'metric']) %}
{% endmacro %}

{# What can become of a promise's clock. #}
{% macro sla_states() %}
    {% do return(['met', 'breached', 'cancelled', 'running']) %}
{% endmacro %}

{# Totals of the family over promises' clocks. `state`: the column of their states. #}
{% macro sla_totals(state='state') -%}
    count(*) as clock_count,
    {%- for name in sla_states() %}
    {{ count_where(state ~ " = '" ~ name ~ "'") }} as {{ name }}_count,
    {%- endfor %}
    coalesce(
        {{ total_seconds('running_seconds - target_seconds', where=state ~ " = 'breached'") }}, 0
    ) as breach_seconds
{%- endmacro %}
