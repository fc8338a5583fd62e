-- In each row of the resolution marts repeated <= matured, first contact <= matured and accepted
-- <= matured, matured + unknown <= closed, one touch <= single agent <= closed; and each closed
-- session with a customer has matured or not, of which only the first are repeated or not.
{%- for relation in [ref('resolution_metrics_daily'), ref('resolution_metrics_aggregated')] %}
select
    '{{ relation.identifier }}' as relation_name,
    company_id,
    closed_session_count as figure
from {{ built_rows(relation) }}
where
    (
        repeated_session_count <= matured_session_count
        and first_contact_count <= matured_accepted_session_count
        and matured_accepted_session_count <= matured_session_count
        and matured_session_count + unknown_customer_session_count <= closed_session_count
        and reopened_session_count <= closed_session_count
        and coalesce(one_touch_session_count, 0) <= single_agent_session_count
        and single_agent_session_count <= closed_session_count
    ) is not true
union all
{%- endfor %}
select
    'fct_resolutions' as relation_name,
    company_id,
    seconds_to_next as figure
from {{ built_rows(ref('fct_resolutions')) }}
where
    (is_matured is null) != (customer_id is null)
    or (is_repeated is not null) != coalesce(is_matured, false)
    or is_repeated != (next_session_id is not null)
    or (next_session_id is null) != (seconds_to_next is null)
