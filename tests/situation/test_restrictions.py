import datetime as dt
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.situation import making
from tests.situation.shelf import Held, judged
from trucewatch import catalog
from trucewatch.model import Actor, Entry, Place, Restriction, Time
from trucewatch.situation import RestrictionState, assess
from trucewatch.situation.restrictions import restrictions
from trucewatch.views import compose, exports
from trucewatch.views.query import Period, Query
from trucewatch.views.rows.restrictions import RestrictionRow, rows

DONBAS = catalog.ceasefire("donbas-2020")
AT = dt.date(2022, 3, 1)


def restriction(where: str | None = "Korsun", kind: str = "access", **fields: Any) -> Restriction:
    """A restriction near a place; ``on`` is the day of 2022 that the text gives, ``by`` a name."""
    on, by = fields.pop("on", None), fields.pop("by", None)
    stated = making.day(on).isoformat() if on else None
    return Restriction(
        evidence=(0, 1),
        said_by=(),
        type=kind,  # type: ignore[arg-type]
        place=Place(text=where, name=where, **fields) if where else None,
        time=Time(text="on that day", start=stated, end=stated) if stated else None,
        by=(Actor(name=by),) if by else (),
    )


def daily(issued: str, *claims: Restriction) -> list[Entry]:
    """The mission's own report issued on a day."""
    return making.entries(making.report(f"smm-{issued}", issued), *claims)


def states(*groups: list[Entry], **given: Any) -> list[RestrictionState]:
    held = [entry for group in groups for entry in group]
    return restrictions(held, at=AT, ceasefire=DONBAS, **given)


# --- on which day -----------------------------------------------------------------------------------


def test_the_missions_own_report_puts_it_into_its_reporting_period() -> None:
    (state,) = states(daily("02-18", restriction()))
    assert (state.start, state.end) == (making.day("02-16"), making.day("02-17"))
    assert state.basis == "reporting period"


def test_a_report_after_a_day_without_one_covers_two_evenings() -> None:
    (state,) = states(daily("02-21", restriction()))  # a Monday
    assert (state.start, state.end) == (making.day("02-18"), making.day("02-20"))


def test_a_day_in_the_text_goes_before_the_period() -> None:
    (state,) = states(daily("02-18", restriction(on="02-17")))
    assert (state.start, state.end, state.basis) == (making.day("02-17"), making.day("02-17"), "stated")


def test_a_report_of_others_has_the_day_that_it_tells_else_that_of_publication_marked_as_such() -> None:
    told = states(making.press("02-19", restriction(on="02-17")))[0]
    assert (told.end, told.basis) == (making.day("02-17"), "stated")
    untold = states(making.press("02-19", restriction()))[0]
    assert (untold.end, untold.basis) == (making.day("02-19"), "day of publication")


def test_an_undated_report_stands_on_no_day() -> None:
    held = making.entries(making.report("x", None, publisher="The Wire"), restriction())
    (state,) = states(held)
    assert (state.start, state.end, state.basis) == (None, None, None)


def test_what_is_published_after_the_day_looked_at_is_left_out() -> None:
    assert states(making.press("03-02", restriction())) == []


# --- which are one ----------------------------------------------------------------------------------


def test_the_same_place_type_and_day_told_by_two_reports_is_one_with_two_tellings() -> None:
    own = daily("02-18", restriction("the village of Korsun", by="armed formations"))
    (state,) = states(
        own, making.press("02-18", restriction("Korsun", on="02-17", by="the armed formations"))
    )
    assert len(state.claims) == 2
    assert state.basis == "reporting period"
    assert [link.agree for link in state.why] == [("type", "place", "day", "by")]
    assert state.by == ("armed formations",)


def test_one_village_by_two_names_is_one_by_its_coordinates() -> None:
    own = daily("02-18", restriction("Horlivka", lat=48.30, lon=38.05))
    (state,) = states(own, making.press("02-18", restriction("Gorlovka", on="02-17", lat=48.31, lon=38.05)))
    assert len(state.claims) == 2


@pytest.mark.parametrize(
    "other",
    [
        restriction("Kreminets", on="02-17"),
        restriction("Korsun", "delay", on="02-17"),
        restriction("Korsun", on="02-15"),
        restriction(None, on="02-17"),
        restriction("Korsun", on="02-17", by="Ukrainian Armed Forces"),
    ],
)
def test_another_place_type_day_or_doer_is_another(other: Restriction) -> None:
    own = daily("02-18", restriction("Korsun", by="armed formations"))
    assert len(states(own, making.press("02-18", other))) == 2


def test_the_same_place_on_two_days_is_two() -> None:
    assert len(states(daily("02-17", restriction()), daily("02-18", restriction()))) == 2


def test_a_general_restriction_told_twice_is_one() -> None:
    own = daily("02-18", restriction(None))
    (state,) = states(own, making.press("02-18", restriction(None, on="02-17")))
    assert state.place is None
    assert len(state.claims) == 2


def test_a_judgement_parts_and_joins() -> None:
    own, wire = daily("02-18", restriction()), making.press("02-18", restriction(on="02-17"))
    ids = [own[0].claim.id or "", wire[0].claim.id or ""]
    assert len(states(own, wire, judgements=[judged("different", *ids)])) == 2
    far = making.press("02-18", restriction("Kreminets", on="02-11"))
    (joined,) = states(own, far, judgements=[judged("same", ids[0], far[0].claim.id or "")])
    assert joined.why[0].agree == ("judgement",)


PLACES = st.sampled_from([None, "Korsun", "the village of Korsun", "Kreminets"])
DAYS = st.sampled_from([None, "02-16", "02-17", "02-18"])
CLAIMS = st.builds(
    lambda where, kind, on, by: restriction(where, kind, on=on, by=by),
    PLACES,
    st.sampled_from(["access", "jamming"]),
    DAYS,
    st.sampled_from([None, "armed formations", "Ukrainian Armed Forces"]),
)


@given(
    st.lists(st.tuples(CLAIMS, st.booleans(), st.sampled_from(["02-17", "02-18"])), max_size=7), st.randoms()
)
def test_the_order_of_the_entries_is_no_matter_and_each_claim_is_in_exactly_one(
    told: list[tuple[Restriction, bool, str]], random: Any
) -> None:
    held = [
        entry
        for number, (claim, own, day) in enumerate(told)
        for entry in (daily(day, claim) if own else making.press(day, claim, name=f"wire-{number}"))
    ]
    found = states(held)
    random.shuffle(held)
    assert states(held) == found
    ids = sorted(name for state in found for name in state.claims)
    assert ids == sorted({entry.claim.id or "" for entry in held})


# --- in the situation and in the views ----------------------------------------------------------------


def counted() -> list[Entry]:
    """The mission's report of 18 February with figures and restrictions."""
    report = making.report("smm-02-18", "02-18")
    figures = [entry.claim for entry in making.daily("02-18", 222, 648)]
    told = (
        restriction("Korsun", by="armed formations"),
        restriction("Kreminets"),
        restriction(None, "jamming"),
    )
    claims = [msgspec.structs.replace(c, evidence=(0, 1)) for c in (*figures, *told)]
    return making.entries(report, *claims)


def test_they_stand_beside_the_count_of_that_day() -> None:
    situation = assess(counted(), DONBAS, at=making.day("02-18"))
    sections = compose(situation, text_of=lambda sha256: "").sections
    (headline,) = [section for section in sections if section.title == "Figures"]
    (sentence,) = [s.text for s in headline.sentences if "restrictions" in s.text]
    assert sentence == (
        "For 17 February, 3 restrictions of the observers are on file: access refused or hindered "
        "(Korsun and Kreminets), in part attributed to armed formations; jamming of craft or signals"
    )


def test_a_day_without_restrictions_on_file_is_not_called_free_of_them() -> None:
    situation = assess(making.daily("02-18", 222, 648), DONBAS, at=making.day("02-18"))
    sections = compose(situation, text_of=lambda sha256: "").sections
    (headline,) = [section for section in sections if section.title == "Figures"]
    assert not any("restriction" in sentence.text for sentence in headline.sentences)


class Texts(Held):
    """A shelf with one text for all reports."""

    def text(self, sha256: str, *, default: str | None = None) -> str:
        return "Korsun, Donetsk region"


def test_a_row_has_the_window_the_region_and_the_words() -> None:
    claim = msgspec.structs.replace(restriction(), evidence=(0, 22))
    (row,) = rows(Texts(daily("02-18", claim)), Query(ceasefire=DONBAS))
    assert (row.day, row.window_start, row.window_end) == tuple(map(making.day, ("02-17", "02-16", "02-17")))
    assert (row.region, row.words, row.reports) == (
        "Donetsk region",
        ("Korsun, Donetsk region",),
        ("smm-02-18",),
    )


def test_rows_are_those_of_the_period_and_asked_of_restrictions_alone() -> None:
    shelf = Held(
        [*daily("02-18", restriction()), *making.press("01-19", restriction("Kreminets", on="01-18"))]
    )
    found = rows(shelf, Query(ceasefire=DONBAS, period=Period.of("2022-02")))
    assert [row.place for row in found] == ["Korsun"]
    assert shelf.asked[0]["kinds"] == {"restriction"}


def test_rows_without_a_ceasefire_hold_every_claim_once() -> None:
    elsewhere = making.press("02-19", restriction("Dolna", on="02-18"))
    found = rows(Held([*daily("02-18", restriction()), *elsewhere]), Query())
    assert [(row.ceasefire, row.place) for row in found] == [("donbas-2020", "Korsun"), (None, "Dolna")]


def test_an_empty_shelf_gives_no_rows() -> None:
    assert rows(Held([]), Query()) == []


def test_the_rows_go_out_as_json_and_csv() -> None:
    found = rows(Held(counted()), Query(ceasefire=DONBAS))
    assert len(json.loads(exports.as_json(RestrictionRow, found))) == 3
    assert exports.as_csv(RestrictionRow, found).startswith("id,ceasefire,type,day,window_start")
