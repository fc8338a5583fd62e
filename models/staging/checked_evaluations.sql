{{ checked_rows('raw_evaluations') }}
