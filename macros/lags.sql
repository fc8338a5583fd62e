{# How long rows take from their event to their landing: the model landing_lags holds how many rows took
   how many whole seconds. #}

{# Of each of `keys` (columns of landing_lags) the lags that these shares of the rows don't exceed: the
   least that a row has and that as many rows have, or less. #}
{% macro lag_quantiles(keys, shares) -%}
select
    {{ keys | join(', ') }},
    {%- for name, share in shares.items() %}
    min(lag_seconds) filter (where upto_count >= {{ share }} * total_count) as {{ name }}
    {{- ',' if not loop.last }}
    {%- endfor %}
from (
    select
        {{ keys | join(', ') }},
        lag_seconds,
        sum(row_count) over (partition by {{ keys | join(', ') }} order by lag_seconds) as upto_count,
        sum(row_count) over (partition by {{ keys | join(', ') }}) as total_count
    from {{ ref('landing_lags') }}
) as counted
group by {{ keys | join(', ') }}
{%- endmacro %}
