"""What became of a report: corrected, redated, withdrawn, erased, each with what it changed."""

from __future__ import annotations

import datetime as dt

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.model import AnyClaim, Erasure, Incident, Report, Version, digest
from trucewatch.situation.corrections import Correction, changes, corrections

FRIDAY, SATURDAY, SUNDAY = (dt.date(2031, 5, day) for day in (9, 10, 11))
MOMENT = dt.datetime(2031, 5, 20, 8, tzinfo=dt.UTC)
SHOTS = "The mission heard seven shots. A drone fell in the valley."


def version(
    number: int,
    text: str = SHOTS,
    *,
    day: dt.date | None = FRIDAY,
    title: str = "Daily",
    on: tuple[str, ...] = (),
    gone: bool = False,
    erased: Erasure | None = None,
) -> Version:
    """A version of one report, with a claim on each of some words."""
    report = Report(
        id="a",
        data=b"",
        media_type="text/plain",
        origin="a.txt",
        sha256=digest(text.encode()),
        publisher="Mission",
        published=day,
        title=title,
        withdrawn=gone,
    )
    made = tuple(claim(f"c{number}-{at}", text, words) for at, words in enumerate(on))
    return Version(number=number, report=report, recorded=MOMENT, claims=made, readers=("r",), erased=erased)


def claim(name: str, text: str, words: str) -> AnyClaim:
    start = text.index(words)
    return Incident(id=name, evidence=(start, start + len(words)), said_by=(), type="shooting")


class Versions:
    """A shelf of versions and their texts."""

    def __init__(self, texts: dict[str, str], *versions: Version) -> None:
        self._texts, self._versions = texts, versions

    def versions(self, known: dt.date | None = None, **asked: object) -> list[Version]:
        return [one for one in self._versions if not known or (one.report.published or known) <= known]

    def text(self, sha256: str, *, default: str | None = None) -> str:
        return self._texts.get(sha256, default or "")


def told(*texts_and_versions: tuple[str, Version]) -> list[Correction]:
    texts = {one.report.sha256: text for text, one in texts_and_versions}
    return changes(
        [one for _, one in texts_and_versions], text_of=lambda report: texts.get(report.sha256, "")
    )


def both(old: Version, new: Version, new_text: str = SHOTS) -> Correction:
    first, second = told((SHOTS, old), (new_text, new))
    assert first.kind == "first"
    return second


def test_a_correction_tells_the_words_that_changed() -> None:
    text = SHOTS.replace("seven", "at least nine")
    found = both(version(1), version(2, text, day=SATURDAY), text)
    assert (found.kind, found.day, found.was) == ("correction", SATURDAY, FRIDAY)
    assert (found.added, found.removed) == (("at least nine",), ("seven",))
    assert (found.words_added, found.words_removed) == (3, 1)


def test_claims_on_words_of_one_version_only_are_added_or_gone() -> None:
    text = SHOTS.replace("seven", "nine")
    old = version(1, on=("seven shots", "A drone fell"))
    found = both(old, version(2, text, on=("nine shots", "A drone fell")), text)
    assert (found.claims_added, found.claims_gone) == (("c2-0",), ("c1-0",))


def test_the_same_words_under_another_date_are_redated() -> None:
    found = both(version(1), version(2, day=SATURDAY))
    assert (found.kind, found.was, found.published, found.words_added) == ("redated", FRIDAY, SATURDAY, 0)


def test_another_title_is_a_correction_and_nothing_new_is_none() -> None:
    assert both(version(1), version(2, title="Weekly")).kind == "correction"
    assert both(version(1), version(2)).kind == "unchanged"


def test_a_correction_under_the_old_date_came_on_the_day_it_was_recorded() -> None:
    text = SHOTS.replace("seven", "nine")
    assert both(version(1), version(2, text), text).day == MOMENT.date()


def test_a_withdrawal_takes_all_claims_and_bears_its_reason() -> None:
    old = version(1, on=("seven shots", "A drone fell"))
    found = both(old, version(2, day=SUNDAY, title="wrong valley", gone=True))
    assert (found.kind, found.day, found.why) == ("withdrawn", SUNDAY, "wrong valley")
    assert found.claims_gone == ("c1-0", "c1-1")


def test_what_is_published_again_after_a_withdrawal_is_a_correction() -> None:
    last = told((SHOTS, version(1)), ("", version(2, gone=True)), (SHOTS, version(3, day=SUNDAY)))[-1]
    assert last.kind == "correction"


def test_what_was_erased_says_when_and_why_and_shows_no_words() -> None:
    erasure = Erasure(number=1, sha256="0", by="A. Mirza", reason="court order", recorded=MOMENT)
    (found,) = told(("", version(1, title="", erased=erasure)))
    assert (found.kind, found.day, found.why, found.added) == ("erased", MOMENT.date(), "court order", ())


def test_many_changed_words_are_told_in_short() -> None:
    text = " ".join(f"word{number}" for number in range(400))
    found = both(version(1), version(2, text), text)
    assert found.words_added == 400
    assert len(found.added) <= 5
    assert all(len(stretch.split()) <= 13 for stretch in found.added)


def test_hostile_texts_are_compared_in_no_time() -> None:
    for times in (1_500, 200_000):
        old, new = "a b " * times, "b a c " * times
        first, second = told((old, version(1, old)), (new, version(2, new)))
        assert (first.kind, second.kind) == ("first", "correction")
        assert second.words_added >= times


def test_corrections_leave_out_first_versions_other_days_and_what_was_not_known() -> None:
    text = SHOTS.replace("seven", "nine")
    old, new = version(1), version(2, text, day=SATURDAY)
    shelf = Versions({old.report.sha256: SHOTS, new.report.sha256: text}, old, new)
    asked = {"since": FRIDAY, "until": SUNDAY}
    assert [one.number for one in corrections(shelf, **asked)] == [2]  # type: ignore[arg-type]
    assert corrections(shelf, since=SUNDAY) == []  # type: ignore[arg-type]
    assert corrections(shelf, **asked, known=FRIDAY) == []  # type: ignore[arg-type]


WORDS = st.lists(st.sampled_from(["seven", "shots", "fell", "dawn", "a"]), max_size=12)


@given(old=WORDS, new=WORDS)
def test_words_added_and_removed_account_for_the_length(old: list[str], new: list[str]) -> None:
    texts = " ".join(old), " ".join(new)
    found = told((texts[0], version(1, texts[0])), (texts[1], version(2, texts[1])))[-1]
    assert len(new) - len(old) == found.words_added - found.words_removed
    assert (found.kind == "unchanged") == (old == new)
    assert msgspec.json.encode(found)
