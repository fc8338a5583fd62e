-- One row a contact: the record that was updated last, of those that came with its id. Where a
-- supervisor only listens it is no contact with the customer. Times are read to compare them; what
-- happened when is passed on as the record says it.
{{ config(materialized='table') }}

with latest as (
    select *
    from {{ ref('amazon_connect_records') }}
    where
        not is_unreadable
        and not is_agent_event
        and initiation_method is distinct from 'MONITOR'
    qualify
        contact_id is null
        or row_number() over (
            partition by contact_id
            order by
                {{ utc_timestamp('last_update_timestamp') }} desc nulls last,
                disconnect_timestamp desc nulls last,
                connected_timestamp desc nulls last,
                next_contact_id desc nulls last,
                agent_arn desc nulls last,
                queue_arn desc nulls last,
                disconnect_reason desc nulls last,
                customer_address desc nulls last,
                enqueue_timestamp desc nulls last
        ) = 1
),

contacts as (
    select
        contact_id,
        initial_contact_id,
        previous_contact_id,
        next_contact_id,
        coalesce(
            nullif(regexp_extract(instance_arn, 'instance/([^/]+)', 1), ''),
            nullif(regexp_extract(agent_arn, 'instance/([^/]+)', 1), ''),
            nullif(regexp_extract(queue_arn, 'instance/([^/]+)', 1), '')
        ) as company_id,
        coalesce({{ known_caller('customer_address') }}, customer_id) as customer_id,
        lower(channel) as channel_id,
        coalesce({{ amazon_connect_id('queue_arn') }}, queue_name) as skill_id,
        queue_name,
        coalesce({{ amazon_connect_id('agent_arn') }}, agent_username) as agent_id,
        agent_username,
        {{ amazon_connect_id('group_arn') }} as team_id,
        group_name as team_name,
        campaign_id,
        initiation_method,
        upper(direction) as direction,
        disconnect_reason,
        initiation_timestamp,
        enqueue_timestamp,
        dequeue_timestamp,
        connected_timestamp,
        disconnect_timestamp,
        transfer_address,
        {{ said_seconds('interaction_seconds') }} as interaction_time,
        {{ said_seconds('hold_seconds') }} as hold_time,
        {{ said_seconds('work_seconds') }} as work_time,
        {{ utc_timestamp('work_start_timestamp') }} as work_started_at,
        {{ utc_timestamp('work_end_timestamp') }} as work_ended_at,
        {{ utc_timestamp('transfer_timestamp') }} as transferred_at,
        {{ utc_timestamp('scheduled_timestamp') }} as scheduled_at,
        {{ utc_timestamp('enqueue_timestamp') }} as enqueued_at,
        {{ utc_timestamp('initiation_timestamp') }} as initiated_at,
        {{ utc_timestamp('dequeue_timestamp') }} as dequeued_at,
        {{ utc_timestamp('connected_timestamp') }} as connected_at,
        {{ utc_timestamp('disconnect_timestamp') }} as disconnected_at,
        {{ utc_timestamp('last_update_timestamp') }} as updated_at
    from latest
)

select * from contacts
