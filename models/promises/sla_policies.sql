-- depends_on: {{ ref('touched_promises') }}
-- The policies as this build knows them, for the next one to compare with.
select * from {{ ref('stg_sla_policies') }}
