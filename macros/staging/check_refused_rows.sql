{# After the rows are checked: stops where so many of them break a rule by themselves that a source must
   have changed its format, with the reasons counted. Of few rows a file refused whole is only named. #}
{% macro check_refused_rows() %}
    {% if execute and flags.WHICH in ('build', 'run') %}
        {% set too_many = [] %}
        {% for part, name, refused, new_count, reasons in shares_refused(this) if new_count >= 50 %}
            {% if part == 'file' and refused == new_count
                or part == 'table' and refused > var('max_refused_share') * new_count %}
                {% do too_many.append(
                    '  %s %s: %s of %s new rows (%s)' % (
                        part, name, '{:,}'.format(refused), '{:,}'.format(new_count), reasons
                    )
                ) %}
            {% endif %}
        {% endfor %}
        {% if too_many and not var('accept_quarantine') %}
            {{ exceptions.raise_compiler_error(
                'More rows break the contract by themselves than max_refused_share allows ('
                ~ var('max_refused_share') ~ ' of the new rows of a table; never every row of a file):\n'
                ~ too_many | join('\n')
                ~ ('\nBy the clock of this machine it is ' ~ run_started_at.strftime('%Y-%m-%d %H:%M')
                    ~ ' UTC: where that is wrong, set it right and build again.'
                    if 'future_timestamp' in too_many | join else '')
                ~ '\nWhat each reason means: docs/event_contract.md. Where these rows are to be left out:'
                ~ ' ./scripts/build --accept-quarantine.'
            ) }}
        {% endif %}
    {% endif %}
{% endmacro %}

{# Of each table and file with refused rows: 'table' or 'file', its name, how many of how many new rows
   were refused, and why. `refused`: the relation refused_rows. #}
{% macro shares_refused(refused) %}
    {% set shares %}
        with reasons as (
            select 'table' as part, table_name as name, reason, sum(row_count) as row_count
            from {{ refused }} group by table_name, reason
            union all
            select 'file' as part, source_file as name, reason, sum(row_count) as row_count
            from {{ refused }} where source_file is not null group by source_file, reason
        )
        select
            part,
            name,
            cast(sum(case when reason is not null then row_count else 0 end) as bigint),
            cast(sum(row_count) as bigint),
            {{ joined_texts(
                "case when reason is not null then reason || ' ' || row_count end", ', ',
                'row_count desc, reason'
            ) }}
        from reasons
        group by part, name
        having count(reason) > 0
        order by part desc, name
    {% endset %}
    {% do return(run_query(shares).rows) %}
{% endmacro %}
