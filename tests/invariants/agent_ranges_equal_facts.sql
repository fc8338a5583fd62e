{{ config(tags=['duckdb_sql']) }}
-- What can't be summed over days: an agent's customers over a range, each once, and the first login
-- and the last logout, of the days, of ranges and of all.
{%- set first = "(select min(date_day) from " ~ ref('agent_analysis_daily') ~ ")" %}
{%- set last = "(select max(date_day) from " ~ ref('agent_analysis_daily') ~ ")" %}
{%- set ranges = [(first ~ ' + 1', first ~ ' + 7'), (last ~ ' - 2', last)] %}
with marts as (
    select
        agent_id,
        date_day as from_date,
        date_day as to_date,
        customer_count,
        first_login_at,
        last_logout_at
    from {{ built_rows(ref('agent_analysis_daily')) }}
    union all
    select
        agent_id,
        {{ first }} as from_date,
        {{ last }} as to_date,
        customer_count,
        first_login_at,
        last_logout_at
    from {{ ref('agent_analysis_aggregated') }}
    {%- for from_date, to_date in ranges %}
    union all
    select
        agent_id,
        {{ from_date }} as from_date,
        {{ to_date }} as to_date,
        customer_count,
        first_login_at,
        last_logout_at
    from {{ ref('agent_analysis') }}({{ from_date }}, {{ to_date }})
    {%- endfor %}
),

customers as (
    select
        marts.agent_id,
        marts.from_date,
        marts.to_date,
        count(distinct agent_sessions.customer_id) as customer_count
    from marts
    inner join {{ ref('fct_agent_sessions') }} as agent_sessions
        on marts.agent_id = agent_sessions.agent_id
        and marts.from_date <= agent_sessions.first_accepted_date
        and marts.to_date >= agent_sessions.first_accepted_date
    group by marts.agent_id, marts.from_date, marts.to_date
),

logins as (
    select
        marts.agent_id,
        marts.from_date,
        marts.to_date,
        min(logins.occurred_at) filter (where logins.event_type = 'login') as first_login_at,
        max(logins.occurred_at) filter (where logins.event_type = 'logout') as last_logout_at
    from marts
    inner join {{ ref('fct_agent_logins') }} as logins
        on marts.agent_id = logins.agent_id
        and marts.from_date <= logins.date_day
        and marts.to_date >= logins.date_day
    group by marts.agent_id, marts.from_date, marts.to_date
)

select
    marts.*,
    customers.customer_count as customers_in_facts,
    logins.first_login_at as first_login_in_facts,
    logins.last_logout_at as last_logout_in_facts
from marts
left join customers
    on marts.agent_id = customers.agent_id
    and marts.from_date = customers.from_date
    and marts.to_date = customers.to_date
left join logins
    on marts.agent_id = logins.agent_id
    and marts.from_date = logins.from_date
    and marts.to_date = logins.to_date
where
    marts.customer_count != coalesce(customers.customer_count, 0)
    or marts.first_login_at is distinct from logins.first_login_at
    or marts.last_logout_at is distinct from logins.last_logout_at
