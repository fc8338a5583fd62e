{# What the build says of files of Amazon Connect. #}

{#
After the records are read: warns of what could not be, with file, line and place in the line.
#}
{% macro report_amazon_connect() %}
    {% if execute %}
        {% set faults = [] %}
        {% set fault_count = scalar('select count(*) from ' ~ this ~ ' where fault is not null') %}
        {% set listing %}
            select
                file,
                count(*) filter (where is_unreadable),
                -- What begins an array, or is alone on the first line of an object over several.
                bool_or(is_unreadable and regexp_matches(piece, '^\s*(\[\s*([{]|$)|[{]\s*$)'))
            from {{ this }}
            where fault is not null
            group by file
            order by file
            limit 20
        {% endset %}
        {% for path, unreadable_count, is_over_lines in run_query(listing).rows
            if faults | length < 20 %}
            {% if is_over_lines %}
                {% do faults.append((
                    "File '" ~ path ~ "' has records over several lines or in an array;"
                    ~ " each has to be on one line, side by side with others or alone ("
                    ~ amazon_connect_remedy() ~ "). Left out: " ~ unreadable_count
                    ~ " line(s) or parts of lines that hold no whole JSON object.",
                    unreadable_count
                )) %}
            {% endif %}
            {% do faults.extend(amazon_connect_faults(path, is_over_lines)) %}
        {% endfor %}
        {% set further_count = fault_count - (faults[:20] | sum(attribute=1)) %}
        {% for told, _ in faults[:20] %}
            {% do exceptions.warn(
                told ~ ("\nSo have " ~ further_count ~ " further records."
                    if loop.last and further_count > 0 else "")
            ) %}
        {% endfor %}
        {% if scalar('select count(*) from ' ~ this ~ ' where not is_unreadable') == 0 %}
            {{ exceptions.raise_compiler_error(
                "No file below '" ~ var('adapters')['amazon_connect'] ~ "' holds a contact record or"
                ~ " agent event of Amazon Connect. They must be JSON objects, none over several lines"
                ~ " (" ~ amazon_connect_remedy() ~ "), in UTF-8, plain or packed as .gz:"
                ~ " docs/adapters/amazon_connect.md."
            ) }}
        {% endif %}
    {% endif %}
{% endmacro %}

{# What to do with records that aren't on one line each. #}
{% macro amazon_connect_remedy() -%}
    jq -c . FILE, of an array jq -c '.[]' FILE, writes them so
{%- endmacro %}

{# [(what the build says, 1)] of the first 20 records of a file that have a fault, without the
   unreadable ones where those of the file `are_told`. The file is read once more, one line after the
   other. #}
{% macro amazon_connect_faults(path, are_told) %}
    {% set read_path = scalar(
        'select any_value(read_path) from ' ~ source('raw', 'files_of_this_build')
        ~ ' where path = ' ~ text_literal(path)
    ) %}
    {% set listing %}
        with lines as (
            select
                row_number() over () as line_number,
                {{ amazon_connect_pieces('line') }} as line_pieces
            from {{ reader_of_lines(read_path) }}
        ),

        pieces as (
            select
                line_number,
                unnest(line_pieces) as piece,
                generate_subscripts(line_pieces, 1) as piece_number
            from lines
        )

        select distinct
            pieces.line_number,
            pieces.piece_number,
            -- Not what the record says: it may name a person.
            records.fault || '.'
        from pieces
        inner join {{ this }} as records
            on records.file = {{ text_literal(path) }}
            and records.fault is not null
            {{ 'and not records.is_unreadable' if are_told }}
            and records.piece = pieces.piece
        order by all
        limit 20
    {% endset %}
    {% set faults = [] %}
    {% for line_number, piece_number, fault in run_query(listing).rows %}
        {% do faults.append((
            "File '" ~ path ~ "', line " ~ line_number ~ ", record " ~ piece_number ~ " " ~ fault, 1
        )) %}
    {% endfor %}
    {% do return(faults) %}
{% endmacro %}
