{{ checked_rows('raw_teams') }}
