"""How things are merged: links with their reasons, taken strongest first, and never against a veto.

Two things are put together only if no member of the one group is apart from a member of the other.
Links are taken in an order that their content alone decides, so the order of the input is no matter.
Judgements go before links: those judged the same are together, those judged different are apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from trucewatch.model import Judgement, Noun

Apart = Callable[[str, str], bool]


class Link(Noun, frozen=True, kw_only=True):
    """Why two things are one: the ids of both, the fields that agree, and how strongly (0 to 1)."""

    one: str
    other: str
    agree: tuple[str, ...]
    strength: float = 1.0


class Group(Noun, frozen=True, kw_only=True):
    """Things that are one, by their ids in order; ``why`` are the links that brought them together."""

    members: tuple[str, ...]
    why: tuple[Link, ...] = ()


def merge(
    ids: Iterable[str],
    links: Iterable[Link],
    *,
    judgements: Sequence[Judgement] = (),
    apart: Apart = lambda one, other: False,
) -> list[Group]:
    """Groups of ids, each id in exactly one, in the order of their first members.

    ``apart`` says which two can never be one; it is not asked of those judged the same. A judgement
    on ids that are not given is passed over.

    >>> merge("abc", [Link(one="a", other="c", agree=("day",))])[0].members
    ('a', 'c')
    """
    everyone = sorted(set(ids))
    verdicts = pairs(judgements)
    groups = {member: [member] for member in everyone}
    why: dict[str, list[Link]] = {member: [] for member in everyone}

    def may_join(left: list[str], right: list[str]) -> bool:
        return not any(_is_apart(a, b, verdicts, apart) for a in left for b in right)

    judged = [_judged(pair) for pair, verdict in verdicts.items() if verdict == "same"]
    for link in (*sorted(judged, key=_order), *sorted(links, key=_order)):
        if link.one not in groups or link.other not in groups:
            continue
        left, right = groups[link.one], groups[link.other]
        if left is right or not may_join(left, right):
            continue
        why[left[0]] = [*why[left[0]], *why[right[0]], link]
        left.extend(right)
        groups |= dict.fromkeys(right, left)
    found = {id(group): group for group in groups.values()}
    made = (Group(members=tuple(sorted(g)), why=tuple(sorted(why[g[0]], key=_order))) for g in found.values())
    return sorted(made, key=lambda group: group.members)


def pairs(judgements: Iterable[Judgement]) -> dict[tuple[str, str], str]:
    """What was last judged of each two things: ``same`` or ``different``."""
    last: dict[tuple[str, str], str] = {}
    for judgement in sorted(judgements, key=lambda judgement: judgement.seq):
        if judgement.decision in ("same", "different"):
            last |= dict.fromkeys(_pairs(judgement.subjects), judgement.decision)
    return dict(sorted(last.items()))


def _pairs(subjects: Sequence[str]) -> Iterator[tuple[str, str]]:
    return combinations(sorted(set(subjects)), 2)


def _is_apart(one: str, other: str, verdicts: dict[tuple[str, str], str], apart: Apart) -> bool:
    verdict = verdicts.get((min(one, other), max(one, other)))
    return verdict == "different" or (verdict is None and apart(one, other))


def _judged(pair: tuple[str, str]) -> Link:
    return Link(one=pair[0], other=pair[1], agree=("judgement",))


def _order(link: Link) -> tuple[float, str, str, tuple[str, ...], str]:
    first, second = min(link.one, link.other), max(link.one, link.other)
    return -link.strength, first, second, link.agree, link.one
