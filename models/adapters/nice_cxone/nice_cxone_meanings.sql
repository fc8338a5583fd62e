-- What each word means: as the user says, else as the seed does.
{{ config(materialized='table') }}

with given as (
    {{ nice_cxone_given_words() }}
),

known as (
    select
        word_kind,
        word,
        meaning
    from {{ ref('nice_cxone_words') }}
)

select
    word_kind,
    word,
    meaning
from given

union all

select
    known.word_kind,
    known.word,
    known.meaning
from known
anti join given on known.word_kind = given.word_kind and known.word = given.word
