{# The files of a foreign system, for its adapter: found by name, read whole or broken. #}

{#
The rows of an adapter's own CSV files, as a select of the columns named (vru+line as vru_line): all
text, empty as NULL.
The files are those of the adapter's folder whose names begin with its own and end with .csv or
.csv.gz; the place may also be one such file, whatever its name.

A line with too few values, too many or an open quote is read as far as it goes and reported with
file and line: what it lacks is NULL, and the contract's checks decide whether the rest is of use.
A file that isn't UTF-8 is read as Latin-1, which every byte is, and its lines are reported too.
#}
{% macro adapter_rows(adapter, columns) %}
    {% set selects = [] %}
    {% for path in adapter_files(adapter) %}
        {% set encoding = text_encoding(path) %}
        {% set names = csv_header(path, encoding) %}
        {% do check_columns(adapter, path, names, columns) %}
        {% do report_ragged_lines(path, names, encoding) %}
        {% set expressions = [] %}
        {% for column in columns %}
            {% do expressions.append(
                '"' ~ column ~ '" as ' ~ modules.re.sub('[^a-z0-9_]', '_', column)
            ) %}
        {% endfor %}
        {% do selects.append(
            'select\n    ' ~ expressions | join(',\n    ')
            ~ '\nfrom ' ~ ragged_csv_reader(path, names, encoding)
        ) %}
    {% endfor %}
    {% do return(selects | join('\nunion all\n') if selects else 'select null') %}
{% endmacro %}

{# Those of the adapter's folder whose names begin and end so, or the one that the place is.
   `endings`: none where any will do. #}
{% macro adapter_files(adapter, beginning=none, endings=('.csv', '.csv.gz')) %}
    {% set beginning = beginning or adapter %}
    {% set files = [] %}
    {% if execute %}
        {% set folder = var('adapters')[adapter] %}
        {% set place = escaped_path(folder.rstrip('/')) %}
        {% set listing %}
            select file from glob('{{ place }}') where not ends_with(file, '/')
            union
            select file from glob('{{ place }}/{{ beginning }}*')
            order by file
        {% endset %}
        {% for path in run_query(listing).columns[0].values()
            if endings is none or (path | lower).endswith(endings) %}
            {% do files.append(path) %}
        {% endfor %}
        {% if not files %}
            {{ exceptions.raise_compiler_error(
                "Data folder '" ~ folder ~ "' holds no file " ~ beginning ~ "*"
                ~ (endings or []) | join(' or ')
                ~ ". Give the folder with the files that the adapter " ~ adapter
                ~ " reads, or one such file: docs/adapters/" ~ adapter ~ ".md."
            ) }}
        {% endif %}
    {% endif %}
    {% do return(files) %}
{% endmacro %}

{% macro check_columns(adapter, path, names, columns) %}
    {% set lacking = columns | reject('in', names) | list %}
    {% if lacking %}
        {{ exceptions.raise_compiler_error(
            "File '" ~ path ~ "' lacks " ~ lacking | join(', ') ~ ". The adapter "
            ~ adapter ~ " needs a header line, commas between values, and these columns: "
            ~ columns | join(', ') ~ "."
        ) }}
    {% endif %}
{% endmacro %}

{#
What a text file is to be read as: UTF-8, or, where that isn't what it is, Latin-1, in which every
byte is a letter. Reports the lines of which it wasn't UTF-8. UTF-16 stops the build.
#}
{% macro text_encoding(path) %}
    {% set first_line = scalar(
        'select max(line) from (select line from ' ~ line_reader(path, 'latin-1') ~ ' limit 1)'
    ) %}
    {% if (first_line or '')[:2] in ('\u00ff\u00fe', '\u00fe\u00ff') %}
        {{ exceptions.raise_compiler_error(
            "File '" ~ path ~ "' is UTF-16, which can't be read. Make it UTF-8: iconv -f UTF-16 -t"
            ~ " UTF-8."
        ) }}
    {% endif %}
    {% set wrong_lines = rejected_lines(
        line_reader(path, 'utf-8', rejects_options()), "error_type = 'INVALID ENCODING'"
    ) %}
    {% if wrong_lines and flags.WHICH in ('build', 'run') %}
        {% do warn_of_lines(
            path, wrong_lines, "isn't UTF-8; the whole file was read as Latin-1 instead"
        ) %}
    {% endif %}
    {% do return('latin-1' if wrong_lines else 'utf-8') %}
{% endmacro %}

{# The lines of a text file as they are, in the one column `line`. #}
{% macro line_reader(path, encoding, options='strict_mode = false') %}
    {% do return(csv_reader(path, ['line'], false, options, encoding, none)) %}
{% endmacro %}

{# The names of a CSV file's first line. #}
{% macro csv_header(path, encoding='utf-8') %}
    {% set places = [] %}
    {% for place in range(100) %}
        {% do places.append('column_' ~ place) %}
    {% endfor %}
    {% set first_line = run_query(
        'select * from ' ~ ragged_csv_reader(path, places, encoding, header=false) ~ ' limit 1'
    ) %}
    {% set names = [] %}
    {% for name in (first_line.rows[0] if first_line.rows else []) if name is not none %}
        {% do names.append(name | trim | lower) %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}

{# A CSV reader that takes every line: short ones are filled with NULL, long ones cut. #}
{% macro ragged_csv_reader(path, names, encoding='utf-8', header=true) %}
    {% do return(csv_reader(
        path, names, header, 'null_padding = true, strict_mode = false, parallel = false', encoding
    )) %}
{% endmacro %}

{# `delimiter`: none where a line is one value. Quotes have a meaning between commas only. #}
{% macro csv_reader(path, names, header, options, encoding='utf-8', delimiter=',') %}
    {% set types = [] %}
    {% for name in names %}
        {% do types.append("'" ~ name | replace("'", "''") ~ "': 'varchar'") %}
    {% endfor %}
    {% set quote = '"' if delimiter == ',' else '' %}
    {% do return("read_csv('" ~ escaped_path(path) ~ "', auto_detect = false, columns = {"
        ~ types | join(', ') ~ "}, header = " ~ header ~ ", encoding = '" ~ encoding
        ~ "', delim = '" ~ (delimiter or '\x01') ~ "', quote = '" ~ quote ~ "', escape = '" ~ quote
        ~ "', comment = '', nullstr = '', max_line_size = 16777216, " ~ options ~ ")") %}
{% endmacro %}

{# Warns of the lines of a CSV file that aren't whole. #}
{% macro report_ragged_lines(path, names, encoding='utf-8') %}
    {% if flags.WHICH in ('build', 'run') %}
        {% set reader = csv_reader(
            path, names, true, 'strict_mode = true, ' ~ rejects_options(), encoding
        ) %}
        {% do warn_of_lines(
            path, rejected_lines(reader),
            'has too few values, too many or an open quote and was read as far as it goes'
        ) %}
    {% endif %}
{% endmacro %}

{% macro rejects_options() %}
    {% do return("store_rejects = true, rejects_table = 'rejected_lines',"
        ~ " rejects_scan = 'rejected_line_scans'") %}
{% endmacro %}

{# Up to twenty lines that a reader with rejects_options() refuses, as (number, text, further
   count). #}
{% macro rejected_lines(reader, condition='true') %}
    {% do run_query('select count(*) from ' ~ reader) %}
    {% set listing %}
        select
            line,
            any_value(left(trim(csv_line, e'\r\n'), 100)),
            count(*) over () - 20
        from rejected_lines
        where {{ condition }}
        group by line
        order by line
        limit 20
    {% endset %}
    {% set lines = run_query(listing).rows %}
    {% do run_query('drop table rejected_lines') %}
    {% do run_query('drop table rejected_line_scans') %}
    {% do return(lines) %}
{% endmacro %}

{# `lines`: see rejected_lines. #}
{% macro warn_of_lines(path, lines, complaint) %}
    {% for line, line_text, further_count in lines %}
        {% do exceptions.warn(
            "File '" ~ path ~ "', line " ~ line ~ " " ~ complaint ~ ": " ~ line_text
            ~ ("\nSo have " ~ further_count ~ " further lines."
                if loop.last and further_count > 0 else "")
        ) %}
    {% endfor %}
{% endmacro %}
