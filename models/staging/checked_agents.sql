{{ checked_rows('raw_agents') }}
