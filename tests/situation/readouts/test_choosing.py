"""Which accounts are laid side by side: two sides, not two reports of one side, not two printings."""

from __future__ import annotations

from collections.abc import Sequence

from tests.situation.making import day, entries, report
from tests.situation.readouts.writing import PEOPLE
from tests.situation.shelf import Held
from trucewatch.model import Actor, Contact, Entry, Time
from trucewatch.situation.contacts import states
from trucewatch.situation.readouts.choosing import claims_by_report, country_of, participants, readouts
from trucewatch.situation.readouts.nouns import Readout
from trucewatch.views.exports import EXPORTS, export
from trucewatch.views.query import Period, Query

BERLIN = (
    "Anna Weiss spoke on the telephone with Marc Dubois on 3 March. The two leaders agreed on a truce along"
    " the Lerne river. They discussed the grain deal."
)
PARIS = (
    "Marc Dubois had a telephone conversation with Anna Weiss on 3 March. The two presidents agreed on a"
    " truce along the Lerne river. Marc Dubois blamed the marsh guard for the shelling."
)
PRESS = (
    "Anna Weiss spoke with Marc Dubois on 3 March, both capitals said. The leaders agreed on a ceasefire"
    " along the Lerne, according to Paris. Nothing was said about grain."
)


def telling(text: str, *, publisher: str, published: str = "03-03", name: str = "") -> list[Entry]:
    """The one claim of a report: the call of 3 March."""
    claim = Contact(
        evidence=(0, text.index(".")),
        said_by=(),
        form="call",
        participants=tuple(Actor(name=p.name, type="person", country=p.country) for p in PEOPLE),
        status="held",
        time=Time(text="3 March", start="2022-03-03", end="2022-03-03"),
    )
    return entries(report(name or publisher, published, publisher=publisher, text=text), claim)


class Texts(Held):
    """A shelf that has the texts of its reports."""

    def __init__(self, told: Sequence[tuple[str, list[Entry]]]) -> None:
        super().__init__([entry for _, found in told for entry in found])
        self._texts = {found[0].report.sha256: text for text, found in told}

    def text(self, sha256: str, *, default: str | None = None) -> str:
        return self._texts.get(sha256, default or "")


def compared(*told: tuple[str, str], at: str = "03-04") -> tuple[Readout, ...]:
    shelf = shelf_of(*told)
    found = states(shelf.entries(), at=day(at))
    return readouts(
        found,
        at=day(at),
        text_of=lambda one: shelf.text(one.sha256, default=""),
        claims_of=claims_by_report(shelf.entries()),
    )


def shelf_of(*told: tuple[str, str]) -> Texts:
    return Texts(
        [(text, telling(text, publisher=publisher, name=f"{n}")) for n, (publisher, text) in enumerate(told)]
    )


def test_two_sides_own_releases_are_compared_and_not_the_press() -> None:
    [found] = compared(("Élysée", PARIS), ("Meridian Wire", PRESS), ("German Government", BERLIN))
    assert {found.a.publisher, found.b.publisher} == {"Élysée", "German Government"}
    assert "both" in {point.relation for point in found.points}


def test_where_one_side_is_silent_the_press_stands_in() -> None:
    [found] = compared(("Meridian Wire", PRESS), ("Élysée", PARIS))
    assert (found.a.publisher, found.b.publisher) == ("Élysée", "Meridian Wire")


def test_two_reports_of_one_side_are_not_two_sides() -> None:
    assert not compared(("Élysée", PARIS), ("French Government", PARIS + " They would talk again."))


def test_of_one_side_the_longer_account_counts() -> None:
    longer = PARIS + " Marc Dubois promised to visit the Lerne valley with his ministers."
    [found] = compared(("Élysée", PARIS), ("French Government", longer), ("Meridian Wire", PRESS))
    assert found.a.publisher == "French Government"


def test_two_printings_of_one_text_are_one_account() -> None:
    assert not compared(("Meridian Wire", PRESS), ("Harbour Gazette", PRESS))


def test_a_report_without_text_is_passed_over() -> None:
    assert not compared(("Élysée", "Weiss spoke with Dubois."), ("Meridian Wire", PRESS))


def test_a_contact_of_two_weeks_ago_is_left_to_the_export() -> None:
    told = (("Élysée", PARIS), ("German Government", BERLIN))
    assert compared(*told)
    assert not compared(*told, at="03-20")


def test_the_order_of_reports_changes_nothing() -> None:
    told = [("Élysée", PARIS), ("Meridian Wire", PRESS), ("German Government", BERLIN)]
    one, other = compared(*told), compared(*told[::-1])
    assert [point for found in one for point in found.points] == [p for found in other for p in found.points]


def test_a_participants_country_is_found_in_the_texts() -> None:
    people = tuple(Actor(name=p.name, type="person") for p in PEOPLE)
    claim = Contact(evidence=(0, 9), said_by=(), form="call", participants=people, status="held")
    shelf = entries(report("r", "03-03", publisher="Meridian Wire"), claim)
    [(occasion, _)] = states(shelf, at=day("03-04"))
    text = "German President Anna Weiss called Marc Dubois of France."
    assert set(participants(occasion.tellings, [text])) == set(PEOPLE)


def test_a_publisher_speaks_for_a_country_by_its_office_or_seat_only() -> None:
    names = ("Kremlin (summary)", "Élysée", "President of Ukraine", "Ukrainian Gazette", None, "")
    assert [country_of(name) for name in names] == ["RU", "FR", "UA", None, None, None]


def test_a_paraphrase_never_stands_for_the_words_of_a_report() -> None:
    shelf = shelf_of(("Élysée", PARIS), ("German Government", BERLIN))
    for row in EXPORTS["readouts"].rows(shelf, Query()):
        texts = (PARIS, BERLIN) if row.a_publisher == "Élysée" else (BERLIN, PARIS)  # type: ignore[attr-defined]
        for text, words in zip(texts, (row.words_a, row.words_b), strict=True):  # type: ignore[attr-defined]
            assert all(one in text for one in words)


def test_the_export_has_a_row_for_each_point_with_exact_words() -> None:
    shelf = shelf_of(("Élysée", PARIS), ("German Government", BERLIN))
    found = export("readouts.csv", shelf, Query(period=Period.of("2022-03")))
    assert "a truce along the Lerne river" in found
    assert "only_a" in found
    assert not export("readouts.csv", shelf, Query(period=Period.of("2022-05"))).count("\n") > 1
    assert export("readouts.json", shelf, Query(known=day("03-01"))) == "[]\n"
