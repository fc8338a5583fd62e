-- What became of the legs, and how they came, sums to the legs; parts are no more than their
-- whole; and the headline is the lowest of the service levels, but for the one that counts more
-- legs. The average of equal waits of months is rounded and may pass them by some nanoseconds.
{%- set marts = [
    ref('queue_metrics_interval'), ref('queue_metrics_daily'), ref('queue_metrics_aggregated'),
] %}
{%- for relation in marts %}
select
    '{{ relation.identifier }}' as relation_name,
    company_id,
    skill_id,
    queued_leg_count
from {{ built_rows(relation) }}
where
    (
        queued_leg_count
        = answered_leg_count + abandoned_leg_count + flowed_out_leg_count + open_leg_count
        and queued_leg_count
        = start_leg_count + overflow_leg_count + transfer_leg_count + reopening_leg_count
        + retry_leg_count + return_leg_count
        and answered_within_leg_count <= answered_leg_count
        and abandoned_within_leg_count <= abandoned_leg_count
        and short_abandoned_leg_count <= abandoned_leg_count
        and dequeued_leg_count <= flowed_out_leg_count
        and coalesce(service_level_without_short_rate >= service_level_rate, true)
        and coalesce(service_level_of_answered_rate >= service_level_rate, true)
        and coalesce(service_level_without_early_abandoned_rate >= service_level_rate, true)
        and coalesce(service_level_with_early_abandoned_rate >= service_level_rate, true)
        and coalesce(service_level_of_ended_rate <= service_level_rate, true)
        and coalesce(longest_queue_seconds >= avg_answer_seconds * (1 - 1e-12) - 1e-9, true)
        and coalesce(longest_queue_seconds >= avg_abandon_seconds * (1 - 1e-12) - 1e-9, true)
        and coalesce(
            longest_answered_queue_seconds >= avg_answer_seconds * (1 - 1e-12) - 1e-9, true
        )
        and (longest_queue_seconds is null) = (queued_leg_count = open_leg_count)
    ) is not true
{{ 'union all' if not loop.last }}
{%- endfor %}
