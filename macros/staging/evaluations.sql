{# What is said of an evaluation where its row doesn't say it: csat is what a row without a kind is, and
   each kind has its usual scale. `columns`: what stands before the names of the columns. #}

{% macro kinds_of_evaluations() %}
    {% do return(['csat', 'nps', 'ces']) %}
{% endmacro %}

{# The kind of an evaluation; satisfaction where it names none. #}
{% macro kind_of_evaluation(columns='') %}
    {% do return('coalesce(' ~ columns ~ "kind, 'csat')") %}
{% endmacro %}

{# The low end of an evaluation's scale: its own, else its kind's. #}
{% macro lowest_score(columns='') %}
    {% do return('coalesce(' ~ columns ~ 'scale_min, case ' ~ kind_of_evaluation(columns)
        ~ " when 'nps' then 0 else 1 end)") %}
{% endmacro %}

{# The high end of an evaluation's scale: its own, else its kind's. #}
{% macro highest_score(columns='') %}
    {% do return('coalesce(' ~ columns ~ 'scale_max, case ' ~ kind_of_evaluation(columns)
        ~ " when 'nps' then 10 when 'ces' then 7 else 5 end)") %}
{% endmacro %}

{# True of an evaluation that S4, S5, A25 and A26 count: satisfaction on a scale of 1 to 5. #}
{% macro is_satisfaction() %}
    {% do return('(' ~ kind_of_evaluation() ~ " = 'csat' and " ~ lowest_score() ~ ' = 1 and '
        ~ highest_score() ~ ' = 5)') %}
{% endmacro %}
