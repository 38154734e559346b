"""A judgement hides a name or a passage in whatever is read out of the ledger, and nothing forgets it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.making import PUBLISHED, claims, document, report
from trucewatch.errors import UsageError
from trucewatch.ledger import Ledger, withholding
from trucewatch.ledger.withholding import Veil
from trucewatch.model import Actor, AnyClaim, Commitment, Contact, Issue, Time, Voice
from trucewatch.views import exports
from trucewatch.views.query import Query

TEXT = "Orla Venn told the envoy that the bridge was mined. The envoy thanked Orla Venn's brother."
PASSAGE = "the bridge was mined"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "test.db") as opened:
        yield opened


def add(
    ledger: Ledger, name: str, text: str, *made: AnyClaim, title: str = "", url: str | None = None
) -> None:
    of = msgspec.structs.replace(report(name, text), title=title, url=url)
    read = document(of)
    ledger.add(read, made or claims(read, "Orla Venn"), run=ledger.begin(reader="rules/1"))


def commitment(text: str, words: str, *, action: str, name: str = "c1") -> AnyClaim:
    start = text.index(words)
    return Commitment(
        id=name,
        evidence=(start, start + len(words)),
        said_by=(Voice(source="Orla Venn", cue="told"),),
        parties=(Actor(name="envoy"), Actor(name="Orla Venn", id="orla")),
        action=action,
        topic="arms",
        strength="pledged",
    )


def withhold(ledger: Ledger, *subjects: str) -> int:
    return ledger.judge("withhold", subjects, by="A. Mirza", reason="a witness at risk").seq


def whole(ledger: Ledger) -> str:
    """All that can be read out of a ledger, in one string."""
    read = [
        ledger.entries(),
        ledger.reports(),
        ledger.versions(),
        ledger.issues(),
        ledger.judgements(),
        ledger.runs(),
    ]
    texts = [ledger.text(one.sha256, default="") for one in ledger.reports()]
    one = [ledger.entry(entry.claim.id or "") for entry in ledger.entries()]
    views = [exports.export(name, ledger, Query()) for name in exports.names()]
    signed = [ledger.signed(signature).decode() for signature in ledger.signatures()]
    return "\n".join(map(str, [*read, *texts, *one, *views, *signed]))


def test_a_name_is_hidden_in_texts_which_keep_their_length(ledger: Ledger) -> None:
    add(ledger, "a", TEXT)
    withhold(ledger, "Orla Venn")
    (shown,) = {ledger.text(one.sha256) for one in ledger.reports()}
    assert len(shown) == len(TEXT)
    assert shown.startswith("█████████ told the envoy")
    assert shown.endswith("█████████'s brother.")


def test_it_is_hidden_in_everything_that_can_be_asked(ledger: Ledger) -> None:
    add(
        ledger,
        "orla-venn-speaks",
        TEXT,
        commitment(TEXT, PASSAGE, action="clear what Orla Venn found"),
        title="Orla Venn speaks",
        url="https://post.example/2031/orla-venn_speaks",
    )
    run = ledger.begin(reader="rules/1", settings={"sources": "in/orla venn.txt"})
    ledger.add_issue(Issue(origin="orla venn.txt", message="'Orla Venn' is no date"), run=run)
    ledger.sign(
        json.dumps({"b": TEXT, "a": 1}).encode(), ceasefire="x", at=PUBLISHED, known=None, by="Orla Venn"
    )
    ledger.judge("withhold", ["Orla Venn"], by="Orla Venn", reason="Orla Venn asked for it")
    assert "venn" not in whole(ledger).lower()
    assert "[withheld 1]" in whole(ledger)


def test_the_case_the_gap_between_the_words_and_how_letters_are_composed_make_no_difference(
    ledger: Ledger,
) -> None:
    for number, text in enumerate(["ORLA\u00a0VENÉ left.", "Orla\nVene\u0301 left.", "orla-vené left."]):
        add(ledger, str(number), text)
    add(ledger, "url", "Seven shots.", url="https://post.example/orla-ven%C3%A9-left")
    withhold(ledger, "Orla Vené")
    assert {ledger.text(one.sha256).lstrip("█") for one in ledger.reports()} == {" left.", "Seven shots."}
    assert ledger.reports()[-1].url == "https://post.example/[withheld 1]-left"


def test_other_words_that_hold_the_name_stay(ledger: Ledger) -> None:
    add(ledger, "a", "The Vennish envoy and Sven met; Orla went home.")
    before = ledger.text(ledger.reports()[0].sha256)
    withhold(ledger, "Venn", "Orla Venn")
    assert ledger.text(ledger.reports()[0].sha256) == before


def test_two_people_withheld_stay_two(ledger: Ledger) -> None:
    read = document(report("a", "They met."))
    ledger.add(read, claims(read, "Orla Venn", "Tam Reed"), run=ledger.begin(reader="rules/1"))
    withhold(ledger, "Orla Venn")
    withhold(ledger, "Tam Reed")
    names = [entry.claim.speaker[0].name for entry in ledger.entries()]  # type: ignore[union-attr]
    assert names == ["[withheld 1]", "[withheld 2]"]


def test_calls_with_two_people_stay_two_when_both_are_withheld(ledger: Ledger) -> None:
    for name, other in (("a", "Orla Venn"), ("b", "Tamsin Reedham")):
        text = f"Anna Kovari called {other} on Friday."
        made = Contact(
            id=f"c{name}",
            evidence=(0, len(text)),
            said_by=(),
            time=Time(start="2022-02-18", end="2022-02-18"),
            form="call",
            participants=(Actor(name="Anna Kovari"), Actor(name=other)),
            status="held",
        )
        add(ledger, name, text, made)
    before = json.loads(exports.export("contacts.json", ledger, Query()))
    withhold(ledger, "Orla Venn")
    withhold(ledger, "Tamsin Reedham")
    after = json.loads(exports.export("contacts.json", ledger, Query()))
    assert len(before) == len(after) == 2
    assert {"[withheld 1]", "[withheld 2]"} <= set(_strings(after))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def test_the_full_name_goes_before_the_surname(ledger: Ledger) -> None:
    add(ledger, "a", "Seven shots.", title="Orla Venn and Venn")
    withhold(ledger, "Venn")
    withhold(ledger, "Orla Venn")
    assert ledger.reports()[0].title == "[withheld 2] and [withheld 1]"


def test_an_actor_without_a_name_has_no_id_either(ledger: Ledger) -> None:
    add(ledger, "a", TEXT, commitment(TEXT, PASSAGE, action="clear it"))
    withhold(ledger, "Orla Venn")
    parties = ledger.entries()[0].claim.parties  # type: ignore[union-attr]
    assert parties == (Actor(name="envoy"), Actor(name="[withheld 1]"))


def test_a_name_with_marks_that_json_escapes_is_found(ledger: Ledger) -> None:
    read = document(report("a", "They met."))
    ledger.add(read, claims(read, 'Orla "Owl" Venn'), run=ledger.begin(reader="rules/1"))
    withhold(ledger, 'Orla "Owl" Venn')
    assert "Owl" not in str(ledger.entries())


# --- passages ----------------------------------------------------------------------------------------


def test_a_passage_is_told_by_a_claim_and_hidden_with_what_the_claim_says(ledger: Ledger) -> None:
    add(ledger, "a", TEXT, commitment(TEXT, PASSAGE, action="bridge mined", name="c1d2e3f4a5b6c7d8"))
    withhold(ledger, "c1d2e3")
    assert PASSAGE not in ledger.text(ledger.reports()[0].sha256)
    assert "told the envoy that ████████████████████." in ledger.text(ledger.reports()[0].sha256)
    claim = ledger.entries()[0].claim
    assert isinstance(claim, Commitment)
    assert (claim.action, claim.parties[0].name) == ("bridge mined", "envoy")  # words of it, in another order
    add(ledger, "b", TEXT, commitment(TEXT, PASSAGE, action="the bridge was mined", name="d1"))
    (claim,) = (entry.claim for entry in ledger.entries() if entry.claim.id == "d1")
    assert claim.action == "[withheld 1]"  # type: ignore[union-attr]


def test_words_of_the_passage_are_hidden_in_the_claims_that_stand_on_it(ledger: Ledger) -> None:
    add(ledger, "a", TEXT, commitment(TEXT, PASSAGE, action="bridge", name="c1d2e3f4a5b6c7d8"))
    withhold(ledger, "c1d2e3f4")
    assert ledger.entries()[0].claim.action == "[withheld 1]"  # type: ignore[union-attr]


def test_a_passage_can_be_told_by_where_it_stands(ledger: Ledger) -> None:
    add(ledger, "a", TEXT)
    start = TEXT.index(PASSAGE)
    withhold(ledger, f"a:{start}-{start + len(PASSAGE)}")
    assert PASSAGE not in ledger.text(ledger.reports()[0].sha256)


def test_it_is_hidden_in_copies_and_later_versions_too(ledger: Ledger) -> None:
    add(ledger, "a", TEXT)
    start = TEXT.index(PASSAGE)
    withhold(ledger, f"a:{start}-{start + len(PASSAGE)}")
    add(ledger, "a", f"Corrected. {TEXT}", commitment(f"Corrected. {TEXT}", PASSAGE, action="bridge"))
    add(ledger, "copy", f"By wire: {TEXT.replace('bridge was', 'bridge  was')}")
    assert "mined" not in whole(ledger)
    assert [entry.claim.action for entry in ledger.entries() if entry.claim.kind == "commitment"] == [  # type: ignore[union-attr]
        "[withheld 1]"
    ]


@pytest.mark.parametrize(
    ("subject", "complaint"),
    [
        ("  ", "no letter and no digit"),
        ("...", "no letter and no digit"),
        ("a:5-900", "'a:5-900': the text of a has 90 characters, from 0 on"),
        ("a:9-9", "'a:9-9': the text of a has 90 characters"),
        ("a:0-9", "'a:0-9' is a passage of 2 words, which would be hidden wherever they stand"),
    ],
)
def test_what_cannot_be_withheld_is_named(ledger: Ledger, subject: str, complaint: str) -> None:
    add(ledger, "a", TEXT)
    with pytest.raises(UsageError, match=complaint):
        withhold(ledger, subject)
    assert ledger.judgements() == []


def test_a_name_that_looks_like_the_beginning_of_an_id_is_a_name(ledger: Ledger) -> None:
    add(ledger, "a", "Fae left.", commitment("Fae left.", "left", action="x", name="fae1d2e3f4a5b6c7"))
    withhold(ledger, "Fae")
    assert ledger.text(ledger.reports()[0].sha256) == "███ left."


# --- protection goes before replay, and can be taken back ------------------------------------------------


def test_it_is_hidden_whenever_it_was_known(ledger: Ledger) -> None:
    add(ledger, "a", TEXT)
    before = dt.datetime.now(dt.UTC)
    withhold(ledger, "Orla Venn")
    shelf = ledger.as_of(before)
    assert shelf.judgements() == []
    assert "Venn" not in f"{shelf.entries()}{shelf.text(shelf.reports()[0].sha256)}{shelf.versions()}"
    assert "Venn" not in str(ledger.entries(PUBLISHED))


def test_undo_shows_it_again_and_an_undone_undo_hides_it(ledger: Ledger) -> None:
    add(ledger, "a", TEXT)
    sha256 = ledger.reports()[0].sha256
    number = withhold(ledger, "Orla Venn")
    ledger.judge("undo", [str(number)], by="A", reason="she agreed")
    assert ledger.text(sha256) == TEXT
    ledger.judge("undo", ["2"], by="A", reason="she did not")
    assert "Venn" not in ledger.text(sha256)


def test_only_the_bytes_still_have_it(ledger: Ledger) -> None:
    add(ledger, "a", TEXT)
    withhold(ledger, "Orla Venn")
    assert ledger.data(ledger.reports()[0].sha256).decode() == TEXT


def test_claims_given_to_a_report_later_are_filed_with_its_true_title(ledger: Ledger) -> None:
    add(ledger, "a", TEXT, title="Orla Venn speaks")
    withhold(ledger, "Orla Venn")
    source = ledger.source("Mission", "a")
    assert source is not None
    assert (source[0].title, source[1]) == ("Orla Venn speaks", TEXT)


def test_what_is_signed_is_shown_without_it_and_its_hash_stays(ledger: Ledger) -> None:
    made = ledger.sign(b'{"b":"Orla Venn","a":2}\n', ceasefire="x", at=PUBLISHED, known=None, by="A")
    other = ledger.sign(b"no JSON: Orla Venn", ceasefire="x", at=PUBLISHED, known=None, by="A")
    number = withhold(ledger, "Orla Venn")
    assert ledger.signed(made) == b'{"a":2,"b":"[withheld 1]"}\n'
    assert ledger.signed(other) == b"no JSON: [withheld 1]"
    assert ledger.signatures() == [made, other]
    ledger.judge("undo", [str(number)], by="A", reason="b")
    assert ledger.signed(made) == b'{"b":"Orla Venn","a":2}\n'


# --- whatever the words ------------------------------------------------------------------------------------

WORDS = st.text("ab é'-.İß", min_size=1, max_size=6).filter(lambda word: any(map(str.isalnum, word)))


@given(name=WORDS, before=st.text(" ,.aé", max_size=5), after=st.text(" ,.'sé", max_size=5))
def test_a_hidden_text_has_its_length_and_raw_json_tells_which_claims_to_look_at(
    name: str, before: str, after: str
) -> None:
    veil = Veil([withholding.name(1, name)], {})
    text = before + name + after
    assert len(veil.text(text)) == len(text)
    if veil.line(text) != text:
        assert veil.touches("c1", json.dumps(text, ensure_ascii=False))


@given(name=WORDS)
def test_a_name_alone_is_always_hidden(name: str) -> None:
    assert Veil([withholding.name(7, name)], {}).line(f"({name.strip()})") == "([withheld 7])"
