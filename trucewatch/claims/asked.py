"""What is asked for: a commitment that somebody only requests, demands or proposes is pledged by nobody."""

from __future__ import annotations

import re

import msgspec

from trucewatch.claims.fillers import View
from trucewatch.documents.spans import holding
from trucewatch.model import Commitment, Strength

_ASKING = (
    r"(?:(?P<proposed>propos(?:e|es|ed|ing)|suggest(?:s|ed|ing)?|s(?:eek|eeks|eeking|ought))"
    r"|(?P<demanded>request(?:s|ed|ing)?|demand(?:s|ed|ing)?|urg(?:e|es|ed|ing)"
    r"|(?:ask(?:s|ed|ing)?|call(?:s|ed|ing)?|appeal(?:s|ed|ing)?|press(?:es|ed|ing)?|plead(?:s|ed|ing)?)"
    r"\s+(?:\w+\s+){0,3}?for))"
)
_BINDING = r"(?:agree|commit|pledg|promis|vow|accept|ready\b|will|offer|undert[ao])"
_ASKED = re.compile(rf"\b{_ASKING}\s+(?:(?!{_BINDING})[\w’'-]+\s+){{0,4}}$", re.IGNORECASE)
_ASKS = re.compile(rf"\s*{_ASKING}\s", re.IGNORECASE)
_AS_ADJECTIVE = re.compile(r"\b(?:the|an?|its|his|her|their|our|recently|earlier)\s+$", re.IGNORECASE)
_OWN = frozenset({"pledged", "agreed"})


def unpledged(view: View, claim: Commitment) -> Commitment:
    """A commitment as demanded or proposed where its action is what somebody asks for; not of who asks.

    Of "The minister requested a meeting with Poland" the strength is ``demanded``.
    """
    if claim.strength not in _OWN:
        return claim
    document = view.document
    sentence = holding(document.sentences, claim.evidence[0]) or claim.evidence
    at = document.text.find(claim.action, sentence[0], max(sentence[1], claim.evidence[1]))
    at = claim.evidence[0] if at < 0 else at
    found = _ASKED.search(document.text[sentence[0] : at]) or _ASKS.match(document.text, at)
    if found is None:
        return claim
    start = found.start() + (sentence[0] if found.re is _ASKED else 0)
    if _AS_ADJECTIVE.search(document.text[sentence[0] : start]):
        return claim
    strength: Strength = "proposed" if found["proposed"] else "demanded"
    asked = tuple(a for a in claim.parties if a.span is None or a.span[0] >= start)
    return msgspec.structs.replace(claim, strength=strength, parties=asked)
