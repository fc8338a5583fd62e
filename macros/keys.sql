{#
Keys, where people and tools look for them. The comment of a public relation ends with its key, which its
data test columns_hold proves, and with what it can be joined to; dimensions, which every build makes
anew and which stay small, have a primary key besides (DuckDB files: a lake knows none). No other key is
declared to the engine; docs/metadata.md says why, with figures.
#}

{# {unique_id: [columns]} of the models that have a key of plain columns. #}
{% macro keys() %}
    {% set found = {} %}
    {% for node in graph.nodes.values()
        if node.resource_type == 'test' and (node.test_metadata or {}).get('name') == 'columns_hold' %}
        {% set given = node.test_metadata.kwargs %}
        {% set key = given.get('grain') or (given.get('unique') or [])[:1] %}
        {% if key and ' ' not in key | join %}
            {% do found.update({node.attached_node: key}) %}
        {% endif %}
    {% endfor %}
    {% do return(found) %}
{% endmacro %}

{# {column: relation} of the public relations that a single column identifies: what others join by it.
   `keys_of`: what keys gives. #}
{% macro joined_by(keys_of) %}
    {% set found = {} %}
    {% for unique_id, key in keys_of.items() if key | length == 1 %}
        {% set node = graph.nodes[unique_id] %}
        {% if node.access == 'public' and (
            node.name.startswith('dim_') or node.name in ('fct_sessions', 'fct_agent_contacts')
        ) %}
            {% do found.update({key[0]: node.name}) %}
        {% endif %}
    {% endfor %}
    {% do return(found) %}
{% endmacro %}

{# What the comment says of keys. `key`: none where rows may be alike. #}
{% macro keys_in_words(node, key, joined_by) %}
    {% set words = [] %}
    {% if key %}
        {% do words.append('Key: ' ~ key | join(', ') ~ '.') %}
    {% endif %}
    {% set joins = [] %}
    {% for column in node.columns.values()
        if column.name in joined_by and joined_by[column.name] != node.name %}
        {% do joins.append(joined_by[column.name] ~ ' by ' ~ column.name) %}
    {% endfor %}
    {% if joins %}
        {% do words.append('Joins: ' ~ joins | join(', ') ~ '.') %}
    {% endif %}
    {% do return(words | join(' ')) %}
{% endmacro %}
