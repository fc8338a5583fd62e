{# The last lines of a build: how many rows of which table were left out, and why. #}
{% macro report_left_out(results) %}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% for result in results
            if result.node.name == 'quarantined_rows' and result.status == 'success' %}
            {% set left_out = run_query(
                'select table_name, reason, count(*) from ' ~ result.node.relation_name
                ~ ' group by all order by all'
            ) %}
            {% if left_out.rows | length == 0 %}
                {% do log('Every row of the input was used.', info=true) %}
            {% else %}
                {% do log('Rows left out (see marts.quarantined_rows):', info=true) %}
            {% endif %}
            {% for table_name, reason, row_count in left_out.rows %}
                {% do log('  %8d  %-20s %s' | format(row_count, table_name, reason), info=true) %}
            {% endfor %}
        {% endfor %}
    {% endif %}
{% endmacro %}
