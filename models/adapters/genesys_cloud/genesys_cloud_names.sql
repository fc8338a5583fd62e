-- The names of queues, people, codes and the like, from answers that list them. The address of each
-- says what it is: /api/v2/routing/queues/ID is a queue.
{{ config(materialized='table') }}

select
    regexp_extract(self_uri, '/api/v[0-9]+/(.*)/[^/]+$', 1) as entity_kind,
    entity_id,
    entity_name,
    entity_division_id as division_id,
    received_at
from {{ ref('genesys_cloud_records') }}
where kind = 'name'
