"""Texts of reports: each is the one on the shelf, and many are looked up at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.situation.making import count, entries, report
from trucewatch.situation import texts
from trucewatch.situation.texts import Texts

NAMES = [str(number) for number in range(12)]


class Shelf:
    """The texts of some reports, and how often they were asked for."""

    def __init__(self, held: dict[str, str]) -> None:
        self.held, self.asked = held, 0

    def text(self, sha256: str, *, default: str | None = None) -> str:
        self.asked += 1
        return self.held.get(sha256, default or "")

    def texts(self, sha256s: Collection[str]) -> dict[str, str]:
        self.asked += 1
        return {name: self.held[name] for name in sha256s if name in self.held}


def shelf_of(texts_of: dict[str, str]) -> Any:
    return Shelf({report(name, None).sha256: text for name, text in texts_of.items()})


def told(*names: str) -> list[Any]:
    return [entry for name in names for entry in entries(report(name, None), count(3))]


@given(
    held=st.dictionaries(st.sampled_from(NAMES), st.text(min_size=1)),
    given=st.lists(st.sampled_from(NAMES)),
    asked=st.lists(st.sampled_from(NAMES)),
    together=st.integers(min_value=1, max_value=5),
    most=st.integers(min_value=0, max_value=6),
)
def test_each_text_is_that_of_the_shelf_however_many_are_looked_up_or_held(
    held: dict[str, str], given: list[str], asked: list[str], together: int, most: int
) -> None:
    before, texts._TOGETHER, texts._MOST = (texts._TOGETHER, texts._MOST), together, most
    try:
        looked = Texts(shelf_of(held), told(*given))
        assert [looked.of(report(name, None)) for name in asked] == [held.get(name, "") for name in asked]
    finally:
        texts._TOGETHER, texts._MOST = before


def test_those_of_all_reports_are_one_question() -> None:
    shelf, found = shelf_of({name: f"text {name}" for name in NAMES}), told(*NAMES)
    looked = Texts(shelf, found)
    assert [looked.words(entry, (5, 7)) for entry in found] == NAMES
    assert shelf.asked == 1


def test_a_report_that_was_not_given_is_looked_up_by_itself() -> None:
    looked = Texts(shelf_of({"1": "one"}), told("2"))
    assert looked.of(report("1", None)) == "one"
