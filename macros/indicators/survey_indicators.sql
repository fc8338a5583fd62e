{#
V1-V5, what customers say, over rows of fct_evaluations. The totals can be summed over any rows of one
kind and scale; the rates are computed from the totals beside them.
#}

{# What a survey's figures can be filtered and grouped by. #}
{% macro survey_dimensions() %}
    {% do return([
        'company_id', 'kind', 'scale_min', 'scale_max', 'agent_id', 'channel_id', 'skill_id'
    ]) %}
{% endmacro %}

{# Totals of the family over answers (V1 to V5). #}
{% macro survey_totals() -%}
    {%- set promoter_scale = "kind = 'nps' and scale_min = 0 and scale_max = 10" -%}
    count(*) as survey_response_count,
    {{ total_count('score') }} as score_total,
    {{ count_where('score >= scale_max') }} as top_1_count,
    {{ count_where('score >= scale_max - 1') }} as top_2_count,
    {{ count_where('score <= scale_min + 1') }} as bottom_2_count,
    {%- for name, condition in {
        'promoter': 'score >= 9', 'passive': 'score in (7, 8)', 'detractor': 'score <= 6',
    }.items() %}
    case when {{ promoter_scale }} then {{ count_where(condition) }} end as {{ name }}_count
    {{- ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# Rates and averages of the family, from its totals. #}
{% macro survey_rates() -%}
    {{ average('score_total', 'survey_response_count') }} as avg_score,
    {%- for name in survey_shares() %}
    {{ proportion(name ~ '_count', 'survey_response_count') }} as {{ name }}_rate,
    {%- endfor %}
    100 * {{ proportion('(promoter_count - detractor_count)', 'survey_response_count') }}
        as net_promoter_score
{%- endmacro %}

{# The shares of answers that have bounds: best, best two, worst two of the scale. #}
{% macro survey_shares() %}
    {% do return(['top_1', 'top_2', 'bottom_2']) %}
{% endmacro %}

{# Between which bounds a share of all customers lies that was seen in so many answers: Wilson's 95 %
   interval. It stays within 0 to 1, and is wide where answers are few. #}
{% macro share_interval(name, responses) -%}
    {%- set share, z = name ~ '_rate', '1.959964e0' -%}
    {%- for bound, sign in {'low': '-', 'high': '+'}.items() %}
    greatest(0e0, least(1e0, (
        {{ share }} + {{ z }} * {{ z }} / (2 * {{ responses }})
        {{ sign }} {{ z }} * sqrt(
            greatest(0e0, {{ share }} * (1 - {{ share }})) / {{ responses }}
            + {{ z }} * {{ z }} / (4e0 * {{ responses }} * {{ responses }})
        )
    ) / (1 + {{ z }} * {{ z }} / {{ responses }}))) as {{ share }}_{{ bound }}
    {{- ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
