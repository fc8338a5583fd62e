{{ dimension(
    'campaign', ref('stg_campaigns'),
    [ref('fct_agent_contacts'), ref('fct_sessions'), ref('stg_skills')],
) }}
