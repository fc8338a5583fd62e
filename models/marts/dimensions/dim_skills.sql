{{ dimension(
    'skill', ref('stg_skills'),
    [ref('fct_agent_contacts'), ref('fct_queue_legs'), ref('fct_offers')],
    attributes=['named.campaign_id'],
) }}
