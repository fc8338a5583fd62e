{{ checked_rows('raw_agent_teams') }}
