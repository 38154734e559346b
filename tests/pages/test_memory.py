"""What was worked out is kept until the ledger changes, and worked out once however many ask at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from trucewatch.ledger import Ledger
from trucewatch.pages.memory import Memory, state_of


def test_a_thing_is_worked_out_once_for_eight_who_ask_at_once() -> None:
    memory, made, all_here = Memory(state=lambda: 1, size=4), [], threading.Barrier(8)

    def make() -> str:
        made.append(1)
        return "done"

    def ask(_: int) -> str:
        all_here.wait(10)
        return memory.of("a", make)

    with ThreadPoolExecutor(8) as readers:
        assert set(readers.map(ask, range(8))) == {"done"}
    assert made == [1]


def test_it_is_worked_out_anew_when_the_ledger_has_changed() -> None:
    state = [1]
    memory = Memory(state=lambda: state[0], size=4)
    assert memory.of("a", lambda: "old") == "old"
    assert memory.of("a", lambda: "new") == "old"
    state[0] = 2
    assert memory.of("a", lambda: "new") == "new"


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    memory = Memory(state=lambda: 1, size=2)
    for key in ("a", "b", "a", "c"):
        memory.of(key, lambda: 1)
    assert memory.of("a", lambda: 2) == 1
    assert memory.of("b", lambda: 2) == 2


def test_what_went_wrong_is_told_and_not_kept() -> None:
    memory = Memory(state=lambda: 1, size=2)

    def fail() -> int:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        memory.of("a", fail)
    assert memory.of("a", lambda: 1) == 1


def test_the_state_of_a_ledger_changes_with_what_is_written_and_not_with_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Ledger.open(path) as ledger:
        before = state_of(path)
        ledger.entries()
        assert state_of(path) == before
        with Ledger.open(path) as other:
            other.begin(reader="test/1")
        assert state_of(path) != before
