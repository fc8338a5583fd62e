{# What each event of a queue_log means to the adapter asterisk. #}

{# Who answered where the log names nobody. #}
{% macro asterisk_nobody() %}
    {% do return("'unknown'") %}
{% endmacro %}

{# Why a call left a queue, or wasn't let into it. #}
{% macro asterisk_reason() -%}
    case event
                when 'EXITWITHTIMEOUT' then 'timeout'
                when 'EXITWITHKEY' then trim('key ' || coalesce(data1, ''))
                when 'EXITEMPTY' then 'empty'
                when 'WITHDRAW' then 'withdrawn'
                else lower(event)
            end
{%- endmacro %}

{# Seconds that the end of a call says: each kind of end has them in columns of its own. #}
{% macro asterisk_seconds(of_completion, of_transfer, of_link, of_outcall) -%}
    case
            when meaning = 'outcall' then {{ asterisk_number(of_outcall) }}
            when meaning in ('closed_by_agent', 'closed_by_customer')
                then {{ asterisk_number(of_completion) }}
            when event = 'ATTENDEDTRANSFER' and data1 = 'LINK' then {{ asterisk_number(of_link) }}
            when meaning = 'transferred' then {{ asterisk_number(of_transfer) }}
        end
{%- endmacro %}

{# A number of seconds that a call may last, else NULL. #}
{% macro asterisk_number(text) -%}
    case when try_cast({{ text }} as double) between 0 and 1e7 then try_cast({{ text }} as double) end
{%- endmacro %}

{# A number of seconds as an interval, to the microsecond. #}
{% macro asterisk_interval(seconds) -%}
    to_microseconds(cast(1000000 * cast({{ seconds }} as double) as bigint))
{%- endmacro %}

{# The zone whose wall clock the table's times show. #}
{% macro asterisk_time_zone() %}
    {% do return(text_literal(var('asterisk_time_zone') or var('reporting_time_zone'))) %}
{% endmacro %}

{# What a line says, whenever it was: `log_rows` are those of asterisk_lines, timed or not. #}
{% macro asterisk_line_content() -%}
    hash(
            log_rows.reported_time, log_rows.call_id, log_rows.queue_name, log_rows.agent_id,
            log_rows.meaning, log_rows.other_event, log_rows.detail, log_rows.wait_seconds,
            log_rows.talk_seconds
        )
{%- endmacro %}

{# Warns where lines of calls stand in a queue_log and in a table and aren't the same for their times:
   such calls count twice. #}
{% macro report_asterisk_times() %}
    {% if execute and scalar(
        'select count(distinct is_table) > 1 from ' ~ ref('asterisk_files')
    ) %}
        {% set listing %}
            select count(distinct call_id), min(call_id)
            from (
                select
                    log_rows.call_id,
                    {{ asterisk_line_content() }} as line_content
                from {{ ref('asterisk_timed_lines') }} as log_rows
                inner join {{ ref('asterisk_files') }} as files
                    on log_rows.file_number = files.file_number
                left join {{ this }} as copies on log_rows.line_position = copies.line_position
                where log_rows.call_id is not null
                group by all
                having
                    count(distinct files.is_table) = 2
                    and bool_and(copies.line_position is null)
            )
        {% endset %}
        {% set calls = run_query(listing).rows[0] %}
        {% if calls[0] %}
            {% do exceptions.warn(
                'asterisk: calls stand in a queue_log and in a file of the table queue_log at times'
                ~ ' that differ by more than a second (' ~ calls[0] ~ ", for example '" ~ calls[1]
                ~ "'), so their events count twice. Is asterisk_time_zone the zone of"
                ~ " the table's times? Else leave one of the two out."
            ) %}
        {% endif %}
    {% endif %}
{% endmacro %}

{# Rows with a copy_count, each as often as that: the contract's checks count the duplicates. #}
{% macro asterisk_each_copy(rows) %}
select * exclude (copy_count)
from {{ rows }}
{% if has_adapter_rows('asterisk_copies') -%}
union all
select * exclude (copy_count, copy_number)
from {{ rows }}
cross join lateral (select unnest(range(1, copy_count)) as copy_number)
where copy_count > 1
{%- endif %}
{% endmacro %}
