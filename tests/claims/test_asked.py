"""What somebody asks for is nobody's pledge."""

from __future__ import annotations

import pytest

from tests.seeing import on, view
from trucewatch.claims import asked
from trucewatch.model import Actor, Commitment, Strength


def kept(
    text: str, action: str, *, parties: tuple[str, ...] = (), strength: Strength = "pledged"
) -> Commitment:
    """A commitment on a whole sentence, read with this strength and these parties, as it is kept."""
    bound = tuple(Actor(name=name, span=on(text, name)) for name in parties)
    claim = Commitment(
        evidence=(0, len(text)),
        said_by=(),
        parties=bound,
        action=action,
        topic="negotiation",
        strength=strength,
    )
    return asked.unpledged(view(text), claim)


@pytest.mark.parametrize(
    ("text", "action", "strength"),
    [
        ("The envoy requested a meeting with Estonia by Friday.", "a meeting with Estonia", "demanded"),
        ("Poland has asked the council for an urgent session.", "session", "demanded"),
        ("Poland called for a meeting of all members.", "called for a meeting of all members", "demanded"),
        ("Poland is seeking a longer truce in Tamsk.", "a longer truce in Tamsk", "proposed"),
        ("Poland proposed a meeting in Tallinn.", "a meeting in Tallinn", "proposed"),
    ],
)
@pytest.mark.parametrize("read", ["pledged", "agreed"])
def test_what_is_requested_is_demanded_or_proposed(
    text: str, action: str, strength: str, read: Strength
) -> None:
    assert kept(text, action, strength=read).strength == strength


def test_who_is_asked_would_be_bound_and_not_who_asks() -> None:
    found = kept(
        "Poland requested a meeting with Estonia.", "a meeting with Estonia", parties=("Poland", "Estonia")
    )
    assert [actor.name for actor in found.parties] == ["Estonia"]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Estonia agreed to the meeting that Poland had requested.", "the meeting that Poland had requested"),
        ("Estonia pledged to attend the requested meeting.", "attend the requested meeting"),
        ("Asked for a date, Estonia promised a meeting in May.", "a meeting in May"),
        ("The truce was requested by Poland; Estonia will keep it.", "keep it"),
    ],
)
def test_what_is_pledged_on_request_stays_pledged(text: str, action: str) -> None:
    found = kept(text, action, parties=("Estonia",))
    assert (found.strength, [actor.name for actor in found.parties]) == ("pledged", ["Estonia"])
