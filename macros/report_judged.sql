{# The last lines of a build on what people can do something about: times that nobody can read, files of
   no use, clocks that differ. #}
{% macro report_judged(results) %}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% for result in results if result.status == 'success' %}
            {% if result.node.name == 'quarantined_rows' %}
                {% set left_out = left_out_now(result.node.relation_name) %}
                {{ report_bad_timestamps(left_out) }}
                {{ report_bad_values(left_out) }}
            {% elif result.node.name == 'refused_rows' %}
                {{ report_refused_files(result.node.relation_name) }}
            {% elif result.node.name == 'messages' %}
                {{ report_clocks(result.node.relation_name) }}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}

{# One line on times, with an example. `quarantined`: rows of quarantined_rows, a relation or a query. #}
{% macro report_bad_timestamps(quarantined) %}
    {% set bad = run_query(
        "select table_name, count(*), min(row_text) from " ~ quarantined
        ~ " where reason = 'bad_timestamp' group by table_name order by count(*) desc, table_name"
    ).rows %}
    {% if bad %}
        {% set table_name, _, row_text = bad[0].values() %}
        {% set examples = [] %}
        {% for column, type in contract_columns(table_name).items() if type == 'timestamp' %}
            {% set value = fromjson(row_text).get(column) %}
            {% if value and scalar(
                'select coalesce(' ~ utc_timestamp(text_literal(value)) ~ ' < '
                ~ ("timestamp '1970-01-02 00:00:00'" if column == contract()[table_name].time
                    else "timestamp '0001-01-01 00:00:00'")
                ~ ', true)'
            ) %}
                {% do examples.append(table_name ~ '.' ~ column ~ " '" ~ value ~ "'") %}
            {% endif %}
        {% endfor %}
        {% do log(
            "A time can't be read, could mean two days, or is before 1970, in %s row(s), such as %s."
            " Write 2026-03-05T09:01:00Z or seconds since 1970 (docs/event_contract.md, Values)."
            % ('{:,}'.format(bad | sum(attribute=1) | int), examples | join(', ')), info=true
        ) %}
    {% endif %}
{% endmacro %}

{# One line on values that aren't of their column's type, with an example of each table. #}
{% macro report_bad_values(quarantined) %}
    {% set examples = [] %}
    {% for table_name, row_text in run_query(
        "select table_name, min(row_text) from " ~ quarantined
        ~ " where reason = 'bad_value' group by table_name order by table_name"
    ).rows %}
        {% for column, type in contract_columns(table_name).items()
            if type not in ('text', 'timestamp') %}
            {% set value = fromjson(row_text).get(column) %}
            {% if value is not none and scalar(
                'select ' ~ is_unreadable(column, type) ~ ' from (select ' ~ column ~ ', '
                ~ typed_value(column, type, false) ~ ' as typed_' ~ column
                ~ ' from (select ' ~ text_literal(value) ~ ' as ' ~ column ~ ')) as parsed'
            ) %}
                {% do examples.append(table_name ~ '.' ~ column ~ " '" ~ value ~ "'") %}
            {% endif %}
        {% endfor %}
    {% endfor %}
    {% if examples %}
        {% do log(
            'Values that their columns have no place for, such as %s: docs/event_contract.md says'
            ' which they take.' % (examples | join(', ')), info=true
        ) %}
    {% endif %}
{% endmacro %}

{# Small files of which no row was of use. `refused`: the relation refused_rows. #}
{% macro report_refused_files(refused) %}
    {% for part, name, refused_count, new_count, reasons in shares_refused(refused)
        if part == 'file' and refused_count == new_count %}
        {% do log("No row of file '%s' was of use: %s (%s)." % (
            name, '{:,}'.format(new_count), reasons
        ), info=true) %}
    {% endfor %}
{% endmacro %}

{# Messages just before their acceptance or just after the close. `messages`: the relation of that name.
   What the system itself writes then (a survey) tells of no clock. #}
{% macro report_clocks(messages) %}
    {% set checked = relation_in('staging', 'checked_messages') %}
    {% set this_build = 'build_number = ' ~ this_build() %}
    {% set moved = scalar(
        'select count(*) from ' ~ checked ~ ' where moved_from is not null and ' ~ this_build
    ) %}
    {% set early %}
        select count(*) from (
            select distinct answers.session_key, answers.sent_at, answers.message_seq
            from {{ messages }} as answers
            inner join {{ relation_in('staging', 'stg_session_events') }} as events
                on answers.session_key = events.session_key
                and events.event_type = 'accepted'
                and coalesce(answers.agent_id, events.agent_id) = events.agent_id
                and answers.sent_at < events.occurred_at
                and answers.sent_at >= events.occurred_at - interval '5 seconds'
            where answers.is_agent and answers.contact_number is null
        )
    {% endset %}
    {% set late %}
        select count(*) from {{ checked }} as refused
        inner join {{ relation_in('staging', 'closed_periods') }} as closed
            on refused.session_key = closed.session_key
            and refused.sent_at > closed.closed_at
            and refused.sent_at <= closed.closed_at + interval '5 seconds'
        where
            refused.row_outcome = 'after_close'
            and refused.sender_type != 'system'
            and {{ this_build }}
    {% endset %}
    {% if moved %}
        {% do log('Taken as of their acceptance or the close (clock_tolerance_seconds): '
            ~ '{:,}'.format(moved) ~ ' message(s).', info=true) %}
    {% endif %}
    {% set early_count, late_count = scalar(early), scalar(late) %}
    {% if early_count or late_count %}
        {% do log(
            'Do two clocks differ? {:,} answer(s) lie up to 5 seconds before their acceptance, {:,}'
            ' message(s) up to 5 seconds after the close. The variable clock_tolerance_seconds takes'
            ' them as of that instant.'.format(early_count, late_count), info=true
        ) %}
    {% endif %}
{% endmacro %}
