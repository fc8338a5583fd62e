-- The names of dispositions, from answers that list them.
{{ config(materialized='table') }}

select
    {{ nice_cxone_id('dispositionid') }} as disposition_id,
    max(dispositionname) as disposition_name
from {{ ref('nice_cxone_records') }}
where kind = 'disposition' and dispositionid is not null
group by disposition_id
