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

{# The states of the contacts that the agent of an event has; NULL of one that names none. An entry
   that names neither contact nor state says nothing. #}
{% macro amazon_connect_contact_states() -%}
    list_transform(
            list_filter(
                objects.content_fields.CurrentAgentSnapshot.Contacts,
                lambda contact:
                coalesce(nullif(contact.ContactId, ''), nullif(contact.State, '')) is not null
            ),
            lambda contact: nullif(contact.State, '')
        )
{%- endmacro %}

{# The last part of an ARN, which identifies the queue, agent, group or instance. #}
{% macro amazon_connect_id(arn) -%}
    nullif(split_part({{ arn }}, '/', -1), '')
{%- endmacro %}

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
