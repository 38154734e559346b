"""Who is accused of an incident: whose deed the words say it is, not whoever tells of it."""

from __future__ import annotations

import pytest

from tests.seeing import on, view
from trucewatch.claims import accused
from trucewatch.model import Actor, Incident


def accused_in(text: str, *, words: str, doers: tuple[str, ...] = (), hit: tuple[str, ...] = ()) -> Incident:
    """An incident on some words, read with these sides, as it is kept."""
    incident = Incident(
        evidence=on(text, words),
        said_by=(),
        type="shelling",
        perpetrator=tuple(Actor(name=name, span=on(text, name)) for name in doers),
        target=tuple(Actor(name=name, span=on(text, name)) for name in hit),
    )
    return accused.rightly(view(text), incident)


def names(actors: tuple[Actor, ...]) -> list[str]:
    return [actor.name for actor in actors]


@pytest.mark.parametrize(
    ("text", "words", "doer"),
    [
        ("Monitors recorded firing near Tamsk.", "Monitors recorded firing near Tamsk", "Monitors"),
        ("The Mission (SMM) also noted shelling at Tamsk.", "noted shelling at Tamsk", "Mission"),
        ("Observers said they had logged 40 breaches in Tamsk.", "they had logged 40 breaches", "they"),
        ("The army said it had registered 12 shots by rebels.", "12 shots by rebels", "army"),
        ("By then, the governor said, rebels had shelled Tamsk.", "the governor said, rebels", "governor"),
        ("Varenia's Joint Command reported shelling of Tamsk.", "shelling of Tamsk", "Varenia"),
        ("The army said it was shelled at Tamsk.", "it was shelled at Tamsk", "army"),
    ],
)
def test_who_counts_or_reports_is_not_accused(text: str, words: str, doer: str) -> None:
    assert not accused_in(text, words=words, doers=(doer,)).perpetrator


@pytest.mark.parametrize(
    ("text", "words", "doer"),
    [
        ("Rebels shelled Tamsk on Friday.", "Rebels shelled Tamsk", "Rebels"),
        ("The army said that it had shelled Tamsk.", "it had shelled Tamsk", "army"),
        ("The army announced on Friday that its troops had stormed Tamsk.", "stormed Tamsk", "army"),
        ("It had fired 20 shells, the army said.", "It had fired 20 shells, the army said", "army"),
        ("Troops observed firing at Tamsk fell back.", "Troops observed firing at Tamsk", "Troops"),
        ("Rebels claimed responsibility for the blast in Tamsk.", "the blast in Tamsk", "Rebels"),
        ("Varenia's shelling of Tamsk was reported by the mayor.", "Varenia's shelling of Tamsk", "Varenia"),
        ("Monitors opened fire at Tamsk, the rebels said.", "Monitors opened fire at Tamsk", "Monitors"),
    ],
)
def test_whose_deed_the_words_say_it_is_stays_accused(text: str, words: str, doer: str) -> None:
    assert names(accused_in(text, words=words, doers=(doer,)).perpetrator) == [doer]


def test_who_accuses_is_not_accused_and_who_is_accused_is() -> None:
    text = "The governor accused the rebels on Friday of shelling the village of Tamsk."
    kept = accused_in(text, words="shelling the village of Tamsk", doers=("governor",))
    assert names(kept.perpetrator) == ["rebels"]


def test_who_holds_a_town_neither_shelled_it_nor_was_shelled() -> None:
    text = "The market in Tamsk, a town held by the government, was shelled by rebels."
    kept = accused_in(
        text, words="The market in Tamsk, a town held by the government, was shelled by rebels",
        doers=("government", "rebels"), hit=("government", "market"),
    )  # fmt: skip
    assert (names(kept.perpetrator), names(kept.target)) == (["rebels"], ["market"])
