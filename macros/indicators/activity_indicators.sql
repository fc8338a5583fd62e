{#
O1-O7, how full agents' hands are, over rows of agent_hands (stretches of one state and one
concurrency, clipped to the row's time; acceptances; offers). The totals can be summed over any rows
of any grain; of max_concurrency the largest is; the rates are computed from the totals beside them.
#}

{# What stretches, acceptances and offers of a row's time come to. #}
{% macro activity_totals(is_daily) -%}
    {%- set is_handling = "(state != 'absent' or not is_presence_measured) and concurrency >= 1" -%}
    {%- for state in ['idle', 'busy', 'break'] %}
    {{ seconds_of_stretches("state = '" ~ state ~ "'", 'is_presence_measured') }}
        as {{ state }}_seconds,
    {%- endfor %}
    {{ seconds_of_stretches("state in ('idle', 'busy', 'break')", 'is_presence_measured') }}
        as presence_seconds,
    {{ seconds_of_stretches("state in ('idle', 'busy')", 'is_presence_measured') }}
        as ready_seconds,
    {{ seconds_of_stretches(is_handling) }} as handling_seconds,
    {{ seconds_of_stretches("state in ('idle', 'busy') and concurrency >= 1", 'is_presence_measured') }}
        as ready_handling_seconds,
    {{ seconds_of_stretches("state = 'break' and concurrency >= 1", 'is_presence_measured') }}
        as break_handling_seconds,
    {{ seconds_of_stretches("state = 'idle' and concurrency = 0", 'is_presence_measured') }}
        as unoccupied_idle_seconds,
    {%- if is_daily %}
    {{ seconds_of_stretches("state = 'absent'", 'is_presence_measured') }}
        as absent_handling_seconds,
    {%- endif %}
    {{ seconds_of_stretches(is_handling, factor='concurrency') }} as in_hand_seconds,
    cast(coalesce(max(concurrency) filter (where {{ is_handling }}), 0) as bigint)
        as max_concurrency,
    {{ where_measured(count_where('offer_outcome is not null'), 'is_offer_measured') }}
        as offer_count,
    {%- for outcome in ['accepted', 'declined', 'missed', 'withdrawn', 'open'] %}
    {{ where_measured(
        count_where("offer_outcome = '" ~ outcome ~ "'"), 'is_offer_measured'
    ) }} as {{ outcome }}_offer_count,
    {%- endfor %}
    {{ where_measured(total_seconds('ring_seconds'), 'is_offer_measured') }} as offer_ring_seconds,
    {{ count_where('is_acceptance') }} as accepted_agent_contact_count
{%- endmacro %}

{# Microseconds as doubles are summed exactly, and at half the cost of decimals. #}
{% macro seconds_of_stretches(condition, measured=none, factor=none) -%}
    {%- set total -%}
    coalesce(
        sum(microseconds {{- ' * ' ~ factor if factor }}) filter (where {{ condition }}), 0
    ) / 1e6
    {%- endset -%}
    {{ where_measured(total, measured) if measured else total }}
{%- endmacro %}

{# Rates and averages of the family, from its totals (O1 to O7). #}
{% macro activity_rates() -%}
    {{ proportion('ready_handling_seconds', 'ready_seconds') }} as occupancy_rate,
    {{ proportion('ready_handling_seconds', '(ready_handling_seconds + unoccupied_idle_seconds)') }}
        as occupancy_of_active_rate,
    {{ proportion('ready_seconds', 'presence_seconds') }} as utilisation_rate,
    {{ average('in_hand_seconds', 'handling_seconds') }} as avg_concurrency,
    {{ proportion(
        'accepted_offer_count', '(accepted_offer_count + declined_offer_count + missed_offer_count)'
    ) }} as offer_answer_rate
{%- endmacro %}

{# The rows that the activity marts sum. `stretches`: how stretches are read, with their microseconds;
   `keys`: what the rows are about beside company and agent. #}
{% macro agent_hands(stretches, work, offers, keys) -%}
stretches as (
    {{ stretches }}
),

acceptances as (
    select
        company_id,
        agent_id,
        {{ keys | join(',\n        ') }},
        true as is_acceptance
    from {{ work }}
    where not is_wrap_up
),

offers as (
    select
        company_id,
        agent_id,
        {{ keys | join(',\n        ') }},
        outcome as offer_outcome,
        ring_seconds
    from {{ offers }}
),

hands as (
    {%- set ids = ['company_id', 'agent_id'] + keys %}
    {{- union_by_name({
        'stretches': ids + ['state', 'concurrency', 'microseconds'],
        'acceptances': ids + ['is_acceptance'],
        'offers': ids + ['offer_outcome', 'ring_seconds'],
    }) }}
)
{%- endmacro %}

{# What the activity marts are made of. #}
{% macro activity_facts() %}
    {% do return(['fct_agent_activity', 'agent_work', 'fct_offers']) %}
{% endmacro %}
