{# What the adapter asterisk reads, and what each event of a queue_log means to it. #}

{#
The rows of every queue_log and every CSV file of the table queue_log, all text, empty as NULL, with
file_number, which orders the files by their first rows. A line with too few or too many fields is
read as far as it goes.
#}
{% macro asterisk_files_rows() %}
    {% set columns = asterisk_columns() %}
    {% set files = [] %}
    {% for path in adapter_files('asterisk', 'queue_log', none) %}
        {% do files.append(asterisk_file(path)) %}
    {% endfor %}
    {% set selects = [] %}
    {% for file in files | sort(attribute='begins') %}
        {% do selects.append(
            'select ' ~ loop.index ~ ' as file_number, "' ~ columns | join('", "')
            ~ '"\nfrom ' ~ file.reader
        ) %}
    {% endfor %}
    {% do return(selects | join('\nunion all\n') if selects else 'select null') %}
{% endmacro %}

{% macro asterisk_columns() %}
    {% do return([
        'time', 'callid', 'queuename', 'agent', 'event', 'data1', 'data2', 'data3', 'data4',
        'data5',
    ]) %}
{% endmacro %}

{# How a file is read, and the time of its first row. A CSV file's name ends so, or it begins with a
   header line. #}
{% macro asterisk_file(path) %}
    {% if (path | lower).endswith(('.bz2', '.xz', '.zip', '.7z')) %}
        {{ exceptions.raise_compiler_error(
            "File '" ~ path ~ "' is packed in a way that can't be read. Unpack it, or pack it with"
            ~ " gzip."
        ) }}
    {% endif %}
    {% set columns = asterisk_columns() %}
    {% set encoding = text_encoding(path) %}
    {% set names = csv_header(path, encoding) %}
    {% if (path | lower).endswith(('.csv', '.csv.gz')) or 'callid' in names %}
        {% do check_columns('asterisk', path, names, columns) %}
        {% do report_ragged_lines(path, names, encoding) %}
        {% set reader = ragged_csv_reader(path, names, encoding) %}
    {% else %}
        {# Where a line has more fields than that, the reader leaves them out. #}
        {% set reader = csv_reader(
            path, columns + ['beyond'], false, 'null_padding = true, strict_mode = false',
            encoding, '|'
        ) %}
        {% do report_broken_log_lines(path, reader, encoding) %}
    {% endif %}
    {% set first_time = run_query('select time from ' ~ reader ~ ' limit 1') %}
    {% do return({
        'reader': reader,
        'begins': (first_time.rows[0][0] if first_time.rows else none) or '',
    }) %}
{% endmacro %}

{# Warns of the lines of a queue_log that have fewer than 5 fields or more than 10. #}
{% macro report_broken_log_lines(path, reader, encoding) %}
    {% if flags.WHICH in ('build', 'run') and scalar(
        'select count(*) from ' ~ reader ~ ' where event is null or beyond is not null'
    ) %}
        {% set listing %}
            select line_number, left(line, 100), count(*) over () - 20
            from (
                select
                    row_number() over () as line_number,
                    line,
                    length(line) - length(replace(line, '|', '')) + 1 as field_count,
                    split_part(line, '|', 5) as event
                from {{ line_reader(path, encoding) }}
            )
            where line <> '' and (event = '' or field_count > 10)
            order by line_number
            limit 20
        {% endset %}
        {% do warn_of_lines(
            path, run_query(listing).rows,
            'has too few fields or too many and was read as far as it goes'
        ) %}
    {% endif %}
{% endmacro %}

{# What the events of a queue_log mean to us. #}
{% macro asterisk_meanings() %}
    {% do return({
        'queued': ['ENTERQUEUE'],
        'accepted': ['CONNECT'],
        'closed_by_agent': ['COMPLETEAGENT'],
        'closed_by_customer': ['COMPLETECALLER'],
        'transferred': ['TRANSFER', 'ATTENDEDTRANSFER', 'BLINDTRANSFER'],
        'abandoned': ['ABANDON'],
        'left': ['EXITWITHTIMEOUT', 'EXITWITHKEY', 'EXITEMPTY'],
        'refused': ['CLOSED', 'FULL', 'JOINEMPTY', 'LEAVEEMPTY'],
        'login': ['AGENTLOGIN', 'AGENTCALLBACKLOGIN'],
        'logout': ['AGENTLOGOFF', 'AGENTCALLBACKLOGOFF'],
        'paused': ['PAUSE'],
        'paused_in_all': ['PAUSEALL'],
        'unpaused': ['UNPAUSE'],
        'unpaused_in_all': ['UNPAUSEALL'],
        'joined': ['ADDMEMBER'],
        'quit': ['REMOVEMEMBER'],
        'wrapping_up': ['WRAPUPSTART'],
        'nothing': [
            'RINGNOANSWER', 'RINGCANCELED', 'DID', 'AGENTDUMP', 'SYSCOMPAT', 'PENALTY',
            'RINGINUSE', 'HOLD', 'UNHOLD', 'CONFIGRELOAD', 'QUEUESTART', 'ROTATE',
        ],
    }) %}
{% endmacro %}

{# The meaning of a column's event; NULL where it isn't known. #}
{% macro asterisk_meaning(event) -%}
    case
        {%- for meaning, events in asterisk_meanings().items() %}
        when {{ event }} in ('{{ events | join("', '") }}') then '{{ meaning }}'
        {%- endfor %}
        when starts_with({{ event }}, 'DIVERT_') then 'refused'
    end
{%- endmacro %}

{# The meanings that are about a call, and those that are about an agent only, as SQL lists. #}
{% macro asterisk_call_meanings() -%}
    (
        'queued', 'accepted', 'closed_by_agent', 'closed_by_customer', 'transferred', 'abandoned',
        'left', 'refused'
    )
{%- endmacro %}

{% macro asterisk_agent_meanings() -%}
    (
        'login', 'logout', 'paused', 'paused_in_all', 'unpaused', 'unpaused_in_all', 'joined',
        'quit', 'wrapping_up'
    )
{%- endmacro %}

{# The zone whose wall clock the table's times show. #}
{% macro asterisk_time_zone() %}
    {% do return(text_literal(var('asterisk_time_zone') or var('reporting_time_zone'))) %}
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

{# An instant or, where the file's time can't be read, what it says, which the contract's checks
   refuse. Text only where there is such a time: millions of instants are left as they are. #}
{% macro asterisk_reported_time(instant, reported_time) %}
    {% do return(
        'coalesce(cast(' ~ instant ~ ' as varchar), ' ~ reported_time ~ ')'
        if has_adapter_rows('asterisk_log', 'reported_time is not null') else instant
    ) %}
{% endmacro %}

{# False where a model that is built already has no such rows; true where that isn't known. #}
{% macro has_adapter_rows(model_name, condition='true') %}
    {% set relation = relation_in('adapters', model_name) %}
    {% if not execute or model.resource_type == 'unit_test' or load_relation(relation) is none %}
        {% do return(true) %}
    {% endif %}
    {% do return(scalar(
        'select exists (select 1 from ' ~ relation ~ ' where ' ~ condition ~ ')'
    )) %}
{% endmacro %}
