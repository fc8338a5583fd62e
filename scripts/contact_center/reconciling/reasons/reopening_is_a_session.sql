-- says: a session that was reopened is counted again
-- of: sessions
-- figures: S1, S2
-- about: reopenings
with again as (
    select
        *,
        unnest(range(reopened_count + 1)) as nth
    from counted
)

select * exclude (nth) from again
