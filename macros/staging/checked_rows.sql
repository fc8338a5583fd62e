{#
Every raw row of a contract table, cast to the contract's types, with what became of it:

    row_outcome   accepted, duplicate, or the reason for which the row is in quarantine
    own_reason    the first rule of the contract that the row breaks whatever else there is
    row_text      the whole row as it came, as JSON, if it has an own_reason. What another row
                  holds could be read, so that its columns tell.
    feed          the adapter that the row comes from, or contract
    session_key   of tables whose rows belong to a session
    build_number  the build that last checked the row

Only rows that pass every check of their own compete for a key: a quarantined row acts on nothing,
so it can't replace a good older copy. Copies of a row (same key, same content, whenever landed)
are one row and its duplicates, whatever becomes of that one.

An incremental build checks new rows, stored rows with the key of one, and stored rows whose session
is new or has changed; with a row all others of its key.
#}
{% macro checked_rows(table_name) %}
{%- set table = contract()[table_name] -%}
{%- set columns = contract_columns(table_name) -%}
{%- set is_incremental = is_incremental_build() -%}
{%- set parsed = ['key_value', 'own_reason', 'row_text', 'feed'] + columns | list -%}
{%- set judged = ['own_reason', 'row_text', 'feed']
    + (['session_key'] if table.session_rows else []) + columns | list -%}
{%- set unseen = unseen_rows(
    table_name, source_relations(table_name, loaded_sources(table_name)),
    this if is_incremental else none
) -%}
with new_rows as {{ made_where_read() }} (
    {{ (kept_aside('unseen_' ~ this.identifier, unseen) if is_incremental else unseen) | indent(4) }}
),
{% if is_incremental %}
stored_rows as {{ made_where_read() }} (
    select
        {{ star(without=['build_number']) }},
        {{ stored_key(table) }} as key_value
    from {{ this }}
),

keys_to_check as {{ made_once() }} (
    select key_value from new_rows
    where key_value is not null
    union distinct
    select key_value from stored_rows
    where {{ may_be_judged_anew(table) | indent(8) }}
),

stored_rows_to_check as {{ made_once() }} (
    select stored_rows.*
    from stored_rows
    inner join keys_to_check
        on stored_rows.key_value = keys_to_check.key_value
),
{% endif %}
-- Few keys come twice. Only their rows are compared with each other; all others pass by.
repeated_keys as {{ made_once() }} (
    select key_value from new_rows
    where key_value is not null
    group by key_value
    having count(*) > 1
    {%- if is_incremental %}
    union distinct
    select key_value from stored_rows_to_check
    {%- endif %}
),

rows_of_single_keys as {{ made_where_read() }} (
    select new_rows.*
    from new_rows
    left join repeated_keys
        on new_rows.key_value = repeated_keys.key_value
    where repeated_keys.key_value is null
),

rows_of_repeated_keys as {{ made_where_read() }} (
    select new_rows.{{ parsed | join(', new_rows.') }}
    from new_rows
    inner join repeated_keys
        on new_rows.key_value = repeated_keys.key_value
    {%- if is_incremental %}
    union all
    select {{ parsed | join(', ') }}
    from stored_rows_to_check
    {%- endif %}
),

single_rows as (
    {{ with_quarantine_reason(table_name, 'rows_of_single_keys') | indent(4) }}
),

copies as (
    select
        *,
        -- A row that doesn't say when it landed landed now.
        row_number() over (
            partition by key_value, {{ content_as_text(table.columns) }}
            order by
                {{ was_unreadable('ingested_at') }}, ingested_at desc nulls first, row_text
        ) as copy_number
    from (
        {{ with_quarantine_reason(table_name, 'rows_of_repeated_keys') | indent(8) }}
    )
),

versions as (
    select
        *,
        row_number() over (
            partition by key_value, (copy_number = 1 and quarantine_reason is null)
            order by ingested_at desc nulls first, {{ content_as_text(table.columns) }}
        ) as version_number
    from copies
),

all_rows as (
    select
        {{ judged | join(', ') }},
        coalesce(quarantine_reason, 'accepted') as row_outcome
    from single_rows
    union all
    select
        {{ judged | join(', ') }},
        case
            when copy_number > 1 then 'duplicate'
            when quarantine_reason is not null then quarantine_reason
            when version_number > 1 then 'superseded'
            else 'accepted'
        end as row_outcome
    from versions
)

select
    cast({{ this_build() }} as integer) as build_number,
    row_outcome,
    own_reason,
    row_text,
    feed,
    {%- if table.session_rows %}
    session_key,
    {%- endif %}
    {%- if table.time %}
    {{ partition_day(table.time) }}
    {%- endif %}
    {{ columns | join(',\n    ') }}
from all_rows
{% endmacro %}

{#
Parsed rows (`rows`: the name of a CTE), each with the first rule of the contract that it breaks,
by itself or where it stands; NULL where it breaks none.
#}
{% macro with_quarantine_reason(table_name, rows) %}
{%- set table = contract()[table_name] -%}
select
    parsed.*,
    {%- if table.session_rows %}
    sessions.session_key,
    {%- endif %}
    case
        when parsed.own_reason is not null then parsed.own_reason
        {%- if table.time %}
        when {{ is_in_future(table, 'parsed.') }} then 'future_timestamp'
        {%- endif %}
        {%- if table.session_rows %}
        when sessions.session_key is null then 'unknown_session'
        when
            parsed.{{ table.time }} < sessions.started_at
            - interval '{{ var("before_start_tolerance_minutes") }} minutes'
            then 'before_start'
        {%- endif %}
        {%- if table.refused_while_closed %}
        when closed_periods.session_key is not null then 'after_close'
        {%- endif %}
    end as quarantine_reason
from {{ rows }} as parsed
{%- if table.session_rows %}
left join {{ ref('stg_sessions') }} as sessions
    on parsed.session_id = sessions.session_id
{%- endif %}
{%- if table.refused_while_closed %}
left join {{ ref('closed_periods') }} as closed_periods
    on sessions.session_key = closed_periods.session_key
    and parsed.{{ table.time }} > closed_periods.closed_at
    and parsed.{{ table.time }} < closed_periods.reopened_at
{%- endif %}
{% endmacro %}

{# A row that doesn't say when it landed landed now. #}
{% macro is_in_future(table, rows='') -%}
    {{ rows }}{{ table.time }} > coalesce({{ rows }}ingested_at, {{ run_instant() }})
    + interval '{{ var("future_tolerance_hours") }} hours'
{%- endmacro %}

{# The stored rows of which the outcome may change though no new row has their key. #}
{% macro may_be_judged_anew(table) %}
{%- set sessions = checked_relation('raw_sessions') -%}
{%- set changed_sessions = [sessions] + (
    [checked_relation('raw_session_events')] if table.refused_while_closed else []
) -%}
own_reason is null
and key_value is not null
and (
    false
    {%- if table.time %}
    -- What lay in the future of a build need not lie in that of a later one.
    or (
        row_outcome = 'future_timestamp'
        and ingested_at is null
        and not ({{ is_in_future(table) }})
    )
    {%- endif %}
    {%- if table.session_rows %}
    {%- for relation in changed_sessions %}
    or session_key in (
        select session_key from {{ relation }}
        where build_number = {{ this_build() }}
    )
    {%- endfor %}
    or (
        row_outcome = 'unknown_session'
        and session_id in (
            select session_id from {{ sessions }}
            where build_number = {{ this_build() }}
        )
    )
    {%- endif %}
)
{% endmacro %}

{# The rows of a checked table that count. #}
{% macro accepted_rows(relation) %}
select {{ star(without=['row_outcome', 'own_reason', 'row_text']) }}
from {{ relation }}
where row_outcome = 'accepted'
{% endmacro %}

{# The key of a stored row as one text, as parsed_rows makes it of a raw one; NULL where a part of
   it is missing. An instant is the same however it was written. #}
{% macro stored_key(table) %}
    {% set parts = parts_of_feed(table) %}
    {% for column in table.key %}
        {% do parts.append(
            'coalesce(cast(' ~ column ~ ' as string), ' ~ raw_value(column) ~ ')'
            if table.columns[column] == 'timestamp' else column
        ) %}
    {% endfor %}
    {% do return(parts | join(" || '|' || ")) %}
{% endmacro %}

{# What a row held that couldn't be read. #}
{% macro raw_value(column) %}
    {% do return(json_field('row_text', column)) %}
{% endmacro %}

{% macro was_unreadable(column) %}
    {% do return('(' ~ column ~ ' is null and ' ~ raw_value(column) ~ ' is not null)') %}
{% endmacro %}

{# The row as a JSON text. `columns`: name -> type. #}
{% macro row_as_text(columns) %}
    {% set fields = {} %}
    {% for column, type in columns.items() %}
        {% do fields.update({
            column: 'cast(' ~ column ~ ' as string)' if type == 'timestamp' else column
        }) %}
    {% endfor %}
    {% do return(json_text(fields)) %}
{% endmacro %}

{# What makes two copies "the same content": all columns but ingested_at, as they were read or, where
   they couldn't be, as they came. #}
{% macro content_as_text(columns) %}
    {% set fields = {} %}
    {% for column, type in columns.items() %}
        {% do fields.update({column: column if holds_every_text(type)
            else 'coalesce(cast(' ~ column ~ ' as string), ' ~ raw_value(column) ~ ')'}) %}
    {% endfor %}
    {% do return(json_text(fields)) %}
{% endmacro %}

{# When this build began: what "now" means where a row doesn't say when it landed. #}
{% macro run_instant() %}
    {% do return("timestamp '" ~ run_started_at.strftime('%Y-%m-%d %H:%M:%S') ~ "'") %}
{% endmacro %}
