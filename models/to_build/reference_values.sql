-- What the reference tables say that moves figures (names do not), and since which build.
with reference_values as (
    select
        'company' as reference,
        company_id as id,
        time_zone as meaning
    from {{ ref('company_time_zones') }}
    union all
    select
        'agent' as reference,
        agent_id as id,
        company_id as meaning
    from {{ ref('stg_agents') }}
    union all
    select
        'channel' as reference,
        channel_id as id,
        concat_ws('|', {{ is_voice('channels') }}, {{ is_digital('channels') }}) as meaning
    from {{ ref('stg_channels') }} as channels
    union all
    select
        'skill' as reference,
        skill_id as id,
        campaign_id as meaning
    from {{ ref('stg_skills') }}
    union all
    select
        'membership' as reference,
        agent_id as id,
        {{ joined_texts(
            "concat_ws('|', valid_from, coalesce(cast(valid_to as string), ''), team_id)", ',',
            order_by='valid_from'
        ) }} as meaning
    from {{ ref('stg_agent_teams') }}
    group by agent_id
    union all
    select
        'skill_target' as reference,
        skill_id as id,
        {{ joined_texts(
            "concat_ws('|', valid_from, coalesce(cast(service_level_seconds as string), ''),"
            ~ " coalesce(cast(short_abandon_seconds as string), ''))", ',',
            order_by='valid_from'
        ) }} as meaning
    from {{ ref('stg_skill_targets') }}
    group by skill_id
    union all
    select
        'measured_from' as reference,
        feed as id,
        concat_ws(
            '|', coalesce(cast(offer_measured_from as string), ''),
            coalesce(cast(hold_measured_from as string), ''),
            coalesce(cast(wrap_up_measured_from as string), ''),
            coalesce(cast(pending_measured_from as string), ''),
            coalesce(cast(bot_measured_from as string), '')
        ) as meaning
    from {{ ref('measured_groups') }}
)

select
    reference_values.*,
    {%- if is_incremental_build() %}
    case
        when
            former.id is not null
            and former.meaning is not distinct from reference_values.meaning
            then former.build_number
        else {{ this_build() }}
    end as build_number
    {%- else %}
    1 as build_number
    {%- endif %}
from reference_values
{%- if is_incremental_build() %}
left join {{ this }} as former
    on reference_values.reference = former.reference
    and reference_values.id = former.id
{%- endif %}
