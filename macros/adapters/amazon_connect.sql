{# What the records of Amazon Connect say to its adapter. #}

{# The pieces of a line, which is JSON objects side by side, the last of them perhaps cut off.
   Where }{" stands within a text, a backslash comes before the quote, or the text ends with it and
   no letter follows. #}
{% macro amazon_connect_pieces(line) -%}
    string_split(
        regexp_replace({{ line }}, '([}]\s*)([{]\s*("\w|"?\s*$))', e'\\1\x1E\\2', 'g'), e'\x1E'
    )
{%- endmacro %}

{# Who ended a contact, NULL where its reason tells of nobody that the contract knows. Who calls may
   hang up before the call is connected; of calls that are placed from here that is no customer. #}
{% macro amazon_connect_actor(reason, method) -%}
    case
            when starts_with({{ reason }}, 'CUSTOMER_') then 'customer'
            when {{ reason }} = 'TELECOM_ORIGINATOR_CANCEL' and {{ method }} = 'INBOUND'
                then 'customer'
            when starts_with({{ reason }}, 'AGENT_') then 'agent'
            when {{ reason }} not in ('THIRD_PARTY_DISCONNECT', 'BARGED', 'OTHER') then 'system'
        end
{%- endmacro %}

{# A text of a record (`objects.content_fields`); empty texts and objects say as much as absent ones. #}
{% macro amazon_connect_text(field) -%}
    case
            when objects.content_fields.{{ field }} not in ('', '{}') then objects.content_fields.{{ field }}
        end
{%- endmacro %}

{# The contacts that the agent of an event has. #}
{% macro amazon_connect_agent_contacts() -%}
    objects.content_fields.CurrentAgentSnapshot.Contacts
{%- endmacro %}

{# The states of the contacts that the agent of an event has. #}
{% macro amazon_connect_contact_states() -%}
    list_transform(
            objects.content_fields.CurrentAgentSnapshot.Contacts, lambda contact: contact.State
        )
{%- endmacro %}

{# A number of seconds that a record says, as an interval; NULL where it is none. #}
{% macro amazon_connect_seconds(seconds) -%}
    case
            when try_cast({{ seconds }} as double) between 0 and 1e8
                then to_microseconds(cast(1000000 * cast({{ seconds }} as double) as bigint))
        end
{%- endmacro %}

{# The last part of an ARN, which identifies the queue, agent, group or instance. #}
{% macro amazon_connect_id(arn) -%}
    nullif(split_part({{ arn }}, '/', -1), '')
{%- endmacro %}

{#
After the records are read: warns of what could not be, with file, line and place in the line.
#}
{% macro report_amazon_connect() %}
    {% if execute %}
        {% set faults = [] %}
        {% set fault_count = scalar('select count(*) from ' ~ this ~ ' where fault is not null') %}
        {% set listing = 'select distinct file from ' ~ this
            ~ ' where fault is not null order by file limit 20' %}
        {% for path in run_query(listing).columns[0].values() if faults | length < 20 %}
            {% do faults.extend(amazon_connect_faults(path)) %}
        {% endfor %}
        {% for path, place, fault in faults[:20] %}
            {% do exceptions.warn(
                "File '" ~ path ~ "', " ~ place ~ " " ~ fault
                ~ ("\nSo have " ~ (fault_count - 20) ~ " further records."
                    if loop.last and fault_count > 20 else "")
            ) %}
        {% endfor %}
        {% if scalar('select count(*) from ' ~ this ~ ' where not is_unreadable') == 0 %}
            {{ exceptions.raise_compiler_error(
                "No file below '" ~ var('adapters')['amazon_connect'] ~ "' holds a contact record or"
                ~ " agent event of Amazon Connect. They must be JSON objects, none over several lines"
                ~ " (jq -c . FILE, of an array jq -c '.[]' FILE, writes them so), in UTF-8, plain or"
                ~ " packed as .gz: docs/adapters/amazon_connect.md."
            ) }}
        {% endif %}
    {% endif %}
{% endmacro %}

{# [(path, place, fault)] of the first 20 records of a file that have a fault. The file is read once
   more, one line after the other. #}
{% macro amazon_connect_faults(path) %}
    {% set read_path = scalar(
        'select any_value(read_path) from ' ~ source('raw', 'files_of_this_build')
        ~ ' where path = ' ~ text_literal(path)
    ) %}
    {% set listing %}
        with lines as (
            select
                row_number() over () as line_number,
                {{ amazon_connect_pieces('line') }} as line_pieces
            from {{ reader_of_lines(read_path) }}
        ),

        pieces as (
            select
                line_number,
                unnest(line_pieces) as piece,
                generate_subscripts(line_pieces, 1) as piece_number
            from lines
        )

        select distinct
            pieces.line_number,
            pieces.piece_number,
            -- Not what the record says: it may name a person.
            records.fault || '.'
        from pieces
        inner join {{ this }} as records
            on records.file = {{ text_literal(path) }}
            and records.fault is not null
            and records.piece = pieces.piece
        order by all
        limit 20
    {% endset %}
    {% set faults = [] %}
    {% for line_number, piece_number, fault in run_query(listing).rows %}
        {% do faults.append((path, 'line ' ~ line_number ~ ', record ' ~ piece_number, fault)) %}
    {% endfor %}
    {% do return(faults) %}
{% endmacro %}

{# The ARN or Name of the innermost group of the agent hierarchy, of either kind of record. #}
{% macro amazon_connect_group(field) -%}
    {%- set groups = ['Agent.HierarchyGroups', 'CurrentAgentSnapshot.Configuration.AgentHierarchyGroups'] -%}
    coalesce(
            {%- for level in [5, 4, 3, 2, 1] %}
            {%- for group in groups %}
            {%- for name in (['GroupName', 'Name'] if field == 'Name' else [field]) %}
            {{ amazon_connect_text(group ~ '.Level' ~ level ~ '.' ~ name) }},
            {%- endfor %}
            {%- endfor %}
            {%- endfor %}
            null
        )
{%- endmacro %}
