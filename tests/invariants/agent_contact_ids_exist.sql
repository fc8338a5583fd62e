-- Every agent_contact_id in a fact names an agent contact; where there is none, it is NULL.
{%- for relation in [ref('fct_focus'), ref('fct_session_closes')] %}
select
    '{{ relation.identifier }}' as relation_name,
    facts.agent_contact_id,
    count(*) as row_count
from {{ built_rows(relation) }} as facts
left join {{ built_rows(ref('fct_agent_contacts')) }} as contacts
    on facts.agent_contact_id = contacts.agent_contact_id
where facts.agent_contact_id is not null and contacts.agent_contact_id is null
group by facts.agent_contact_id
union all
{%- endfor %}
-- fct_turns makes its ids of these two columns.
select
    'fct_turns' as relation_name,
    {{ agent_contact_id('sessions.session_id', 'turns.contact_number') }} as agent_contact_id,
    count(*) as row_count
from {{ built_rows(ref('turns')) }} as turns
left join {{ ref('agent_contacts') }} as contacts
    on turns.session_key = contacts.session_key
    and turns.contact_number = contacts.contact_number
inner join {{ ref('stg_sessions') }} as sessions
    on turns.session_key = sessions.session_key
where turns.contact_number is not null and contacts.contact_number is null
group by all
