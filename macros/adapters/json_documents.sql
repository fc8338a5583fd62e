{# What adapters that read JSON documents have in common (scripts/contact_center/intake/json_documents.py). #}

{#
After a model has stored an adapter's documents: warns of files with records of which nothing could be
read; stops where that is so of every record.

    whose   the source's name: raw_<adapter>
#}
{% macro report_unreadable_documents(whose) %}
    {% if execute and model.resource_type == 'model' %}
        {% set nothing = nothing_read() %}
        {% set adapter_name = whose | replace('raw_', '', 1) %}
        {% if scalar('select count(*) from ' ~ this ~ ' where not (' ~ nothing ~ ')') == 0 %}
            {{ exceptions.raise_compiler_error(
                "No file below '" ~ var('adapters')[adapter_name] ~ "' holds a record that the adapter "
                ~ adapter_name ~ " knows. They must be JSON objects: docs/adapters/" ~ adapter_name
                ~ ".md."
            ) }}
        {% endif %}
        {% set listing = 'select file, count(*) from ' ~ this ~ ' where ' ~ nothing
            ~ ' group by file order by file' %}
        {% set faulty = run_query(listing).rows | list %}
        {% for path, record_count in faulty[:20] %}
            {% do exceptions.warn(
                "File '" ~ path ~ "' has " ~ record_count ~ " record(s) that are no whole JSON object,"
                ~ " or hold nothing that is read (an answer that refuses, a body that is a text)"
                ~ first_broken_line(path)
                ~ ("\nSo have " ~ (faulty | length - 20) ~ " further files."
                    if loop.last and faulty | length > 20 else '')
            ) %}
        {% endfor %}
    {% endif %}
{% endmacro %}

{# What a document's row holds beside the fields of the document, with types: the file, and what a
   receiver wrote around it. scripts/contact_center/intake/json_documents.py reads it so. #}
{% macro columns_around_documents() %}
    {% do return({
        'file': 'varchar', 'received_at': 'varchar', 'query': 'map(varchar, varchar)',
        'headers': 'map(varchar, varchar)',
    }) %}
{% endmacro %}

{# True of a stored document that tells nothing: only what the receiver wrote around it has a value. #}
{% macro nothing_read() %}
    {% set columns = adapter.get_columns_in_relation(this) | map(attribute='name') | list %}
    {% set conditions = [] %}
    {% for column in columns if column not in columns_around_documents() %}
        {% do conditions.append(column ~ ' is null') %}
    {% endfor %}
    {% do return(conditions | join(' and ')) %}
{% endmacro %}

{# Which line of a file is the first that is no object, where it has such: the file is read once more.
   What it says stays in the file, for it may name a person. #}
{% macro first_broken_line(path) %}
    {% set read_path = scalar(
        'select any_value(read_path) from ' ~ source('raw', 'files_of_this_build')
        ~ ' where path = ' ~ text_literal(path)
    ) %}
    {% set line_number = scalar(
        "select min(line_number) from ("
        ~ "select row_number() over () as line_number, line from " ~ reader_of_lines(read_path or path)
        ~ ") where trim(line) != ''"
        ~ " and case when json_valid(line) then json_type(line) != 'OBJECT' else true end"
    ) %}
    {% do return(', line ' ~ line_number ~ ' first.' if line_number else '.') %}
{% endmacro %}

{# The lines of a file in their order. #}
{% macro reader_of_lines(path) %}
    {% set place = path | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]') %}
    {% do return("read_csv(" ~ text_literal(place) ~ ", auto_detect = false, header = false,"
        ~ " columns = {line: 'varchar'}, delim = e'\\x01', quote = '', escape = '', comment = '',"
        ~ " nullstr = '', strict_mode = false, max_line_size = 134217728, buffer_size = 134217728,"
        ~ " parallel = false, ignore_errors = true, compression = '"
        ~ ('gzip' if (path | lower).endswith('.gz') else 'none') ~ "')") %}
{% endmacro %}

{# A field of the documents that says nothing when it is empty, and 0 where it is a time. #}
{% macro said(field) -%}
    nullif(trim({{ field }}), '')
{%- endmacro %}

{# A time that a record says: neither empty nor 0. #}
{% macro said_time(field) -%}
    case when trim({{ field }}) not in ('', '0', '0.0') then trim({{ field }}) end
{%- endmacro %}

{# A number of seconds that a record says, as an interval; NULL where it is none. #}
{% macro said_seconds(text) -%}
    case
            when try_cast({{ text }} as double) between 0 and 1e8
                then to_microseconds(cast(round(1000000 * cast({{ text }} as double)) as bigint))
        end
{%- endmacro %}

{# An instant of a field that counts seconds since 1970, or parts of a second (`per_second`: 1000 of
   milliseconds); NULL where it is no number of them. A double holds a microsecond of our time; to read
   decimals of 38 digits takes a hundred times as long. #}
{% macro instant_of_epoch(field, per_second=1) -%}
    case
            when try_cast({{ field }} as double) between 0 and {{ 253402300799 * per_second }}
                then make_timestamp(
                    cast(round(try_cast({{ field }} as double) * {{ 1000000 // per_second }}) as bigint)
                )
        end
{%- endmacro %}

{# An instant of models' rows or, where what was said is none, that, which the contract's checks refuse.
   Text only where there is such a time: millions of instants are left as they are.

    models    the name of the model that holds both columns, or several
    instant   the column or expression of the models, NULL where `said_as` is no time
    shown     the column in what is selected from, where that is another
#}
{% macro reported_time(models, instant='occurred_at', said_as='said_at', shown=none) %}
    {% set odd = [] %}
    {% for name in ([models] if models is string else models) %}
        {% if has_adapter_rows(name, said_as ~ ' is not null and (' ~ instant ~ ') is null') %}
            {% do odd.append(name) %}
        {% endif %}
    {% endfor %}
    {% set shown = shown or instant %}
    {% do return('coalesce(cast(' ~ shown ~ ' as varchar), ' ~ said_as ~ ')' if odd else shown) %}
{% endmacro %}
