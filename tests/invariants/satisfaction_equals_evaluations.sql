-- satisfaction_daily has five rows for each day with an evaluation, which sum to S4 and to 1.
with satisfaction_days as (
    select
        company_id,
        date_day,
        count(distinct score) as score_count,
        count(*) as row_count,
        sum(session_count) as session_count,
        sum(session_rate) as session_rate
    from {{ built_rows(ref('satisfaction_daily')) }}
    group by company_id, date_day
),

evaluated_days as (
    select
        company_id,
        date_day,
        evaluated_session_count
    from {{ built_rows(ref('session_analysis_daily')) }}
    where evaluated_session_count > 0
)

select
    coalesce(evaluated_days.company_id, satisfaction_days.company_id) as company_id,
    coalesce(evaluated_days.date_day, satisfaction_days.date_day) as date_day,
    evaluated_days.evaluated_session_count,
    satisfaction_days.score_count,
    satisfaction_days.row_count,
    satisfaction_days.session_count,
    satisfaction_days.session_rate
from evaluated_days
full join satisfaction_days
    on evaluated_days.company_id = satisfaction_days.company_id
    and evaluated_days.date_day = satisfaction_days.date_day
where
    satisfaction_days.score_count is distinct from 5
    or satisfaction_days.row_count is distinct from 5
    or satisfaction_days.session_count is distinct from evaluated_days.evaluated_session_count
    or (abs(satisfaction_days.session_rate - 1) <= 1e-9) is not true
