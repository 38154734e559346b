"""The made-up ledger: the same every time, in the shape it is given, with work for everything derived."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from bench.ledger import QUESTIONS, ask
from bench.shape import Shape, learn
from bench.synth import READER, Made, Newsroom, fill
from trucewatch import catalog
from trucewatch.ledger import Ledger
from trucewatch.model import Contact
from trucewatch.model.checks import spans
from trucewatch.situation.names import cast
from trucewatch.situation.relevance import relevant

DONBAS = catalog.ceasefire("donbas-2020")
REPORTS = 3_000


@pytest.fixture(scope="module")
def shape() -> Shape:
    return learn()


@pytest.fixture(scope="module")
def made(shape: Shape) -> list[Made]:
    return list(Newsroom(shape).reports(REPORTS))


@pytest.fixture(scope="module")
def ledger(made: list[Made], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "synthetic.db"
    with Ledger.open(path) as opened:
        run = opened.begin(reader=READER)
        assert fill(opened, iter(made), run) == sum(len(one.claims) for one in made)
        opened.finish(run)
    return path


def test_the_same_seed_gives_the_same_reports(shape: Shape, made: list[Made]) -> None:
    assert list(Newsroom(shape).reports(REPORTS))[-1] == made[-1]
    assert next(Newsroom(shape, seed=7).reports(REPORTS)) != made[0]


def test_there_are_as_many_reports_as_asked_for_in_the_order_of_publication(made: list[Made]) -> None:
    days = [one.document.report.published for one in made]
    assert len(made) == REPORTS
    assert days == sorted(days, key=str)
    assert (days[0], days[-1]) == (dt.date(2020, 7, 28), dt.date(2022, 2, 23))


def test_kinds_come_as_often_as_in_the_shape(shape: Shape, made: list[Made]) -> None:
    news = [one for one in made if "Wire" in (one.document.report.publisher or "")]
    found = Counter(claim.kind for one in news for claim in one.claims)
    for kind, told in shape.kinds.items():
        assert found[kind] / found.total() == pytest.approx(told.share, abs=0.03)
    assert found.total() / len(news) == pytest.approx(10, abs=1)


def test_every_span_lies_in_the_text_and_names_are_where_they_are_said_to_be(made: list[Made]) -> None:
    for one in made[:500]:
        for claim in one.claims:
            assert all(0 <= start < end <= len(one.document.text) for _, (start, end) in spans(claim))
            for actor in claim.participants if isinstance(claim, Contact) else ():
                assert actor.span is not None
                assert one.document.words(actor.span) == actor.name


def test_reports_belong_to_a_ceasefire_about_as_often_as_real_ones(shape: Shape, ledger: Path) -> None:
    with Ledger.open(ledger) as opened:
        entries = opened.entries()
        theirs = {entry.report.id for entry, _ in relevant(entries, cast=cast(DONBAS))}
    assert len(theirs) / REPORTS == pytest.approx(shape.belonging["donbas-2020"], abs=0.2)


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_has_an_answer(ledger: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.ledger.TIMES", 1)
    told = ask(QUESTIONS[name], ledger)
    assert told.size > 50
    assert len(told.seconds) == 1
