-- Rows that break a rule by themselves. What other rows decide (no session yet, a newer version)
-- may be put right by rows to come.
{{ config(post_hook="{{ check_refused_rows() }}") }}

with new_rows as (
    {%- for table_name in contract() %}
    select
        '{{ table_name }}' as table_name,
        source_file,
        case
            when own_reason is not null then own_reason
            when row_outcome = 'future_timestamp' then row_outcome
        end as reason
    from {{ ref('checked_' ~ table_name | replace('raw_', '', 1)) }}
    where loaded_in_build = {{ this_build() }} and row_outcome not in ('not_known', 'gone')
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    table_name,
    source_file,
    reason,
    count(*) as row_count
from new_rows
group by table_name, source_file, reason
