"""Searching: what is found of all that is on file, and that nothing withheld or erased is."""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.ledger.making import PUBLISHED, claims, document, report
from tests.ledger.test_erasing import whole
from trucewatch.errors import UsageError
from trucewatch.ledger import Ledger, excerpts, indexing, searching
from trucewatch.ledger.excerpts import sought
from trucewatch.ledger.indexing import NoIndexError
from trucewatch.ledger.searching import Found
from trucewatch.model import Actor, Report

ONE = dt.timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    with Ledger.open(path) as opened:
        yield opened


def add(
    ledger: Ledger,
    name: str,
    text: str,
    *speakers: str,
    published: dt.date | None = PUBLISHED,
    reader: str = "rules/1",
    publisher: str = "Mission",
) -> Report:
    of = report(name, text, published=published, publisher=publisher)
    read = document(of)
    ledger.add(read, claims(read, *speakers), run=ledger.begin(reader=reader))
    return of


def names(found: Found) -> list[str]:
    return [hit.report.id for hit in found.hits]


def marked(found: Found) -> list[str]:
    return [text for hit in found.hits for text, met in (*hit.title, *hit.excerpt) if met]


# --- words ---------------------------------------------------------------------------------------------


TEXT = "The envoy's convoy left Café Élan at 9.15; heavy shelling (so-called) was heard."


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ("ENVOY", True),
        ("shelling heavy", True),
        ('"heavy shelling"', True),
        ('"shelling heavy"', False),
        ("“heavy shelling”", True),
        ('"heavy she"*', True),
        ("shell*", True),
        ("shell", True),
        ("cafe elan", True),
        ("so-called", True),
        ("9.15", True),
        ("envoy AND convoy", False),
        ("envoy OR nothing", False),
        ("NOT convoy", False),
        ("convoy - heard", True),
        ("title:convoy", False),
        ("^convoy", True),
        ("(convoy) + {heard}", True),
        ('convoy"', True),
        ('"convoy', True),
        ("convoy'; DROP TABLE search", False),
        ("convoy\x00 \x02heard\x03 \ud800", True),
        ("c*", False),
        ("Report a", True),
    ],
)
def test_whatever_is_typed_is_words_phrases_and_beginnings(ledger: Ledger, words: str, met: bool) -> None:
    add(ledger, "a", TEXT)
    assert names(ledger.search(words)) == (["a"] if met else [])


@pytest.mark.parametrize("words", ["", "  ", "*", '""', "- & ( )", "█"])
def test_without_a_word_nothing_can_be_searched_for(ledger: Ledger, words: str) -> None:
    with pytest.raises(UsageError, match="no word to search for"):
        ledger.search(words)


def test_many_words_are_one_search(ledger: Ledger) -> None:
    text = " ".join(f"word{number}" for number in range(600))
    add(ledger, "a", text)
    assert names(ledger.search(text)) == ["a"]
    assert names(ledger.search(f"{text} other")) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("双方同意停火并撤回重型武器。", "停火"),
        ("โฆษกกล่าวว่ามีการหยุดยิงแล้ว", "หยุดยิง"),
        ("Обстріл тривав уночі біля мосту.", "ОБСТРІЛ"),
        ("وقف إطلاق النار صامد", "إطلاق النار"),
        ("सीमा पर शांति है", "शांति"),
        ("정부는 휴전을 발표했다", "휴전*"),
    ],
)
def test_words_of_any_script_are_found_also_within_a_line_without_spaces(
    ledger: Ledger, text: str, words: str
) -> None:
    add(ledger, "a", text)
    add(ledger, "b", "Nothing of the kind.")
    found = ledger.search(words)
    assert names(found) == ["a"]
    assert "".join(part for part, _ in found.hits[0].excerpt) == text
    assert all(part.lower() in text.lower() for part in marked(found))
    assert marked(found)


def test_the_parts_of_a_query_are_quoted_so_that_fts5_sees_no_operator() -> None:
    assert sought('a NEAR "b OR c" d*').every == '"a" AND "NEAR" AND "b OR c" AND "d"'


# --- what is found -------------------------------------------------------------------------------------


def test_reports_of_all_days_are_found_the_newest_first(ledger: Ledger) -> None:
    for name, days in (("middle", 5), ("old", 900), ("new", 0)):
        add(ledger, name, f"A bridge, {name}.", published=PUBLISHED - days * ONE)
    assert names(ledger.search("bridge")) == ["new", "middle", "old"]
    assert names(ledger.search("bridge", known=PUBLISHED - ONE)) == ["middle", "old"]
    assert names(ledger.search("bridge", since=PUBLISHED - 10 * ONE)) == ["new", "middle"]


def test_an_undated_report_goes_by_the_day_it_was_recorded(ledger: Ledger) -> None:
    add(ledger, "undated", "A bridge.", published=None)
    add(ledger, "dated", "The bridge again.")
    assert names(ledger.search("bridge")) == ["undated", "dated"]
    assert names(ledger.search("bridge", known=PUBLISHED)) == ["dated"]


def test_the_version_that_counts_is_found_and_on_an_older_day_the_one_of_then(ledger: Ledger) -> None:
    add(ledger, "a", "Seven shots at the bridge.", published=PUBLISHED - ONE)
    add(ledger, "a", "Nine shots at the bridge.")
    found = ledger.search("shots bridge")
    assert (found.total, marked(found)) == (1, ["shots", "bridge"])
    assert names(ledger.search("seven")) == []
    assert names(ledger.search("seven", known=PUBLISHED - ONE)) == ["a"]


def test_a_withdrawn_report_is_not_found_any_more(ledger: Ledger) -> None:
    of = add(ledger, "a", "A bridge.", published=PUBLISHED - ONE)
    notice = msgspec.structs.replace(of, data=b"", sha256="", published=PUBLISHED, withdrawn=True)
    ledger.withdraw(msgspec.structs.replace(notice, sha256=of.sha256), run=ledger.begin(reader="rules/1"))
    assert names(ledger.search("bridge")) == []
    assert names(ledger.search("bridge", known=PUBLISHED - ONE)) == ["a"]


def test_a_report_that_two_readers_have_read_is_one_hit_with_the_claims_of_both(ledger: Ledger) -> None:
    add(ledger, "a", "A bridge of old.", "Envoy", reader="rules/1")
    add(ledger, "b", "Another bridge.", reader="rules/1")
    add(ledger, "a", "A bridge of old.", "Mayor", reader="given: table.jsonl")
    found = ledger.search("bridge")
    assert sorted(names(found)) == ["a", "b"]
    assert found.total == 2
    (hit,) = [one for one in found.hits if one.report.id == "a"]
    assert len(hit.claims) == 2
    assert names(ledger.search("envoy")) == names(ledger.search("mayor")) == ["a"]


def test_a_moment_of_the_ledger_is_searched_as_it_was(ledger: Ledger) -> None:
    add(ledger, "a", "A bridge.")
    then = dt.datetime.now(dt.UTC)
    add(ledger, "b", "The bridge again.")
    assert names(ledger.as_of(then).search("bridge")) == ["a"]


def test_the_claims_that_have_all_words_are_named_by_evidence_or_resolved_name(ledger: Ledger) -> None:
    add(ledger, "a", "His counterpart denied it.", "Ada Lovell", "Bo Quist")
    found = ledger.search("lovell denied")
    assert [claim.speaker[0].name for claim in found.hits[0].claims] == ["Ada Lovell"]  # type: ignore[union-attr]
    assert len(ledger.search("denied").hits[0].claims) == 2
    assert ledger.search("lovell").hits[0].excerpt == (("Ada ", False), ("Lovell", True))


def test_of_many_hits_it_is_said_that_there_are_more(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "COUNTED", 5)
    monkeypatch.setattr(searching, "_ROWS", 3)
    monkeypatch.setattr(searching, "_BATCH", 2)
    for number in range(8):
        add(ledger, f"r{number}", f"Bridge {number}.", published=PUBLISHED + number * ONE)
    first = ledger.search("bridge", limit=3)
    assert (first.total, first.more, first.newer, names(first)) == (5, True, None, ["r7", "r6", "r5"])
    second = ledger.search("bridge", limit=3, older=first.older)
    third = ledger.search("bridge", limit=3, older=second.older)
    assert (names(second), names(third), third.older) == (["r4", "r3", "r2"], ["r1", "r0"], None)
    back = ledger.search("bridge", limit=3, newer=third.newer)
    assert (names(back), back.older, back.newer) == (names(second), second.older, second.newer)
    assert names(ledger.search("bridge", limit=3, newer=back.newer)) == names(first)


def test_the_words_are_marked_in_the_stretch_that_has_most_of_them(ledger: Ledger) -> None:
    add(ledger, "a", f"A ferry. {'Rain fell. ' * 2000} The ferry met a barge. {'Rain fell. ' * 2000}")
    (hit,) = ledger.search("ferry barge").hits
    assert [text for text, met in hit.excerpt if met] == ["ferry", "barge"]
    assert len("".join(text for text, _ in hit.excerpt)) < 400


def test_a_text_of_five_million_characters_is_searched_within_seconds(ledger: Ledger) -> None:
    add(ledger, "long", "ferry " * 833_333 + "barge")
    start = time.perf_counter()
    (hit,) = ledger.search("barge").hits
    assert hit.report.id == "long"
    assert len("".join(text for text, _ in ledger.search("ferry").hits[0].excerpt)) < 400
    assert time.perf_counter() - start < 10


# --- protection ----------------------------------------------------------------------------------------


@pytest.fixture
def guarded(ledger: Ledger) -> Ledger:
    add(ledger, "named", "Orla Venn told the envoy about the bridge.", "Orla Venn")
    add(ledger, "near", "Orla Brandt and Mr Venn met Orlando Vennable.", published=PUBLISHED - ONE)
    add(ledger, "titled", "His counterpart spoke.", "Orla  VENN", published=PUBLISHED - 2 * ONE)
    ledger.judge("withhold", ["Orla Venn"], by="A. Mirza", reason="at risk")
    return ledger


@pytest.mark.parametrize(
    "words",
    ["Orla Venn", '"orla venn"', "Orla envoy", "ven* bridge", "orl* told", '"Venn told"', "OR* VEN* envoy"],
)
def test_a_withheld_name_is_found_by_no_word_phrase_or_beginning(guarded: Ledger, words: str) -> None:
    found = guarded.search(words)
    assert "named" not in names(found)
    assert "titled" not in names(found)
    assert found.total == len(found.hits)


def test_near_misses_of_a_withheld_name_stay_found(guarded: Ledger) -> None:
    assert names(guarded.search("Orla")) == names(guarded.search("Brandt Venn")) == ["near"]
    assert names(guarded.search("orl* vennable")) == ["near"]


def test_the_report_is_found_by_its_other_words_and_shows_none_that_is_withheld(guarded: Ledger) -> None:
    found = guarded.search("envoy bridge")
    assert names(found) == ["named"]
    assert "Orla" not in str(found)
    assert "Venn" not in str(found)
    assert found.verified


def test_a_withheld_passage_is_found_by_none_of_its_words_also_in_copies(ledger: Ledger) -> None:
    text = "At dawn the ferry crossed under the old mill. It rained."
    add(ledger, "first", text, "the old mill")
    add(ledger, "copy", f"Wire: {text} A mill burned elsewhere.", publisher="Wire")
    ledger.judge("withhold", [f"first:{text.index('ferry')}-{text.index('. It')}"], by="A", reason="b")
    assert names(ledger.search("ferry")) == names(ledger.search('"old mill"')) == []
    assert names(ledger.search("mill")) == ["copy"]
    assert sorted(names(ledger.search("dawn rained"))) == ["copy", "first"]
    assert "ferry" not in str(ledger.search("dawn"))


def test_once_a_judgement_is_taken_back_the_name_is_found_again(guarded: Ledger) -> None:
    guarded.judge("undo", ["1"], by="A. Mirza", reason="safe by now")
    found = guarded.search("orla venn")
    assert (names(found), found.verified) == (["named", "near", "titled"], False)


def test_whether_hidden_words_are_many_or_none_the_answer_is_the_same(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "LOOKED_AT", 4)
    for number in range(9):
        add(ledger, f"r{number}", f"Orla Venn, {number}.", published=PUBLISHED + number * ONE)
    ledger.judge("withhold", ["Orla Venn"], by="A", reason="b")
    assert ledger.search("Orla Venn") == ledger.search("zeppelin")
    assert ledger.search("Orla") == ledger.search("zeppelin")


# --- erasing -------------------------------------------------------------------------------------------


def raw(path: Path, word: bytes) -> bool:
    """Whether a file, or its log, has a word as the index writes it: plainly."""
    files = (path, Path(f"{path}-wal"), Path(f"{path}-shm"))
    return any(word in file.read_bytes() for file in files if file.exists())


@pytest.mark.parametrize("word", [b"xylograph", b"quillon", b"zephyrine"])
def test_after_erasing_the_index_has_no_trace_of_a_word(ledger: Ledger, path: Path, word: bytes) -> None:
    for number in range(40):
        add(ledger, f"n{number}", f"Report {number}. {'Rain fell. ' * number}")
    of = msgspec.structs.replace(report("secret", "A xylograph was stolen."), title="On zephyrine")
    read = document(of)
    ledger.add(read, claims(read, "Quillon"), run=ledger.begin(reader="rules/1"))
    for number in range(40, 80):
        add(ledger, f"n{number}", f"Report {number}. {'Rain fell. ' * number}")
    assert raw(path, word)
    ledger.erase("secret", by="A. Mirza", reason="court order")
    assert not raw(path, word)
    assert names(ledger.search(word.decode())) == []
    assert ledger.search("rain").total == 79
    assert whole(path)


def test_an_erased_report_is_not_indexed_again_by_the_next_run(ledger: Ledger, path: Path) -> None:
    add(ledger, "secret", "A xylograph was stolen.")
    add(ledger, "other", "A ferry.")
    ledger.erase("secret", by="A. Mirza", reason="court order")
    ledger.begin(reader="rules/1")
    assert not raw(path, b"xylograph")
    assert names(ledger.search("ferry")) == ["other"]


def test_of_two_versions_of_one_report_both_leave_the_index(ledger: Ledger, path: Path) -> None:
    add(ledger, "secret", "A xylograph was stolen.", "Quillon")
    add(ledger, "secret", "A xylograph was found.", "Quillon")
    add(ledger, "secret", "A xylograph was found.", "Quillon", reader="given: a.jsonl")
    ledger.erase("secret", by="A. Mirza", reason="court order")
    assert not raw(path, b"xylograph")
    assert not raw(path, b"quillon")


def test_where_the_index_cannot_be_cleared_nothing_is_erased(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = add(ledger, "secret", "A xylograph was stolen.")
    monkeypatch.setattr(indexing, "_has_module", lambda connection: False)
    with pytest.raises(NoIndexError, match="no FTS5"):
        ledger.erase("secret", by="A. Mirza", reason="court order")
    assert ledger.text(of.sha256) == "A xylograph was stolen."


def test_a_row_of_the_index_is_taken_out_by_the_very_words_that_were_put_in() -> None:
    """Whoever changes what a row is made of has to write a migration that builds the index anew."""
    claim = {"kind": "statement", "id": "ab12", "speaker": [{"name": "Ada Lovell", "country": "NO"}]}
    again = {**claim, "act": "deny", "time": {"text": "at noon", "start": "2031-05-10"}}
    assert indexing.told("Ada spoke at noon.", [claim, again]) == "Ada Lovell\ndeny"
    assert indexing.spaced("a停火b") == "a\x01停\x01\x01火\x01b"


# --- the index -----------------------------------------------------------------------------------------


def test_what_was_put_on_file_without_fts5_is_indexed_by_the_next_run_with_it(path: Path) -> None:
    with pytest.MonkeyPatch.context() as patched, Ledger.open(path) as ledger:
        add(ledger, "a", "A bridge.")
        patched.setattr(indexing, "is_there", lambda connection: False)
        add(ledger, "b", "The bridge again.")
        with pytest.raises(NoIndexError, match="no index of words"):
            ledger.search("bridge")
    with Ledger.open(path) as ledger:
        assert names(ledger.search("bridge")) == ["a"]
        ledger.begin(reader="rules/1")
        assert sorted(names(ledger.search("bridge"))) == ["a", "b"]


def test_a_ledger_made_without_fts5_works_and_gets_its_index_later(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(indexing, "_has_module", lambda connection: False)
        with Ledger.open(path) as ledger:
            add(ledger, "a", "A bridge.", "Envoy")
            assert len(ledger.entries()) == 1
            assert ledger.erase("a", by="A", reason="b").claims == 1
            add(ledger, "b", "A ferry.")
    with Ledger.open(path) as ledger:
        ledger.begin(reader="rules/1")
        assert names(ledger.search("ferry")) == ["b"]


def test_an_addition_that_fails_leaves_nothing_in_the_index(ledger: Ledger) -> None:
    with pytest.raises(RuntimeError), ledger.together():
        add(ledger, "a", "A bridge.")
        raise RuntimeError
    assert names(ledger.search("bridge")) == []


def test_the_index_holds_no_text(ledger: Ledger, path: Path) -> None:
    add(ledger, "a", "A bridge of old.")
    ledger.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT title, text, told FROM search").fetchall() == [(None, None, None)]
        assert "search_content" not in [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master")
        ]


def test_what_claims_say_goes_by_the_same_rule_in_the_index_and_where_hits_are_checked(
    ledger: Ledger,
) -> None:
    add(ledger, "a", "His counterpart denied it.", "Ada Lovell")
    (entry,) = ledger.entries()
    opened = excerpts.Opened(1, entry.report, "His counterpart denied it.", (entry.claim,))
    assert entry.claim.speaker == (Actor(name="Ada Lovell"),)  # type: ignore[union-attr]
    assert excerpts.matching([opened], sought("ada lovell denied")) == [opened]
    assert excerpts.matching([opened], sought("ada lovell agreed")) == []
