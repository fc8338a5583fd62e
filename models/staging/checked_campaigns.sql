{{ checked_rows('raw_campaigns') }}
