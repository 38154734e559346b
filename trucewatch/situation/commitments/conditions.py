"""Conditions: which later statement says that the condition of a commitment is met.

It says so in as many words ("the conditions have been met"), or it tells what the condition says as a
fact, in the same words and order: "as soon as the guns fall silent", and "the guns have fallen silent".
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from trucewatch.identity.actions import action
from trucewatch.identity.commitments import report_name
from trucewatch.situation.commitments.outcomes import Said

_MET = re.compile(r"\bconditions?\b[^.;]{0,40}\b(?:met|fulfilled|satisfied|in\s+place)\b", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?:only\s+)?(?:if|after|when|once)|unless|provided\s+that|on\s+(?:the\s+)?condition\s+that"
    r"|as\s+(?:soon|long)\s+as|in\s+the\s+event\s+(?:of|that)|subject\s+to)\s+(?:that\s+)?",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+")
_SLACK = 4  # so many other words may stand between those of the condition
_STEM = 5  # so many letters of two words must agree, or all of the shorter: fall, fallen
_LEAST = 3  # words of a condition that tell one fact from another
_OUTSTANDING = re.compile(
    r"\b(?:to|efforts?|for|about|on|towards?|discuss\w*|work\w*|expect\w*|demand\w*|call\w*|potential|possible"
    r"|imminent|threat\w*|fear\w*)\s+(?:[\w’'-]+\s+){0,5}$",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "the a an of to in on at for and its their his her our there is are was were has have had".split()
)


class Conditions:
    """Statements, to be looked up by what a condition speaks of."""

    def __init__(self, said: Iterable[Said]) -> None:
        self._by_word: dict[str, list[Said]] = defaultdict(list)
        for one in said:
            for word in sorted(one.action.words):
                self._by_word[word].append(one)

    def met(self, condition: str, *, reports: frozenset[str], since: dt.date) -> Iterator[Said]:
        """The statements that say so, told later and by other reports.

        ``unless`` sets no condition that could be met.
        """
        wanted = action(_LEAD.sub("", condition.strip()))
        if not wanted.words or condition.lower().startswith("unless"):
            return
        core = _stems(_LEAD.sub("", condition.strip()))
        seen: set[str] = set()
        for one in (one for word in sorted(wanted.words) for one in self._by_word.get(word, ())):
            name, told = one.entry.claim.id or "", one.entry.report.published
            later = told is not None and told >= since and report_name(one.entry.report) not in reports
            same = one.action.negative == wanted.negative
            if name not in seen and later and same and (_MET.search(one.text) or _tells(one.text, core)):
                seen.add(name)
                yield one


def _tells(text: str, core: list[str]) -> bool:
    """Whether a text tells the condition as a fact: all its words in order, close together, not as an aim."""
    tokens = [found for found in _TOKEN.finditer(text) if found.group().lower() not in _SMALL]
    if len(core) < _LEAST:
        return False
    for first in range(len(tokens) - len(core) + 1):
        window = tokens[first : first + len(core) + _SLACK]
        after = text[window[0].end() :]
        if after.startswith(("'s", "’s")):
            continue  # "Russia's invasion" is no telling of "Russia invades"
        if _in_order(core, [found.group() for found in window]):
            return not _OUTSTANDING.search(text[: window[0].start()])
    return False


def _in_order(core: list[str], words: list[str]) -> bool:
    waiting = iter(word.lower()[:_STEM] for word in words)
    first, *rest = core
    return _same(next(waiting), first) and all(any(_same(word, stem) for word in waiting) for stem in rest)


def _same(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _stems(text: str) -> list[str]:
    words = (found.group().lower() for found in _TOKEN.finditer(text))
    return [word[:_STEM] for word in words if word not in _SMALL]
