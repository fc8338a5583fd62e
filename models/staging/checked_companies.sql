{{ checked_rows('raw_companies') }}
