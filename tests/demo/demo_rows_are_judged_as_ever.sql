-- How many rows of the demo count, are duplicates and are in quarantine: a rule that reads a column
-- otherwise shows here, though every figure still adds up. With the variables' defaults only.
{{ config(enabled=is_demo_as_ever()) }}

with expected (
    table_name, accepted_row_count, duplicate_row_count, quarantined_row_count
) as (
    values
    ('raw_agent_events', 16251, 0, 1),
    ('raw_agent_teams', 21, 0, 0),
    ('raw_agents', 20, 0, 0),
    ('raw_calendar_assignments', 3, 0, 0),
    ('raw_calendar_exceptions', 19, 0, 0),
    ('raw_calendar_hours', 20, 0, 0),
    ('raw_calendars', 3, 0, 0),
    ('raw_campaigns', 4, 0, 0),
    ('raw_channels', 5, 0, 0),
    ('raw_companies', 3, 0, 0),
    ('raw_evaluations', 933, 0, 1),
    ('raw_focus_events', 26334, 0, 0),
    ('raw_measured_events', 5, 0, 0),
    ('raw_messages', 34004, 1, 2),
    ('raw_session_events', 34524, 0, 2),
    ('raw_sessions', 5346, 0, 1),
    ('raw_skill_targets', 11, 0, 0),
    ('raw_skills', 11, 0, 0),
    ('raw_sla_policies', 9, 0, 0),
    ('raw_survey_requests', 2704, 0, 1),
    ('raw_tag_events', 1335, 0, 1),
    ('raw_teams', 6, 0, 0)
)

select
    expected.*,
    found.accepted_row_count as found_accepted_row_count,
    found.duplicate_row_count as found_duplicate_row_count,
    found.quarantined_row_count as found_quarantined_row_count
from expected
full join {{ ref('feed_quality') }} as found
    on expected.table_name = found.table_name
where
    expected.accepted_row_count is distinct from found.accepted_row_count
    or expected.duplicate_row_count is distinct from found.duplicate_row_count
    or expected.quarantined_row_count is distinct from found.quarantined_row_count
