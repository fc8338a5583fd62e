"""Random contract data that is as unpleasant as the contract allows, and then somewhat more.

Times come from a coarse grid and names from a short list, so that equal instants, shared
boundaries and collisions of agents, customers and skills are the rule. The same seed gives the
same data.
"""

from nasty.columns import COLUMNS, IN_SESSION, KEY, TIME, Record, Tables
from nasty.maker import nasty_tables
from nasty.writing import write_tables

__all__ = [
    "COLUMNS",
    "IN_SESSION",
    "KEY",
    "TIME",
    "Record",
    "Tables",
    "nasty_tables",
    "write_tables",
]
