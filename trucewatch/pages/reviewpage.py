"""The page of one claim under review: its words in their passage, its fields, what else stands on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise

from trucewatch.documents.divisions import divide
from trucewatch.model import AnyClaim, Entry, Judgement, Noun, Report, Review, Span, Statement
from trucewatch.pages import fields, marking
from trucewatch.pages.asking import Question
from trucewatch.pages.deciding import Form, claim_of, end_of, looked_at, scene_of
from trucewatch.pages.desk import Desk
from trucewatch.pages.facts import facts
from trucewatch.pages.fields import Field
from trucewatch.pages.queue import Queue, line, queue, why
from trucewatch.pages.reported import SIGNS
from trucewatch.pages.scene import Scene
from trucewatch.pages.typed import span as span_of
from trucewatch.situation import Telling
from trucewatch.views import passage
from trucewatch.views.phrases import plain, shorten

KEYS = "1234567890bcdfghilnopqrz"
"""The keys that lead to the fields, in their order. Other letters decide, and ``t`` leads to the kind."""
OWN_KEYS = {"evidence": "e", "content": "w", "said_by.cue": "v", "said_by.channel": "y"}
AHEAD = 3
"""How many claims ahead a page names, so that they can be fetched before they are asked for."""
_WINDOW, _CLIP = 8_000, 2_500  # characters around the evidence that are looked at, and shown at most
_OTHERS, _TWINS, _NAMES = 9, 9, 80
_SHOWN = 160
_QUEUE_DECISIONS = 60


class Word(Noun, frozen=True, kw_only=True):
    """Some words of the passage and where in the text they begin. ``steers`` where a name stands for one
    character that cannot be shown."""

    text: str
    at: int
    steers: bool = False
    evidence: bool = False
    content: bool = False
    speaks: bool = False


class Other(Noun, frozen=True, kw_only=True):
    """Another claim beside this one: of this report, or of another that tells of the same thing."""

    id: str
    kind: str
    sign: str
    facts: tuple[tuple[str, str], ...]
    words: str
    href: str
    report: str = ""


class Decision(Noun, frozen=True, kw_only=True):
    """A decision that stands, in words, and where it leads."""

    judgement: Judgement
    words: str
    href: str


class Sheet(Noun, frozen=True, kw_only=True):
    """The fields of one claim of a form; ``number`` counts from 1, ``keys`` lead to them."""

    number: int
    fields: tuple[Field, ...]
    keys: tuple[str, ...]


class Way(Noun, frozen=True, kw_only=True):
    """The way through the claims to look at, as addresses: of the queue, or of one report (``of``)."""

    left: int
    before: str
    next: str
    ahead: tuple[str, ...] = ()
    of: str = ""


class ReviewView(Noun, frozen=True, kw_only=True):
    """One claim as its review shows it; ``claim`` is None for one that is to be added. ``kind`` is that of
    the fields shown, ``typed`` whether they tell anything that is not on file, ``ticked`` what to merge."""

    report: Report
    kind: str
    words: tuple[Word, ...]
    sheets: tuple[Sheet, ...]
    names: tuple[str, ...]
    claim: AnyClaim | None = None
    chain: tuple[str, ...] = ()
    why: str = ""
    way: Way | None = None
    others: tuple[Other, ...] = ()
    twins: tuple[Other, ...] = ()
    decisions: tuple[Decision, ...] = ()
    typed: bool = False
    ticked: tuple[str, ...] = ()
    told: Mapping[str, str] = {}
    errors: Mapping[str, str] = {}
    problem: str = ""


def review_view(
    name: str,
    desk: Desk,
    question: Question,
    *,
    sheets: int = 1,
    form: Form | None = None,
    errors: Mapping[str, str] | None = None,
    problem: str = "",
) -> ReviewView:
    """The page of a claim; with a ``form`` as it was sent, and what is wrong with it.

    NotFoundError where the claim is not on file.
    """
    entry, form = claim_of(desk, name), form or Form({})
    claim, scene, met = entry.claim, scene_of(desk, question, entry.report), queue(desk, question)
    own = claim.id or ""
    kind = _kind(claim, form)
    shown = fields.fields(claim, scene, kind=kind)
    row = next((met.order.rows[place] for place in [met.order.places.get(own)] if place is not None), None)
    return ReviewView(
        report=entry.report,
        kind=kind,
        claim=claim,
        words=tuple(passage_words(scene.text, claim)),
        sheets=_sheets(shown, sheets, form, errors),
        names=scene.names(claim.evidence[0])[:_NAMES],
        chain=tuple(passage.chain(entry)),
        why=why(row) if row else "",
        way=_way(entry, met, form.one("of"), desk, question),
        others=tuple(_others(claim, scene, question, of=form.one("of"))),
        twins=tuple(_twins(own, entry, met, desk, question)),
        decisions=decisions_on(own, met.reviews, question),
        typed=bool(form.sheet(1)) or kind != claim.kind,
        ticked=form.some("with"),
        told=_told(form),
        errors=errors or {},
        problem=problem,
    )


def _kind(claim: AnyClaim, form: Form) -> str:
    """The kind whose fields are to be shown: that of the claim, or another that is asked for."""
    kind = form.wanted or form.one("kind")
    return kind if kind in fields.KINDS else claim.kind


def _way(entry: Entry, met: Queue, of: str, desk: Desk, question: Question) -> Way:
    own = entry.claim.id or ""
    if not of:
        ahead = [_address(one, question) for one in met.after(own, many=AHEAD)]
        following = next(iter(ahead), question.address("review"))
        before = _address(met.before(own), question)
        return Way(left=len(met.left()), before=before, next=following, ahead=tuple(ahead))
    report = desk.report(of, question)
    left = line(desk, question, report)
    ahead = [_address(one, question, of=of) for one in left.after(entry.claim, many=AHEAD)]
    earlier = left.before(entry.claim)
    return Way(
        left=left.left,
        before=_address(earlier, question, of=of) if earlier else question.address(f"reports/{of}"),
        next=next(iter(ahead), end_of(report, question)),
        ahead=tuple(ahead),
        of=of,
    )


def _address(claim: str | None, question: Question, *, of: str = "") -> str:
    return question.address(f"review/{claim}", of=of) if claim else question.address("review")


def _told(form: Form) -> dict[str, str]:
    """What was typed beside the fields."""
    names = ("reason", "accept_reason", "reject_reason", "words", "kind")
    told = {name: plain(form.one(name)) for name in names if form.one(name)}
    return {**told, "by": form.by} if form.by else told


def _sheets(
    shown: tuple[Field, ...], many: int, form: Form, errors: Mapping[str, str] | None
) -> tuple[Sheet, ...]:
    """The form so many times, with what was typed: all of it where it was sent, with ``errors``; else what an
    address tells, and where the kind is another one the same."""
    partly = errors is None or "as" in errors
    made = []
    for number in range(1, many + 1):
        told = form.sheet(number)
        if errors and "as" in errors:
            told = fields.carried(told, kind=form.one("kind"), wanted=form.wanted)
        start = f"{number}."
        wrong = {
            path.removeprefix(start): words
            for path, words in (errors or {}).items()
            if path.startswith(start)
        }
        held = fields.typed_again(shown, told, wrong, partly=partly) if told else shown
        made.append(Sheet(number=number, fields=held, keys=_keys(held) if number == 1 else ("",) * len(held)))
    return tuple(made)


def _keys(held: Sequence[Field]) -> tuple[str, ...]:
    """The key of each field.

    >>> _keys(fields.blank("restriction", None, scene))  # doctest: +SKIP
    ('1', '2', '3', '4', '5', '6', '7', '8', '9', 'e')
    """
    left = iter(KEYS)
    return tuple(OWN_KEYS.get(field.shape.name) or next(left, "") for field in held)


# --- the passage ---------------------------------------------------------------------------------------


def passage_words(text: str, claim: AnyClaim) -> Iterator[Word]:
    """The paragraphs of a claim's words and those beside them, cut where evidence, content, a name begin."""
    start, end = claim.evidence
    if not 0 <= start < end <= len(text):
        return
    content = claim.content if isinstance(claim, Statement) else None
    speakers = list(marking.speakers(claim))
    yield from _cut(text, _shown(text, claim.evidence), claim.evidence, content, speakers)


def plain_words(text: str, span: Span | None) -> Iterator[Word]:
    """The passage around some words, those marked; the beginning of a text where none are chosen yet."""
    shown = _shown(text, span) if span else (0, min(len(text), _CLIP * 2))
    yield from _cut(text, shown, span, None, ())


def _cut(
    text: str, shown: Span, evidence: Span | None, content: Span | None, speakers: Sequence[Span]
) -> Iterator[Word]:
    first, last = shown
    spans = [span for span in (evidence, content, *speakers) if span]
    edges = sorted({first, last, *(edge for edge in chain(*spans) if first < edge < last)})
    for start, end in pairwise(edges):
        for piece, steers, at in marking.placed(text[start:end], start):
            yield Word(
                text=piece,
                at=at,
                steers=steers,
                evidence=_covers(evidence, start),
                content=_covers(content, start),
                speaks=any(_covers(span, start) for span in speakers),
            )


def _covers(span: Span | None, place: int) -> bool:
    return span is not None and span[0] <= place < span[1]


def _shown(text: str, evidence: Span) -> Span:
    """The paragraphs that evidence stands in and one on each side, not more than so many characters."""
    low, high = max(0, evidence[0] - _WINDOW), evidence[1] + _WINDOW
    around = [(a + low, b + low) for a, b in divide(text[low:high]).paragraphs]
    touched = [n for n, (a, b) in enumerate(around) if a < evidence[1] and evidence[0] < b]
    first, last = (touched[0], touched[-1]) if touched else (0, -1)
    beside = around[max(0, first - 1) : last + 2]
    start = max(evidence[0] - _CLIP, min([evidence[0], *(a for a, _ in beside)]))
    return start, min(evidence[1] + _CLIP, max([evidence[1], *(b for _, b in beside)]))


# --- what else there is --------------------------------------------------------------------------------


def _others(claim: AnyClaim, scene: Scene, question: Question, *, of: str) -> Iterator[Other]:
    """The other claims of the report that share words with one, of the same kind first."""
    near = [one for one in scene.claims if one.id != claim.id and _overlap(one.evidence, claim.evidence)]
    near.sort(key=lambda one: (one.kind != claim.kind, one.evidence))
    for one in near[:_OTHERS]:
        yield _other(one, scene.words(one.evidence), question, of=of)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _twins(claim: str, entry: Entry, met: Queue, desk: Desk, question: Question) -> Iterator[Other]:
    """Claims of other reports that the day's situation takes for tellings of the same thing."""
    tellings = (met.order.tellings.get(one) for one in met.order.together.get(claim, ()))
    found = [one for one in tellings if one and one.sha256 != entry.report.sha256]
    for telling in found[:_TWINS]:
        start, end = telling.claim.evidence
        words = plain(desk.text(telling.sha256)[start:end])
        yield _other(telling.claim, words, question, report=_report(telling))


def _report(telling: Telling) -> str:
    told = (telling.publisher, telling.published and telling.published.isoformat(), telling.title)
    return ", ".join(part for part in told if part)


def _other(claim: AnyClaim, words: str, question: Question, *, report: str = "", of: str = "") -> Other:
    return Other(
        id=claim.id or "",
        kind=claim.kind,
        sign=SIGNS[claim.kind],
        facts=facts(claim),
        words=shorten(words, limit=_SHOWN),
        href=_address(claim.id, question, of=of),
        report=report,
    )


# --- decisions that stand ------------------------------------------------------------------------------


def decisions_on(claim: str, reviews: Sequence[Review], question: Question) -> tuple[Decision, ...]:
    """The decisions that stand on a claim, or gave it."""
    return tuple(_decision(review, question) for review in reviews if claim in _ids(review))


def decisions(desk: Desk, question: Question) -> tuple[Sequence[Decision], int]:
    """The decisions that stand, the newest first, and how many there are."""
    reviews = desk.reviews()
    newest = reversed(reviews[-_QUEUE_DECISIONS:])
    return [_decision(review, question) for review in newest], len(reviews)


def _ids(review: Review) -> set[str | None]:
    return {claim.id for claim in (*review.replaces, *review.gives)}


def _decision(review: Review, question: Question) -> Decision:
    about = (*review.gives, *review.replaces)
    if not about:
        return Decision(
            judgement=review.judgement,
            words=plain(review.report),
            href=question.address("reports", id=review.report),
        )
    told = "; ".join(f"{name} {value}" for name, value in facts(about[0])[:4])
    return Decision(
        judgement=review.judgement,
        words=f"{about[0].kind}: {shorten(told, limit=_SHOWN)}",
        href=_address(about[0].id, question),
    )


# --- a claim to be added -------------------------------------------------------------------------------


def new_view(
    desk: Desk,
    question: Question,
    form: Form,
    *,
    errors: Mapping[str, str] | None = None,
    problem: str = "",
) -> ReviewView:
    """The page on which a claim is added that the reader missed; words and kind are asked for first."""
    _, scene = looked_at(desk, question, form)
    wrong = dict(errors or {})
    kind = form.one("kind") if form.one("kind") in fields.KINDS else ""
    span = _chosen(form, scene)
    if form.one("words") and span is None:
        wrong["words"] = "words: these do not stand in the report; give them as the report has them"
    made = _sheets(fields.blank(kind, span, scene), 1, form, wrong) if kind else ()
    return ReviewView(
        report=scene.report,
        kind=kind,
        words=tuple(plain_words(scene.text, span)),
        sheets=made,
        names=scene.names(span[0] if span else 0)[:_NAMES],
        told={**_told(form), "words": plain(form.one("words")) or (scene.words(span) if span else "")},
        errors=wrong,
        problem=problem,
    )


def _chosen(form: Form, scene: Scene) -> Span | None:
    """The words that are chosen: by where they stand, or as they are typed."""
    place = span_of(f"{form.one('start')}-{form.one('end')}")
    if place and place[0] < place[1] <= len(scene.text):
        words = plain(form.one("words"))
        if not words or words == scene.words(place):
            return place
    return scene.find(plain(form.one("words")), near=place[0] if place else 0)
