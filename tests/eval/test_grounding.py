"""Every claim stands on exact words: on our own reports, on dev, train and readouts, on any text."""

from collections.abc import Iterable, Iterator
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.eval.sets import ABSENT, CORPUS, EXAMPLES, SHARED
from tests.reading import document
from trucewatch import documents
from trucewatch.annotations import annotate
from trucewatch.claims import extract
from trucewatch.model import Actor, AnyClaim, Document, Report, Span
from trucewatch.reports import fetch

READOUTS = 2000
NEWS = st.lists(
    st.sampled_from(
        "President Jan Kowal said that told Mari Tamm in Vordal on Sunday . , \" “ ” ' more than 1,500 "
        "ceasefire violations Warsaw denied troops withdrew from agreed to meet if conditions permit "
        "killed twelve according to the two leaders by Friday 😀 \n called for a truce".split(" ")
    ),
    max_size=60,
).map(" ".join)


def actors(claim: AnyClaim) -> Iterator[Actor]:
    for name in claim.__struct_fields__:
        value = getattr(claim, name)
        yield from (v for v in (value if isinstance(value, tuple) else (value,)) if isinstance(v, Actor))


def spans(claim: AnyClaim) -> Iterator[Span]:
    yield claim.evidence
    if content := getattr(claim, "content", None):
        yield content
    yield from (a.span for a in actors(claim) if a.span)
    yield from (v.span for v in claim.said_by if v.span)


def words(claim: AnyClaim) -> Iterator[str]:
    """Words that a claim gives as the text's own."""
    yield from (v.cue for v in claim.said_by if v.cue)
    yield from (held.text for held in (claim.time, claim.place) if held and held.text)
    yield from filter(None, (getattr(claim, name, None) for name in ("condition", "purpose")))


def faults(doc: Document) -> list[str]:
    """What of a document's claims does not stand in its text, white space aside."""
    flat = " ".join(doc.text.split())
    found = []
    for claim in extract(doc, annotate(doc)):
        for start, end in spans(claim):
            held = doc.text[start:end]
            if not 0 <= start < end <= len(doc.text) or held != held.strip():
                found.append(f"{doc.report.id}: {claim.kind}: span {(start, end)} holds {held!r}")
        missing = [w for w in words(claim) if " ".join(w.split()) not in flat]
        found += [f"{doc.report.id}: {claim.kind}: not in the text: {w!r}" for w in missing]
    return found


def all_faults(reports: Iterable[object]) -> list[str]:
    return [f for r in reports if isinstance(r, Report) for f in faults(documents.read(r))]


@pytest.mark.parametrize("folder", [EXAMPLES, CORPUS], ids=lambda f: f.name)
def test_every_claim_on_our_own_reports_stands_on_exact_words(folder: object) -> None:
    assert all_faults(fetch(str(folder))) == []


@pytest.mark.skipif(not SHARED.exists(), reason=ABSENT)
@pytest.mark.parametrize("name", ["gold/dev", "gold/train"])
def test_every_claim_on_gold_reports_stands_on_exact_words(name: str) -> None:
    assert all_faults(fetch(str(SHARED / name))) == []


@pytest.mark.skipif(not SHARED.exists(), reason=ABSENT)
def test_every_claim_on_two_thousand_readouts_stands_on_exact_words() -> None:
    readouts = [
        f"{SHARED}/data/readouts/{name}.jsonl" for name in ("kremlin", "president_of_ukraine", "white_house")
    ]
    each = READOUTS // len(readouts) + 1
    assert all_faults(r for path in readouts for r in islice(fetch(path), each)) == []


@settings(max_examples=60, deadline=None)
@given(NEWS | st.text(max_size=300))
def test_every_claim_on_any_text_stands_on_exact_words(text: str) -> None:
    assert faults(document(text)) == []
