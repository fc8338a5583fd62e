-- Every figure of the demo: a change of any rule that moves one shows here, by relation and column.
-- Where it is meant to move, ./scripts/pin-demo writes the expected figures anew.
{{ config(enabled=is_demo_as_ever(), tags=['duckdb_sql']) }}

with found as (
    {{ demo_figures() }}
),

expected as (
    select *
    from read_csv(
        {{ text_literal(demo_figures_file()) if execute else "''" }},
        auto_detect = false,
        header = true,
        columns = {
            'relation': 'varchar',
            'column_name': 'varchar',
            'filled_count': 'bigint',
            'total': 'varchar',
            'checksum': 'bigint'
        }
    )
)

select
    coalesce(found.relation, expected.relation) as relation,
    coalesce(found.column_name, expected.column_name) as column_name,
    expected.filled_count as expected_filled_count,
    found.filled_count as found_filled_count,
    expected.total as expected_total,
    found.total as found_total,
    expected.checksum as expected_checksum,
    found.checksum as found_checksum
from expected
full join found
    on expected.relation = found.relation
    and expected.column_name = found.column_name
where
    expected.filled_count is distinct from found.filled_count
    or expected.total is distinct from found.total
    or expected.checksum is distinct from found.checksum
