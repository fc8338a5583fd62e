{{ checked_rows('raw_tag_events') }}
