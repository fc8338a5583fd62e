-- The sessions at each score sum to S4, and their rates to 1.
with session_rows as (
    {%- for relation in [ref('session_analysis_daily'), ref('session_analysis_aggregated')] %}
    select
        company_id,
        {{ 'date_day' if relation.identifier.endswith('_daily') else 'null as date_day' }},
        evaluated_session_count,
        score_1_session_count + score_2_session_count + score_3_session_count
        + score_4_session_count + score_5_session_count as session_count_at_scores,
        score_1_rate + score_2_rate + score_3_rate + score_4_rate + score_5_rate as rate_at_scores
    from {{ built_rows(relation) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select *
from session_rows
where
    evaluated_session_count is distinct from session_count_at_scores
    or (evaluated_session_count > 0 and (abs(rate_at_scores - 1) <= 1e-9) is not true)
