{#
The sums that two relations don't agree in, for invariants: a row is a sum of one of the `keys`, with
column_name and the difference, a millisecond at least. Every count and every sum of seconds of
either relation is compared, also one that is new. `without`: as in additive_columns.
#}
{% macro differing_sums(one, other, keys, without=[]) -%}
    {%- set sums = 'columns(* exclude (' ~ keys | join(', ') ~ '))' -%}
    select *
    from (
        select *
        from (
            select
                {{ keys | join(', ') }},
                sum(side * {{ additive_columns(without) }})
            from (
                select
                    1 as side,
                    *
                from {{ one }}
                union all by name
                select
                    -1 as side,
                    *
                from {{ other }}
            ) as sides
            group by {{ keys | join(', ') }}
        ) as totals
        -- Nearly all rows agree in every sum: only the others are written out by column.
        where greatest(*{{ sums }}) > 1e-3 or least(*{{ sums }}) < -1e-3
    ) as differing
    unpivot (difference for column_name in ({{ sums }}))
    where abs(difference) > 1e-3
{%- endmacro %}

{#
The end of an invariant that compares a family's facts with its marts: the rows in which a sum of
the CTE `facts` isn't the figure of the CTE `marts`. `keys`: what the rows are about, without date_day,
which is NULL in the figures of all days: those only of a full build, whose facts are looked at whole.
#}
{% macro facts_less_marts(keys) -%}
differences as (
    {{ differing_sums('facts', 'marts', keys + ['date_day']) }}
)

-- The grand total of the facts' rollup is in no mart.
select *
from differences
where
    company_id is not null
    {%- if is_incremental_build() %}
    and date_day is not null
    {%- endif %}
{%- endmacro %}
