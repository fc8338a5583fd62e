-- Kinds of pushes that aren't read, a row for each push: the build's last lines list them with
-- their count. Recordings tell nothing of ours.
with documents as (
    select
        query['action'] as word,
        {{ tencent_ccc_kind() }} as document_kind
    from {{ ref('tencent_ccc_documents') }}
)

select
    'action' as word_kind,
    word
from documents
where document_kind = 'other' and word is not null and word != 'record'
