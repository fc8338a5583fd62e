{# Local time. Instants are UTC timestamps; a zone is an IANA name. #}

{# The wall clock of a zone at a UTC instant. #}
{% macro local_of_utc(instant, time_zone) -%}
    timezone({{ time_zone }}, timezone('UTC', {{ instant }}))
{%- endmacro %}

{# A UTC instant at which a zone's wall clock shows a local time; where it shows it twice or never,
   one near it. #}
{% macro utc_of_local(local_time, time_zone) -%}
    timezone('UTC', timezone({{ time_zone }}, cast({{ local_time }} as timestamp)))
{%- endmacro %}

{# The join condition under which `days` (local_days) is the local day of an instant. #}
{% macro in_local_day(days, instant, time_zone) -%}
    {{ time_zone }} = {{ days }}.time_zone
    and cast({{ instant }} as date) = {{ days }}.utc_date
    and {{ instant }} >= {{ days }}.starts_at
    and {{ instant }} < {{ days }}.ends_at
{%- endmacro %}
