-- Every agent_contact_id in a fact names an agent contact; where there is none, it is NULL.
{%- set facts = [ref('fct_focus'), ref('fct_session_closes'), ref('fct_turns')] %}
{%- for relation in facts %}
select
    '{{ relation.identifier }}' as relation_name,
    facts.agent_contact_id,
    count(*) as row_count
from {{ rebuilt(relation) }} as facts
left join {{ rebuilt(ref('fct_agent_contacts')) }} as contacts
    on facts.agent_contact_id = contacts.agent_contact_id
where facts.agent_contact_id is not null and contacts.agent_contact_id is null
group by facts.agent_contact_id
{{ 'union all' if not loop.last }}
{%- endfor %}
