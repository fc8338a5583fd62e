-- The parts of an agent's time are the whole, and so are the outcomes of offers; a quarter hour
-- has 900 seconds.
{%- set marts = [
    ref('agent_activity_interval'), ref('agent_activity_daily'), ref('agent_activity_aggregated'),
] %}
{%- for relation in marts %}
select
    '{{ relation.identifier }}' as relation_name,
    agent_id,
    presence_seconds,
    handling_seconds,
    offer_count
from {{ built_rows(relation) }}
where
    (
        coalesce(
            abs(idle_seconds + busy_seconds + break_seconds - presence_seconds) <= 1e-6
            and abs(ready_seconds + break_seconds - presence_seconds) <= 1e-6
            and abs(ready_handling_seconds + break_handling_seconds - handling_seconds) <= 1e-6
            and ready_handling_seconds <= ready_seconds
            and unoccupied_idle_seconds <= idle_seconds
            and handling_seconds <= presence_seconds,
            presence_seconds is null and ready_seconds is null and ready_handling_seconds is null
        )
        and in_hand_seconds >= handling_seconds
        and coalesce(
            avg_concurrency between 1 - 1e-9 and max_concurrency + 1e-9,
            handling_seconds = 0
        )
        and (max_concurrency = 0) = (handling_seconds = 0)
        and coalesce(
            offer_count = accepted_offer_count + declined_offer_count + missed_offer_count
            + withdrawn_offer_count + open_offer_count,
            offer_count is null and open_offer_count is null
        )
        {%- if relation.identifier == 'agent_activity_interval' %}
        and greatest(coalesce(presence_seconds, 0), handling_seconds) <= 900
        {%- endif %}
    ) is not true
{{ 'union all' if not loop.last }}
{%- endfor %}
