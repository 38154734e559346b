"""Who says what: attributions, each with source, cue and content, over one or several sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from trucewatch.annotations import cues
from trucewatch.annotations.cues import Cue
from trucewatch.annotations.tokens import Token, tokenize
from trucewatch.model import Actor, ActorMention, Annotations, Attribution, Document, Quotation, Span

ANNOTATOR = "rules: speech"

_ADVERB = (
    r"(?:also|then|later|again|once again|once|further|earlier|yesterday|today|tonight|now|still|even|just|however|instead|"
    r"first|previously|separately|meanwhile|quickly|reportedly|in turn|for (?:its|his|her|their) part|\w+ly|"
    r"(?:last|this|earlier this) (?:night|week|month|year|morning|evening)|(?:on |this |last |late |early )*(?:[Mm]on|[Tt]ues|[Ww]ednes|[Tt]hurs|[Ff]ri|[Ss]atur|[Ss]un)day(?: morning| evening| night)?|on [A-Z]\w+ \d+|"
    r"has|have|had|is|was|were|has been|have been|all|both|themselves|himself|itself|herself|jointly|in (?:a|an|the) [\w -]{3,40})"
)
_GAP = re.compile(
    rf"^\s*(?:\([^)]{{1,40}}\)\s*)?(?:(?:of|at|from|for|in|with|near) [^,.;:()\"“”]{{1,70}}?)?\s*"
    rf"(?:,[^,;:\"“”]{{1,90}},)?\s*,?\s*(?:who|which|that)?\s*(?:,?\s*{_ADVERB},?\s*)*$"
)
_APPOSED = re.compile(r"^(?:,\s*(?:the |a |an |its |his |her |who |which )?[^,]{0,60}|\s+(?:of|at|from|for|in|with|near|involved in)\s[^,]{0,60})$")
_MODAL = re.compile(r"\b(?:would|could|should|might|may|must|will|can|cannot|not|never|n't|to|refused to|declined to)\s*$")
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|also\s+|once again\s+|again\s+)*$")
_ASK_FOR = frozenset({"call for", "demand", "insist", "insist on", "request", "require", "say", "stress", "emphasise", "emphasize"})
_OBLIGED = re.compile(r"\s+(?:must|should|needs? to|has to|have to|ought to|to)\b")
_NAMING = frozenset("call label dub term brand describe liken".split())
_QUOTE = frozenset({"quote", "cite"})
_PASSIVE = frozenset(
    "stress emphasise emphasize note underline reiterate highlight express confirm state announce mention report declare "
    "reaffirm underscore".split()
)
_TELL = frozenset(
    "tell inform assure reassure brief warn remind urge ask request thank congratulate notify advise promise instruct order "
    "threaten encourage implore invite beg exhort alert caution praise commend".split()
) | {"call on", "call upon", "appeal"}
_BLAME = frozenset("accuse blame condemn denounce slam criticise criticize decry lambast blast fault rebuke".split())
_REPORTING = frozenset("that whether : \" “ ' ‘ , how why what".split())
_SHORT_TAIL = 14  # a tail of at most so many tokens after a closing cue is an adverbial, not the content
_INVERTED = re.compile(r"[,\"“”'’!?…–—-]\s*$")
_COORDINATE = re.compile(r"(?:,|;)?\s*(?:and|but|while|whereas|as|after|before|although|though|or)?\s*(?:also|then|later|he|she|they|it)?\s*$")
_INFINITIVE = frozenset("reaffirm reiterate express thank congratulate condemn welcome commend reassure urge underscore affirm".split())
_NOUNS_TOO = frozenset(
    "state report claim demand request support answer appeal comment note order post offer promise charge fault question "
    "share detail signal estimate hope fear doubt worry blame praise welcome alert caution threat call vow pledge back "
    "post hail raise brief mention reply regret joke".split()
)


@dataclass
class _Speech:
    """An attribution in the making, within one sentence."""

    cue: Cue
    start: int
    end: int
    source: Span | None = None
    speakers: tuple[Actor, ...] = ()
    inherited: bool = False
    content: list[Span] = field(default_factory=list)
    addressees: tuple[Actor, ...] = ()
    about: tuple[Actor, ...] = ()
    inverted: bool = False
    statement: bool = True

    @property
    def first(self) -> int:
        """Where its own words begin: the source or the cue."""
        return min(self.start, self.source[0]) if self.source else self.start

    @property
    def last(self) -> int:
        """Where source and cue end."""
        return max(self.end, self.source[1]) if self.source else self.end


def annotate(document: Document, annotations: Annotations) -> Annotations:
    """Add the attributions."""
    found = _Reader(document, annotations).read()
    return msgspec.structs.replace(annotations, attributions=tuple(sorted(found, key=lambda a: a.span)))


class _Reader:
    """Reads one document's speech, sentence by sentence, remembering who spoke last."""

    def __init__(self, document: Document, annotations: Annotations) -> None:
        self.document = document
        self.text = document.text
        self.mentions = annotations.actors
        self.starts = [m.span[0] for m in self.mentions]
        self.quotations = [q for q in document.quotations if q.inner[1] - q.inner[0] > 1]
        self.speaker: tuple[Actor, ...] = ()
        self.used: set[Span] = set()
        self.heard: list[int] = []
        self.found: list[Attribution] = []

    def read(self) -> list[Attribution]:
        """All attributions of the document."""
        for number, sentence in enumerate(self._units()):
            self._sentence(sentence, number)
        self._lone_quotations()
        return self.found

    def _units(self) -> Iterator[Span]:
        """Sentences joined over quotations, so that a cue and the whole of its quotation stand together."""
        start: int | None = None
        for sentence in self.document.sentences:
            start = sentence[0] if start is None else start
            inside = any(q.span[0] < sentence[1] < q.span[1] - 1 for q in self._near(sentence))
            if not inside:
                yield (start, sentence[1])
                start = None
        if start is not None:
            yield (start, self.document.sentences[-1][1])

    def _near(self, span: Span) -> list[Quotation]:
        return [q for q in self.quotations if q.span[0] < span[1] and span[0] < q.span[1]]

    # --- one sentence ----------------------------------------------------------------------------

    def _sentence(self, span: Span, number: int) -> None:
        quotes = self._near(span)
        tokens = [
            t
            for t in tokenize(self.text, start=span[0], end=span[1])
            if not any(q.inner[0] <= t.start < q.inner[1] for q in quotes)
        ]
        speeches = self._speeches(tokens, span)
        self.heard = [s.start for s in speeches]
        for i, speech in enumerate(speeches):
            self._content(speech, speeches[i + 1 :], speeches[:i], span, quotes)
        self._according(span, quotes, speeches)
        self._mark_relays(speeches)
        for speech in speeches:
            if speech.content or not speech.statement:
                self._emit(speech, span)
        spoken = [s.speakers for s in speeches if s.speakers and s.statement]
        if spoken:
            self.speaker = spoken[0]

    def _speeches(self, tokens: list[Token], span: Span) -> list[_Speech]:
        found: list[_Speech] = []
        for cue in cues.find(tokens):
            if tokens[cue.first].capital and cue.first > 0:
                continue
            speech = _Speech(cue, tokens[cue.first].start, tokens[cue.last - 1].end)
            if self._sourced(speech, tokens, span, found):
                found.append(speech)
        return found

    # --- the source ------------------------------------------------------------------------------

    def _sourced(self, speech: _Speech, tokens: list[Token], span: Span, before: list[_Speech]) -> bool:
        """Find the source; False where the word is no cue here."""
        cue, text = speech.cue, self.text
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
        if cue.form in {"ed", "s"} and before and re.search(r"(?:,|\band|\bbut|;)\s+(?:also |then |\w+ly )?$", left):
            return self._inherits(speech, before, span)
        return cue.form in {"ed", "s"} and self._phrase_source(speech, tokens, span)

    def _complete(self, speech: _Speech, left: str) -> bool:
        """Whether a word that is a cue only in some company has that company here."""
        tail = self.text[speech.end : speech.end + 60]
        lemma = speech.cue.lemma
        if re.match(r"\s+by\b", tail) and not _BE.search(left):
            return False
        if lemma == "commit":
            return bool(re.match(r"\s+(?:him|her|it|them)?(?:self|selves)?\s*to\b", tail))
        if lemma == "continue":
            return bool(re.match(r"\s*[:,.]", tail)) or left.rstrip().endswith((",", '"', "”"))
        if lemma in _NAMING:
            return any(mark in self.text[speech.end : speech.end + 160].split(". ")[0] for mark in "\"“'‘")
        return True

    def _inherits(self, speech: _Speech, before: list[_Speech], span: Span) -> bool:
        """A cue that carries on an earlier one of the sentence, or its subject: "adding that ..."."""
        if before:
            speech.speakers, speech.inherited = before[-1].speakers, True
            return bool(speech.speakers)
        subject = next((m for m in self._mentions(span) if m.actors and m.span[1] <= speech.start), None)
        if subject:
            speech.source, speech.speakers, speech.inherited = subject.span, subject.actors, True
        return subject is not None

    def _mentions(self, span: Span) -> list[ActorMention]:
        first = bisect_right(self.starts, span[0] - 1)
        last = bisect_right(self.starts, span[1] - 1)
        return [m for m in self.mentions[first:last] if m.span[1] <= span[1]]

    def _left_source(self, speech: _Speech, span: Span) -> bool:
        candidates = [m for m in self._mentions((span[0], speech.start)) if not self._quoted(m.span)]
        fitting = [m for m in candidates[-4:] if self._reaches(m, speech.start)]
        if not fitting:
            return False
        mention = fitting[-1]
        for earlier in reversed(fitting[:-1]):
            between = self.text[earlier.span[1] : mention.span[0]]
            if _APPOSED.match(between):
                mention = earlier
        return self._take(speech, self._joined(mention, candidates))

    def _reaches(self, mention: ActorMention, start: int) -> bool:
        """Whether nothing but adverbials and asides stands between a mention and a cue."""
        gap = self.text[mention.span[1] : start]
        return len(gap) <= 130 and not re.match(r"['’]s?\s", gap) and _GAP.match(gap) is not None

    def _joined(self, mention: ActorMention, candidates: list[ActorMention]) -> list[ActorMention]:
        """The mention and those coordinated with it before: "Kyiv and its allies"."""
        group = [mention]
        for earlier in reversed(candidates[: candidates.index(mention)]):
            between = self.text[earlier.span[1] : group[0].span[0]]
            if re.fullmatch(r"\s*(?:,|,? and|, as well as|\s+and)\s*(?:the )?", between):
                group.insert(0, earlier)
            elif not (earlier.span[0] >= group[0].span[0]):
                break
        return group if len(group) > 1 and " and " in self.text[group[0].span[0] : mention.span[1]] else [mention]

    def _take(self, speech: _Speech, mentions: list[ActorMention]) -> bool:
        speech.source = (mentions[0].span[0], mentions[-1].span[1])
        speech.speakers = tuple(a for m in mentions for a in m.actors)
        return True

    def _right_source(self, speech: _Speech, left: str, span: Span) -> bool:
        if not _INVERTED.search(left) or speech.cue.form not in {"ed", "s"}:
            return False
        after = next((m for m in self._mentions((speech.end, span[1])) if m.span[0] - speech.end <= 2), None)
        if after is None:
            return False
        speech.inverted = True
        return self._take(speech, [after])

    def _phrase_source(self, speech: _Speech, tokens: list[Token], span: Span) -> bool:
        """A noun phrase that is no known actor, right before a plain cue: "the same witness said"."""
        at = speech.cue.first - 1
        while at >= 0 and re.fullmatch(r"also|then|later|has|have|had|\w+ly", tokens[at].lower):
            at -= 1
        stop = at
        while at >= 0 and stop - at < 5 and tokens[at].text[0].isalpha():
            if tokens[at].lower in {"the", "a", "an", "another", "one", "two", "three", "his", "her", "its", "their"}:
                phrase = (tokens[at].start, tokens[stop].end)
                if stop == at or self._busy(phrase):
                    return False
                if speech.cue.lemma in _NOUNS_TOO and not self._followed(speech):
                    return False
                words = self.text[phrase[0] : phrase[1]]
                speech.source = phrase
                speech.speakers = (Actor(name=re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.I), span=phrase),)
                return True
            if tokens[at].lower in _NO_SUBJECT:
                return False
            at -= 1
        return False

    def _followed(self, speech: _Speech) -> bool:
        tail = self.text[speech.end : speech.end + 12].strip().lower()
        return any(tail.startswith(word) for word in _REPORTING)

    def _busy(self, phrase: Span) -> bool:
        return any(m.span[1] > phrase[1] for m in self._mentions(phrase))

    def _quoted(self, span: Span) -> bool:
        return any(q.inner[0] <= span[0] and span[1] <= q.inner[1] for q in self._near(span))

    def _passive(self, speech: _Speech, left: str, span: Span) -> bool:
        """ "It was noted that", "X was accused of", "this was stated by": who says it stands after "by", or nowhere."""
        agent = re.match(r"\s+by\s+", self.text[speech.end : speech.end + 8])
        if agent:
            after = next((m for m in self._mentions((speech.end, span[1])) if m.span[0] - speech.end <= 8), None)
            if after:
                self._take(speech, [after])
        if speech.cue.lemma in {"accuse", "blame"}:
            accused = [m for m in self._mentions((span[0], speech.start)) if not m.pronoun]
            speech.about = accused[-1].actors if accused else ()
            return True
        if speech.source and re.match(r"(?:This|It|That)\b", left.lstrip()):
            return True
        if re.search(r"\bquoted\s*$", self.text[speech.start : speech.end]):
            return False
        return speech.cue.lemma in _PASSIVE and not agent

    # --- the content -----------------------------------------------------------------------------

    def _content(
        self, speech: _Speech, after: list[_Speech], before: list[_Speech], span: Span, quotes: list[Quotation]
    ) -> None:
        text = self.text
        lead = self._clean_start(span, before, speech)
        head = text[lead : speech.first].rstrip()
        tail_start, tail_end = speech.last, self._tail_end(speech, after, span)
        tail = text[tail_start:tail_end]
        quote_before = next((q for q in quotes if q.span[1] <= speech.first and not text[q.span[1] : speech.first].strip(" ,")), None)
        if speech.inherited and speech.source is None:
            quote_before = None
        tail_words = len(re.findall(r"\w+", tail))
        if self._this_was(speech, span):
            return
        if quote_before:
            self._quoted_content(speech, quote_before, span, quotes, tail, tail_start)
        elif self._passive_subject(speech, head, tail, lead):
            return
        elif head.endswith(",") and re.match(r"\s*,", tail) and tail_words > 3 and not speech.inherited and len(head) > 12:
            self._set(speech, (span[0], tail_end))
        elif self._closing(speech, head, tail, tail_words):
            self._set(speech, (lead, lead + len(head)))
        else:
            self._forward(speech, tail_start, tail_end, quotes)

    def _clean_start(self, span: Span, before: list[_Speech], speech: _Speech) -> int:
        ends = [s.content[-1][1] for s in before if s.content and s.content[-1][1] <= speech.first]
        return max([span[0], *ends])

    def _tail_end(self, speech: _Speech, after: list[_Speech], span: Span) -> int:
        """Content runs to the end of the sentence, or to the next cue that is coordinated with this one."""
        for other in after:
            if other.first <= speech.last:
                continue
            between = self.text[speech.last : other.first]
            cut = re.search(
                r"(?:\s*[,;]\s*(?:and|but|while|whereas|as|although|though|adding)?|\s+(?:and|but|while)|\s*[.!?])\s*(?:also |then |\w+ly )*$",
                between,
            )
            if cut and cut.start() > 2 and (other.inherited or cut.group().strip() not in {",", ""}):
                return speech.last + cut.start()
        return span[1]

    def _this_was(self, speech: _Speech, span: Span) -> bool:
        """ "This was stated by X": the content is the sentence before."""
        if not re.match(r"(?:This|That|It)\s+(?:was|is)\b", self.text[span[0] : span[0] + 12]) or not speech.source:
            return False
        if speech.source[0] < speech.start:
            return False
        before = [s for s in self.document.sentences if s[1] <= span[0]]
        if before:
            self._set(speech, before[-1])
        return bool(before)

    def _passive_subject(self, speech: _Speech, head: str, tail: str, lead: int) -> bool:
        """ "Hope was expressed for ...", "The need to ... was emphasised": the subject is the content."""
        if speech.source or speech.inherited or speech.cue.lemma not in _PASSIVE or speech.about:
            return False
        if not re.search(r"\b(?:is|are|was|were|been)\b[\s\w]{0,12}$", head):
            return False
        if re.match(r"(?:It|it)\b", head):
            return False
        subject = re.sub(r"\s*\b(?:has been|have been|is|are|was|were)\b[\s\w]{0,20}$", "", head)
        self._set(speech, (lead, lead + len(subject)) if len(tail.split()) < 6 else (lead, lead + len(head + tail)))
        if len(tail.split()) >= 6:
            self._set(speech, (lead, speech.last + len(tail.rstrip())))
        return True

    def _closing(self, speech: _Speech, head: str, tail: str, tail_words: int) -> bool:
        """Whether the cue closes its sentence: "..., the two presidencies said on Sunday."."""
        if len(head) < 12 or speech.inherited:
            return False
        if re.match(r"\s*(?:that\b|:|[\"“'‘])", tail):
            return False
        comma = head.endswith((",", '"', "”", "’", "'", "-", "–", "—")) or speech.inverted
        if tail_words == 0:
            return True
        if comma and tail_words <= _SHORT_TAIL:
            return bool(re.match(r"\s*(?:[,.]|on |in |at |to |after |before |during |while |as |from |late|earlier|last|this|when |with |"
                                 r"of |yesterday|today|adding|citing|quoting|told|Mon|Tues|Wednes|Thurs|Fri|Sat|Sun|reporters|the |journalists|state |a |AFP|AP|Reuters)", tail))
        return False

    def _quoted_content(
        self, speech: _Speech, quote: Quotation, span: Span, quotes: list[Quotation], tail: str, tail_start: int
    ) -> None:
        """A quotation before the cue, with the one that carries it on after the cue."""
        start = quote.span[0]
        lead = self.text[span[0] : start]
        if lead.strip() and len(lead) < 400 and not re.search(r"[.!?:]\s*[\"“”]?\s*$", lead) and not self._cued(span[0], start):
            start = span[0]
        end = quote.span[1]
        self.used.add(quote.span)
        follower = self._follower(quote, speech, span)
        if follower:
            end = follower.span[1]
            self.used.add(follower.span)
        self._set(speech, (start, end), exact=True)

    def _cued(self, start: int, end: int) -> bool:
        """Whether an attribution of this sentence was already read there."""
        return any(start <= at < end for at in self.heard)

    def _follower(self, quote: Quotation, speech: _Speech, span: Span) -> Quotation | None:
        """The quotation that goes on after ", he said.": next in the paragraph and with no cue of its own."""
        later = [q for q in self.quotations if q.span[0] >= speech.last]
        if not later or "\n" in self.text[speech.last : later[0].span[0]]:
            return None
        following = later[0]
        gap = self.text[speech.last : following.span[0]]
        closes = self.text[following.span[1] : following.span[1] + 1]
        own_cue = self.text[following.inner[1] - 1 : following.inner[1]] == "," and closes != ""
        if len(gap) < 60 and re.fullmatch(r"[^.!?]{0,50}[.,!?:;]?\s*", gap) and not own_cue:
            return following if self.text[following.inner[1] - 1] in ".!?…" or closes in ".!?" else None
        return None

    def _forward(self, speech: _Speech, start: int, end: int, quotes: list[Quotation]) -> None:
        """Content after the cue: past addressee and adverbials, to the end of the clause."""
        start = self._addressed(speech, start, end)
        tail = self.text[start:end]
        skip = re.match(
            r"(?:\s*,?\s*(?:on |late |early |last |this )*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night|afternoon))?|"
            r"\s+(?:yesterday|today|earlier(?: \w+day)?|later|again|also)|\s+in an? (?:statement|interview|speech|tweet|post|briefing)(?: (?:to|with|on|released|published) [^,:\"“]{1,40})?)"
            r"(?=[\s,:])",
            tail,
        )
        if skip:
            start += skip.end()
        start += len(re.match(r"[\s,:;]*(?:(?:of|for)\s+(?=\S))?", self.text[start:end]).group()) if True else 0  # type: ignore[union-attr]
        for q in quotes:
            if q.span[0] >= start and q.span[0] < end:
                self.used.add(q.span)
        direct = next((q for q in quotes if abs(q.span[0] - start) <= 1), None)
        if direct and direct.span[1] >= end - 3:
            self._set(speech, (start, max(end, direct.span[1])), exact=True)
            return
        self._set(speech, (start, end))

    def _addressed(self, speech: _Speech, start: int, end: int) -> int:
        """Whom the words are directed at, right after "told", "urged", "accused"; gives where it ends."""
        lemma = speech.cue.lemma
        if lemma in _ASK_FOR:
            self._asked(speech, start, end)
            return start
        if lemma not in _TELL and lemma not in _BLAME:
            return start
        lead = re.match(r"\s*(?:to |on |upon )?", self.text[start:end])
        at = start + (lead.end() if lead else 0)
        mentions = [m for m in self._mentions((start, end)) if m.span[0] - at <= 1]
        if not mentions:
            return start
        first = mentions[0]
        group = self._coordinated(first, end)
        actors = tuple(a for m in group for a in m.actors)
        if lemma in _BLAME:
            speech.about = actors
        else:
            speech.addressees = actors
        return group[-1].span[1]

    def _asked(self, speech: _Speech, start: int, end: int) -> None:
        """ "Called for both sides to stop", "said that NATO must": who should do it is addressed."""
        tail = self.text[start:end]
        lead = re.match(r"\s*(?:that |for |from )?(?:the )?", tail)
        at = start + (lead.end() if lead else 0)
        first = next((m for m in self._mentions((start, end)) if m.span[0] - at <= 1), None)
        if first is None:
            return
        group = self._coordinated(first, end)
        if _OBLIGED.match(self.text[group[-1].span[1] : group[-1].span[1] + 30]):
            speech.addressees = tuple(a for m in group for a in m.actors)

    def _coordinated(self, first: ActorMention, end: int) -> list[ActorMention]:
        group = [first]
        for mention in self._mentions((first.span[1], end)):
            if re.fullmatch(r"\s*,?\s*(?:and|,)\s*(?:the )?", self.text[group[-1].span[1] : mention.span[0]]):
                group.append(mention)
            else:
                break
        return group

    def _set(self, speech: _Speech, span: Span, *, exact: bool = False) -> None:
        start, end = span
        while start < end and self.text[start].isspace():
            start += 1
        stripped = " \t\n\r" if exact else " \t\n\r.,;:-–—"
        while end > start and self.text[end - 1] in stripped:
            end -= 1
        if end - start > 2:
            speech.content = [(start, end)]

    # --- according to ----------------------------------------------------------------------------

    def _according(self, span: Span, quotes: list[Quotation], speeches: list[_Speech]) -> None:
        for match in _ACCORDING.finditer(self.text, span[0], span[1]):
            if any(q.inner[0] <= match.start() < q.inner[1] for q in quotes):
                continue
            own = match.group().strip().lower() == "in"
            if own and (speeches or not self.speaker):
                continue
            speech = _Speech(_ACCORDING_CUE, match.start(), match.end())
            mention = next((m for m in self._mentions((match.end() - 4, span[1])) if m.span[0] - match.end() <= 5), None)
            if own:
                noun = re.compile(r"\w+ \w+").match(self.text, match.end())
                speech.speakers, speech.end = self.speaker, noun.end() if noun else match.end()
            elif mention:
                self._take(speech, [mention])
            else:
                phrase = re.compile(r"\s*(?:the |an? )?[^,.;:\"“”]{3,60}").match(self.text, match.end(), span[1])
                if not phrase:
                    continue
                at = (match.end() + len(phrase.group()) - len(phrase.group().lstrip()), phrase.end())
                speech.source = at
                speech.speakers = (Actor(name=re.sub(r"^(?:the|an?)\s+", "", self.text[slice(*at)], flags=re.I), span=at),)
            self._according_content(speech, span)
            speeches.append(speech)

    def _according_content(self, speech: _Speech, span: Span) -> None:
        head = self.text[span[0] : speech.start].strip(" ,")
        if len(head) < 6:
            tail = re.compile(r"[^,.;]{0,60},\s*").match(self.text, speech.last, span[1])
            self._set(speech, (tail.end() if tail else speech.last, span[1]))
        else:
            self._set(speech, (span[0], speech.start))

    # --- relays, output --------------------------------------------------------------------------

    def _mark_relays(self, speeches: list[_Speech]) -> None:
        """An attribution whose content is itself an attribution relays it: it is no statement of its own.

        Where both are of one speaker ("he added that he had told ..."), the inner one is none.
        """
        for outer in speeches:
            for inner in speeches:
                if inner is outer or not outer.content or not inner.source or inner.inherited:
                    continue
                start, end = outer.content[0]
                lead = self.text[start : inner.first]
                if start <= inner.first and inner.last <= end and re.fullmatch(_RELAY_LEAD, lead) and inner.content:
                    if inner.speakers == outer.speakers or not inner.speakers:
                        inner.content, inner.statement = [], True
                    else:
                        outer.statement = False
                        outer.content = [(start, max(end, *(s.content[0][1] for s in speeches if s.content)))]

    def _emit(self, speech: _Speech, sentence: Span) -> None:
        parts = [*speech.content, (speech.start, speech.end)]
        if speech.source and not speech.inherited:
            parts.append(speech.source)
        self.found.append(
            Attribution(
                span=(min(p[0] for p in parts), max(p[1] for p in parts)),
                annotator=ANNOTATOR,
                cue=(speech.start, speech.end),
                content=tuple(speech.content),
                source=speech.source,
                verb=speech.cue.lemma,
                speakers=speech.speakers,
                addressees=speech.addressees,
                about=speech.about,
                channel=_channel(self.text[sentence[0] : sentence[1]], speech.cue.lemma),
                statement=speech.statement,
            )
        )

    def _lone_quotations(self) -> None:
        """A paragraph that is nothing but a quotation carries on the speaker before it."""
        spoken = sorted(self.found, key=lambda a: a.span)
        for quote in self.quotations:
            paragraph = next((p for p in self.document.paragraphs if p[0] <= quote.span[0] < p[1]), None)
            if quote.span in self.used or paragraph is None or quote.inner[1] - quote.inner[0] < 40:
                continue
            rest = self.text[paragraph[0] : quote.span[0]] + self.text[quote.span[1] : paragraph[1]]
            before = [a for a in spoken if a.span[1] <= quote.span[0] and a.speakers and a.statement]
            if len(rest.strip(" .,-–—")) > 2 or not before:
                continue
            last = before[-1]
            self.found.append(
                Attribution(
                    span=quote.span,
                    annotator=ANNOTATOR,
                    score=0.5,
                    cue=None,
                    content=(quote.span,),
                    verb="say",
                    speakers=last.speakers,
                    channel=last.channel,
                )
            )


_ACCORDING = re.compile(r"\b(?:according to|in the (?:words|opinion|view) of|in (?=(?:his|her|their) (?:opinion|view|words)))\s*", re.I)
_ACCORDING_CUE = Cue(first=0, last=0, lemma="according to", act="assert", form="base")
_RELAY_LEAD = r"\s*(?:that\s+)?(?:[^.;]{0,80},\s*)?(?:the )?"
_NO_SUBJECT = frozenset(
    "of in on at by for to from with as after before when while since and or but which who whom whose that is are was were "
    "be been has have had will would could should may might must not".split()
)
_CHANNELS = (
    ("social network", r"\b(?:twitter|tweet\w*|facebook|telegram|truth social|social (?:media|network)|x account|instagram|posted on)\b"),
    ("interview", r"\binterview\b"),
    ("press conference", r"\b(?:press conference|news conference|told (?:reporters|journalists)|briefing|told a (?:news|press))\b"),
    ("decree", r"\bdecree\b"),
    ("statement", r"\b(?:in a (?:\w+ ){0,2}statement|statement (?:said|read)|communiqu[eé])\b"),
    ("call", r"\b(?:during (?:the|their|a) (?:phone |telephone |same )?(?:call|conversation)|in (?:a|the) (?:phone|telephone) (?:call|conversation))\b"),
)


def _channel(sentence: str, lemma: str) -> str | None:
    if lemma in {"tweet", "post"}:
        return "social network"
    return next((name for name, pattern in _CHANNELS if re.search(pattern, sentence, re.I)), None)
