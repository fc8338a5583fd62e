{# The words of NICE CXone. What those of states and ends mean stands in the seed nice_cxone_words. #}

{# Types of events of the digital stream. Those that aren't used tell nothing that the contract holds. #}
{% macro nice_cxone_event_types() %}
    {% do return([
        'agentcontactended', 'agentcontactstarted', 'casecreated', 'casecreatedescalated',
        'casecreatednew', 'casecreatedopen', 'casecreatedpending', 'casecreatedresolved',
        'caseinboxassigneechanged', 'casestatuschanged', 'casetoroutingqueueassignmentchanged',
        'channelcreated', 'channeldeleted', 'channelupdated', 'contactgetabandoned',
        'consumercontactinboxpreassigneechanged', 'contactinboxpreassigneechanged',
        'contactrecipientschanged', 'customercontactclosed', 'customercontactcreated',
        'digitalacwstarted', 'eventins3', 'messageaddedintocase', 'messagecreated',
        'messagedeliveredtoenduser', 'messagedeliveredtouser', 'messagenotecreated',
        'messagenotedeleted', 'messagenoteupdated', 'messagepreviewcreated',
        'messagereadchanged', 'messageseenbyenduser', 'messageseenbyuser', 'messageseenchanged',
        'messagesent', 'messageupdated', 'pageviewcreated', 'routingqueuecreated',
        'routingqueuedeleted', 'routingqueueupdated', 'sendertypingended', 'sendertypingstarted',
        'subqueueassignedtoroutingqueue', 'subqueueunassignedfromroutingqueue', 'threadfocused',
        'threadunfocused', 'userassignedtoroutingqueue', 'userstatuschanged',
        'userunassignedfromroutingqueue',
    ]) %}
{% endmacro %}

{# A name as the lists have it. Tenants name reasons in their own language. #}
{% macro nice_cxone_word(name) -%}
    lower(regexp_replace({{ name }}, '[^\p{L}\p{M}\p{N}]', '', 'g'))
{%- endmacro %}

{# Rows of words that the user adds: word_kind, word, meaning. #}
{% macro nice_cxone_given_words() -%}
    {%- set rows = [] -%}
    {%- for kind, variable in [
        ('agent state', 'nice_cxone_agent_states'), ('contact state', 'nice_cxone_contact_states'),
        ('end reason', 'nice_cxone_end_reasons'),
    ] -%}
        {%- for word, meaning in (var(variable) or {}).items() -%}
            {%- do rows.append(
                'select ' ~ text_literal(kind) ~ ' as word_kind, '
                ~ nice_cxone_word(text_literal(word)) ~ ' as word, ' ~ text_literal(meaning)
                ~ ' as meaning'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ rows | join(' union all ') or "select '' as word_kind, '' as word, '' as meaning where false" }}
{%- endmacro %}
