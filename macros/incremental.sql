{#
Incremental builds. A build that finds an earlier one in the warehouse makes only what new rows touch:

    models/to_build   says which sessions and which agents those are (touched_*), and gives the rows of
                      staging that belong to them (*_to_build); in a full build that is all rows
    definitions       the models between staging and facts: read *_to_build, make all that they are
                      given, and know nothing of builds
    stored models     (materialized incremental) keep the rows of earlier builds, and replace those that
                      are touched by what was made
    marts             make those days anew on which rows of their facts went or came

What of a stored model a build replaces, and what that touches in turn, stands in the model's meta:

    touched_by
        session_id, session_key   the rows of touched sessions
        presence_started_at, occurred_at
                                  the rows of touched agents from their from_at on
        agent_day                 the rows of touched days of agents
        backlog_day               the rows of days whose backlog is touched
        agent_contact_id          the rows of touched agent contacts
        resolution, bot_part      the rows of sessions whose resolution, or bot's part, is touched
        [names]                   the rows on days that these stored models touch
        key, key_or_session, event_session
                                  of staging: rows with the key (or of the session) of a checked row;
                                  rows of sessions of which the order of events may have changed
    day                           the column that is the row's day; Spark's tables are split by it
    latest                        of a log: tests look at the rows that have this column's latest value
    touches
        days                      the days on which its rows went or came
        [columns]                 of those days the marts' rows that have the same values in these

A further kind is a further touched_*
model (a row what is replaced, from the rows of this build and, by source last_build, of the one
before), a view *_to_build that reads it, and its place in touched_kinds (macros/touched.sql).
#}

{# The number of the running build, from 1. #}
{% macro this_build() %}
    {% if not execute %}
        {% do ref('builds') %}
        {% do return(1) %}
    {% endif %}
    {% set builds = relation_in('staging', 'builds') %}
    {# Unit tests try the definitions on all rows at once; lint compiles without a warehouse. #}
    {% if model.resource_type == 'unit_test' or load_relation(builds) is none %}
        {% do return(1) %}
    {% endif %}
    {% set query = 'select max(build_number) from ' ~ builds %}
    {# Whoever asks here refers to builds, so that it is asked after its row is there. A hook may not. #}
    {% do return(scalar(query) if model.resource_type == 'operation' else values_once(query)[0]) %}
{% endmacro %}

{# True where rows of an earlier build are kept. #}
{% macro is_incremental_build() %}
    {% do return(execute and not is_rebuild_from_store() and this_build() > 1) %}
{% endmacro %}

{# True where the build reads no file: the rows that checked_* hold are judged anew, and everything
   behind them is made anew, as by a full build. #}
{% macro is_rebuild_from_store() %}
    {% do return(var('rebuild_from_store')) %}
{% endmacro %}

{# A relation of the warehouse by its schema, without the prefix, and its name. #}
{% macro relation_in(schema, name) %}
    {% do return(api.Relation.create(
        database=target.database or none, schema=(schema_prefix() | trim) ~ schema, identifier=name
    )) %}
{% endmacro %}

{# The config of a model of this project; empty for what is no model, and in unit tests. #}
{% macro config_of(name) %}
    {% set node = graph.get('nodes', {}).get('model.contact_center.' ~ name, {}) %}
    {% do return(node.get('config', {})) %}
{% endmacro %}

{# What the agent marts sum. #}
{% macro agent_facts() %}
    {% do return(['fct_agent_sessions', 'fct_agent_states', 'fct_agent_logins']) %}
{% endmacro %}

{# Sessions of which the order of events may have changed. #}
{% macro reordered_sessions() -%}
    select session_key from {{ checked_relation('raw_session_events') }}
    where build_number = {{ this_build() }}
{%- endmacro %}
