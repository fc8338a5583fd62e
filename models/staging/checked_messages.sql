{{ checked_rows('raw_messages') }}
