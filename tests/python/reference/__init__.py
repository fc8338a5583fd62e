"""The slow, obvious computation of every figure, which the dbt models are compared with.

It shares nothing with the models but the specification. Nothing here is tuned: each rule is one
function that walks over sessions, agents or events and does what its definition says. Durations
are whole microseconds (means are fractions) until the last moment, so no rounding decides
whether something took 30 seconds.
"""

from reference.arithmetic import micros
from reference.computation import compute
from reference.contract import Record
from reference.days import day_end, day_of, day_start
from reference.tables import TABLES
from reference.text import read_boolean, read_time, read_whole_number

__all__ = [
    "TABLES",
    "Record",
    "compute",
    "day_end",
    "day_of",
    "day_start",
    "micros",
    "read_boolean",
    "read_time",
    "read_whole_number",
]
