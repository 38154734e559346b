"""The answers of the review: the queue, a claim, a claim to be added, and what a sent form comes to.

Nothing here knows of the web framework; ``app.py`` gives the requests and sends the answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from trucewatch.model import Noun
from trucewatch.pages import guarding, writing
from trucewatch.pages.asking import Question
from trucewatch.pages.deciding import USUAL, Form, Outcome, decide, recast
from trucewatch.pages.desk import Desk
from trucewatch.pages.queue import build, queue
from trucewatch.pages.reported import report_view
from trucewatch.pages.reviewpage import decisions, new_view, review_view

_FOLLOWS = {"high": "low", "time.end": "time.start", "place.name": "place.text"}
"""Fields that a script keeps the same as another, as long as both were the same."""
_QUEUE = "review_queue.html"
_SHEETS = 2


class Visitor(Noun, frozen=True, kw_only=True):
    """Who asks: the name remembered, whether from the machine itself, and whether a script does."""

    name: str
    here: bool
    script: bool = False


class Answer(Noun, frozen=True, kw_only=True):
    """What is sent: a page, or data for a script (``data``); or where to go on."""

    status: int = 200
    body: str = ""
    data: bool = False
    location: str = ""
    cookie: str = ""


class _Told(Noun, frozen=True, kw_only=True):
    """What was typed into the form of the queue, and what is wrong."""

    told: Mapping[str, str] = {}
    errors: Mapping[str, str] = {}
    problem: str = ""


class Review:
    """The review over a desk. ``secret`` is what its forms carry."""

    def __init__(self, desk: Desk, *, secret: str) -> None:
        self.desk, self.secret = desk, secret

    def queue(self, question: Question, visitor: Visitor, *, outcome: Outcome | None = None) -> Answer:
        """The page of the queue, and the decisions taken so far; as it is without a fault, it is kept."""
        if outcome:
            return Answer(status=outcome.status, body=self._queue(question, visitor, outcome))
        name = f"review, {'here' if visitor.here else 'elsewhere'}, {visitor.name}"
        fine = Outcome(status=200)
        return Answer(body=self.desk.page(name, question, lambda: self._queue(question, visitor, fine)))

    def _queue(self, question: Question, visitor: Visitor, outcome: Outcome) -> str:
        met = queue(self.desk, question)
        first = met.after(None)
        shown, total = decisions(self.desk, question)
        return self._written(
            _QUEUE,
            question,
            visitor,
            view=_Told(errors=outcome.errors, problem=outcome.problem),
            blocks=build(self.desk, question),
            first=question.address(f"review/{first[0]}") if first else "",
            left=len(met.left()),
            decisions=shown,
            total=total,
        )

    def claim(
        self, name: str, question: Question, visitor: Visitor, told: Mapping[str, Sequence[str]]
    ) -> Answer:
        """The page of a claim; an address may tell another kind for it, and what is typed into its fields."""
        form = Form(told)
        sheets = _SHEETS if form.one("split") else 1
        view = review_view(name, self.desk, question, sheets=sheets, form=form)
        return Answer(body=self._written("review.html", question, visitor, view=view))

    def new(self, question: Question, visitor: Visitor, told: Mapping[str, str]) -> Answer:
        """The page on which a claim is added."""
        form = Form({name: [value] for name, value in told.items()})
        view = new_view(self.desk, question, form)
        return Answer(body=self._written("review_new.html", question, visitor, view=view))

    def report(
        self, sha256: str, question: Question, visitor: Visitor, *, outcome: Outcome | None = None
    ) -> Answer:
        """The page of a report, on which it is said to be complete."""
        wrong = outcome or Outcome(status=200)
        body = writing.report(
            report_view(sha256, self.desk, question),
            question=question,
            desk=self.desk,
            token=self.secret if visitor.here else "",
            by=visitor.name,
            can=visitor.here,
            wrong=_Told(errors=wrong.errors, problem=wrong.problem),
        )
        return Answer(status=wrong.status, body=body)

    def take(self, question: Question, visitor: Visitor, told: Mapping[str, Sequence[str]]) -> Answer:
        """Do what a form asks for, and lead on; where something is wrong, the form again with all in it."""
        form = Form(told)
        if form.decision == "kind":
            return Answer(status=303, location=recast(question, form))
        outcome = decide(self.desk, question, form)
        cookie = guarding.remembering(form.by) if outcome.judgement else ""
        if visitor.script:
            return Answer(
                status=200 if outcome.judgement else outcome.status,
                body=_data(outcome),
                data=True,
                cookie=cookie,
            )
        if outcome.judgement:
            return Answer(status=303, location=outcome.next, cookie=cookie)
        return self._again(question, visitor, form, outcome)

    def _again(self, question: Question, visitor: Visitor, form: Form, outcome: Outcome) -> Answer:
        wrong = {"errors": outcome.errors, "problem": outcome.problem}
        if name := form.one("claim"):
            sheets = _SHEETS if form.sheet(_SHEETS) else 1
            view = review_view(name, self.desk, question, sheets=sheets, form=form, **wrong)  # type: ignore[arg-type]
            body = self._written("review.html", question, visitor, view=view)
        elif form.one("report") and form.decision in ("complete", "undo"):
            return self.report(form.one("report"), question, visitor, outcome=outcome)
        elif form.one("report"):
            made = new_view(self.desk, question, form, **wrong)  # type: ignore[arg-type]
            body = self._written("review_new.html", question, visitor, view=made)
        else:
            return self.queue(question, visitor, outcome=outcome)
        return Answer(status=outcome.status, body=body)

    def _written(self, template: str, question: Question, visitor: Visitor, **told: object) -> str:
        return writing.review(
            template,
            question=question,
            desk=self.desk,
            token=self.secret if visitor.here else "",
            by=visitor.name,
            can=visitor.here,
            why_not=guarding.WHY_NOT,
            usual=USUAL,
            follows=_FOLLOWS,
            **told,
        )


def _data(outcome: Outcome) -> str:
    """What came of a form, for a script: the number of the decision, or what is wrong."""
    if outcome.judgement:
        told: dict[str, object] = {"seq": outcome.judgement.seq, "done": outcome.done, "next": outcome.next}
    else:
        told = {"problem": outcome.problem, "errors": dict(outcome.errors)}
    return msgspec.json.encode(told).decode()
