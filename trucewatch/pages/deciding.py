"""Taking a decision that a form asks for: read, signed, put into the ledger; or what is wrong with it.

Nothing here knows of the web: a form is a mapping of names to what was told under them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

import msgspec

from trucewatch.errors import LedgerError, TrucewatchError, UsageError
from trucewatch.model import AnyClaim, Entry, Judgement, Noun, Report
from trucewatch.pages import fields
from trucewatch.pages.asking import NotFoundError, Question
from trucewatch.pages.desk import Desk
from trucewatch.pages.queue import line, queue
from trucewatch.pages.scene import Scene
from trucewatch.views.phrases import plain

Told = Mapping[str, Sequence[str]]
USUAL: dict[str, tuple[str, ...]] = {
    "accept": ("the words say so", "checked against the source", "agreed with a colleague"),
    "reject": (
        "the words do not say this",
        "another kind of claim",
        "told twice in this report",
        "only a possibility or a condition",
        "nothing to do with the ceasefire",
    ),
    "merge": ("one thing told twice",),
    "split": ("two things in one claim",),
    "add": ("missed by the reader",),
    "complete": ("read in full, nothing is missing",),
    "same": ("they tell the same thing",),
    "different": ("they tell different things",),
    "undo": ("taken back",),
}
"""The reasons that are usual for a decision, the first of which stands where no other is given."""
_DONE = {
    "accept": "Accepted",
    "correct": "Corrected",
    "reject": "Rejected",
    "merge": "Merged",
    "split": "Split",
    "add": "Added",
    "complete": "Marked as complete",
    "same": "Judged the same",
    "different": "Judged different",
    "undo": "Taken back",
}
_GIVES = {"correct": 1, "merge": 1, "split": 2, "add": 1}
"""How many claims the form of a decision holds."""
_LONGEST = 500  # characters of a name or a reason
_NAME, _REASON = "your name: ", "reason: "
_ID = re.compile(r"[0-9a-f]{1,64}")
_WITHHELD = re.compile(rb"\[withheld \d|\xe2\x96\x88")


class Outcome(Noun, frozen=True, kw_only=True):
    """What came of a form: the judgement and where to go on, or what is wrong, by field (``errors``) or as a
    whole (``problem``). ``status`` is the answer's: 303, 422, or 503 where the ledger cannot be written."""

    status: int
    judgement: Judgement | None = None
    done: str = ""
    next: str = ""
    errors: Mapping[str, str] = {}
    problem: str = ""


class Form:
    """What was told in a form."""

    def __init__(self, told: Told) -> None:
        self.told = told

    def one(self, name: str) -> str:
        """The value of a field; the last where it was told several times."""
        held = self.told.get(name) or ("",)
        return held[-1]

    def some(self, name: str) -> tuple[str, ...]:
        """All values of a field, each once."""
        return tuple(dict.fromkeys(value for value in self.told.get(name, ()) if value))

    @property
    def decision(self) -> str:
        """What is to be decided: some buttons name a thing themselves."""
        named = next((name for name in ("undo", "same", "different") if self.one(name)), "")
        return named or self.one("decision")

    @property
    def by(self) -> str:
        """Who decides; an address tells it as ``signed``, as the map has a ``by`` of its own."""
        return plain(self.one("by") or self.one("signed"))

    @property
    def reason(self) -> str:
        """Why: what was typed, else what was chosen, else what is usual."""
        chosen = self.one(f"{self.decision}_reason")
        return plain(self.one("reason")) or plain(chosen) or next(iter(USUAL.get(self.decision, ())), "")

    @property
    def wanted(self) -> str:
        """The kind that the claim is to become, where one is chosen."""
        return self.one("as") if self.one("as") in fields.KINDS else ""

    def sheet(self, number: int) -> dict[str, str]:
        """The fields of one claim of the form, from 1: ``1.act`` as ``act``."""
        start = f"{number}."
        return {name.removeprefix(start): self.one(name) for name in self.told if name.startswith(start)}


def decide(desk: Desk, question: Question, form: Form) -> Outcome:
    """Do what a form asks for."""
    if form.decision not in _DONE:
        choices = ", ".join(_DONE)
        return Outcome(
            status=422, problem=f"There is no decision {form.decision[:40]!r}. There are: {choices}."
        )
    errors = _unsigned(form)
    if form.one("claim") and not _ID.fullmatch(form.one("claim")):
        return Outcome(status=422, problem=f"{form.one('claim')[:40]!r} is no id of a claim.")
    try:
        gives, why, wrong = _given(desk, question, form)
        errors |= wrong
        if errors:
            return Outcome(status=422, errors=errors)
        made = _recorded(desk, question, form, gives, form.reason or why)
    except LedgerError as error:
        problem = (
            f"The ledger could not be written, and nothing was recorded: {error}. What you typed is below."
        )
        return Outcome(status=503, problem=problem)
    except NotFoundError:
        raise
    except TrucewatchError as error:
        return Outcome(status=422, problem=f"Nothing was recorded: {_without_path(error, desk)}.")
    return Outcome(status=303, judgement=made, done=_DONE[form.decision], next=_next(desk, question, form))


def _without_path(error: TrucewatchError, desk: Desk) -> str:
    return str(error).removeprefix(f"{desk.ledger.path}: ").rstrip(".")


def _unsigned(form: Form) -> dict[str, str]:
    errors = {}
    if not form.by:
        errors["by"] = f"{_NAME}is needed, as it stands beside the decision in the ledger"
    for name, called in (("by", _NAME), ("reason", _REASON)):
        if len(form.one(name)) > _LONGEST:
            errors[name] = f"{called}has {_LONGEST} characters at most"
    return errors


def _given(desk: Desk, question: Question, form: Form) -> tuple[tuple[AnyClaim, ...], str, dict[str, str]]:
    """The claims that a form gives, why where no reason is told, and what is wrong with its fields."""
    many = _GIVES.get(form.decision, 0)
    if not many:
        return (), "", {}
    old, scene = looked_at(desk, question, form)
    kind = form.one("kind") or (old.claim.kind if old else "")
    if kind not in fields.KINDS:
        return (), "", {"kind": f"kind: is one of {', '.join(fields.KINDS)}"}
    if form.wanted not in ("", kind):
        article = "an" if form.wanted == "incident" else "a"
        return (
            (),
            "",
            {"as": f"kind: these are now the fields of {article} {form.wanted}; fill them in and save again"},
        )
    gives: list[AnyClaim] = []
    errors: dict[str, str] = {}
    for number in range(1, many + 1):
        made, wrong = fields.read(kind, form.sheet(number), old=old.claim if old else None, scene=scene)
        errors |= {f"{number}.{name}": words for name, words in wrong.items()}
        gives += [made] if made else []
    if not errors:
        _check(form.decision, old, gives)
    return tuple(gives), _why(form.decision, old, gives), errors


def _check(decision: str, old: Entry | None, gives: Sequence[AnyClaim]) -> None:
    """UsageError where a correction changes nothing, or would write down what is withheld."""
    if decision == "correct" and old and gives[0] == old.claim:
        raise UsageError("no field was changed; accept the claim, or change a field")
    if _WITHHELD.search(msgspec.json.encode(gives)):
        raise UsageError("some of its words are withheld, and a correction would put that in their place")


def _why(decision: str, old: Entry | None, gives: Sequence[AnyClaim]) -> str:
    if decision != "correct" or not old or not gives:
        return ""
    return f"changed: {', '.join(fields.changed(old.claim, gives[0]))}"[:_LONGEST]


def looked_at(desk: Desk, question: Question, form: Form) -> tuple[Entry | None, Scene]:
    """The claim that a form is about, if any, and the report around it. NotFoundError where there is none."""
    if name := form.one("claim"):
        entry = claim_of(desk, name)
        return entry, scene_of(desk, question, entry.report)
    return None, scene_of(desk, question, desk.report(form.one("report"), question))


def end_of(report: Report, question: Question) -> str:
    """Where a report is said to be complete, after its last claim."""
    return question.address(f"reports/{report.sha256}") + "#complete"


def recast(question: Question, form: Form) -> str:
    """The address of a claim's form as another kind, with what was typed where it means the same."""
    shown, wanted = form.one("kind"), form.wanted
    beside = (("signed", form.one("by")), ("reason", form.one("reason")))
    told = [(name, words) for name, words in beside if words]
    told += [("with", name) for name in form.some("with")]
    if shown in fields.KINDS and wanted:
        typed = fields.carried(form.sheet(1), kind=shown, wanted=wanted)
        told += [("kind", wanted), *((f"1.{name}", value) for name, value in typed.items())]
    address = question.address(f"review/{quote(form.one('claim'), safe='')}", of=form.one("of"))
    return f"{address}{'&' if '?' in address else '?'}{urlencode(told)}"


def claim_of(desk: Desk, name: str) -> Entry:
    """A claim by its id."""
    try:
        return desk.ledger.entry(name)
    except UsageError as error:
        raise NotFoundError(_without_path(error, desk) + ".") from error


def scene_of(desk: Desk, question: Question, report: Report) -> Scene:
    """A report with its text and claims."""
    claims = tuple(entry.claim for entry in desk.claims_of(report, question.known))
    return Scene(report=report, text=desk.text(report.sha256), claims=claims)


def _recorded(
    desk: Desk, question: Question, form: Form, gives: tuple[AnyClaim, ...], reason: str
) -> Judgement:
    decision, by = form.decision, form.by
    if decision in ("undo", "same", "different"):
        told = form.some(decision)
        subjects = told if decision == "undo" else (form.one("claim"), *told)
        return desk.ledger.judge(decision, subjects, by=by, reason=reason)
    if decision in ("add", "complete"):
        report = desk.report(form.one("report"), question)
        key = (report.publisher, report.id)
        return desk.ledger.review(decision, gives=gives, report=key, by=by, reason=reason)
    claims = (*form.some("claim"), *(form.some("with") if decision == "merge" else ()))
    of = claim_of(desk, form.one("claim")).report
    key = (of.publisher, of.id)
    return desk.ledger.review(decision, claims, gives=gives, report=key, by=by, reason=reason)


def _next(desk: Desk, question: Question, form: Form) -> str:
    """Where to go on: the next claim, or back where nothing was decided on one."""
    claim, of = form.one("claim"), form.one("of")
    if name := form.one("report"):
        return question.address(f"reports/{desk.report(name, question).sha256}")
    if form.decision in ("undo", "same", "different"):
        return question.address(f"review/{claim}" if claim else "review", of=of)
    if of:
        report = desk.report(of, question)
        left = line(desk, question, report).after(claim_of(desk, claim).claim)
        return question.address(f"review/{left[0]}", of=of) if left else end_of(report, question)
    following = queue(desk, question).after(claim)
    return question.address(f"review/{following[0]}" if following else "review")
