{{ dimension(
    'team', ref('stg_teams'), [ref('fct_agent_contacts'), ref('stg_agent_teams')],
    attributes=['named.company_id'],
) }}
