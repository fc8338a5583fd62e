select distinct
    date_day,
    {{ part_of_date('year', 'date_day') }} as year_number,
    {{ part_of_date('quarter', 'date_day') }} as quarter_number,
    {{ part_of_date('month', 'date_day') }} as month_number,
    {{ part_of_date('day', 'date_day') }} as day_of_month,
    {{ part_of_date('isodow', 'date_day') }} as iso_day_of_week,
    {{ part_of_date('isoyear', 'date_day') }} as iso_year_number,
    {{ part_of_date('week', 'date_day') }} as iso_week_number,
    cast(date_trunc('week', date_day) as date) as week_start_date,
    cast(date_trunc('month', date_day) as date) as month_start_date,
    {{ part_of_date('isodow', 'date_day') }} >= 6 as is_weekend
from {{ ref('local_days') }}
