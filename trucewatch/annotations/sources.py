"""Sources: who stands before or after a cue as the one who speaks."""

from __future__ import annotations

import re

from trucewatch.annotations.scene import Scene, Speech, take
from trucewatch.annotations.tokens import Token
from trucewatch.model import Actor, ActorMention, Span

_ADVERB = (
    r"(?:also|then|later|again|once again|once|further|earlier|yesterday|today|tonight|now|still|even|just|"
    r"however|instead|"
    r"first|previously|separately|meanwhile|quickly|reportedly|in turn|for (?:its|his|her|their) part|\w+ly|"
    r"(?:last|this|earlier this) (?:night|week|month|year|morning|evening)|(?:on |this |last |late |early )*"
    r"(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day(?: morning| evening| night)?|"
    r"on [A-Z]\w+ \d+|"
    r"has|have|had|is|was|were|has been|have been|all|both|themselves|himself|itself|herself|jointly|"
    r"in (?:a|an|the) [\w -]{3,40})"
)
_GAP = re.compile(
    rf"^\s*(?:\([^)]{{1,40}}\)\s*)?(?:(?:of|at|from|for|in|with|near) [^,.;:()\"“”]{{1,70}}?)?\s*"
    rf"(?:,[^,;:\"“”]{{1,90}},)?\s*,?\s*(?:who|which|that)?\s*(?:,?\s*{_ADVERB},?\s*)*$"
)
_APPOSED = re.compile(
    r"^(?:,\s*(?:(?:the|an?|its|his|her|who|which)\b|[a-z])[^,]{0,60}|"
    r"\s+(?:of|at|from|for|in|with|near|involved in)\s[^,]{0,60})$"
)
_MODAL = re.compile(
    r"\b(?:would|could|should|might|may|must|will|can|cannot|not|never|n't|to|refused to|declined to)\s*$"
)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|also\s+|once again\s+|again\s+)*$")
# what follows a verb that might be a noun as well ("states", "guarantees")
_VERBAL = re.compile(
    r"\s*(?:[,:\"“'‘]|(?:that|to|it|he|she|they|the|a|an|on|for|his|her|its|their|no|all|any)\b|[A-Z])"
)
_NAMING = frozenset("call label dub term brand describe liken".split())
_QUOTE = frozenset({"quote", "cite"})
PASSIVE = frozenset(
    "stress emphasise emphasize note underline reiterate highlight express confirm state announce "
    "mention report declare reaffirm underscore".split()
)
_REPORTING = frozenset("that whether : \" “ ' ‘ , how why what".split())
_INVERTED = re.compile(r"[,\"“”'’!?…–—-]\s*$")
_INFINITIVE = frozenset(
    "reaffirm reiterate express thank congratulate condemn welcome commend reassure urge underscore "
    "affirm".split()
)
_NOUNS_TOO = frozenset(
    "state report claim demand request support answer appeal comment note order post offer promise "
    "charge fault question share detail signal estimate hope fear doubt worry blame praise welcome "
    "alert caution threat call vow pledge back hail raise brief mention reply regret joke guarantee".split()
)
_NO_SUBJECT = frozenset(
    "of in on at by for to from with as after before when while since and or but which who whom whose "
    "that is are was were be been has have had will would could should may might must not".split()
)


class Sources:
    """Finds the source of a cue; without one a word is no cue."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def find(self, speech: Speech, tokens: list[Token], span: Span, before: list[Speech]) -> bool:
        """Find the source; False where the word is no cue here."""
        cue, text = speech.cue, self.scene.text
        left = text[span[0] : speech.start]
        if re.match(r"\s+by\b", text[speech.end : speech.end + 4]) and cue.lemma in _QUOTE:
            return False
        if not self._complete(speech, left):
            return False
        if _BE.search(left) and cue.form == "ed":
            return self._passive(speech, left, span)
        if cue.form == "base" and left.rstrip().endswith(" to"):
            return cue.lemma in _INFINITIVE and self._inherits(speech, before, span)
        if _MODAL.search(left[-20:]) and cue.form != "ing":
            return False
        if self._left_source(speech, span):
            return cue.form != "ing" or _BE.search(left) is not None
        if self._right_source(speech, left, span):
            return True
        if cue.form == "ing" and re.search(r",\s*(?:\w+ly )?$|\b(?:and|while|by|as)\s+$", left):
            return self._inherits(speech, before, span)
        if (
            cue.form in {"ed", "s"}
            and before
            and re.search(r"(?:,|\band|\bbut|;)\s+(?:also |then |\w+ly )?$", left)
        ):
            return self._inherits(speech, before, span)
        return cue.form in {"ed", "s"} and self._phrase_source(speech, tokens, span)

    def _complete(self, speech: Speech, left: str) -> bool:
        """Whether a word that is a cue only in some company has that company here."""
        tail = self.scene.text[speech.end : speech.end + 60]
        lemma, cue_form = speech.cue.lemma, speech.cue.form
        if re.match(r"\s+by\b", tail) and not _BE.search(left):
            return False
        if lemma in _NOUNS_TOO and cue_form in {"base", "s"} and not _VERBAL.match(tail):
            return False
        if lemma == "commit":
            return bool(re.match(r"\s+(?:him|her|it|them)?(?:self|selves)?\s*to\b", tail))
        if lemma == "continue":
            return bool(re.match(r"\s*[:,.]", tail)) or left.rstrip().endswith((",", '"', "”"))
        if lemma in _NAMING:
            return any(
                mark in self.scene.text[speech.end : speech.end + 160].split(". ")[0] for mark in "\"“'‘"
            )
        return True

    def _inherits(self, speech: Speech, before: list[Speech], span: Span) -> bool:
        """A cue that carries on an earlier one of the sentence, or its subject: "adding that ..."."""
        if before:
            speech.speakers, speech.inherited = before[-1].speakers, True
            return bool(speech.speakers)
        subject = next((m for m in self.scene.mentions(span) if m.actors and m.span[1] <= speech.start), None)
        if subject:
            speech.source, speech.speakers, speech.inherited = subject.span, subject.actors, True
        return subject is not None

    def _left_source(self, speech: Speech, span: Span) -> bool:
        candidates = [
            m for m in self.scene.mentions((span[0], speech.start)) if not self.scene.quoted(m.span)
        ]
        fitting = [m for m in candidates[-4:] if self._reaches(m, speech.start)]
        if not fitting:
            return False
        mention = fitting[-1]
        for earlier in reversed(fitting[:-1]):
            between = self.scene.text[earlier.span[1] : mention.span[0]]
            aside = between.strip() == "," and not self.scene.text[mention.span[0]].isupper()
            if aside or _APPOSED.match(between):
                mention = earlier
        return take(speech, self._joined(mention, candidates))

    def _reaches(self, mention: ActorMention, start: int) -> bool:
        """Whether nothing but adverbials and asides stands between a mention and a cue."""
        gap = self.scene.text[mention.span[1] : start]
        return len(gap) <= 130 and not re.match(r"['’]s?\s", gap) and _GAP.match(gap) is not None

    def _joined(self, mention: ActorMention, candidates: list[ActorMention]) -> list[ActorMention]:
        """The mention and those coordinated with it before: "Kyiv and its allies"."""
        group = [mention]
        for earlier in reversed(candidates[: candidates.index(mention)]):
            between = self.scene.text[earlier.span[1] : group[0].span[0]]
            if re.fullmatch(r"\s*(?:,|,? and|, as well as|\s+and)\s*(?:the )?", between):
                group.insert(0, earlier)
            elif not (earlier.span[0] >= group[0].span[0]):
                break
        return (
            group
            if len(group) > 1 and " and " in self.scene.text[group[0].span[0] : mention.span[1]]
            else [mention]
        )

    def _right_source(self, speech: Speech, left: str, span: Span) -> bool:
        if not _INVERTED.search(left) or speech.cue.form not in {"ed", "s"}:
            return False
        after = next(
            (m for m in self.scene.mentions((speech.end, span[1])) if m.span[0] - speech.end <= 2), None
        )
        if after is None:
            return False
        speech.inverted = True
        return take(speech, [after])

    def _phrase_source(self, speech: Speech, tokens: list[Token], span: Span) -> bool:
        """A noun phrase that is no known actor, right before a plain cue: "the same witness said"."""
        at = speech.cue.first - 1
        while at >= 0 and re.fullmatch(r"also|then|later|has|have|had|\w+ly", tokens[at].lower):
            at -= 1
        stop = at
        while at >= 0 and stop - at < 5 and tokens[at].text[0].isalpha():
            if tokens[at].lower in {
                "the",
                "a",
                "an",
                "another",
                "one",
                "two",
                "three",
                "his",
                "her",
                "its",
                "their",
            }:
                phrase = (tokens[at].start, tokens[stop].end)
                if stop == at or self._busy(phrase):
                    return False
                if speech.cue.lemma in _NOUNS_TOO and not self._followed(speech):
                    return False
                words = self.scene.text[phrase[0] : phrase[1]]
                speech.source = phrase
                speech.speakers = (
                    Actor(name=re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.I), span=phrase),
                )
                return True
            if tokens[at].lower in _NO_SUBJECT:
                return False
            at -= 1
        return False

    def _followed(self, speech: Speech) -> bool:
        tail = self.scene.text[speech.end : speech.end + 12].strip().lower()
        return any(tail.startswith(word) for word in _REPORTING)

    def _busy(self, phrase: Span) -> bool:
        return any(m.span[1] > phrase[1] for m in self.scene.mentions(phrase))

    def _passive(self, speech: Speech, left: str, span: Span) -> bool:
        """ "It was noted", "X was accused of", "this was stated by": who speaks stands after "by"."""
        agent = re.match(r"\s+by\s+", self.scene.text[speech.end : speech.end + 8])
        if agent:
            after = next(
                (m for m in self.scene.mentions((speech.end, span[1])) if m.span[0] - speech.end <= 8), None
            )
            if after:
                take(speech, [after])
        if speech.cue.lemma in {"accuse", "blame"}:
            accused = [m for m in self.scene.mentions((span[0], speech.start)) if not m.pronoun]
            speech.about = accused[-1].actors if accused else ()
            return True
        if speech.source and re.match(r"(?:This|It|That)\b", left.lstrip()):
            return True
        if re.search(r"\bquoted\s*$", self.scene.text[speech.start : speech.end]):
            return False
        return speech.cue.lemma in PASSIVE and not agent
