-- The text sessions, a row for each agent's part of one: a record that ends by a transfer is a part
-- of its own, all others of a SessionId are one, the newest. A push has the times and an answer the
-- customer's satisfaction, so that each fills what the other lacks. `copy_count`: how often the
-- record came, word for word.
{{ config(materialized='table') }}

with parts as (
    select * from {{ ref('tencent_ccc_text_records') }}
),

repeated as (
    select
        session_id,
        part
    from parts
    where session_id is not null
    group by session_id, part
    having count(*) > 1
),

records_of_repeated as (
    select
        parts.*,
        hash(
            parts.company_id, parts.customer_id, parts.agent_id, parts.agent_name, parts.skill_id,
            parts.skill_name, parts.end_word, parts.satisfaction_key, parts.satisfaction_label,
            parts.said_start, parts.said_queued, parts.said_ring, parts.said_accept, parts.said_end
        ) as content_hash
    from parts
    semi join repeated
        on parts.session_id = repeated.session_id
        and parts.part is not distinct from repeated.part
),

versions as (
    select
        *,
        row_number() over (
            partition by session_id, part
            order by is_push desc, {{ tencent_newest_first('said_end') }}, content_hash
        ) as version_number,
        count(*) over (partition by session_id, part, content_hash) as copy_count
    from records_of_repeated
),

filled as (
    select
        * exclude (content_hash, version_number)
        replace (
            {%- for column in [
                'company_id', 'customer_id', 'agent_id', 'skill_id', 'satisfaction_key',
                'satisfaction_label',
            ] %}
            arg_min({{ column }}, version_number) filter (where {{ column }} is not null) over (
                partition by session_id, part
            ) as {{ column }} {{- ',' if not loop.last }}
            {%- endfor %}
        ),
        arg_min(end_word, version_number) filter (where not is_push) over (
            partition by session_id, part
        ) as answered_end_word
    from versions
    qualify version_number = 1

    union all by name

    select
        parts.*,
        1 as copy_count
    from parts
    anti join repeated
        on parts.session_id = repeated.session_id
        and parts.part is not distinct from repeated.part
)

select
    *,
    row_number() over (
        partition by session_id
        order by
            not is_transferred, try_cast(said_start as double) nulls last, agent_id
    ) as part_number,
    count(*) over (partition by session_id) as part_count
from filled
