{{ checked_rows('raw_focus_events') }}
