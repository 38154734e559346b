"""Bindings: the words by which a party binds itself, or is asked to, with what stands where.

Each cue has a strength, the place where the party that would be bound is named, and the share of
such cues that told of a commitment in the reports they were tried on. The order is that of the
pattern: the first that fits at a place wins.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from trucewatch.model import Strength

Party = Literal["subject", "object", "owner", "none"]


class Binding(NamedTuple):
    """How one kind of cue is read.

    ``party`` is who does what the cue says, whom it is said to, or who owns what the noun names.
    """

    strength: Strength
    party: Party
    confidence: float
    pattern: str


def _any(*cues: str) -> str:
    return "|".join(cues)


_E = "(?:e|es|ed|ing)"
_S = "(?:s|ed|ing)?"

BINDINGS: dict[str, Binding] = {
    "urge": Binding(
        "demanded",
        "object",
        0.75,
        _any(
            rf"urg{_E}|implor{_E}|advis{_E}|press(?:es|ed|ing)|beg(?:s|ged|ging)|request(?:ed|ing)",
            rf"call{_S}\s+(?:up)?on|appeal{_S}\s+to|ask{_S}|demand{_S}(?:\s+from)?",
            rf"warn{_S}(?=\s[^.;]{{2,40}}\snot\sto)|calls?(?=\s(?:on|for|to)\s)",
        ),
    ),
    "call": Binding(
        "demanded",
        "none",
        0.8,
        _any(
            rf"(?:call{_S}|appeal{_S}|ple(?:a|as|aded))\s+for|demand{_S}",
            rf"insist{_S}\s+on|advocat{_E}(?:\s+for)?",
        ),
    ),
    "must": Binding("demanded", "subject", 0.7, r"must|has\s+to|should|ought\s+to"),
    "needed": Binding(
        "demanded",
        "none",
        0.7,
        _any(
            r"(?:it\s+is|it['’]s)\s+(?:\w+ly\s+)?(?:necessary|essential|imperative|crucial|vital)\s+(?:to|that)",
            r"(?:(?:urgent|immediate|critical)\s+)?need\s+(?:to|for)|necessity\s+(?:of|to|for)",
        ),
    ),
    "encourage": Binding("proposed", "object", 0.5, rf"encourag{_E}"),
    "propose": Binding("proposed", "subject", 0.5, rf"propos{_E}(?!\s+by)|suggest(?:s|ed|ing)"),
    "proposal": Binding(
        "proposed",
        "owner",
        0.7,
        r"(?:proposals?|initiatives?|offers?|plan)\s+(?:to|on|for|regarding|of|aimed\s+at)",
    ),
    "efforts": Binding("proposed", "none", 0.8, r"efforts\s+(?:to|aimed\s+at|towards?)"),
    "importance": Binding("proposed", "none", 0.7, r"importance\s+of"),
    "support": Binding(
        "proposed",
        "none",
        0.6,
        rf"support{_S}(?:\s+for)?\s+(?=(?:the|an?)\s+(?:\w+\s+){{0,2}}(?:ceasefire|pause|release|convening|truce))",
    ),
    "commit": Binding(
        "pledged",
        "subject",
        0.85,
        _any(
            r"(?:re)?commit(?:s|ted|ting)?(?:\s+(?:itself|himself|herself|themselves))?\s+to",
            rf"(?:pledg|promis){_E}(?:\s+to)?|vow{_S}(?:\s+to)?|sw(?:ear|ears|ore)\s+to|offer{_S}\s+to",
            r"intend\s+to|(?:is|are|was|were)\s+determined\s+to|undert(?:ake|akes|ook|aken)\s+to",
        ),
    ),
    "commitment": Binding(
        "pledged", "owner", 0.9, r"commitments?|(?:pledge|promise|vow)(?=\s+(?:to|of|that)\s)"
    ),
    "readiness": Binding(
        "pledged", "owner", 0.65, r"(?:readiness|willingness|openness)\s+(?:to|for)|intentions?\s+(?:to|of)"
    ),
    "ready": Binding(
        "pledged",
        "subject",
        0.7,
        r"(?<!not )(?<!n't )(?<!neither )(?:ready|prepared|willing)\s+(?:only\s+)?(?:to|for)|open\s+to",
    ),
    "will": Binding(
        "pledged",
        "subject",
        0.75,
        r"will(?!\s+not)|['’]ll|shall(?!\s+not)|(?:is|are|am)\s+going\s+to|would(?!\s+not)",
    ),
    "agree": Binding(
        "agreed",
        "subject",
        0.9,
        _any(
            r"agreed?(?:\s+(?:on\s+)?\w+day|\s+(?:today|yesterday|earlier|in\s+principle))?\s+(?:not\s+to|to|on|upon)",
            r"agreed(?=\s+(?:an?|the)\s)",
            # both found it expedient to ...: the wording of joint communiques
            r"(?:recogni[sz]ed|considered|found|deemed|agreed)\s+(?:that\s+)?it\s+(?:is\s+|was\s+|would\s+be\s+)?"
            r"(?:advisable|expedient|necessary|useful|appropriate|important)\s+to",
        ),
    ),
    "extend": Binding(
        "agreed",
        "subject",
        0.8,
        # "the sides extended the truce by 24 hours": to go on with it is an undertaking of its own
        r"(?:extend|prolong|renew)(?:s|ed|ing)?(?=\s+(?:the|their|an?|its)\s+(?:[\w-]+\s+){0,2}?(?:cease-?fire|truce|pause)\b)",
    ),
    "agreement": Binding(
        "agreed",
        "none",
        0.65,
        r"(?:agreements?|deals?|accords?|pact|treaty)(?=\s+(?:to|on|for|that|between|with|under|involving)\s)",
    ),
    "order": Binding("ordered", "object", 0.5, r"(?:order|instruct|task|direct)(?:s|ed|ing)"),
    "decree": Binding(
        "ordered",
        "subject",
        0.5,
        _any(
            r"decree(?:s|d)|authori[sz](?:es|ed|ing)|decid(?:es|ed)\s+to|impos(?:es|ed)\s+(?=sanctions)",
            r"declared\s+(?=martial|a\s+general|general)",
        ),
    ),
    "decision": Binding("ordered", "owner", 0.5, r"decision\s+to"),
    "expect": Binding(
        "expected", "object", 0.8, r"expect(?:s|ing)?|count(?:s|ed|ing)?\s+on|rel(?:y|ies|ied)\s+on"
    ),
    "expected": Binding(
        "expected", "subject", 0.4, r"(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:expected|set|due)\s+to"
    ),
    "refuse": Binding(
        "refused",
        "subject",
        0.6,
        _any(
            rf"refus{_E}(?:\s+to)?|rul(?:es|ed|ing)\s+out|veto(?:es|ed)|(?:will|shall)\s+not",
            r"(?:would|do|does|did)\s+not\s+(?:agree\s+to|accept|intend\s+to|allow|plan\s+to|undertake\s+to)",
            r"(?:not|n['’]t)\s+(?:ready|willing|prepared|interested)\s+(?:to|in)",
            r"(?:prevent|block)(?:s|ed|ing)(?=\s+(?:the|any|all)\s)",
        ),
    ),
    "end": Binding(
        "ended",
        "subject",
        0.6,
        r"suspend(?:s|ed|ing)|withdr(?:ew|awn|awal)\s+from|terminat(?:ed|es|ing)",
    ),
}

CUES = re.compile(
    r"\b(?:" + "|".join(f"(?P<{name}>{binding.pattern})" for name, binding in BINDINGS.items()) + r")(?!\w)",
    re.IGNORECASE,
)
