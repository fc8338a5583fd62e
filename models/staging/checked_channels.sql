{{ checked_rows('raw_channels') }}
