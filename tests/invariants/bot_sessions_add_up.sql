-- In each row bot sessions = the five results, contained = three of them, and verified <= matured
-- <= handed off + contained.
select *
from {{ built_rows(ref('bot_metrics_daily')) }}
where
    bot_session_count is distinct from bot_handed_off_count + bot_resolved_count + bot_left_count
    + bot_unknown_count + bot_running_count
    or bot_contained_count
    is distinct from bot_resolved_count + bot_left_count + bot_unknown_count
    or bot_verified_contained_count > bot_matured_count
    or bot_verified_contained_count > bot_contained_count
    or bot_matured_count > bot_handed_off_count + bot_contained_count
    or bot_seconds < 0
    or (bot_matured_count is null) != (bot_session_count is null)
    or (bot_seconds is null) != (bot_session_count is null)
