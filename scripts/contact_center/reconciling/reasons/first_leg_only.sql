-- says: only the first wait of a session counts, not those after a transfer, an overflow or a return
-- of: legs
-- about: legs
select * from counted where entered_by = 'start'
