{# The last lines of a build: how many rows of which table were left out, and why. #}
{% macro report_left_out(results) %}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% for result in results
            if result.node.name == 'quarantined_rows' and result.status == 'success' %}
            {% set left_out = run_query(
                "with reasons as (select table_name, reason, count(*) as row_count from "
                ~ result.node.relation_name ~ " group by table_name, reason)"
                ~ " select table_name, sum(row_count),"
                ~ " string_agg(reason || ' ' || row_count, ', ' order by row_count desc, reason)"
                ~ " from reasons group by table_name order by table_name"
            ) %}
            {% if left_out.rows | length == 0 %}
                {% do log('Every row of the input was used.', info=true) %}
            {% else %}
                {% do log('Rows left out, and why (each stands in marts.quarantined_rows):', info=true) %}
            {% endif %}
            {% for table_name, row_count, reasons in left_out.rows %}
                {% do log('  %-19s %7d  %s' | format(table_name, row_count, reasons), info=true) %}
            {% endfor %}
        {% endfor %}
    {% endif %}
{% endmacro %}
