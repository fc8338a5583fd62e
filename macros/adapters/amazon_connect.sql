{# The files of Amazon Connect as Firehose delivers them: records side by side, with or without line
   breaks between them. #}

{# Whether an input that may be absent is there; the records are read before anybody asks. #}
{% macro amazon_connect_has_input(name) %}
    {% set records = relation_in('adapters', 'amazon_connect_records') %}
    {% if not load_relation(records) %}
        {% do return(true) %}
    {% endif %}
    {% do return(scalar(
        'select bool_or(is_agent_event) from ' ~ records ~ ' where not is_unreadable'
    )) %}
{% endmacro %}

{#
The lines of all files below the adapter's folder, or of the one file that it names, as a select of
file and line. A line may be a whole file: Firehose packs up to 128 MiB into one.
#}
{% macro amazon_connect_lines() %}
    {% set selects = [] %}
    {% for is_packed in [false, true] %}
        {% set paths = [] %}
        {% set sizes = [1048576] %}
        {% for path, byte_count in amazon_connect_files()
            if (path | lower).endswith('.gz') == is_packed %}
            {% do paths.append(path) %}
            {% do sizes.append(134217728 if is_packed else byte_count) %}
        {% endfor %}
        {% if paths %}
            {% do selects.append('select\n    filename as file,\n    line\nfrom '
                ~ amazon_connect_reader(
                    paths, sizes | max,
                    "store_rejects = true, rejects_table = 'unreadable_lines',"
                    ~ " rejects_scan = 'unreadable_scans', rejects_limit = 0"
                )) %}
        {% endif %}
    {% endfor %}
    {% do return(
        selects | join('\nunion all\n')
        or 'select\n    null as file,\n    null as line'
    ) %}
{% endmacro %}

{# [(path, byte_count)]. Names that begin with . or _ are other programs' marks and no data. #}
{% macro amazon_connect_files() %}
    {% set files = [] %}
    {% if execute %}
        {% set folder = var('adapters')['amazon_connect'] %}
        {% set place = escaped_path(folder.rstrip('/')) %}
        {% set listing %}
            select file from glob('{{ place }}') where not ends_with(file, '/')
            union
            select file from glob('{{ place }}/**') where not ends_with(file, '/')
            order by file
        {% endset %}
        {% set paths = [] %}
        {% for path in run_query(listing).columns[0].values()
            if path.split('/')[-1][:1] not in ('.', '_') %}
            {% do paths.append(path) %}
        {% endfor %}
        {% if not paths %}
            {{ exceptions.raise_compiler_error(
                "Data folder '" ~ folder ~ "' holds no file. Give the folder below which the"
                ~ " contact records and agent events of Amazon Connect lie, or one such file:"
                ~ " docs/adapters/amazon_connect.md."
            ) }}
        {% endif %}
        {% for row in run_query(
            'select filename, size from read_blob(' ~ path_list(paths) ~ ') order by filename'
        ).rows %}
            {% do files.append((row[0], row[1] | int)) %}
        {% endfor %}
    {% endif %}
    {% do return(files) %}
{% endmacro %}

{# A reader of whole lines of at most so many bytes, and no more than 128 MiB. #}
{% macro amazon_connect_reader(paths, longest, options) %}
    {% set buffer = [longest, 134217728] | min %}
    {% do return("read_csv(" ~ path_list(paths) ~ ", auto_detect = false, header = false,"
        ~ " columns = {line: 'varchar'}, filename = true, delim = e'\\x01', quote = '',"
        ~ " escape = '', comment = '', nullstr = '', strict_mode = false, compression = '"
        ~ ('gzip' if (paths[0] | lower).endswith('.gz') else 'none') ~ "',"
        ~ " max_line_size = " ~ buffer ~ ", buffer_size = " ~ buffer ~ ", " ~ options ~ ")") %}
{% endmacro %}

{# The fields of both kinds of records that are read, for from_json. What a record lacks, or holds in
   another form, is NULL. #}
{% macro amazon_connect_fields() %}
    {% set levels = {} %}
    {% for level in range(1, 6) %}
        {% do levels.update({
            'Level' ~ level: {'ARN': 'VARCHAR', 'GroupName': 'VARCHAR', 'Name': 'VARCHAR'}
        }) %}
    {% endfor %}
    {% set fields = {} %}
    {% for name in [
        'InstanceARN', 'ContactId', 'InitialContactId', 'PreviousContactId', 'NextContactId',
        'Channel', 'InitiationMethod', 'InitiationTimestamp', 'DisconnectTimestamp',
        'DisconnectReason', 'LastUpdateTimestamp', 'CustomerId', 'EventId', 'EventType',
        'EventTimestamp', 'AgentARN',
    ] %}
        {% do fields.update({name: 'VARCHAR'}) %}
    {% endfor %}
    {% do fields.update({
        'CustomerEndpoint': {'Address': 'VARCHAR'},
        'Campaign': {'CampaignId': 'VARCHAR'},
        'Queue': {
            'ARN': 'VARCHAR', 'Name': 'VARCHAR', 'EnqueueTimestamp': 'VARCHAR',
            'DequeueTimestamp': 'VARCHAR',
        },
        'Agent': {
            'ARN': 'VARCHAR', 'Username': 'VARCHAR', 'ConnectedToAgentTimestamp': 'VARCHAR',
            'HierarchyGroups': levels,
        },
        'CurrentAgentSnapshot': {
            'AgentStatus': {'Name': 'VARCHAR', 'Type': 'VARCHAR', 'StartTimestamp': 'VARCHAR'},
            'Contacts': [{'State': 'VARCHAR'}],
            'Configuration': {'Username': 'VARCHAR', 'AgentHierarchyGroups': levels},
        },
    }) %}
    {% do return(tojson(fields)) %}
{% endmacro %}

{# The pieces of a line, which is JSON objects side by side, the last of them perhaps cut off.
   Where }{" stands within a text, a backslash comes before the quote, or the text ends with it and
   no letter follows. #}
{% macro amazon_connect_pieces(line) -%}
    string_split(
        regexp_replace({{ line }}, '([}]\s*)([{]\s*("\w|"?\s*$))', e'\\1\x1E\\2', 'g'), e'\x1E'
    )
{%- endmacro %}

{# Who ended a contact, NULL where its reason tells of nobody that the contract knows. #}
{% macro amazon_connect_actor(reason) -%}
    case
            when starts_with({{ reason }}, 'CUSTOMER_') then 'customer'
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

{# The states of the contacts that the agent of an event has. #}
{% macro amazon_connect_contact_states() -%}
    list_transform(
            objects.content_fields.CurrentAgentSnapshot.Contacts, lambda contact: contact.State
        )
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
        {% set faults = amazon_connect_unreadable_lines() %}
        {% set fault_count = faults | length
            + scalar('select count(*) from ' ~ this ~ ' where fault is not null') %}
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
                ~ " agent event of Amazon Connect. They must be JSON objects, in UTF-8, plain or"
                ~ " packed as .gz: docs/adapters/amazon_connect.md."
            ) }}
        {% endif %}
    {% endif %}
{% endmacro %}

{# [(path, place, fault)] of the lines kept aside, which are then forgotten. #}
{% macro amazon_connect_unreadable_lines() %}
    {% set listing %}
        select
            file_path,
            lower(error_type),
            min(line),
            count(distinct line)
        from unreadable_lines
        inner join unreadable_scans using (scan_id, file_id)
        group by all
        order by all
    {% endset %}
    {% set faults = [] %}
    {% for path, error, line, line_count in run_query(listing).rows %}
        {% do faults.append((
            path, 'line ' ~ line ~ (' (and ' ~ (line_count - 1) ~ ' more)' if line_count > 1 else ''),
            "can't be read as UTF-8 text: " ~ error
        )) %}
    {% endfor %}
    {% do run_query('drop table unreadable_lines') %}
    {% do run_query('drop table unreadable_scans') %}
    {% do return(faults) %}
{% endmacro %}

{# [(path, place, fault)] of the first 20 records of a file that have a fault. The file is read once
   more, one line after the other and byte for byte, so that no line is missing. #}
{% macro amazon_connect_faults(path) %}
    {% set listing %}
        with lines as (
            select
                row_number() over () as line_number,
                {{ amazon_connect_pieces('line') }} as line_pieces
            from {{ amazon_connect_reader(
                [path], 134217728, "parallel = false, encoding = 'latin-1', ignore_errors = true"
            ) }}
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
            records.fault || ': ' || left(trim(records.piece, e' \t\r\n'), 100)
        from pieces
        inner join {{ this }} as records
            on records.file = {{ text_literal(path) }}
            and records.fault is not null
            and {{ amazon_connect_plain_text('records.piece') }}
            = {{ amazon_connect_plain_text('pieces.piece') }}
        order by all
        limit 20
    {% endset %}
    {% set faults = [] %}
    {% for line_number, piece_number, fault in run_query(listing).rows %}
        {% do faults.append((path, 'line ' ~ line_number ~ ', record ' ~ piece_number, fault)) %}
    {% endfor %}
    {% do return(faults) %}
{% endmacro %}

{# What is the same in a text, however its bytes are read. #}
{% macro amazon_connect_plain_text(text) -%}
    regexp_replace({{ text }}, '[^!-~]', '', 'g')
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
