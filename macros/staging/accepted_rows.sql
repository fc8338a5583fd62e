{# The rows of a checked table that count. #}
{% macro accepted_rows(relation) %}
select {{ star(without=['row_outcome', 'own_reason', 'row_text']) }}
from {{ relation }}
where row_outcome = 'accepted'
{% endmacro %}
