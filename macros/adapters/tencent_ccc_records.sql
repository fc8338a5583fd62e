{#
The records of calls or of text sessions, pushed and alone, or in the lists of answers: a row a record.

    kind     call or text: see tencent_ccc_kind
    fields   column -> field, which both hold
    beside   further columns of a record that stands alone
    lists    the columns of the documents that list such records
#}
{% macro tencent_ccc_told_records(kind, fields, beside, lists) -%}
{%- set documents -%}
    (
        select
            *,
            {{ tencent_company('sdk_app_id') }} as company_id,
            {{ tencent_ccc_kind() }} as document_kind
        from {{ ref('tencent_ccc_documents') }}
    )
{%- endset -%}
select
    received_at,
    company_id,
    -- The answer to a call's details leaves out whose they are.
    coalesce(session_id, query['SessionId']) as session_id,
    {{ (fields.keys() | reject('equalto', 'session_id') | list + beside) | join(',\n    ') }}
from {{ documents }}
where document_kind = '{{ kind }}'

union all by name

select
    received_at,
    company_id,
    {{ tencent_ccc_of_record(fields) }}
from (
    select
        received_at,
        company_id,
        unnest(coalesce({{ lists | join(', ') }})) as record
    from {{ documents }}
    where document_kind = 'answer'
)
{%- endmacro %}
