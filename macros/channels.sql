{# Whether a channel is voice. `channels`: the alias of stg_channels, left-joined; without a row, or
   without a channel, it isn't. #}
{% macro is_voice(channels) -%}
    coalesce(lower({{ channels }}.media_type) = 'voice', false)
{%- endmacro %}

{# Whether a channel is digital; without a row, or without a channel, it is. #}
{% macro is_digital(channels) -%}
    coalesce({{ channels }}.is_digital, true)
    and coalesce(lower({{ channels }}.media_type) != 'voice', true)
{%- endmacro %}
