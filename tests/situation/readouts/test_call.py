"""The call of 20 February 2022: the agency's article and the Kremlin's own release, laid side by side."""

from __future__ import annotations

from functools import cache

import pytest

from tests.eval import sets
from tests.eval.accounts import golds, pair
from tests.situation.readouts.writing import words
from trucewatch.situation.readouts.comparing import compare

pytestmark = pytest.mark.skipif(not sets.DEV.exists(), reason=sets.ABSENT)


@cache
def table() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Each point: its relation, the words of the article, those of the release, the article's voices."""
    [gold] = [gold for gold in golds() if gold.name == "call20"]
    a, b = pair(gold.a, gold.b)
    return [
        (p.relation, " ".join(words(a.text, p.a)), " ".join(words(b.text, p.b)), p.voices_a)
        for p in compare(a, b)
    ]


def told(article: str, release: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The relation and voices of the point whose words hold these."""
    [found] = [row for row in table() if article in row[1] and (release is None or release in row[2])]
    return found[0], found[3]


def test_both_tell_the_agreement_to_step_up_the_search_through_ministers_and_advisers() -> None:
    assert told("intensify the search for solutions", "step up the search") == ("both", ("Kremlin", "Lusa"))


def test_the_session_of_the_contact_group_is_told_by_paris_only() -> None:
    assert told("Trilateral Contact Group should meet") == ("only_a", ("Élysée",))


def test_moscow_blames_ukrainian_provocations_in_both() -> None:
    relation, voices = told("Ukrainian provocations", "provocations from Ukrainian militants")
    assert relation == "both"
    assert "Kremlin" in voices


def test_the_supply_of_arms_is_told_in_both() -> None:
    assert told("supply of modern weaponry", "modern weapons and ammunition")[0] == "both"


def test_the_security_demands_on_nato_and_the_united_states_are_told_in_both() -> None:
    assert told("demands about its security", "need for the US and NATO")[0] == "both"


def test_nothing_in_the_two_is_contradicted() -> None:
    assert "contradicted" not in {row[0] for row in table()}


def test_the_days_other_news_is_no_part_of_the_call() -> None:
    article = " ".join(row[1] for row in table())
    assert "Zelensky" not in article
    assert "1,500" not in article
