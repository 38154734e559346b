"""Who says what: attributions, each with source, cue and content, over one or several sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from trucewatch.annotations import cues
from trucewatch.annotations.contents import Contents
from trucewatch.annotations.cues import Cue
from trucewatch.annotations.scene import Scene, Speech, take
from trucewatch.annotations.sources import Sources
from trucewatch.annotations.tokens import Token, tokenize
from trucewatch.documents.spans import holding
from trucewatch.model import Actor, Annotations, Attribution, Document, Quotation, Span

ANNOTATOR = "rules: speech"

_LONGEST = 5_000  # code points in which a quotation and its cue are looked for together
_ACCORDING = re.compile(
    r"\b(?:according to(?! (?:the )?(?:plan|schedule|law|agreement|international)\b)|"
    r"in the (?:words|opinion|view) of|in (?=(?:his|her|their) (?:opinion|view|words)))\s*",
    re.I,
)
# Whoever "according to" names and nobody knows: a run of capitalised words, else a few words.
_PHRASE = re.compile(
    r"(?:the |an? )?(?P<name>(?:[\w'’-]+ )?[A-Z][\w'’-]*(?:(?: (?:of|for|and|the))* [A-Z][\w'’-]*)*|"
    r"[\w'’-]+(?: [\w'’-]+){0,2})"
)
_QUOTED_BY = re.compile(r"\b(?:quoted|cited|carried) (?:\w+ )?by\s+")
_ACCORDING_CUE = Cue(first=0, last=0, lemma="according to", act="assert", form="base")
_RELAY_LEAD = r"\s*(?:that\s+)?(?:[^.;]{0,80},\s*)?(?:the )?"
_CHANNELS = (
    (
        "social network",
        r"\b(?:twitter|tweet\w*|facebook|telegram|truth social|social (?:media|network)|x account|instagram|"
        r"posted on)\b",
    ),
    ("interview", r"\binterview\b"),
    (
        "press conference",
        r"\b(?:(?:press|news) conference|told (?:reporters|journalists)|briefing|told a (?:news|press))\b",
    ),
    ("decree", r"\bdecree\b"),
    ("statement", r"\b(?:in a (?:\w+ ){0,2}statement|statement (?:said|read)|communiqu[eé])\b"),
    (
        "call",
        r"\b(?:during (?:the|their|a) (?:phone |telephone |same )?(?:call|conversation)|"
        r"in (?:a|the) (?:phone|telephone) (?:call|conversation))\b",
    ),
)


def annotate(document: Document, annotations: Annotations) -> Annotations:
    """Add the attributions."""
    found = _Reader(document, annotations).read()
    return msgspec.structs.replace(annotations, speech=tuple(sorted(found, key=lambda a: a.span)))


class _Reader:
    """Reads one document's speech, sentence by sentence, remembering who spoke last."""

    def __init__(self, document: Document, annotations: Annotations) -> None:
        self.scene = Scene(document, annotations)
        self.sources = Sources(self.scene)
        self.contents = Contents(self.scene)
        self.speaker: tuple[Actor, ...] = ()
        self.found: list[Attribution] = []

    def read(self) -> list[Attribution]:
        """All attributions of the document."""
        for sentence in self._units():
            self._sentence(sentence)
        self._lone_quotations()
        return self.found

    def _units(self) -> Iterator[Span]:
        """Sentences joined over quotations, so that a cue and the whole of its quotation stand together."""
        start: int | None = None
        for sentence in self.scene.document.sentences:
            start = sentence[0] if start is None else start
            inside = any(q.span[0] < sentence[1] < q.span[1] - 1 for q in self.scene.near(sentence))
            if not inside or sentence[1] - start > _LONGEST:
                yield (start, sentence[1])
                start = None
        if start is not None:
            yield (start, self.scene.document.sentences[-1][1])

    def _sentence(self, span: Span) -> None:
        quotes = self.scene.near(span)
        tokens = [
            t
            for t in tokenize(self.scene.text, start=span[0], end=span[1])
            if not any(q.inner[0] <= t.start < q.inner[1] for q in quotes)
        ]
        speeches = self._speeches(tokens, span)
        self.contents.heard = [s.start for s in speeches]
        for speech in speeches:
            self.contents.find(speech, speeches, span)
        self._according(span, quotes, speeches)
        self._colon(span, speeches)
        self._mark_relays(speeches)
        self._quoted_by(span, speeches)
        for speech in speeches:
            if speech.content or not speech.statement:
                self._emit(speech, span)
        spoken = [s.speakers for s in speeches if s.speakers and s.statement]
        if spoken:
            self.speaker = spoken[0]

    def _speeches(self, tokens: list[Token], span: Span) -> list[Speech]:
        found: list[Speech] = []
        for cue in cues.find(tokens):
            if tokens[cue.first].capital and cue.first > 0:
                continue
            speech = Speech(cue, tokens[cue.first].start, tokens[cue.last - 1].end)
            if self.sources.find(speech, tokens, span, found):
                found.append(speech)
        return found

    def _colon(self, span: Span, speeches: list[Speech]) -> None:
        """ "X: ..." at the start of a paragraph: X says what follows, in quotation marks or not."""
        first = next((m for m in self.scene.mentions(span) if m.span[0] == span[0]), None)
        paragraph = holding(self.scene.document.paragraphs, span[0])
        if (
            first is None
            or paragraph is None
            or paragraph[0] != span[0]
            or not re.match(r":\s", self.scene.text[first.span[1] : span[1]])
        ):
            return
        persons = bool(first.actors) and all(a.type == "person" for a in first.actors)
        quote = next((q for q in self.scene.near(span) if 0 <= q.span[0] - first.span[1] <= 2), None)
        if not persons and not quote:
            return
        speech = Speech(_ACCORDING_CUE, first.span[1], first.span[1] + 1)
        take(speech, [first])
        self.contents.set(speech, quote.span if quote else (first.span[1] + 1, span[1]), exact=bool(quote))
        if quote:
            self.contents.used.add(quote.span)
        speeches.append(speech)

    def _according(self, span: Span, quotes: list[Quotation], speeches: list[Speech]) -> None:
        for match in _ACCORDING.finditer(self.scene.text, span[0], span[1]):
            if any(q.inner[0] <= match.start() < q.inner[1] for q in quotes):
                continue
            own = match.group().strip().lower() == "in"
            if own and (speeches or not self.speaker):
                continue
            speech = Speech(_ACCORDING_CUE, match.start(), match.end())
            mention = next(
                (m for m in self.scene.mentions((match.end() - 4, span[1])) if m.span[0] - match.end() <= 5),
                None,
            )
            if own:
                noun = re.compile(r"\w+ \w+").match(self.scene.text, match.end())
                speech.speakers, speech.end = self.speaker, noun.end() if noun else match.end()
            elif mention:
                take(speech, [mention])
            else:
                phrase = _PHRASE.match(self.scene.text, match.end(), span[1])
                if not phrase:
                    continue
                speech.source = phrase.span()
                speech.speakers = (Actor(name=phrase.group("name"), span=phrase.span()),)
            self._according_content(speech, span)
            speeches.append(speech)

    def _according_content(self, speech: Speech, span: Span) -> None:
        head = self.scene.text[span[0] : speech.start].strip(" ,")
        if len(head) < 6:
            tail = re.compile(r"[^,.;]{0,60},\s*").match(self.scene.text, speech.last, span[1])
            self.contents.set(speech, (tail.end() if tail else speech.last, span[1]))
        else:
            self.contents.set(speech, (span[0], speech.start))

    def _quoted_by(self, span: Span, speeches: list[Speech]) -> None:
        """ "... in a statement quoted by X": X relays what was said in this sentence."""
        said = [s for s in speeches if s.content and s.statement]
        match = _QUOTED_BY.search(self.scene.text, span[0], span[1])
        if not match or not said:
            return
        near = self.scene.mentions((match.end() - 1, span[1]))
        mention = next((m for m in near if m.span[0] - match.end() <= 1), None)
        if mention:
            relay = Speech(_ACCORDING_CUE, match.start(), match.end(), statement=False)
            take(relay, [mention])
            relay.content = [(min(s.first for s in said), max(s.last for s in said))]
            relay.content[0] = (min(relay.content[0][0], said[0].content[0][0]), relay.content[0][1])
            speeches.append(relay)

    def _mark_relays(self, speeches: list[Speech]) -> None:
        """An attribution whose content is itself an attribution relays it: it is no statement of its own.

        Where both are of one speaker ("he added that he had told ..."), the inner one is none.
        """
        for outer in speeches:
            for inner in speeches:
                if inner is outer or not outer.content or not inner.source or inner.inherited:
                    continue
                start, end = outer.content[0]
                lead = self.scene.text[start : inner.first]
                if (
                    start <= inner.first
                    and inner.last <= end
                    and re.fullmatch(_RELAY_LEAD, lead)
                    and inner.content
                ):
                    if inner.speakers == outer.speakers or not inner.speakers:
                        inner.content, inner.statement = [], True
                    else:
                        outer.statement = False
                        outer.content = [(start, max(end, *(s.content[0][1] for s in speeches if s.content)))]

    def _emit(self, speech: Speech, sentence: Span) -> None:
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
                channel=_channel(self.scene.text[sentence[0] : sentence[1]], speech.cue.lemma),
                statement=speech.statement,
            )
        )

    def _lone_quotations(self) -> None:
        """A paragraph that is nothing but a quotation carries on the speaker before it."""
        said = (a for a in self.found if a.speakers and a.statement)
        spoken = sorted(said, key=lambda a: (a.span[1], a.span[0]))
        for quote in self.scene.quotations:
            paragraph = holding(self.scene.document.paragraphs, quote.span[0])
            if quote.span in self.contents.used or paragraph is None or quote.inner[1] - quote.inner[0] < 40:
                continue
            rest = (
                self.scene.text[paragraph[0] : quote.span[0]] + self.scene.text[quote.span[1] : paragraph[1]]
            )
            number = bisect_right(spoken, quote.span[0], key=lambda a: a.span[1]) - 1
            if len(rest.strip(" .,-–—")) > 2 or number < 0:
                continue
            last = spoken[number]
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


def _channel(sentence: str, lemma: str) -> str | None:
    if lemma in {"tweet", "post"}:
        return "social network"
    return next((name for name, pattern in _CHANNELS if re.search(pattern, sentence, re.I)), None)
