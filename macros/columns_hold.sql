{#
A data test of a model: what must hold of single columns, in one scan and one node of the build.

    data_tests:
      - columns_hold:
          name: columns_of_fct_focus
          arguments:
            not_null: [focus_id, agent_id]
            unique: [focus_id]
            accepted_values: {direction: [inbound, outbound]}
            grain: [focus_id, agent_contact_id]

Of `unique`, an item may be an expression over several columns. NULL is nobody's equal, and no value
that isn't accepted. `grain`: the columns that tell a row from every other, where it takes several; of
them an unknown one is the same as another unknown one. A test that fails says of which columns, and in how many rows.
#}
{% test columns_hold(model, not_null=[], unique=[], accepted_values={}, grain=[]) %}
    {%- set counts = [] -%}
    {%- for column in not_null -%}
        {%- do counts.append((column ~ ' is NULL', 'count_if(' ~ column ~ ' is null)')) -%}
    {%- endfor -%}
    {%- for column in unique -%}
        {%- do counts.append((
            column ~ ' is not unique', 'count(' ~ column ~ ') - count(distinct ' ~ column ~ ')'
        )) -%}
    {%- endfor -%}
    {%- for column, values in accepted_values.items() -%}
        {%- set listed = [] -%}
        {%- for value in values -%}
            {%- do listed.append(text_literal(value) if value is string else value | string) -%}
        {%- endfor -%}
        {%- do counts.append((
            column ~ ' is none of ' ~ values | join(', '),
            'count_if(' ~ column ~ ' not in (' ~ listed | join(', ') ~ '))',
        )) -%}
    {%- endfor -%}
    {%- if grain -%}
        {%- do counts.append((
            grain | join(' + ') ~ ' is no grain', '(select count(*) from repeated)'
        )) -%}
    {%- endif -%}
with
{%- if grain %}
repeated as (
    select {{ grain | join(', ') }}
    from {{ model }}
    group by {{ grain | join(', ') }}
    having count(*) > 1
),
{% endif %}
counted as (
    select
        {%- for _, count in counts %}
        {{ count }} as count_{{ loop.index }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ model }}
),

summed_up as (
    select concat_ws(
        '; '
        {%- for text, _ in counts %},
        case
            when count_{{ loop.index }} > 0
                then {{ text_literal(text) }} || ' in ' || cast(count_{{ loop.index }} as string)
                    || case when count_{{ loop.index }} = 1 then ' row' else ' rows' end
        end
        {%- endfor %}
    ) as broken
    from counted
)

select broken
from summed_up
where case when broken <> '' then {{ raised_error('broken') }} else false end
{% endtest %}
