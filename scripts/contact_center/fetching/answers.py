"""What an answer must hold. One that is otherwise stops the fetch: were it taken for none, its days
would count as done and never be asked for again."""

from __future__ import annotations

from typing import Any

from . import FetchError


def records_of(answer: Any, name: str, beside: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The list of that name. No content (None) and null are none; so is a missing list where one
    of the fields `beside` it is there."""
    if answer is None:
        return []
    if not isinstance(answer, dict) or not {name, *beside} & answer.keys():
        raise FetchError(f"the answer isn't as documented: it holds no {name}")
    records = answer.get(name)
    if records is None:
        return []
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise FetchError(f"the answer isn't as documented: {name} is no list of objects")
    return records


def count_of(answer: Any, name: str) -> int | None:
    """How many there are in all, where the answer says it."""
    count = answer.get(name) if isinstance(answer, dict) else None
    try:
        return None if count is None else int(count)
    except (TypeError, ValueError):
        raise FetchError(f"the answer isn't as documented: {name} is no number") from None


def text_of(answer: Any, name: str) -> str:
    """A field that has to be there."""
    text = answer.get(name) if isinstance(answer, dict) else None
    if not isinstance(text, str) or not text:
        raise FetchError(f"the answer isn't as documented: it says no {name}")
    return text
