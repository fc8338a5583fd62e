{# Local time. Instants are UTC timestamps; a zone is an IANA name. How the engines turn one into the
   other: macros/engine/time.sql. #}

{# The join condition under which `days` (local_days) is the local day of an instant. #}
{% macro in_local_day(days, instant, time_zone) -%}
    {{ time_zone }} = {{ days }}.time_zone
    and cast({{ instant }} as date) = {{ days }}.utc_date
    and {{ instant }} >= {{ days }}.starts_at
    and {{ instant }} < {{ days }}.ends_at
{%- endmacro %}
