-- Promises. Chatwoot puts one on each conversation by rules that it doesn't keep; here a promise is
-- for an inbox and a priority. So it holds where, from the first conversation that has it to the
-- first that has another, more than half have it. Without a priority a promise is for any, so those
-- of any priority that have none count against it.
{{ config(materialized='table') }}

with conversations as (
    select
        session_id,
        account_id,
        inbox_id,
        priority,
        started_at
    from {{ ref('chatwoot_conversations') }}
),

-- Of one that was applied to a conversation twice, or with another, the lower id.
promised as (
    select
        conversations.*,
        min_by(
            applied.sla_policy_id, {{ in_order_of_id('applied.sla_policy_id') }}
        ) as sla_policy_id
    from conversations
    inner join {{ source('raw_chatwoot', 'applied_slas') }} as applied
        on conversations.session_id = applied.conversation_id
    group by all
),

firsts as (
    select
        account_id,
        inbox_id,
        priority,
        sla_policy_id,
        min(started_at) as valid_from
    from promised
    group by all
),

spans as (
    select
        *,
        lead(valid_from) over (
            partition by account_id, inbox_id, priority
            order by valid_from, {{ in_order_of_id('sla_policy_id') }}
        ) as valid_to
    from firsts
),

all_conversations as (
    select
        conversations.*,
        promised.sla_policy_id
    from conversations
    left join promised
        on conversations.session_id = promised.session_id
),

holding as (
    select
        spans.account_id,
        spans.inbox_id,
        spans.priority,
        spans.sla_policy_id,
        spans.valid_from,
        spans.valid_to
    from spans
    inner join all_conversations as conversations
        on spans.account_id = conversations.account_id
        and spans.inbox_id = conversations.inbox_id
        and spans.valid_from <= conversations.started_at
        and (spans.valid_to is null or spans.valid_to > conversations.started_at)
        and (
            spans.priority is not distinct from conversations.priority
            or (spans.priority is null and conversations.sla_policy_id is null)
        )
    group by all
    having
        2 * count(*) filter (where conversations.sla_policy_id = spans.sla_policy_id)
        > count(*)
),

policies as (
    select
        *,
        {{ chatwoot_ingested_at() }} as ingested_at
    from {{ source('raw_chatwoot', 'sla_policies') }}
    qualify row_number() over (
        partition by id
        order by
            ingested_at desc nulls last,
            first_response_time_threshold asc,
            next_response_time_threshold asc,
            resolution_time_threshold asc,
            only_during_business_hours asc
    ) = 1
),

targets as (
    unpivot (
        select
            id,
            only_during_business_hours,
            ingested_at,
            first_response_time_threshold as first_response,
            next_response_time_threshold as next_response,
            resolution_time_threshold as resolution
        from policies
    )
    on first_response, next_response, resolution
    into name metric value threshold
)

select
    concat_ws(
        '/', targets.id, holding.inbox_id, holding.priority, targets.metric
    ) as policy_id,
    holding.account_id as company_id,
    holding.inbox_id as channel_id,
    holding.priority,
    targets.metric,
    coalesce(
        cast(cast(round(try_cast(targets.threshold as double)) as bigint) as varchar),
        targets.threshold
    ) as target_seconds,
    -- Where an inbox keeps no hours, Chatwoot counts all.
    case
        when
            {{ chatwoot_is_true('targets.only_during_business_hours') }}
            and coalesce(inboxes.keeps_hours, true)
            then 'calendar'
        else 'always'
    end as clock,
    'false' as pauses_when_pending,
    holding.valid_from,
    holding.valid_to,
    targets.ingested_at
from holding
inner join targets
    on holding.sla_policy_id = targets.id
left join {{ ref('chatwoot_inboxes') }} as inboxes
    on holding.inbox_id = inboxes.inbox_id
