-- As dashboard.sql: what queues, contacts, agents' hours and promises are asked for.

-- name: service level of skills by half hour, 7 days
select
    skill_name,
    local_half_hour,
    sum(queued_leg_count) as queued_leg_count,
    sum(answered_within_leg_count) / sum(answered_leg_count + abandoned_leg_count)
        as service_level_rate,
    sum(abandoned_leg_count) as abandoned_leg_count
from marts.queue_metrics_interval
inner join marts.dim_skills using (skill_id)
where date_day between $last_day - 6 and $last_day
group by skill_name, local_half_hour
order by skill_name, local_half_hour;

-- name: handle time of channels, 30 days
select
    channel_name,
    sum(agent_contact_count) as agent_contact_count,
    sum(handle_seconds) / sum(handled_agent_contact_count) as avg_handle_seconds,
    sum(attributed_seconds) / 3600 as attributed_hours
from marts.contact_metrics_daily
inner join marts.dim_channels using (channel_id)
where date_day between $last_day - 29 and $last_day
group by channel_name
order by agent_contact_count desc;

-- name: occupancy by day, 30 days
select
    date_day,
    sum(ready_handling_seconds) / sum(ready_seconds) as occupancy_rate,
    sum(presence_seconds) / 3600 as presence_hours
from marts.agent_activity_daily
where date_day between $last_day - 29 and $last_day
group by date_day
order by date_day;

-- name: distribution of responses, 7 days
select
    upper_seconds,
    sum(duration_count) as duration_count
from marts.duration_histogram_daily
where measure = 'response' and date_day between $last_day - 6 and $last_day
group by upper_seconds
order by upper_seconds;

-- name: promises by metric, 30 days
select
    metric,
    priority,
    sum(met_count) / sum(met_count + breached_count) as sla_met_rate,
    sum(running_count) as running_count
from marts.sla_metrics_daily
where date_day between $last_day - 29 and $last_day
group by metric, priority
order by metric, priority;

-- name: what lies open, by day, 30 days
select
    date_day,
    sum(open_at_end_count) as open_at_end_count,
    sum(waiting_in_queue_count) as waiting_in_queue_count,
    sum(open_over_30_days_count) as open_over_30_days_count
from marts.backlog_daily
where date_day between $last_day - 29 and $last_day
group by date_day
order by date_day;

-- name: repeats of skills, 30 days
select
    skill_id,
    sum(closed_session_count) as closed_session_count,
    sum(repeated_session_count) / sum(matured_session_count) as repeat_rate
from marts.resolution_metrics_daily
where date_day between $last_day - 29 and $last_day
group by skill_id
order by closed_session_count desc;
