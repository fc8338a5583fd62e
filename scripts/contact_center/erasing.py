"""The steps of ./scripts/erase."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import duckdb

from . import lake, persons
from .building.folder import clear
from .building.publishing import check_nobody_writes, copy, new_file, publish
from .extensions import literal
from .persons import ERASED

# Ids of customers stand in customer_id, in sender_id of their messages, and in the texts of rows in
# quarantine.
TEXT_COLUMNS = """
    select schema_name, table_name, list(column_name order by column_index)
    from duckdb_columns()
    inner join duckdb_tables() using (database_name, schema_name, table_name)
    where database_name = ? and data_type = 'VARCHAR'
    group by all
    order by all
"""
# Who may have sent a message whose sender isn't known to be somebody else.
NO_CUSTOMER = "coalesce(sender_type, '') not in ('agent', 'bot', 'system')"


def erase(warehouse: Path, customers: list[str], folder: Path) -> None:
    """Puts a new warehouse in the place of the old one. Raises a BuildError, or DuckDB's error."""
    with lake.open_warehouse(warehouse) as connection:
        lake.check_store(connection, warehouse, ", and publish its marts again")
    if warehouse.is_dir():
        erase_in_lake(warehouse, customers, folder)
    else:
        erase_in_file(warehouse, customers, folder)


def erase_in_file(warehouse: Path, customers: list[str], folder: Path) -> None:
    check_nobody_writes(warehouse)
    changed, anew = folder / "changed.duckdb", folder / "contact_center.duckdb"
    for path in (changed, anew):
        clear(path)
    copy(warehouse, changed)
    new_file(anew)
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(changed)} as changed")
        pseudonyms = remember(connection, "changed", customers)
        say_whom_no_row_holds(customers, replace_everywhere(connection, "changed", pseudonyms))
        # A block that was freed keeps what it held: every row goes into a new file.
        connection.execute(f"attach {literal(anew)} as anew")
        connection.execute("copy from database changed to anew")
        connection.execute("detach changed")
        connection.execute("checkpoint anew")
    clear(changed)
    publish(anew, warehouse)


def erase_in_lake(warehouse: Path, customers: list[str], folder: Path) -> None:
    built = lake.start(warehouse, folder)
    print("Earlier states of the lake hold those customers: they are expired, and no query goes "
          "back to before this erasure.")
    with lake.writing(built, warehouse) as connection:
        pseudonyms = remember(connection, "lake", customers)
        held = replace_everywhere(connection, "lake", pseudonyms, is_lake=True)
        say_whom_no_row_holds(customers, held)
    lake.publish(built, warehouse, keep_earlier=False)


def remember(
    connection: duckdb.DuckDBPyConnection, database: str, customers: list[str]
) -> dict[str, str]:
    """customer_id as the warehouse has it -> what stands for it from now on. Of ids that became
    pseudonyms on their way in, those are meant too."""
    known = persons.forgotten(connection, database)
    key, erased = known if known else (secrets.token_bytes(32), {})
    if pseudonym_key := persons.given_key():
        customers = customers + [persons.pseudonym(pseudonym_key, one) for one in customers]
    pseudonyms = {}
    connection.execute(
        f"create table if not exists {database}.{ERASED} "
        "(erasure_key blob, id_hmac varchar, pseudonym varchar, erased_at timestamp)"
    )
    for customer in customers:
        id_hmac = persons.pseudonym(key, customer)
        pseudonyms[customer] = erased.get(id_hmac) or f"erased-{secrets.token_hex(16)}"
        if id_hmac not in erased:
            connection.execute(
                f"insert into {database}.{ERASED} values (?, ?, ?, now() at time zone 'UTC')",
                [key, id_hmac, pseudonyms[customer]],
            )
    return pseudonyms


def replace_everywhere(
    connection: duckdb.DuckDBPyConnection, database: str, pseudonyms: dict[str, str],
    is_lake: bool = False,
) -> set[str]:
    """Prints how many values it replaced, and where. Gives the ids that it found."""
    # What adapters read of their systems' files, where a customer may stand anywhere, in any words;
    # every build makes it anew, and from now on in memory.
    connection.execute(f"drop schema if exists {database}.adapters cascade")
    connection.execute("create temp table pseudonyms (id varchar, pseudonym varchar)")
    connection.executemany("insert into pseudonyms values (?, ?)", list(pseudonyms.items()))
    changed, held = 0, set()
    for schema, table, columns in connection.execute(TEXT_COLUMNS, [database]).fetchall():
        relation = f'{database}."{schema}"."{table}"'
        for column, value, id_of, condition in replacements(columns):
            ids = connection.execute(
                f"select {id_of}, count(*) from {relation} as stored where {condition} group by 1"
            ).fetchall()
            count = sum(count for _, count in ids)
            if not count:
                continue
            held.update(customer for customer, _ in ids)
            if is_lake:
                write_anew(connection, database, schema, table, column, value, condition)
            else:
                connection.execute(
                    f"update {relation} as stored set {column} = {value} where {condition}"
                )
            changed += count
            print(f"{schema}.{table}.{column}: {values(count)} replaced")
    if changed:
        print(f"{values(changed)} replaced.")
    return held


def values(count: int) -> str:
    return f"{count:,} value" if count == 1 else f"{count:,} values"


def say_whom_no_row_holds(customers: list[str], held: set[str]) -> None:
    """How many: an id that is misspelt is told by nothing else. `held`: also as pseudonyms."""
    key = persons.given_key()
    missing = sum(
        customer not in held and not (key and persons.pseudonym(key, customer) in held)
        for customer in customers
    )
    if missing:
        whom = "this customer" if len(customers) == 1 else "these customers"
        if missing < len(customers):
            whom = f"{missing} of these {len(customers)} customers"
        print(f"No row holds {whom}; rows of theirs that come in later will be erased.")


def replacements(columns: list[str]) -> Iterator[tuple[str, str, str, str]]:
    """(column, its new value, the id in it, the condition under which it has a new value) of a
    table's columns."""
    stands_for = "(select pseudonym from pseudonyms where id = stored.{})"
    for column in columns:
        if column == "customer_id":
            is_erased = f"{column} in (select id from pseudonyms)"
            yield column, stands_for.format(column), column, is_erased
        elif column == "sender_id":
            is_customer = f" and {NO_CUSTOMER}" if "sender_type" in columns else ""
            yield (
                column, stands_for.format(column), column,
                f"{column} in (select id from pseudonyms){is_customer}",
            )
        elif column == "row_text":
            yield from in_texts()


def in_texts() -> Iterator[tuple[str, str, str, str]]:
    """A row's text is JSON, in which an id stands as the value of its column."""
    for column, condition in {
        "customer_id": "true",
        "sender_id": "coalesce(row_text->>'sender_type', '') not in ('agent', 'bot', 'system')",
    }.items():
        field = f"(stored.row_text->>'{column}')"
        new = f"(select pseudonym from pseudonyms where id = {field})"
        yield (
            "row_text",
            f"replace(stored.row_text, '\"{column}\":' || to_json({field}), "
            f"'\"{column}\":' || to_json({new}))",
            field,
            f"{field} in (select id from pseudonyms) and {condition}",
        )


def write_anew(
    connection: duckdb.DuckDBPyConnection, database: str, schema: str, table: str, column: str,
    value: str, condition: str,
) -> None:
    """Of a lake: a table of its own, as what is known of a table's values is only ever widened."""
    connection.execute(f"""
        create table {database}."{schema}"."{table}__anew" as
        select * replace (case when {condition} then {value} else {column} end as {column})
        from {database}."{schema}"."{table}" as stored
    """)
    connection.execute(f'drop table {database}."{schema}"."{table}"')
    connection.execute(
        f'alter table {database}."{schema}"."{table}__anew" rename to "{table}"'
    )
