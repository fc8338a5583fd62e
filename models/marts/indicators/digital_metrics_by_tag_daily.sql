{{ config(
    materialized='incremental', meta={'touched_by': ['digital_activities'], 'day': 'date_day'}
) }}

{%- set dimensions = digital_dimensions() | join(', ') -%}
-- A contact stands in the rows of each tag that its session has: never sum across tags.
with session_tags as (
    select distinct
        session_id,
        tag_name
    from {{ ref('fct_tag_attachments') }}
),

tagged_activities as (
    select
        activities.*,
        session_tags.tag_name
    from {{ of_touched_days(ref('digital_activities'), ['digital_activities']) }} as activities
    inner join session_tags
        on activities.session_id = session_tags.session_id
),

totals as (
    select
        date_day, {{ dimensions }}, tag_name,
        {{ digital_totals() | indent(4) }}
    from tagged_activities
    group by date_day, {{ dimensions }}, tag_name
)

select
    *,
    {{ digital_rates() }}
from totals
