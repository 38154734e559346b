"""Merging: strongest links first, never against a veto, judgements before links, any order the same."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from trucewatch.identity.merging import Group, Link, merge
from trucewatch.model import Judgement

NAMES = "abcdef"
pairs_ = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1])
links_ = st.lists(
    st.builds(
        lambda pair, strength: Link(one=pair[0], other=pair[1], agree=("day",), strength=strength),
        pairs_,
        st.sampled_from([0.2, 0.5, 1.0]),
    ),
    max_size=12,
)


def judged(seq: int, decision: str, *subjects: str) -> Judgement:
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return Judgement(
        seq=seq, decision=decision, subjects=subjects, by="Ada", reason="read both", recorded=moment
    )


def members(groups: list[Group]) -> list[str]:
    return ["".join(group.members) for group in groups]


def test_linked_things_are_one_and_say_why() -> None:
    link = Link(one="a", other="b", agree=("day", "participants"))
    groups = merge("abc", [link])
    assert members(groups) == ["ab", "c"]
    assert groups[0].why == (link,)


def test_a_veto_between_any_two_members_keeps_groups_apart() -> None:
    links = [
        Link(one="a", other="b", agree=(), strength=1.0),
        Link(one="b", other="c", agree=(), strength=0.5),
    ]
    assert members(merge("abc", links, apart=lambda one, other: {one, other} == {"a", "c"})) == ["ab", "c"]


def test_things_judged_different_are_never_put_together() -> None:
    link = Link(one="a", other="b", agree=("day",))
    assert members(merge("ab", [link], judgements=[judged(1, "different", "a", "b")])) == ["a", "b"]


def test_things_judged_the_same_are_put_together_against_a_veto() -> None:
    groups = merge("ab", [], judgements=[judged(1, "same", "a", "b")], apart=lambda one, other: True)
    assert members(groups) == ["ab"]
    assert groups[0].why[0].agree == ("judgement",)


def test_the_later_of_two_judgements_counts() -> None:
    first, second = judged(1, "different", "a", "b"), judged(2, "same", "a", "b")
    assert members(merge("ab", [], judgements=[second, first])) == ["ab"]


@given(links_, st.randoms(use_true_random=False))
def test_the_order_of_the_links_is_no_matter(links: list[Link], random: object) -> None:
    shuffled = list(links)
    random.shuffle(shuffled)
    veto = {("a", "d"), ("b", "f")}

    def apart(one: str, other: str) -> bool:
        return (min(one, other), max(one, other)) in veto

    groups = merge(NAMES, links, apart=apart)
    assert groups == merge(reversed(NAMES), shuffled, apart=apart)
    assert sorted("".join(members(groups))) == list(NAMES)
    assert not any({"a", "d"} <= set(group.members) or {"b", "f"} <= set(group.members) for group in groups)
