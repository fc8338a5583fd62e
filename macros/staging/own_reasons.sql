{# The rules in the order in which they are named, as [{'reason', 'column', 'condition'}]: the reason of
   the first whose condition holds is the row's, and the column is to blame. #}
{% macro own_reasons(table_name) %}
    {% set table, columns, rules = contract()[table_name], contract_columns(table_name), [] %}
    {% for column in table.key %}
        {% do rules.append(must_be_filled('missing_key', column)) %}
    {% endfor %}
    {% if table.time %}
        {% do rules.append(must_be_filled('missing_timestamp', table.time)) %}
    {% endif %}
    {% for column in table.references or [] %}
        {% do rules.append(must_be_filled('missing_reference', column)) %}
    {% endfor %}
    {% for column, type in columns.items() if type == 'timestamp' %}
        {% do rules.append(own_reason('bad_timestamp', column, is_unreadable(column, type))) %}
    {% endfor %}
    {% if table.time %}
        {# What systems write where they know no time: 0001-01-01, 1899-12-30, 1970-01-01 anywhere. #}
        {% do rules.append(own_reason(
            'bad_timestamp', table.time,
            'parsed.typed_' ~ table.time ~ " < timestamp '1970-01-02 00:00:00'"
        )) %}
    {% endif %}
    {% for column, type in columns.items() if type not in ('timestamp', 'text') %}
        {% do rules.append(own_reason('bad_value', column, is_unreadable(column, type))) %}
    {% endfor %}
    {% for condition, required in (table.required or {}).items() %}
        {% for column in required %}
            {% do rules.append(must_be_filled('bad_value', column, condition ~ ' and ')) %}
        {% endfor %}
    {% endfor %}
    {% for condition, words_of in (table.words or {}).items() %}
        {% for column, words in words_of.items() %}
            {% do rules.append(own_reason(
                'bad_value', column,
                condition ~ ' and parsed.' ~ column ~ " not in ('" ~ words | join("', '") ~ "')"
            )) %}
        {% endfor %}
    {% endfor %}
    {% for column, type in columns.items() if type is mapping and type.range is defined %}
        {% do rules.append(own_reason(
            column ~ '_out_of_range', column,
            'parsed.typed_' ~ column ~ ' not between ' ~ type.range | join(' and ')
        )) %}
    {% endfor %}
    {% do return(rules) %}
{% endmacro %}

{# One of own_reasons. #}
{% macro own_reason(reason, column, condition) %}
    {% do return({'reason': reason, 'column': column, 'condition': condition}) %}
{% endmacro %}

{# One of own_reasons: a column that must be filled. `where`: in some rows alone. #}
{% macro must_be_filled(reason, column, where='') %}
    {% do return(own_reason(reason, column, where ~ 'parsed.' ~ column ~ ' is null')) %}
{% endmacro %}

{# True where a column holds something that isn't of its type. #}
{% macro is_unreadable(column, type) %}
    {% if type == 'time_zone' %}
        {% do return('not ' ~ is_time_zone('parsed.' ~ column)) %}
    {% elif type == 'local_time' %}
        {% do return('not ' ~ is_local_time('parsed.' ~ column)) %}
    {% elif type == 'local_date' %}
        {% do return('parsed.' ~ column ~ ' is not null and not ' ~ is_local_date('parsed.' ~ column)) %}
    {% elif type is mapping and type.whole is defined %}
        {% do return('parsed.' ~ column ~ ' is not null and coalesce(parsed.typed_' ~ column
            ~ ' not between ' ~ type.whole | join(' and ') ~ ', true)') %}
    {% elif type is mapping and type.enum is defined %}
        {% do return("parsed." ~ column ~ " not in ('" ~ type.enum | join("', '") ~ "')") %}
    {% endif %}
    {% do return('parsed.' ~ column ~ ' is not null and parsed.typed_' ~ column ~ ' is null') %}
{% endmacro %}
