"""An overdue commitment, a new denial and a source gone quiet are alerts, raised on their day."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from tests.situation.alerts.made import DONBAS
from tests.situation.making import day
from trucewatch.situation.alerts.nouns import Alert
from trucewatch.situation.alerts.raising import alerts
from trucewatch.situation.commitments.undertakings import CommitmentState
from trucewatch.situation.names import cast
from trucewatch.situation.nouns import Dispute, Missing, Quiet

OVERDUE = CommitmentState(
    id="commitment-1",
    parties=("Upper Valley",),
    action="withdrawal of guns",
    topic="withdrawal",
    strength="agreed",
    status="overdue",
    claims=("c1", "c2"),
    deadline=day("02-10"),
)
DENIAL = Dispute(
    kind="denial", matter="shelling of the mill", claims=("c1",), against=("c2", "c3"), id="denial-1"
)
GONE = Quiet(publisher="Valley Watch", last=day("02-10"), report="vw-7", reports=5)
PUBLISHED = {"c1": day("02-08"), "c2": day("02-11"), "c3": day("02-15")}


def found(at: str, **given: object) -> list[Alert]:
    names = cast(DONBAS)
    told = alerts([], ceasefire=DONBAS, cast=names, at=day(at), told=PUBLISHED.get, **given)  # type: ignore[arg-type]
    assert told.bands == ()
    return list(told.alerts)


def test_a_commitment_is_told_on_the_day_after_its_last_and_a_week_long():
    (alert,) = found("02-11", commitments=[OVERDUE])
    assert (alert.kind, alert.state, alert.raised, alert.claims) == (
        "overdue",
        "new",
        day("02-11"),
        ("c1", "c2"),
    )
    assert alert.words == "Overdue since 10 February 2022: Upper Valley: withdrawal of guns."
    assert [len(found(at, commitments=[OVERDUE])) for at in ("02-12", "02-18", "02-19")] == [1, 1, 0]
    assert found("02-12", commitments=[OVERDUE])[0].state == "open"


def test_a_commitment_that_is_not_overdue_is_no_alert():
    kept = msgspec.structs.replace(OVERDUE, status="reported fulfilled")
    assert found("02-11", commitments=[kept]) == []


def test_a_long_list_of_parties_and_a_long_action_are_cut_short():
    many = msgspec.structs.replace(OVERDUE, parties=tuple("ABCDE"), action="to withdraw " * 30)
    words = found("02-11", commitments=[many])[0].words
    assert "A, B, C and 2 more: to withdraw" in words
    assert words.endswith("withdraw [...].")
    assert len(words.split()) < 40


def test_a_denial_is_new_on_the_day_it_is_first_told():
    (alert,) = found("02-11", disputes=[DENIAL])
    assert (alert.kind, alert.state, alert.raised) == ("denial", "new", day("02-11"))
    assert alert.claims == ("c1", "c2", "c3")
    assert found("02-15", disputes=[DENIAL])[0].state == "open"
    assert found("02-10", disputes=[DENIAL]) == []


def test_rival_figures_are_no_denial():
    rival = Dispute(kind="rival figures", matter="the count", claims=("c1",), against=("c2",), id="rival-1")
    assert found("02-11", disputes=[rival]) == []


def test_an_outage_of_a_source_is_an_alert_and_not_calm():
    (alert,) = found("02-12", missing=Missing(quiet=(GONE,)))
    assert (alert.kind, alert.state) == ("quiet", "new")
    assert "Valley Watch has published nothing since 10 February 2022" in alert.words
    assert "no calm" in alert.words


def test_a_source_stays_quiet_until_it_is_back():
    assert found("02-23", missing=Missing(quiet=(GONE,)))[0].state == "open"
    ids = {found(at, missing=Missing(quiet=(GONE,)))[0].id for at in ("02-12", "02-14", "02-23")}
    assert len(ids) == 1


@pytest.mark.parametrize("at", ["02-11", "02-18"])
def test_new_alerts_stand_before_open_ones(at):
    states = [
        a.state for a in found(at, commitments=[OVERDUE], disputes=[DENIAL], missing=Missing(quiet=(GONE,)))
    ]
    assert states == sorted(states, key=lambda state: state == "open")
    assert isinstance(day(at), dt.date)
