{# The words of Amazon Connect that its adapter knows. #}

{# The words of one kind, as its documentation lists them, as a list of SQL. #}
{% macro amazon_connect_words(kind) -%}
    {%- set words = {
        'method': [
            'INBOUND', 'OUTBOUND', 'TRANSFER', 'QUEUE_TRANSFER', 'CALLBACK',
            'CALLBACK_CUSTOMER_FIRST_QUEUED', 'CALLBACK_CUSTOMER_FIRST_DIALED', 'API', 'WEBRTC_API',
            'EXTERNAL_OUTBOUND', 'AGENT_REPLY', 'FLOW', 'CAMPAIGN_PREVIEW', 'DISCONNECT', 'MONITOR',
        ],
        'reason': [
            'THIRD_PARTY_DISCONNECT', 'BARGED', 'OTHER', 'CONTACT_FLOW_DISCONNECT', 'API', 'EXPIRED',
            'IDLE_DISCONNECT', 'SYSTEM_ERROR', 'TRANSFERRED', 'DISCARDED', 'TELECOM_PROBLEM',
            'TELECOM_BUSY', 'TELECOM_NUMBER_INVALID', 'TELECOM_POTENTIAL_BLOCKING',
            'TELECOM_UNANSWERED', 'TELECOM_TIMEOUT', 'TELECOM_ORIGINATOR_CANCEL',
            'OUTBOUND_DESTINATION_ENDPOINT_ERROR', 'OUTBOUND_RESOURCE_ERROR',
            'OUTBOUND_ATTEMPT_FAILED', 'OUTBOUND_PREVIEW_DISCARDED', 'OUTBUND_PREVIEW_DISCARDED',
        ],
        'contact state': [
            'INCOMING', 'PENDING', 'CONNECTING', 'CONNECTED', 'CONNECTED_ONHOLD', 'PAUSED', 'ENDED',
            'MISSED', 'REJECTED', 'ERROR',
        ],
        'status type': ['ROUTABLE', 'CUSTOM', 'OFFLINE'],
    }[kind] -%}
    ('{{ words | join("', '") }}')
{%- endmacro %}
