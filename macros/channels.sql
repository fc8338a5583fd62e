{# What a channel is. `channels`: the alias of stg_channels, joined on the left side: a channel
   without a row, or a session without a channel, is digital. #}

{% macro is_voice(channels) -%}
    coalesce(lower({{ channels }}.media_type) = 'voice', false)
{%- endmacro %}

{# Whether a channel is digital; `channels`: its row of reference data, which may be absent. #}
{% macro is_digital(channels) -%}
    coalesce({{ channels }}.is_digital, true)
    and coalesce(lower({{ channels }}.media_type) != 'voice', true)
{%- endmacro %}
