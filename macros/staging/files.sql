{# The files of data_dir: which belong to a table, how each format is read, and the check that
   runs before a build touches anything. #}

{#
The files of a table that no build has loaded as they are now, sorted: <table>.<ending>, and
everything below <table>/. Names that begin with . or _ are other programs' marks (_SUCCESS) and no
data. As [{'path', 'format', 'file', 'byte_count', 'modified_at', 'is_changed'}], `file` being the
path within data_dir; is_changed where rows of it may be loaded already: the file has changed since,
or one of the same name and size was loaded from another folder.
`loads`: the relation of that name; none where every file is new.
#}
{% macro unseen_files(table_name, loads=none) %}
    {% do return(adapter.dispatch('unseen_files')(table_name, loads)) %}
{% endmacro %}

{% macro default__unseen_files(table_name, loads) %}
    {% set paths = [] %}
    {% for path in table_paths(table_name) if file_format(path) %}
        {% do paths.append(path) %}
    {% endfor %}
    {% set files = [] %}
    {% if paths %}
        {% set folder = var('data_dir').rstrip('/') %}
        {% set listing %}
            select
                found.filename,
                substr(found.filename, {{ folder | length + 2 }}) as file,
                found.size,
                cast(found.last_modified as timestamp) as modified_at,
                {% if loads -%}
                bool_or(loads.file is not null) as is_changed
                {%- else -%}
                false as is_changed
                {%- endif %}
            from read_blob({{ path_list(paths) }}) as found
            {% if loads -%}
            left join {{ loads }} as loads
                on loads.table_name = '{{ table_name }}'
                and loads.file = substr(found.filename, {{ folder | length + 2 }})
                and (loads.folder = {{ text_literal(folder) }} or loads.byte_count = found.size)
            {%- endif %}
            group by all
            {% if loads -%}
            having not coalesce(bool_or(
                loads.folder = {{ text_literal(folder) }}
                and loads.byte_count = found.size
                and loads.modified_at = cast(found.last_modified as timestamp)
            ), false)
            {%- endif %}
            order by found.filename
        {% endset %}
        {% for path, file, byte_count, modified_at, is_changed in run_query(listing).rows %}
            {% do files.append({
                'path': path, 'format': file_format(path), 'file': file,
                'byte_count': byte_count, 'modified_at': modified_at, 'is_changed': is_changed,
            }) %}
        {% endfor %}
    {% endif %}
    {% do return(files) %}
{% endmacro %}

{# Every path of a folder, data_dir unless told otherwise, that bears a table's name, whatever its
   format. #}
{% macro table_paths(table_name, folder=none) %}
    {% set paths = [] %}
    {% if execute %}
        {% set folder = folder or var('data_dir') %}
        {% set stem = escaped_path(folder.rstrip('/')) ~ '/' ~ table_name %}
        {% set listing %}
            select file from glob('{{ stem }}.*')
            union all
            select file from glob('{{ stem }}/**')
            order by file
        {% endset %}
        {% for path in run_query(listing).columns[0].values()
            if path.split('/')[-1][:1] not in ('', '.', '_') %}
            {% do paths.append(path) %}
        {% endfor %}
    {% endif %}
    {% do return(paths) %}
{% endmacro %}

{# csv, jsonl or parquet by the file's ending, none for any other. #}
{% macro file_format(path) %}
    {% set name = path | lower %}
    {% set name = name[:-3] if name.endswith('.gz') else name %}
    {% for format in ['csv', 'jsonl', 'parquet'] if name.endswith('.' ~ format) %}
        {% do return(format) %}
    {% endfor %}
    {% do return(none) %}
{% endmacro %}

{# A path for a SQL text in which every character stands for itself. #}
{% macro escaped_path(path) %}
    {% do return(
        path | replace('[', '[[]') | replace('*', '[*]') | replace('?', '[?]') | replace("'", "''")
    ) %}
{% endmacro %}

{# Paths as a list for a SQL text. #}
{% macro path_list(paths) %}
    {% set escaped = [] %}
    {% for path in paths %}
        {% do escaped.append("'" ~ escaped_path(path) ~ "'") %}
    {% endfor %}
    {% do return('[' ~ escaped | join(', ') ~ ']') %}
{% endmacro %}

{# The table function that reads files of one format. Text stays text: what a value means is
   decided in staging, where what can't be read goes to quarantine. #}
{% macro file_reader(format, paths, columns, union_by_name=true) %}
    {% do return(adapter.dispatch('file_reader')(format, paths, columns, union_by_name)) %}
{% endmacro %}

{% macro default__file_reader(format, paths, columns, union_by_name) %}
    {% set files = path_list(paths) ~ ', filename = true, hive_types_autocast = false' %}
    {% if format == 'csv' %}
        {% do return("read_csv(" ~ files ~ ", union_by_name = " ~ union_by_name ~ ", all_varchar = true,"
            ~ " delim = ',', quote = '\"', escape = '\"', header = true, skip = 0, comment = '',"
            ~ " nullstr = '', strict_mode = true, null_padding = false, max_line_size = 16777216)") %}
    {% elif format == 'parquet' %}
        {% do return("read_parquet(" ~ files ~ ", union_by_name = " ~ union_by_name ~ ")") %}
    {% endif %}
    {% set types = [] %}
    {% for column in columns %}
        {% do types.append(column ~ ": 'varchar'") %}
    {% endfor %}
    {% do return("read_json(" ~ files ~ ", union_by_name = " ~ union_by_name
        ~ ", format = 'newline_delimited', columns = {" ~ types | join(', ') ~ "})") %}
{% endmacro %}

{# The path of a file as the list of files has it, of the source_file of its rows. #}
{% macro path_of_rows(source_file) -%}
    {{ adapter.dispatch('path_of_rows')(source_file) }}
{%- endmacro %}

{% macro default__path_of_rows(source_file) -%}
    {{ source_file }}
{%- endmacro %}

{#
Before a build: stops with a message that names the folder or file where data_dir isn't there,
lacks a required table or holds a file that isn't what its name says. Every file that is to be
loaded is read to its end here (of Parquet the footer only), so that a broken one stops the build
before the first model. An adapter checks its own files.
#}
{% macro check_input() %}
    {% if execute and are_files_read() and flags.WHICH in ('build', 'run') %}
        {{ adapter.dispatch('check_input')() }}
    {% endif %}
{% endmacro %}

{% macro default__check_input() %}
    {% set folder = var('data_dir') %}
    {% set listing = "select count(*) from glob('" ~ escaped_path(folder.rstrip('/')) ~ "/**')" %}
    {% if scalar(listing) == 0 %}
        {{ exceptions.raise_compiler_error(
            "Data folder '" ~ folder ~ "' isn't there or is empty. Give data_dir a folder that"
            ~ " holds the contract's tables: docs/event_contract.md."
        ) }}
    {% endif %}
    {% set loads = none if flags.FULL_REFRESH else load_relation(relation_in('staging', 'loads')) %}
    {% for table_name in contract() %}
        {% if table_name in required_tables() and not loads
            and not unseen_files(table_name) %}
            {{ exceptions.raise_compiler_error(
                "Data folder '" ~ folder ~ "' lacks the required table " ~ table_name
                ~ ": neither a file " ~ table_name ~ ".csv, .parquet or .jsonl (or .gz) nor a"
                ~ " folder " ~ table_name ~ "/ of such files is in it."
            ) }}
        {% endif %}
        {% for file in unseen_files(table_name, loads) %}
            {{ check_file(table_name, file) }}
        {% endfor %}
        {% for path in table_paths(table_name) if not file_format(path) %}
            {% do exceptions.warn(
                "File '" ~ path ~ "' is not read: its name ends neither in .csv, .jsonl nor"
                ~ " .parquet (nor in one of these and .gz)."
            ) %}
        {% endfor %}
    {% endfor %}
{% endmacro %}

{% macro check_file(table_name, file) %}
    {% set columns = contract_columns(table_name) %}
    {% set reader = file_reader(file.format, [file.path], columns, union_by_name=false) %}
    {% do log('checking ' ~ file.path) %}
    {% set row_count = scalar('select count(*) from ' ~ reader) %}
    {% set known = column_types(reader).keys() | select('in', columns) | list %}
    {% if row_count > 0 and not known %}
        {{ exceptions.raise_compiler_error(
            "File '" ~ file.path ~ "' has none of the columns of " ~ table_name ~ " ("
            ~ columns | join(', ') ~ "). A CSV file needs a header line and commas between values."
        ) }}
    {% endif %}
{% endmacro %}
