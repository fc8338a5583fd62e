select distinct
    date_day,
    extract('year' from date_day) as year_number,
    extract('quarter' from date_day) as quarter_number,
    extract('month' from date_day) as month_number,
    extract('day' from date_day) as day_of_month,
    extract('isodow' from date_day) as iso_day_of_week,
    extract('isoyear' from date_day) as iso_year_number,
    extract('week' from date_day) as iso_week_number,
    cast(date_trunc('week', date_day) as date) as week_start_date,
    cast(date_trunc('month', date_day) as date) as month_start_date,
    extract('isodow' from date_day) >= 6 as is_weekend
from {{ ref('local_days') }}
