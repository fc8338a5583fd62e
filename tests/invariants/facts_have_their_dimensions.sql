-- Every id that a fact or a dimension names has a row in the dimension of its kind. (fct_durations
-- is a view of other facts.)
{%- set dimensions = {
    'agent_id': ref('dim_agents'),
    'campaign_id': ref('dim_campaigns'),
    'channel_id': ref('dim_channels'),
    'company_id': ref('dim_companies'),
    'skill_id': ref('dim_skills'),
    'team_id': ref('dim_teams'),
} %}
{%- set references = [
    (ref('fct_sessions'), 'company_id', 'company_id'),
    (ref('fct_sessions'), 'channel_id', 'channel_id'),
    (ref('fct_sessions'), 'campaign_id', 'campaign_id'),
    (ref('fct_sessions'), 'closed_by_agent_id', 'agent_id'),
    (ref('fct_sessions'), 'evaluated_agent_id', 'agent_id'),
    (ref('fct_agent_contacts'), 'company_id', 'company_id'),
    (ref('fct_agent_contacts'), 'session_company_id', 'company_id'),
    (ref('fct_agent_contacts'), 'agent_id', 'agent_id'),
    (ref('fct_agent_contacts'), 'team_id', 'team_id'),
    (ref('fct_agent_contacts'), 'skill_id', 'skill_id'),
    (ref('fct_agent_contacts'), 'campaign_id', 'campaign_id'),
    (ref('fct_agent_contacts'), 'channel_id', 'channel_id'),
    (ref('fct_agent_sessions'), 'agent_id', 'agent_id'),
    (ref('fct_agent_sessions'), 'company_id', 'company_id'),
    (ref('fct_agent_sessions'), 'agent_company_id', 'company_id'),
    (ref('fct_agent_sessions'), 'session_company_id', 'company_id'),
    (ref('fct_agent_sessions'), 'channel_id', 'channel_id'),
    (ref('fct_agent_states'), 'agent_id', 'agent_id'),
    (ref('fct_agent_states'), 'company_id', 'company_id'),
    (ref('fct_agent_logins'), 'agent_id', 'agent_id'),
    (ref('fct_agent_logins'), 'company_id', 'company_id'),
    (ref('fct_focus'), 'agent_id', 'agent_id'),
    (ref('fct_queue_legs'), 'company_id', 'company_id'),
    (ref('fct_queue_legs'), 'skill_id', 'skill_id'),
    (ref('fct_queue_legs'), 'campaign_id', 'campaign_id'),
    (ref('fct_queue_legs'), 'channel_id', 'channel_id'),
    (ref('fct_sessions'), 'first_skill_id', 'skill_id'),
    (ref('fct_offers'), 'agent_id', 'agent_id'),
    (ref('fct_offers'), 'company_id', 'company_id'),
    (ref('fct_offers'), 'skill_id', 'skill_id'),
    (ref('fct_agent_activity'), 'agent_id', 'agent_id'),
    (ref('fct_agent_activity'), 'company_id', 'company_id'),
    (ref('fct_session_closes'), 'closed_by_agent_id', 'agent_id'),
    (ref('fct_tag_attachments'), 'agent_id', 'agent_id'),
    (ref('fct_tag_attachments'), 'company_id', 'company_id'),
    (ref('fct_turns'), 'agent_id', 'agent_id'),
    (ref('fct_evaluations'), 'company_id', 'company_id'),
    (ref('fct_evaluations'), 'channel_id', 'channel_id'),
    (ref('fct_evaluations'), 'agent_id', 'agent_id'),
    (ref('fct_evaluations'), 'skill_id', 'skill_id'),
    (ref('survey_requests_daily'), 'agent_id', 'agent_id'),
    (ref('fct_resolutions'), 'company_id', 'company_id'),
    (ref('fct_resolutions'), 'channel_id', 'channel_id'),
    (ref('fct_resolutions'), 'skill_id', 'skill_id'),
    (ref('fct_resolutions'), 'agent_id', 'agent_id'),
    (ref('fct_transfers'), 'company_id', 'company_id'),
    (ref('fct_transfers'), 'from_agent_id', 'agent_id'),
    (ref('fct_transfers'), 'from_skill_id', 'skill_id'),
    (ref('fct_transfers'), 'to_agent_id', 'agent_id'),
    (ref('fct_transfers'), 'to_skill_id', 'skill_id'),
    (ref('fct_sla'), 'company_id', 'company_id'),
    (ref('fct_sla'), 'skill_id', 'skill_id'),
    (ref('fct_sla'), 'channel_id', 'channel_id'),
    (ref('dim_agents'), 'company_id', 'company_id'),
    (ref('dim_agent_teams'), 'agent_id', 'agent_id'),
    (ref('dim_agent_teams'), 'team_id', 'team_id'),
    (ref('dim_skills'), 'campaign_id', 'campaign_id'),
    (ref('dim_teams'), 'company_id', 'company_id'),
] %}
{%- for relation, column, key in references %}
select
    '{{ relation.identifier }}.{{ column }}' as reference,
    facts.missing_id,
    facts.row_count
from (
    select
        {{ column }} as missing_id,
        count(*) as row_count
    from {{ built_rows(relation) }}
    where {{ column }} is not null
    group by {{ column }}
) as facts
left join {{ dimensions[key] }} as dimension
    on facts.missing_id = dimension.{{ key }}
where dimension.{{ key }} is null
{{ 'union all' if not loop.last }}
{%- endfor %}
