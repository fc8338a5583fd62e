{#
H1-H5, what contacts cost, over rows of fct_agent_contacts, by their acceptance. The totals can be
summed over any rows of any grain; the rates are computed from the totals beside them.
#}
{% macro contact_totals() -%}
    count(*) as agent_contact_count,
    {{ count_where('is_ended') }} as ended_agent_contact_count,
    {{ count_where('is_transferred_out') }} as transferred_agent_contact_count,
    coalesce({{ total_seconds('contact_seconds') }}, 0) as contact_seconds,
    {{ where_measured(total_seconds('engaged_seconds'), 'is_hold_measured') }} as engaged_seconds,
    {{ where_measured(total_seconds('hold_seconds'), 'is_hold_measured') }} as hold_seconds,
    {{ where_measured(count_where('hold_seconds > 0'), 'is_hold_measured') }}
        as held_agent_contact_count,
    {{ where_measured(total_seconds('wrap_up_seconds'), 'is_wrap_up_measured') }}
        as wrap_up_seconds,
    {{ where_measured(total_seconds('handle_seconds'), 'is_wrap_up_measured') }} as handle_seconds,
    {{ where_measured('count(handle_seconds)', 'is_wrap_up_measured') }}
        as handled_agent_contact_count,
    {{ total_nanoseconds('attributed_seconds') }} as attributed_seconds
{%- endmacro %}

{# Rates and averages of the family, from its totals (H1 to H5). #}
{% macro contact_rates() -%}
    {{ average('handle_seconds', 'handled_agent_contact_count') }} as avg_handle_seconds,
    {{ average('contact_seconds', 'ended_agent_contact_count') }} as avg_contact_seconds,
    {{ average('hold_seconds', 'held_agent_contact_count') }} as avg_hold_seconds,
    {{ average('wrap_up_seconds', 'handled_agent_contact_count') }} as avg_wrap_up_seconds,
    {{ proportion('transferred_agent_contact_count', 'ended_agent_contact_count') }}
        as transfer_rate
{%- endmacro %}
