-- The lines of the files as they are.
{{ config(materialized='ephemeral') }}

{{ amazon_connect_lines() }}
