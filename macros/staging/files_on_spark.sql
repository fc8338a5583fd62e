{# The files of data_dir as Spark finds and reads them: Parquet only, wherever the cluster can read
   it. ./scripts/build makes Parquet of other formats and of the demo before (spark_input.py). #}

{% macro spark__unseen_files(table_name, loads) %}
    {% set files = [] %}
    {% set folder = var('data_dir').rstrip('/') %}
    {% do run_query(
        "create or replace temporary view data_files using binaryFile options (path "
        ~ text_literal(folder) ~ ", recursiveFileLookup 'true')"
    ) %}
    {% set listing %}
        with found as (
            select
                path,
                -- The path within data_dir: what follows the folder's own name.
                substr(path, locate({{ text_literal('/' ~ folder.split('/')[-1] ~ '/') }}, path)
                    + {{ folder.split('/')[-1] | length + 2 }}) as file,
                length as byte_count,
                modificationTime as modified_at
            from data_files
        )

        select
            found.path,
            found.file,
            found.byte_count,
            found.modified_at,
            {% if loads -%}
            bool_or(loads.file is not null) as is_changed
            {%- else -%}
            false as is_changed
            {%- endif %}
        from found
        {% if loads -%}
        left join {{ loads }} as loads
            on loads.table_name = '{{ table_name }}'
            and loads.file = found.file
            and (loads.folder = {{ text_literal(folder) }} or loads.byte_count = found.byte_count)
        {%- endif %}
        where
            (found.file like '{{ table_name }}.%' or found.file like '{{ table_name }}/%')
            and lower(found.file) like '%.parquet'
        group by found.path, found.file, found.byte_count, found.modified_at
        {% if loads -%}
        having not coalesce(bool_or(
            loads.folder = {{ text_literal(folder) }}
            and loads.byte_count = found.byte_count
            and loads.modified_at = found.modified_at
        ), false)
        {%- endif %}
        order by path
    {% endset %}
    {% for path, file, byte_count, modified_at, is_changed in run_query(listing).rows %}
        {% do files.append({
            'path': path, 'format': 'parquet', 'file': file,
            'byte_count': byte_count, 'modified_at': modified_at, 'is_changed': is_changed,
        }) %}
    {% endfor %}
    {% do return(files) %}
{% endmacro %}

{# All files at once, the schemas merged (spark.sql.parquet.mergeSchema), each row with its file. #}
{% macro spark__file_reader(format, paths, columns, union_by_name) %}
    {# Spark takes one path, in which the names of files may be told apart: of a folder that has all. #}
    {% set common = namespace(folder=paths[0].rsplit('/', 1)[0] ~ '/') %}
    {% for path in paths %}
        {% for _ in range(common.folder.count('/')) if not path.startswith(common.folder) %}
            {% set common.folder = common.folder[:-1].rsplit('/', 1)[0] ~ '/' %}
        {% endfor %}
    {% endfor %}
    {% set folder = common.folder %}
    {% set files = [] %}
    {% for path in paths %}
        {% do files.append(escaped_glob(path[folder | length:])) %}
    {% endfor %}
    {% do return('(select *, _metadata.file_path as filename from parquet.`' ~ escaped_glob(folder)
        ~ ('{' ~ files | join(',') ~ '}' if files | length > 1 else files[0]) ~ '`)') %}
{% endmacro %}

{% macro escaped_glob(path) %}
    {% do return(modules.re.sub('([\\[\\]{}*?,\\\\])', '\\\\\\1', path)) %}
{% endmacro %}

{# The path of a file as the list of files has it, of what its rows say. #}
{% macro spark__path_of_rows(source_file) -%}
    regexp_replace(url_decode(replace({{ source_file }}, '+', '%2B')), '^file:/+', 'file:/')
{%- endmacro %}

{% macro spark__check_input() %}
    {% set loads = none if flags.FULL_REFRESH else load_relation(relation_in('staging', 'loads')) %}
    {% for table_name in required_tables() if not loads and not unseen_files(table_name) %}
        {{ exceptions.raise_compiler_error(
            "Data folder '" ~ var('data_dir') ~ "' lacks the required table " ~ table_name
            ~ ": neither a file " ~ table_name ~ ".parquet nor a folder " ~ table_name
            ~ "/ of such files is in it."
        ) }}
    {% endfor %}
{% endmacro %}
