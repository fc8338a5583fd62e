-- The lines of the files as they are, all text.
{{ config(materialized='table') }}

{{ adapter_rows('bank_calls', [
    'vru+line', 'call_id', 'customer_id', 'type', 'date', 'vru_entry', 'vru_exit', 'q_start',
    'q_time', 'outcome', 'ser_time', 'server',
]) }}
