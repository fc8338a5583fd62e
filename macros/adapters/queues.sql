{# True where a feed tells when customers wait in a queue. Where it doesn't, nobody who was accepted
   has queue seconds, not even 0. #}
{% macro measures_queues(feed) -%}
    coalesce({{ feed }}, '') != 'chatwoot'
{%- endmacro %}
