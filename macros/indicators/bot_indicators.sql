{#
C1-C4, what became of the sessions that a bot had first, over rows of fct_sessions with those of
bot_part_facts beside them. The totals can be summed over any rows of any grain; the rates are
computed from the totals beside them.
#}

{# What a bot's figure can be filtered and grouped by. #}
{% macro bot_dimensions() %}
    {% do return(['company_id', 'channel_id']) %}
{% endmacro %}

{# Results of a part that went to nobody else and is over. #}
{% macro contained_bot_results() %}
    {%- do return("'resolved', 'left', 'unknown'") -%}
{% endmacro %}

{# Totals of the family over sessions' bot parts (C1 to C4). #}
{% macro bot_totals() -%}
    {{ where_measured('count(bot_result)', 'is_bot_measured') }} as bot_session_count,
    {%- for result in ['handed_off', 'resolved', 'left', 'unknown', 'running'] %}
    {{ where_measured(count_where("bot_result = '" ~ result ~ "'"), 'is_bot_measured') }}
        as bot_{{ result }}_count,
    {%- endfor %}
    {{ where_measured(
        count_where('bot_result in (' ~ contained_bot_results() ~ ')'), 'is_bot_measured'
    ) }} as bot_contained_count,
    {{ where_measured(count_where('is_matured'), 'is_bot_measured') }} as bot_matured_count,
    {{ where_measured(count_where('is_verified_contained'), 'is_bot_measured') }}
        as bot_verified_contained_count,
    {{ where_measured(total_seconds('bot_seconds'), 'is_bot_measured') }} as bot_seconds,
    {{ where_measured(total_count('bot_message_count'), 'is_messages_measured') }}
        as bot_message_count
{%- endmacro %}

{# Rates of the family, from its totals. #}
{% macro bot_rates() -%}
    {%- set judged = '(bot_handed_off_count + bot_contained_count)' -%}
    {{ proportion('bot_handed_off_count', judged) }} as bot_hand_off_rate,
    {{ proportion('bot_contained_count', judged) }} as bot_containment_rate,
    {{ proportion('bot_verified_contained_count', 'bot_matured_count') }}
        as bot_verified_containment_rate
{%- endmacro %}
