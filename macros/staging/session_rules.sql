{# The second step of checked_rows: where a row stands in its session, and in time. #}

{#
Rows of `rows` (the name of a CTE) with session_key, where rows of the table belong to a session, and

    refused_for   the first rule of the contract that the row breaks, by itself or where it stands;
                  NULL where it breaks none
    moved_to      of messages the instant as of which the row is taken, where two clocks may differ by
                  clock_tolerance_seconds: the acceptance of an answer that seems to come before it,
                  the close of what seems to come after it; NULL for the row's own
#}
{% macro session_rules(table_name, rows) %}
{%- set table = contract()[table_name] -%}
{%- if table.refused_while_closed and not execute %}{% do ref('before_acceptances') %}{% endif -%}
{%- set is_moved = table.refused_while_closed and var('clock_tolerance_seconds') > 0 -%}
{%- set sent_at = 'parsed.' ~ table.time -%}
{%- set happened_at = 'coalesce(acceptances.accepted_at, ' ~ sent_at ~ ')' if is_moved else sent_at -%}
{%- set closed_too_long = happened_at ~ ' > closed_periods.closed_at + ' ~ clock_tolerance() -%}
select
    parsed.*,
    {%- if table.session_rows %}
    sessions.session_key,
    {%- endif %}
    {%- if is_moved %}
    case
        when closed_periods.session_key is null then acceptances.accepted_at
        when not {{ closed_too_long }} then closed_periods.closed_at
    end as moved_to,
    {%- elif table.refused_while_closed %}
    cast(null as timestamp) as moved_to,
    {%- endif %}
    case
        {%- if var('known_at') %}
        when not {{ is_known('parsed.') }} then 'not_known'
        {%- endif %}
        when parsed.own_reason is not null then parsed.own_reason
        when {{ is_in_future(table, 'parsed.') }} then 'future_timestamp'
        {%- if table.session_rows %}
        when sessions.session_key is null then 'unknown_session'
        when
            parsed.{{ table.time }} < sessions.started_at
            - {{ before_start_tolerance() }}
            then 'before_start'
        {%- endif %}
        {%- if table.refused_while_closed %}
        when
            closed_periods.session_key is not null
            {{- ' and ' ~ closed_too_long if is_moved }}
            then 'after_close'
        {%- endif %}
    end as refused_for
from {{ rows }} as parsed
{%- if table.session_rows %}
left join (
    select
        session_id,
        session_key,
        started_at
    from {{ ref('checked_sessions') }}
    where row_outcome = 'accepted'
) as sessions
    on parsed.session_id = sessions.session_id
{%- endif %}
{%- if is_moved %}
left join {{ ref('before_acceptances') }} as acceptances
    on sessions.session_key = acceptances.session_key
    and parsed.sender_type = 'agent'
    and parsed.sender_id is not distinct from acceptances.agent_id
    and {{ sent_at }} > acceptances.after_at
    and {{ sent_at }} <= acceptances.until_at
    and {{ sent_at }} < acceptances.accepted_at
    and {{ sent_at }} >= acceptances.accepted_at - {{ clock_tolerance() }}
{%- endif %}
{%- if table.refused_while_closed %}
left join {{ ref('closed_periods') }} as closed_periods
    on sessions.session_key = closed_periods.session_key
    and {{ happened_at }} > closed_periods.closed_at
    and {{ happened_at }} < closed_periods.reopened_at
{%- endif %}
{% endmacro %}

{# The variable before_start_tolerance_minutes as an interval. #}
{% macro before_start_tolerance() %}
    {% do return("interval '" ~ var('before_start_tolerance_minutes') ~ " minutes'") %}
{% endmacro %}

{# The variable clock_tolerance_seconds as an interval. #}
{% macro clock_tolerance() %}
    {% do return("interval '" ~ var('clock_tolerance_seconds') ~ " seconds'") %}
{% endmacro %}

{#
True where a row lies further after its landing than clocks differ, or landed so far after now: one wrong
clock would else move as_of, or win against every later version. A row that doesn't say when it landed
landed now.
#}
{% macro is_in_future(table, rows='') -%}
    {%- set tolerance = "interval '" ~ var('future_tolerance_hours') ~ " hours'" -%}
    (
        coalesce({{ rows }}ingested_at > {{ present_instant() }} + {{ tolerance }}, false)
        {%- if table.time %}
        or {{ rows }}{{ table.time }}
        > coalesce({{ rows }}ingested_at, {{ present_instant() }}) + {{ tolerance }}
        {%- endif %}
    )
{%- endmacro %}

{# When this build began: what "now" means where a row doesn't say when it landed. #}
{% macro run_instant() %}
    {% do return("timestamp '" ~ run_started_at.strftime('%Y-%m-%d %H:%M:%S') ~ "'") %}
{% endmacro %}
