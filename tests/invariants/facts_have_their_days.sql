-- Every fact and every daily row has a day, and dim_dates knows it.
{%- set references = [
    (ref('dim_intervals'), 'date_day'),
    (ref('fct_sessions'), 'session_date'),
    (ref('fct_sessions'), 'date_day'),
    (ref('fct_agent_contacts'), 'accepted_date'),
    (ref('fct_agent_sessions'), 'first_accepted_date'),
    (ref('fct_agent_states'), 'date_day'),
    (ref('fct_agent_logins'), 'date_day'),
    (ref('fct_queue_legs'), 'queued_date'),
    (ref('fct_queue_legs'), 'date_day'),
    (ref('fct_session_closes'), 'closed_date'),
    (ref('fct_tag_attachments'), 'attached_date'),
    (ref('session_analysis_daily'), 'date_day'),
    (ref('satisfaction_daily'), 'date_day'),
    (ref('agent_analysis_daily'), 'date_day'),
    (ref('digital_metrics_daily'), 'date_day'),
    (ref('digital_metrics_by_tag_daily'), 'date_day'),
    (ref('tag_metrics_daily'), 'date_day'),
    (ref('fct_agent_contacts'), 'date_day'),
    (ref('fct_agent_activity'), 'date_day'),
    (ref('fct_offers'), 'date_day'),
    (ref('fct_agent_sessions'), 'date_day'),
    (ref('fct_session_closes'), 'date_day'),
    (ref('fct_focus'), 'date_day'),
    (ref('fct_tag_attachments'), 'date_day'),
    (ref('fct_turns'), 'date_day'),
    (ref('contact_metrics_daily'), 'date_day'),
    (ref('agent_activity_interval'), 'date_day'),
    (ref('agent_activity_daily'), 'date_day'),
    (ref('agent_state_reasons_daily'), 'date_day'),
    (ref('duration_histogram_daily'), 'date_day'),
    (ref('session_metrics_daily'), 'date_day'),
    (ref('queue_metrics_interval'), 'date_day'),
    (ref('queue_metrics_daily'), 'date_day'),
    (ref('backlog_daily'), 'date_day'),
    (ref('fct_sla'), 'date_day'),
    (ref('fct_sla'), 'started_date'),
    (ref('sla_metrics_daily'), 'date_day'),
    (ref('fct_transfers'), 'date_day'),
    (ref('fct_resolutions'), 'closed_date'),
    (ref('fct_resolutions'), 'date_day'),
    (ref('resolution_metrics_daily'), 'date_day'),
    (ref('bot_metrics_daily'), 'date_day'),
    (ref('fct_evaluations'), 'session_date'),
    (ref('fct_evaluations'), 'submitted_date'),
    (ref('fct_evaluations'), 'date_day'),
    (ref('survey_metrics_daily'), 'date_day'),
    (ref('survey_requests_daily'), 'date_day'),
    (ref('transfers_daily'), 'date_day'),
    (ref('provisional_days'), 'date_day'),
] %}
{%- for relation, column in references %}
select
    '{{ relation.identifier }}.{{ column }}' as reference,
    facts.missing_date,
    facts.row_count
from (
    select
        {{ column }} as missing_date,
        count(*) as row_count
    from {{ built_rows(relation) }}
    group by {{ column }}
) as facts
left join {{ ref('dim_dates') }} as dates
    on facts.missing_date = dates.date_day
where dates.date_day is null
{{ 'union all' if not loop.last }}
{%- endfor %}
