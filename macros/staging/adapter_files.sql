{# The CSV files of a foreign system, for its adapter: found by name, read whole or broken. #}

{#
The rows of an adapter's own CSV files, as a select of the columns named (vru+line as vru_line): all
text, empty as NULL.
The files are those of the adapter's folder whose names begin with its own and end with .csv or
.csv.gz; the place may also be one such file, whatever its name.

A line with too few values, too many or an open quote is read as far as it goes and reported with
file and line: what it lacks is NULL, and the contract's checks decide whether the rest is of use.
#}
{% macro adapter_rows(adapter, columns) %}
    {% set selects = [] %}
    {% for path in adapter_files(adapter) %}
        {% set names = csv_header(path) %}
        {% set lacking = columns | reject('in', names) | list %}
        {% if lacking %}
            {{ exceptions.raise_compiler_error(
                "File '" ~ path ~ "' lacks " ~ lacking | join(', ') ~ ". The adapter "
                ~ adapter ~ " needs a header line with: " ~ columns | join(', ') ~ "."
            ) }}
        {% endif %}
        {{ report_ragged_lines(path, names) }}
        {% set expressions = [] %}
        {% for column in columns %}
            {% do expressions.append(
                '"' ~ column ~ '" as ' ~ modules.re.sub('[^a-z0-9_]', '_', column)
            ) %}
        {% endfor %}
        {% do selects.append(
            'select\n    ' ~ expressions | join(',\n    ')
            ~ '\nfrom ' ~ ragged_csv_reader(path, names)
        ) %}
    {% endfor %}
    {% do return(selects | join('\nunion all\n') if selects else 'select null') %}
{% endmacro %}

{% macro adapter_files(adapter) %}
    {% set files = [] %}
    {% if execute %}
        {% set folder = var('adapters')[adapter] %}
        {% set place = escaped_path(folder.rstrip('/')) %}
        {% set listing %}
            select file from glob('{{ place }}') where not ends_with(file, '/')
            union
            select file from glob('{{ place }}/{{ adapter }}*')
            order by file
        {% endset %}
        {% for path in run_query(listing).columns[0].values()
            if (path | lower).endswith(('.csv', '.csv.gz')) %}
            {% do files.append(path) %}
        {% endfor %}
        {% if not files %}
            {{ exceptions.raise_compiler_error(
                "Data folder '" ~ folder ~ "' holds no file " ~ adapter
                ~ "*.csv or .csv.gz. Give the folder with the files that the adapter " ~ adapter
                ~ " reads, or one such file: docs/adapters/" ~ adapter ~ ".md."
            ) }}
        {% endif %}
    {% endif %}
    {% do return(files) %}
{% endmacro %}

{# The names of a CSV file's first line. #}
{% macro csv_header(path) %}
    {% set places = [] %}
    {% for place in range(100) %}
        {% do places.append('column_' ~ place) %}
    {% endfor %}
    {% set first_line = run_query(
        'select * from ' ~ ragged_csv_reader(path, places, header=false) ~ ' limit 1'
    ) %}
    {% set names = [] %}
    {% for name in (first_line.rows[0] if first_line.rows else []) if name is not none %}
        {% do names.append(name | trim | lower) %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}

{# A CSV reader that takes every line: short ones are filled with NULL, long ones cut. #}
{% macro ragged_csv_reader(path, names, header=true) %}
    {% do return(csv_reader(
        path, names, header, 'null_padding = true, strict_mode = false, parallel = false'
    )) %}
{% endmacro %}

{% macro csv_reader(path, names, header, options) %}
    {% set types = [] %}
    {% for name in names %}
        {% do types.append("'" ~ name | replace("'", "''") ~ "': 'varchar'") %}
    {% endfor %}
    {% do return("read_csv('" ~ escaped_path(path) ~ "', auto_detect = false, columns = {"
        ~ types | join(', ') ~ "}, header = " ~ header ~ ", delim = ',', quote = '\"',"
        ~ " escape = '\"', comment = '', nullstr = '',"
        ~ " max_line_size = 16777216, " ~ options ~ ")") %}
{% endmacro %}

{# Warns of the lines of a CSV file that aren't whole. #}
{% macro report_ragged_lines(path, names) %}
    {% if flags.WHICH in ('build', 'run') %}
        {% set reader = csv_reader(path, names, true, "strict_mode = true, store_rejects = true,"
            ~ " rejects_table = 'ragged_lines', rejects_scan = 'ragged_line_scans'") %}
        {% do run_query('select count(*) from ' ~ reader) %}
        {% set ragged_lines %}
            select
                line,
                any_value(left(trim(csv_line, e'\r\n'), 100)),
                count(*) over () - 20
            from ragged_lines
            group by line
            order by line
            limit 20
        {% endset %}
        {% for line, line_text, further_count in run_query(ragged_lines).rows %}
            {% do exceptions.warn(
                "File '" ~ path ~ "', line " ~ line ~ " has too few values, too many or an open"
                ~ " quote and was read as far as it goes: " ~ line_text
                ~ ("\nSo have " ~ further_count ~ " further lines."
                    if loop.last and further_count > 0 else "")
            ) %}
        {% endfor %}
        {% do run_query('drop table ragged_lines') %}
        {% do run_query('drop table ragged_line_scans') %}
    {% endif %}
{% endmacro %}
