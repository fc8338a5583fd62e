-- The callbacks and answers as they came, a row for each JSON object.
{{ config(
    materialized='table',
    post_hook="{{ report_unreadable_documents('raw_tencent_desk') }}",
) }}

select * from {{ source('raw_tencent_desk', 'documents') }}
