-- The queries that dashboards send to the marts: tiles, trends and lists, as they are opened in the
-- morning. $last_day is the latest day of the data. The benchmark times them; each begins at its
-- "-- name:".

-- name: tiles of the last 7 days
select
    sum(session_count) as session_count,
    sum(human_session_count) / sum(session_count) as accepted_rate,
    sum(queue_seconds) / sum(human_session_count) as avg_queue_seconds,
    sum(first_response_seconds) / sum(first_response_session_count) as avg_first_response_seconds,
    sum(score_4_session_count + score_5_session_count) / sum(evaluated_session_count)
        as satisfaction_rate
from marts.session_analysis_daily
where date_day between $last_day - 6 and $last_day;

-- name: trend of 30 days by company
select
    company_name,
    date_day,
    session_count,
    avg_queue_seconds,
    avg_first_response_seconds,
    avg_session_seconds
from marts.session_analysis_daily
inner join marts.dim_companies using (company_id)
where date_day between $last_day - 29 and $last_day
order by company_name, date_day;

-- name: agents by first response, 30 days
select
    agent_name,
    sum(session_count) as session_count,
    sum(first_response_seconds) / sum(first_response_session_count) as avg_first_response_seconds,
    sum(satisfied_session_count) / sum(evaluated_session_count) as satisfaction_rate
from marts.agent_analysis_daily
inner join marts.dim_agents using (company_id, agent_id)
where date_day between $last_day - 29 and $last_day
group by agent_id, agent_name
having sum(first_response_session_count) > 0
order by avg_first_response_seconds, agent_id
limit 20;

-- name: presence of agents on the last day
select
    company_id,
    count(*) as agent_count,
    sum(idle_seconds) / 3600 as idle_hours,
    sum(busy_seconds) / 3600 as busy_hours,
    sum(break_seconds) / 3600 as break_hours
from marts.agent_analysis_daily
where date_day = $last_day
group by company_id
order by company_id;

-- name: channels of the last 7 days
select
    channel_name,
    sum(agent_contact_count) as agent_contact_count,
    sum(first_response_seconds) / sum(responded_agent_contact_count) as avg_first_response_seconds,
    sum(response_count) as response_count
from marts.digital_metrics_daily
inner join marts.dim_channels using (channel_id)
where date_day between $last_day - 6 and $last_day
group by channel_name
order by agent_contact_count desc;

-- name: skills of the last 30 days
select
    skill_name,
    sum(agent_contact_count) as agent_contact_count,
    sum(focus_seconds) / sum(focus_count) as avg_focus_seconds,
    sum(resolution_seconds) / sum(closed_session_count) as avg_resolution_seconds
from marts.digital_metrics_daily
inner join marts.dim_skills using (skill_id)
where date_day between $last_day - 29 and $last_day
group by skill_name
order by agent_contact_count desc;

-- name: teams by day, 14 days
select
    team_name,
    date_day,
    sum(agent_contact_count) as agent_contact_count,
    sum(first_response_seconds) / sum(responded_agent_contact_count) as avg_first_response_seconds
from marts.digital_metrics_daily
inner join marts.dim_teams using (team_id)
where date_day between $last_day - 13 and $last_day
group by team_name, date_day
order by team_name, date_day;

-- name: scores of the last 30 days
select
    score,
    sum(session_count) as session_count
from marts.satisfaction_daily
where date_day between $last_day - 29 and $last_day
group by score
order by score;

-- name: ten most used tags, 30 days
select
    tag_name,
    sum(tag_count) as tag_count,
    sum(tagged_session_count) as tagged_session_count
from marts.tag_metrics_daily
where date_day between $last_day - 29 and $last_day
group by tag_name
order by tag_count desc, tag_name
limit 10;
