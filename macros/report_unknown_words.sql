{# The last lines of a build on words of a system that its adapter doesn't know: what they would have
   told is missing. Models whose names end with _unknown_words hold them: word_kind and word. #}
{% macro report_unknown_words(results) %}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% for result in results
            if result.status == 'success' and result.node.name.endswith('_unknown_words') %}
            {% set words = run_query(
                "select word_kind, word, count(*), count(*) over () from "
                ~ result.node.relation_name
                ~ " where word_kind != 'time' group by all order by 3 desc, 1, 2 limit 20"
            ) %}
            {% for word_kind, word, row_count, word_count in words.rows %}
                {% if loop.first %}
                    {% do log(
                        "Words that the adapter " ~ result.node.name | replace('_unknown_words', '')
                        ~ " doesn't know (docs/adapters/"
                        ~ result.node.name | replace('_unknown_words', '') ~ ".md):", info=true
                    ) %}
                {% endif %}
                {% do log('  %-19s %7d  %s' | format(word_kind, row_count, word), info=true) %}
            {% endfor %}
        {% endfor %}
    {% endif %}
{% endmacro %}
