{{ checked_rows('raw_skills') }}
