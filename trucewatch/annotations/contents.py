"""Contents: what is said, before, after or around a cue, and to whom."""

from __future__ import annotations

import re
from bisect import bisect_right

from trucewatch.annotations.scene import Scene, Speech
from trucewatch.annotations.sources import PASSIVE
from trucewatch.model import ActorMention, Quotation, Span

_TELL = frozenset(
    "tell inform assure reassure brief warn remind urge ask request thank congratulate notify advise "
    "promise instruct order threaten encourage implore invite beg exhort alert caution praise commend".split()
) | {"call on", "call upon", "appeal"}
_BLAME = frozenset(
    "accuse attribute blame condemn denounce slam criticise criticize decry lambast blast fault "
    "rebuke".split()
)
_ASK_THAT = frozenset({"ask", "demand", "insist", "request", "require"})
_THAT = re.compile(r"\s+that\b")
_ATTRIBUTED_TO = re.compile(r"\bto\s+[\"“'‘]?(?:the\s+)?")
_EXPRESS = frozenset({"express", "express appreciation", "express gratitude"})
_TO = re.compile(r"[\w\s]{0,40}?\bto\s+(?:the\s+)?")
_ASK_FOR = frozenset(
    {
        "call for",
        "demand",
        "insist",
        "insist on",
        "request",
        "require",
        "say",
        "stress",
        "emphasise",
        "emphasize",
    }
)
_OBLIGED = re.compile(r"\s+(?:must|should|needs? to|has to|have to|ought to|to)\b")
_SHORT_TAIL = 14  # a tail of at most so many tokens after a closing cue is an adverbial, not the content
_NEXT_CLAUSE = re.compile(
    r"(?:\s*[,;]\s*(?:and|but|while|whereas|as|although|though|adding)?|\s+(?:and|but|while)|\s*[.!?])"
    r"\s*(?:also |then |\w+ly )*$"
)
_AFTERTHOUGHT = re.compile(
    r"\s*(?:[,.]|on |in |at |to |after |before |during |while |as |from |late|earlier|last|this|when |with |"
    r"of |yesterday|today|adding|citing|quoting|told|Mon|Tues|Wednes|Thurs|Fri|Sat|Sun|reporters|journalists|"
    r"the |state |a |AFP|AP|Reuters)"
)
_ASIDE = re.compile(
    r"(?:\s*,?\s*(?:on |late |early |last |this )*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?: (?:morning|evening|night|afternoon))?|\s+(?:yesterday|today|earlier(?: \w+day)?|later|again|also)|"
    r"\s+in an? (?:statement|interview|speech|tweet|post|briefing)"
    r"(?: (?:to|with|on|released|published) [^,:\"“]{1,40})?)(?=[\s,:])"
)
_LEAD = re.compile(r"[\s,:;]*(?:(?:of|for)\s+(?=\S))?")


class Contents:
    """Finds the content of an attribution; ``used`` are the quotations that have found their speaker."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.used: set[Span] = set()
        self.heard: list[int] = []

    def find(self, speech: Speech, others: list[Speech], span: Span) -> None:
        """Set the content of an attribution of the sentence at ``span``, among the others of it."""
        after = [s for s in others if s.start > speech.start]
        before = [s for s in others if s.start < speech.start]
        quotes = self.scene.near(span)
        text = self.scene.text
        lead = self._clean_start(span, before, speech)
        head = text[lead : speech.first].rstrip()
        tail_start, tail_end = speech.last, self._tail_end(speech, after, span)
        tail = text[tail_start:tail_end]
        quote_before = next(
            (
                q
                for q in quotes
                if q.span[1] <= speech.first and not text[q.span[1] : speech.first].strip(" ,")
            ),
            None,
        )
        if speech.inherited and speech.source is None:
            quote_before = None
        tail_words = len(re.findall(r"\w+", tail))
        if self._this_was(speech, span):
            return
        if quote_before or self._closing(speech, head, tail, tail_words):
            self._addressed(speech, tail_start, tail_end)
        if quote_before:
            self._quoted_content(speech, quote_before, span)
        elif self._passive_subject(speech, head, tail, lead):
            return
        elif (
            head.endswith(",")
            and re.match(r"\s*,", tail)
            and tail_words > 3
            and not speech.inherited
            and len(head) > 12
        ):
            self.set(speech, (span[0], tail_end))
        elif self._closing(speech, head, tail, tail_words):
            self.set(speech, (lead, lead + len(head)))
        else:
            self._forward(speech, tail_start, tail_end, quotes)

    def _clean_start(self, span: Span, before: list[Speech], speech: Speech) -> int:
        ends = [s.content[-1][1] for s in before if s.content and s.content[-1][1] <= speech.first]
        return max([span[0], *ends])

    def _tail_end(self, speech: Speech, after: list[Speech], span: Span) -> int:
        """Content runs to the end of the sentence, or to the next cue that is coordinated with this one."""
        for other in after:
            if other.first <= speech.last:
                continue
            between = self.scene.text[speech.last : other.first]
            cut = _NEXT_CLAUSE.search(between)
            if cut and cut.start() > 2 and (other.inherited or cut.group().strip() not in {",", ""}):
                return speech.last + cut.start()
        return span[1]

    def _this_was(self, speech: Speech, span: Span) -> bool:
        """ "This was stated by X": the content is the sentence before."""
        if (
            not re.match(r"(?:This|That|It)\s+(?:was|is)\b", self.scene.text[span[0] : span[0] + 12])
            or not speech.source
        ):
            return False
        if speech.source[0] < speech.start:
            return False
        sentences = self.scene.document.sentences
        number = bisect_right(sentences, span[0], key=lambda s: s[1]) - 1
        if number >= 0:
            self.set(speech, sentences[number])
        return number >= 0

    def _passive_subject(self, speech: Speech, head: str, tail: str, lead: int) -> bool:
        """ "Hope was expressed for ...", "The need to ... was emphasised": the subject is the content."""
        if speech.source or speech.inherited or speech.cue.lemma not in PASSIVE or speech.about:
            return False
        if not re.search(r"\b(?:is|are|was|were|been)\b[\s\w]{0,12}$", head):
            return False
        if re.match(r"(?:It|it)\b", head):
            return False
        subject = re.sub(r"\s*\b(?:has been|have been|is|are|was|were)\b[\s\w]{0,20}$", "", head)
        long_tail = len(tail.split()) >= 6
        self.set(speech, (lead, speech.last + len(tail.rstrip()) if long_tail else lead + len(subject)))
        return True

    def _closing(self, speech: Speech, head: str, tail: str, tail_words: int) -> bool:
        """Whether the cue closes its sentence: "..., the two presidencies said on Sunday."."""
        if len(head) < 12 or speech.inherited:
            return False
        if re.match(r"\s*(?:that\b|:|[\"“'‘])", tail):
            return False
        comma = head.endswith((",", '"', "”", "’", "'", "-", "–", "—")) or speech.inverted
        if tail_words == 0:
            return True
        if comma and tail_words <= _SHORT_TAIL:
            return _AFTERTHOUGHT.match(tail) is not None
        return False

    def _quoted_content(self, speech: Speech, quote: Quotation, span: Span) -> None:
        """A quotation before the cue, with the one that carries it on after the cue."""
        start = quote.span[0]
        lead = self.scene.text[span[0] : start]
        if (
            lead.strip()
            and len(lead) < 400
            and not re.search(r"[.!?:]\s*[\"“”]?\s*$", lead)
            and not self._cued(span[0], start)
        ):
            start = span[0]
        end = quote.span[1]
        self.used.add(quote.span)
        follower = self._follower(quote, speech, span)
        if follower:
            end = follower.span[1]
            self.used.add(follower.span)
        self.set(speech, (start, end), exact=True)

    def _cued(self, start: int, end: int) -> bool:
        """Whether an attribution of this sentence was already read there."""
        return any(start <= at < end for at in self.heard)

    def _follower(self, quote: Quotation, speech: Speech, span: Span) -> Quotation | None:
        """The quotation that goes on after ", he said.": next in the paragraph and with no cue of its own."""
        following = self.scene.next_quotation(speech.last)
        if following is None or "\n" in self.scene.text[speech.last : following.span[0]]:
            return None
        gap = self.scene.text[speech.last : following.span[0]]
        closes = self.scene.text[following.span[1] : following.span[1] + 1]
        own_cue = self.scene.text[following.inner[1] - 1 : following.inner[1]] == "," and closes != ""
        if len(gap) < 60 and re.fullmatch(r"[^.!?]{0,50}[.,!?:;]?\s*", gap) and not own_cue:
            return following if self.scene.text[following.inner[1] - 1] in ".!?…" or closes in ".!?" else None
        return None

    def _forward(self, speech: Speech, start: int, end: int, quotes: list[Quotation]) -> None:
        """Content after the cue: past addressee and adverbials, to the end of the clause."""
        start = self._addressed(speech, start, end)
        tail = self.scene.text[start:end]
        if aside := _ASIDE.match(tail):
            start += aside.end()
        if lead := _LEAD.match(self.scene.text, start, end):
            start = lead.end()
        for q in quotes:
            if q.span[0] >= start and q.span[0] < end:
                self.used.add(q.span)
        direct = next((q for q in quotes if abs(q.span[0] - start) <= 1), None)
        if direct and direct.span[1] >= end - 3:
            self.set(speech, (start, max(end, direct.span[1])), exact=True)
            return
        self.set(speech, (start, end))

    def _addressed(self, speech: Speech, start: int, end: int) -> int:
        """Whom the words are directed at, right after "told", "urged", "accused"; gives where it ends."""
        lemma = speech.cue.lemma
        asked_that = lemma in _ASK_THAT and _THAT.match(self.scene.text, start, end)
        if lemma in _ASK_FOR or asked_that:
            self._asked(speech, start, end, obliged=bool(asked_that))
            return start
        if lemma == "attribute":
            self._attributed(speech, start, end)
            return start
        if lemma in _EXPRESS and (to := _TO.match(self.scene.text, start, end)):
            self._address(speech, to.end(), end)
            return start
        if lemma not in _TELL and lemma not in _BLAME:
            return start
        lead = re.match(r"\s*(?:to |on |upon )?", self.scene.text[start:end])
        return self._address(speech, start + (lead.end() if lead else 0), end) or start

    def _address(self, speech: Speech, at: int, end: int) -> int:
        """Take the mentions that begin at a place as the addressed or accused; gives their end, or 0."""
        mentions = [m for m in self.scene.mentions((at, end)) if m.span[0] - at <= 1]
        if not mentions:
            return 0
        first = mentions[0]
        group = self._coordinated(first, end)
        actors = tuple(a for m in group for a in m.actors)
        if speech.cue.lemma in _BLAME:
            speech.about = actors
        else:
            speech.addressees = actors
        return group[-1].span[1]

    def _attributed(self, speech: Speech, start: int, end: int) -> None:
        """ "Attributed the fighting to X": X is the one accused."""
        for to in reversed(list(_ATTRIBUTED_TO.finditer(self.scene.text, start, end))):
            if self._address(speech, to.end(), end):
                return

    def _asked(self, speech: Speech, start: int, end: int, *, obliged: bool) -> None:
        """ "Called for both sides to stop", "said that NATO must": who should do it is addressed."""
        tail = self.scene.text[start:end]
        lead = re.match(r"\s*(?:that |for |from )?(?:the )?", tail)
        at = start + (lead.end() if lead else 0)
        first = next((m for m in self.scene.mentions((start, end)) if m.span[0] - at <= 1), None)
        if first is None:
            return
        group = self._coordinated(first, end)
        if obliged or _OBLIGED.match(self.scene.text[group[-1].span[1] : group[-1].span[1] + 30]):
            speech.addressees = tuple(a for m in group for a in m.actors)

    def _coordinated(self, first: ActorMention, end: int) -> list[ActorMention]:
        group = [first]
        for mention in self.scene.mentions((first.span[1], end)):
            if re.fullmatch(
                r"\s*,?\s*(?:and|,)\s*(?:the )?", self.scene.text[group[-1].span[1] : mention.span[0]]
            ):
                group.append(mention)
            else:
                break
        return group

    def set(self, speech: Speech, span: Span, *, exact: bool = False) -> None:
        """Set a content, without the white space and, unless ``exact``, the stops around it."""
        start, end = span
        while start < end and self.scene.text[start].isspace():
            start += 1
        stripped = " \t\n\r" if exact else " \t\n\r.,;:-–—"
        while end > start and self.scene.text[end - 1] in stripped:
            end -= 1
        if end - start > 2:
            speech.content = [(start, end)]
