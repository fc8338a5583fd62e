{{ dimension(
    'channel', ref('stg_channels'), [ref('fct_sessions')],
    attributes=['named.media_type', is_digital('named') ~ ' as is_digital', is_voice('named') ~ ' as is_voice'],
) }}
