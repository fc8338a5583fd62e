{{ config(materialized='incremental', meta={'touched_by': 'key_or_session', 'day': 'utc_day'}) }}

-- Spark gives no frame to a named window, so that the order has a name here.
{%- set in_order = 'partition by session_key'
    ~ ' order by occurred_at, coalesce(event_seq, 0), event_id' %}

with checked as (
    {{ checked_rows('raw_session_events') | indent(4) }}
),

{% if is_incremental_build() -%}
-- The order of a session's events, and so which acceptances come after a close, may change with
-- any of them.
unchanged as (
    select {{ star(
        without=['event_position', 'was_closed'],
        replaced={
            'row_outcome':
                "case when row_outcome = 'after_close' then 'accepted' else row_outcome end",
        },
    ) }}
    from {{ this }}
    where
        session_key in (select session_key from checked)
        and (
            event_id is null
            or event_id not in (select event_id from checked where event_id is not null)
        )
        {{ 'and not ' ~ is_gone('raw_session_events', 'checked') if var('adapters') }}
),

{%- set columns = ['build_number', 'row_outcome', 'own_reason', 'row_text', 'feed', 'source_file',
    'source_modified_at', 'loaded_in_build', 'session_key'] + partition_columns() + contract_columns('raw_session_events') | list %}
session_events as (
    {{- union_by_name({'checked': columns, 'unchanged': columns}) }}
),
{%- else -%}
session_events as (
    select * from checked
),
{%- endif %}

-- Rows that weren't accepted have a place in the order, but no position, and change nothing.
ordered as (
    select
        *,
        count(*) filter (where row_outcome = 'accepted') over upto_here as event_position,
        coalesce(
            {{ ignoring_nulls('last_value', "
                case
                    when row_outcome = 'accepted' and event_type in ('closed', 'reopened')
                        then event_type
                end
            ") }} over before_here = 'closed',
            false
        ) as was_closed
    from session_events
    window
        upto_here as (
            {{ in_order }}
            rows between unbounded preceding and current row
        ),
        before_here as (
            {{ in_order }}
            rows between unbounded preceding and 1 preceding
        )
)

select {{ star(replaced={
    'row_outcome': "
        case
            when row_outcome = 'accepted' and event_type = 'accepted' and was_closed
                then 'after_close'
            else row_outcome
        end",
}) }}
from ordered
