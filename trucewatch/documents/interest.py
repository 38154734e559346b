"""Whether a text can hold a claim of interest: on conflict, security or diplomacy.

Most of a news feed is of none. This looks at the words alone, in well under a millisecond, so that
the full reading can be spared. Each word of ``catalog/vocabulary/interest.yml`` adds to the score of
the passage that it stands in, once; a report is read when one passage has enough. Judging passages,
not whole texts, treats a headline and a long report alike. What it loses: docs/cascade.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from trucewatch.catalog import vocabulary
from trucewatch.catalog.files import decode
from trucewatch.catalog.words import FOLDER
from trucewatch.model import Document, Noun

# On gold/train every report has 7 and more; 4 is for headlines, where one word may be all there is.
ENOUGH = 4
_PASSAGE, _STEP = 60, 30  # words
_ARMED_GROUP, _COUNTRY = 5, 1  # what a name adds that the list does not have
_SHORTEST_NAME = 4  # letters of its last word: "US" and "LeT" would be the same words as "us" and "let"
_WORD = re.compile(r"[a-z]+")


class Weights(Noun, frozen=True, kw_only=True):
    """What each word adds to the score of a passage, and each pair of words that stand together."""

    words: dict[str, int]
    pairs: dict[str, int]


def is_of_interest(document: Document) -> bool:
    """Whether some passage of a document has words enough for a claim of interest.

    "Shells hit the village" has them, "Shares hit a new low" has not.
    """
    return any(score >= ENOUGH for score in scores(document.text))


def scores(text: str) -> Iterator[int]:
    """The score of each passage of a text: 60 words, and every 30 words a new one begins.

    >>> list(scores("Shells hit the village, the mission said."))
    [6]
    """
    words = _WORD.findall(text.lower())
    for start in range(0, max(len(words) - _STEP, 1), _STEP):
        yield _score(words[start : start + _PASSAGE])


def _score(words: Sequence[str]) -> int:
    known = weights()
    pairs = known.pairs.keys() & {f"{one} {other}" for one, other in pairwise(words)}
    of_words = sum(known.words.get(word, 0) for word in set(words))
    return of_words + sum(known.pairs[pair] for pair in pairs)


@cache
def weights() -> Weights:
    """The list of the catalog and, where it does not have them, names of countries and armed groups."""
    listed = decode(FOLDER / "interest.yml", dict[int, list[str]])
    found = dict(_names()) | {words: weight for weight, group in listed.items() for words in group}
    return Weights(
        words={words: weight for words, weight in found.items() if " " not in words},
        pairs={words: weight for words, weight in found.items() if words.count(" ") == 1},
    )


def _names() -> Iterator[tuple[str, int]]:
    for name in vocabulary().names.values():
        words = _WORD.findall(name.text.lower())
        plain = re.fullmatch(r"[A-Za-z]+(?:[ -][A-Za-z]+)?", name.text) and len(words[-1]) >= _SHORTEST_NAME
        if plain and not name.ambiguous:
            if name.kind == "armed group":
                yield " ".join(words), _ARMED_GROUP
            elif name.kind in {"name", "demonym", "capital"} and len(words) == 1:
                yield words[0], _COUNTRY
