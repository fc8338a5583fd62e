-- Queued sessions were answered, abandoned or flowed out, or they wait; those answered in time
-- were answered.
{%- set marts = [ref('session_analysis_daily'), ref('session_analysis_aggregated')] %}
{%- for relation in marts %}
select
    '{{ relation.identifier }}' as relation_name,
    company_id,
    queued_session_count
from {{ built_rows(relation) }}
where
    (
        queued_session_count
        = answered_queued_session_count + abandoned_session_count + flowed_out_session_count
        + waiting_session_count
        and answered_within_session_count <= answered_queued_session_count
        and queued_session_count <= session_count
        and answered_queued_session_count <= human_session_count
    ) is not true
{{ 'union all' if not loop.last }}
{%- endfor %}
