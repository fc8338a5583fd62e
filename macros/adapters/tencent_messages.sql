{# What the answers of Tencent's two interfaces for a session's messages have in common: neither gives an
   id, and the newest stands first unless they are asked otherwise. #}

{# A row a message, as the answer has it, for a CTE. `place`: its place in time within the answer. #}
{% macro tencent_listed_messages(documents) -%}
select
    answer_number,
    session_id,
    received_at,
    message,
    case when is_newest_first then -place else place end as place
from (
    select
        answer_number,
        session_id,
        received_at,
        is_newest_first,
        unnest(messages) as message,
        generate_subscripts(messages, 1) as place
    from (
        select
            row_number() over () as answer_number,
            {{ said("coalesce(session_id, query['SessionId'])") }} as session_id,
            received_at,
            coalesce(
                nullif(
                    sign(
                        try_cast(list_extract(messages, 1)['Timestamp'] as double)
                        - try_cast(list_extract(messages, -1)['Timestamp'] as double)
                    ), 0
                ) > 0,
                query['Order'] is distinct from '1'
            ) as is_newest_first,
            messages
        from {{ documents }}
        where messages is not null
    )
)
{%- endmacro %}

{# The key of a listed message: the session, the instant, the sender (not the id itself, which may be a
   person's to be forgotten) and a running number within them. Of rows of `told`: answer_number, session_id, said_at, place. #}
{% macro tencent_message_id(sender_id) -%}
    concat_ws(
        '|', told.session_id, told.said_at, left(md5(told.{{ sender_id }}), 8),
        row_number() over (
            partition by told.answer_number, told.said_at, told.{{ sender_id }}
            order by told.place
        )
    )
{%- endmacro %}

{# The place of a listed message among those of an instant. #}
{% macro tencent_message_seq() -%}
    row_number() over (
        partition by told.answer_number, told.said_at
        order by told.place
    )
{%- endmacro %}
