-- A sum over feeds in which none has the table stays NULL: it was not measured.
select
    table_name,
    bool_or(is_measured) as is_measured,
    {%- for rows in ['raw', 'accepted', 'duplicate', 'quarantined'] %}
    {{ total_count(rows ~ '_row_count') }} as {{ rows }}_row_count{{ ',' if not loop.last }}
    {%- endfor %}
from {{ ref('feed_quality_by_feed') }}
group by table_name
