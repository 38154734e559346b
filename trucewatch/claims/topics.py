"""Topics: what a commitment is about, by the words of its action."""

from __future__ import annotations

import functools
import re

from trucewatch.catalog.files import decode
from trucewatch.catalog.words import FOLDER
from trucewatch.model import Topic


@functools.cache
def _stems() -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    """Each topic with a pattern of its stems, in the order they are tried."""
    lists = decode(FOLDER / "topics.yml", dict[Topic, list[str]])
    return tuple((topic, _pattern(stems)) for topic, stems in lists.items())


def _pattern(stems: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(stem).replace(r"\ ", r"\s+") for stem in stems) + ")")


def topic_of(action: str) -> Topic:
    """The topic of an action: "release all hostages" is an exchange.

    >>> topic_of("withdraw its troops"), topic_of("an immediate ceasefire"), topic_of("be kind")
    ('withdrawal', 'ceasefire', 'other')
    """
    words = action.lower()
    firm = [
        (found.start(), order, topic)
        for order, (topic, stems) in enumerate(_stems())
        if topic != "political" and (found := stems.search(words))
    ]
    if firm:
        return min(firm)[2]
    return next((topic for topic, stems in _stems() if stems.search(words)), "other")
