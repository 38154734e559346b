"""Of interest or not: conflict, security and diplomacy pass, sport, markets and weather do not."""

from __future__ import annotations

from collections import Counter

import pytest

from bench import cascade
from tests.eval import sets
from tests.ledger.making import document, report
from trucewatch.catalog.files import decode
from trucewatch.catalog.words import FOLDER
from trucewatch.documents import is_of_interest
from trucewatch.documents.interest import scores, weights

IDLE = "The choir sang in the old hall and everybody liked the soup that followed. "
# Of the claims' own sentences, and of these with one on either side, so many are read; of feeds so little.
SENTENCES, PASSAGES, FEED = 0.87, 0.985, 0.27
LISTED = decode(FOLDER / "interest.yml", dict[int, list[str]])


def of_interest(text: str) -> bool:
    return is_of_interest(document(report(text=text)))


@pytest.mark.parametrize(
    "text",
    [
        "Truce holds for a third night in Varenia",
        "Cease-fire broken, says Halden",
        "Shells hit the village after dark, the mission said.",
        "Two soldiers were hurt near the bridge.",
        "Envoys of both sides meet again on Friday",
        "Halden's foreign minister flies to Tessalia for talks",
        "Halden moves two brigades to the frontier",
        "The prisoners will be exchanged by Friday, both sides agreed.",
        "Sanctions will follow, the chancellor warned.",
        "ROCKETS FALL ON PORT CITY",
        "The Janjaweed came back at dawn.",
    ],
)
def test_a_line_on_conflict_security_or_diplomacy_is_of_interest(text: str) -> None:
    assert of_interest(text)


@pytest.mark.parametrize(
    "text",
    [
        "Striker fires home twice as United beat City in cup battle",
        "Shares hit a new low as traders fear a price war",
        "Quarterly profits rose 7 pct on strong sales, the company said.",
        "Singer dies of a heart attack at 71",
        "Rail strike talks break off, union says",
        "Storm floods leave two villages without power",
        "The president of the bank retires",
        IDLE,
        "19:30",
        "Le chœur chanta dans la vieille salle.",
    ],
)
def test_sport_markets_and_weather_are_of_none(text: str) -> None:
    assert not of_interest(text)


def test_one_passage_is_enough_wherever_it_stands() -> None:
    for before, after in ((0, 40), (40, 0), (21, 19)):
        assert of_interest(IDLE * before + "Shells hit the village. " + IDLE * after)


def test_a_long_text_does_not_add_up_to_interest() -> None:
    assert not of_interest((IDLE * 6 + "The minister came. ") * 40)


def test_a_word_counts_once_in_a_passage() -> None:
    assert list(scores("Attack! Attack! Attack!")) == list(scores("Attack!"))


def test_a_pair_counts_besides_its_words() -> None:
    (attack,), (heart_attack,) = scores("an attack"), scores("a heart attack")
    assert heart_attack < attack


def test_a_text_without_words_has_one_score_of_nothing() -> None:
    assert list(scores("")) == [0]


def test_the_list_has_each_word_or_pair_once_in_lower_case() -> None:
    counted = Counter(words for group in LISTED.values() for words in group)
    assert {words for words, times in counted.items() if times > 1} == set()
    assert {words for words in counted if words.strip("abcdefghijklmnopqrstuvwxyz ")} == set()
    assert {words for words in counted if words.count(" ") > 1} == set()


def test_the_list_overrules_what_a_name_adds_by_itself() -> None:
    known = weights().words
    assert known["janjaweed"] == 5
    assert known["ukraine"] == next(weight for weight, group in LISTED.items() if "ukraine" in group)
    assert "let" not in known


@pytest.mark.parametrize("name", ["dev", "train", "corpus"])
def test_every_gold_report_with_claims_is_of_interest(name: str) -> None:
    golds = {"dev": sets.dev, "train": lambda: sets.load(sets.TRAIN), "corpus": sets.corpus}[name]()
    if not golds:
        pytest.skip(sets.ABSENT)
    assert [gold.name for gold in golds if gold.claims and not of_interest(gold.text)] == []


@pytest.mark.parametrize(("beside", "floor"), [(0, SENTENCES), (1, PASSAGES)])
def test_short_texts_that_hold_a_claim_are_read(beside: int, floor: float) -> None:
    golds = [gold for gold in [*sets.dev(), *sets.corpus()] if gold.claims]
    texts = [text for gold in golds for text in cascade.sentences(gold, beside=beside)]
    assert cascade.recall(texts) >= floor


@pytest.mark.skipif(not cascade.SHARED.exists(), reason="../shared is absent: the feeds lie there")
@pytest.mark.parametrize("feed", cascade.FEEDS)
def test_most_of_a_feed_is_passed_over(feed: str) -> None:
    assert cascade.recall([item["text"] for item in cascade.half(feed)[:2_000]]) <= FEED
