{#
A row a record of JSON documents: file, received_at and record (JSON). A document is a record, a list of
them, or an answer in which they stand under one of some names; each may lie in the envelope of whoever
received it: {"received_at": ..., "body": ...}. What is no JSON object is a row too.

    documents  a relation with file and document
    lists      the names under which answers hold their records
    beside     columns of what an answer says beside them: column -> name
#}
{% macro json_records(documents, lists, beside={}) -%}
    {%- set names = lists + beside.values() | list -%}
    {%- set paths = "['$." ~ names | join("', '$.") ~ "']" -%}
    select
        file,
        received_at,
        {%- for column in beside %}
        found[{{ lists | length + loop.index }}] ->> '$' as {{ column }},
        {%- endfor %}
        unnest(
            case
                when json_type(body) = 'ARRAY' then from_json(body, '["JSON"]')
                when json_type(held) = 'ARRAY' then from_json(held, '["JSON"]')
                else [body]
            end
        ) as record
    from (
        select
            file,
            received_at,
            body,
            found,
            coalesce({% for name in lists %}found[{{ loop.index }}]{{ ', ' if not loop.last }}{% endfor %})
                as held
        from (
            select
                file,
                outer_fields[1] ->> '$' as received_at,
                case when is_enveloped then outer_fields[2] else document end as body,
                case
                    when is_enveloped then json_extract(outer_fields[2], {{ paths }})
                    else outer_fields[3:]
                end as found
            from (
                select
                    file,
                    document,
                    outer_fields,
                    coalesce(json_type(outer_fields[2]) in ('OBJECT', 'ARRAY'), false) as is_enveloped
                from (
                    select
                        file,
                        document,
                        json_extract(
                            document, ['$.received_at', '$.body', {{ paths[1:] }}
                        ) as outer_fields
                    from {{ documents }}
                )
            )
        )
    )
{%- endmacro %}

{#
After an adapter's records are read: warns of what could not be, and stops where nothing could.
`this` has the columns file, fault and record.
#}
{% macro report_json_records(adapter_name) %}
    {% if execute %}
        {% set faults = run_query(
            "select file, fault, count(*) from " ~ this
            ~ " where fault is not null group by all order by all limit 20"
        ) %}
        {% for path, fault, fault_count in faults.rows %}
            {% do exceptions.warn(
                "File '" ~ path ~ "': " ~ ('a record ' if fault_count == 1
                    else fault_count ~ ' records, each of which ') ~ fault ~ '.'
            ) %}
        {% endfor %}
        {% if scalar('select count(*) from ' ~ this ~ ' where fault is null') == 0 %}
            {{ exceptions.raise_compiler_error(
                "No file below '" ~ var('adapters')[adapter_name] ~ "' holds a record that the adapter "
                ~ adapter_name ~ " reads: docs/adapters/" ~ adapter_name ~ ".md."
            ) }}
        {% endif %}
    {% endif %}
{% endmacro %}
