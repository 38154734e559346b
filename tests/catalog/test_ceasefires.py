"""The ceasefires that the catalog gives, and what it says about a file that is wrong."""

import datetime as dt
import re
from pathlib import Path

import pytest

from trucewatch import catalog
from trucewatch.catalog.files import decode
from trucewatch.errors import CatalogError, UnknownCeasefireError, UsageError
from trucewatch.model import Ceasefire, Counter, Party

THIRD = """
id: example-2030
name: Truce of the Two Valleys
start: 2030-05-01
summary: A third ceasefire, from YAML alone.
cite: [{text: Declaration of the Two Valleys}]
parties:
  - {id: upper, name: Upper Valley, side: upper, role: party}
  - {id: lower, name: Lower Valley, side: lower, role: party}
  - {id: watch, name: Valley Watch, side: watch, role: mechanism, names: [VW]}
  - {id: talks, name: Valley Talks, side: formats, role: format, members: [upper, lower]}
regions:
  - {id: north, name: North}
counters:
  - id: watch-violations
    name: Valley Watch, violations
    party: watch
    measure: ceasefire_violations
    time_zone: Asia/Kathmandu
    cutoff: "18:00"
    regions: [north]
    cite: [{text: Terms of reference of the Valley Watch}]
agreements:
  - id: declaration
    name: Declaration
    signed: 2030-04-28
    effective: "2030-05-01T00:00"
    provisions: [{article: "1", topic: ceasefire, text: No fire., parties: [upper, lower]}]
    cite: [{text: "Declaration of the Two Valleys", url: "https://example.org/declaration"}]
place_names: [[Upper Mill, Uppermill]]
"""


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str) -> Path:
        path = tmp_path / "example-2030.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def party(ceasefire: Ceasefire, id: str) -> Party:
    return next(p for p in ceasefire.parties if p.id == id)


def counter(ceasefire: Ceasefire, id: str) -> Counter:
    return next(c for c in ceasefire.counters if c.id == id)


def test_the_catalog_has_donbas_and_syria() -> None:
    assert {"donbas-2020", "syria-2016"} <= set(catalog.ceasefires())


@pytest.mark.parametrize("name", catalog.ceasefires())
def test_every_ceasefire_is_found_by_the_name_of_its_file(name: str) -> None:
    assert catalog.ceasefire(name).id == name


@pytest.mark.parametrize("name", catalog.ceasefires())
def test_every_agreement_and_counter_cites_a_public_address(name: str) -> None:
    given = catalog.ceasefire(name)
    for item in (given, *given.agreements, *given.counters):
        assert any(citation.url for citation in item.cite), item


@pytest.mark.parametrize("name", catalog.ceasefires())
def test_every_party_is_on_one_side_and_formats_name_their_members(name: str) -> None:
    given = catalog.ceasefire(name)
    formats = [p for p in given.parties if p.role == "format"]
    assert formats
    assert all(p.members for p in formats)
    assert len({p.side for p in given.parties if p.role == "party"}) >= 2


def test_a_ceasefire_is_read_once() -> None:
    assert catalog.ceasefire("donbas-2020") is catalog.ceasefire("donbas-2020")


def test_the_mission_counts_from_1930_kyiv_time_over_two_regions() -> None:
    smm = counter(catalog.ceasefire("donbas-2020"), "smm-violations")
    assert (smm.cutoff, smm.time_zone, smm.regions) == ("19:30", "Europe/Kyiv", ("donetsk", "luhansk"))
    assert party(catalog.ceasefire("donbas-2020"), smm.party).role == "mechanism"


def test_explosions_are_a_subset_of_the_violations() -> None:
    explosions = counter(catalog.ceasefire("donbas-2020"), "smm-explosions")
    assert (explosions.measure, explosions.part_of) == ("explosions", "smm-violations")


def test_only_the_mission_verifies_in_the_donbas() -> None:
    donbas = catalog.ceasefire("donbas-2020")
    assert [p.id for p in donbas.parties if p.role == "mechanism"] == ["osce-smm"]


def test_the_formats_of_the_donbas_have_their_members() -> None:
    donbas = catalog.ceasefire("donbas-2020")
    assert set(party(donbas, "normandy-format").members) == {"russia", "ukraine", "germany", "france"}
    assert set(party(donbas, "trilateral-contact-group").members) == {"ukraine", "russia", "osce"}


def test_the_donbas_agreements_have_their_dates() -> None:
    signed = {a.id: a.signed for a in catalog.ceasefire("donbas-2020").agreements}
    assert signed == {
        "minsk-protocol": dt.date(2014, 9, 5),
        "minsk-memorandum": dt.date(2014, 9, 19),
        "package-of-measures": dt.date(2015, 2, 12),
        "framework-disengagement": dt.date(2016, 9, 21),
        "measures-2020": dt.date(2020, 7, 22),
    }
    measures = catalog.ceasefire("donbas-2020").agreements[-1]
    assert dt.datetime.fromisoformat(measures.effective or "").time() == dt.time(0, 1)


def test_a_chancellor_speaks_for_germany_in_his_own_time() -> None:
    germany = party(catalog.ceasefire("donbas-2020"), "germany")
    chancellors = {h.name: (h.since, h.until) for h in germany.posts[0].holders}
    assert chancellors["Olaf Scholz"][0] == chancellors["Angela Merkel"][1] == "2021-12-08"


def test_the_rival_counters_of_syria_are_of_different_sides_and_no_mechanism() -> None:
    syria = catalog.ceasefire("syria-2016")
    rivals = [party(syria, counter(syria, id).party) for id in ("russian-part", "turkish-part")]
    assert rivals[0].side != rivals[1].side
    assert not [p for p in syria.parties if p.role == "mechanism"]
    assert party(syria, "sohr").role == "outside"


def test_a_third_ceasefire_is_yaml_alone(write) -> None:
    path = write(THIRD)
    assert catalog.load(path).name == "Truce of the Two Valleys"
    assert catalog.ceasefire(str(path)) == catalog.load(path)


def test_the_document_shows_a_file_that_loads(write) -> None:
    document = Path(__file__).parents[2] / "docs" / "adding-a-ceasefire.md"
    shown = re.search(r"```yaml\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    assert catalog.load(write(shown[1])).counters


def test_an_unknown_ceasefire_lists_those_there_are_and_guesses() -> None:
    with pytest.raises(
        UnknownCeasefireError, match=r"'donbass-2020'.*Did you mean 'donbas-2020'.*syria-2016"
    ):
        catalog.ceasefire("donbass-2020")
    assert issubclass(UnknownCeasefireError, UsageError)


@pytest.mark.parametrize("name", ["", "../ceasefires/donbas-2020", "donbas-2020.yaml.bak", "zzzz"])
def test_no_other_name_reaches_a_file(name: str) -> None:
    with pytest.raises(UnknownCeasefireError, match=r"It has: donbas-2020"):
        catalog.ceasefire(name)


WRONG = [
    ("side: upper,", "", r"parties\[0\]: Object missing required field `side`"),
    ("role: mechanism,", "role: judge,", r"parties\[2\]\.role: Invalid enum value 'judge'"),
    ("name: North}", "name: North, colour: red}", r"regions\[0\]: Object contains unknown field `colour`"),
    ("start: 2030-05-01", "start: soon", r"start: "),
    ("start: 2030-05-01", "start: 2030-05-01\nend: 2030-04-01", r"end: 2030-04-01 is before the start"),
    (
        "regions: [north]",
        "regions: [south]",
        r"counters\[0\]\.regions: there is no region 'south'; there are: north",
    ),
    (
        "party: watch",
        "party: nobody",
        r"counters\[0\]\.party: there is no party 'nobody'; there are: upper, lower",
    ),
    (
        "parties: [upper, lower]}]",
        "parties: [middle]}]",
        r"agreements\[0\]\.provisions\[0\]\.parties: .*'middle'",
    ),
    (
        "members: [upper, lower]",
        "members: [upper, nobody]",
        r"parties\[3\]\.members: there is no party 'nobody'",
    ),
    ("role: mechanism,", "role: mechanism, members: [upper],", r"parties\[2\]\.members: .*only a format"),
    (
        "Asia/Kathmandu",
        "Asia/Shangri-La",
        r"counters\[0\]\.time_zone: 'Asia/Shangri-La' is no IANA time zone",
    ),
    ("Asia/Kathmandu", "../../etc/passwd", r"counters\[0\]\.time_zone"),
    ('cutoff: "18:00"', 'cutoff: "25:00"', r"counters\[0\]\.cutoff: '25:00' is not a time HH:MM"),
    ('cutoff: "18:00"', "cutoff: 18:00", r"counters\[0\]\.cutoff: Expected `str \| null`, got `int`"),
    (
        'cutoff: "18:00"',
        "no_report_on: [Sonntag]",
        r"counters\[0\]\.no_report_on: there is no weekday 'Sonntag'",
    ),
    ('cutoff: "18:00"', "part_of: watch-violations", r"counters\[0\]\.part_of: there is no other counter"),
    (
        "    cite: [{text: Terms of reference of the Valley Watch}]\n",
        "",
        r"counters\[0\]\.cite: a citation is needed",
    ),
    ("cite: [{text: Declaration of the Two Valleys}]", "cite: []", r"cite: a citation is needed"),
    (
        "https://example.org/declaration",
        "see annex",
        r"agreements\[0\]\.cite\[0\]\.url: 'see annex' is no web address",
    ),
    ('"2030-05-01T00:00"', "at dawn", r"agreements\[0\]\.effective: 'at dawn'"),
    (
        "signed: 2030-04-28",
        "signed: 2030-04-28\n    ended: 2030-04-01",
        r"agreements\[0\]\.ended: .*before the signing",
    ),
    ("{id: lower,", "{id: upper,", r"parties: the id 'upper' stands twice"),
    ("{id: north,", "{id: North Side,", r"regions: the id 'North Side' is not lower-case"),
    ("names: [VW]", "names: [Upper Valley]", r"parties: the name 'Upper Valley' belongs to two parties"),
    ("[[Upper Mill, Uppermill]]", "[[Upper Mill]]", r"place_names\[0\]: a group has at least two"),
    ("[[Upper Mill, Uppermill]]", "[[A, B], [B, C]]", r"place_names: 'B' stands in two groups"),
    ("name: North}", "name: North, country: Nepal}", r"regions\[0\]\.country: 'Nepal' is no ISO 3166-1"),
    ("start: 2030-05-01", "start: 2030-05-01\nstart: 2030-06-01", r"'start' stands twice"),
    ("side: lower, role: party}", "side: lower, role: party", r"is no YAML"),
    (
        "side: lower, role: party}",
        "side: lower, role: party, posts: [{title: Headman, holders: [{name: A B, since: May}]}]}",
        r"parties\[1\]\.posts\[0\]\.holders\[0\]\.since: 'May'",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "message"), WRONG)
def test_a_wrong_file_is_named_with_its_field(write, right: str, wrong: str, message: str) -> None:
    assert right in THIRD
    path = write(THIRD.replace(right, wrong))
    with pytest.raises(CatalogError, match=message) as error:
        catalog.load(path)
    assert str(path) in str(error.value)


def test_all_faults_of_a_file_are_told_at_once(write) -> None:
    text = THIRD.replace("regions: [north]", "regions: [south]").replace('"18:00"', '"25:00"')
    with pytest.raises(CatalogError) as error:
        catalog.load(write(text))
    assert len(str(error.value).splitlines()) == 2


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01", b"\xff\xfe\xfa", b"- a\n- b\n", b"&a [*a, *a]", b"!!python/object:os.system {}"],
)
def test_a_file_that_is_no_ceasefire_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.yml"
    path.write_bytes(data)
    with pytest.raises(CatalogError, match=r"broken\.yml"):
        catalog.load(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yml", tmp_path):
        with pytest.raises(CatalogError, match=re.escape(f"{path}: cannot be read")):
            catalog.ceasefire(str(path)) if path.suffix else catalog.load(path)


@pytest.mark.parametrize(
    "text",
    ["[" * 50_000, "a: &a [1]\nb: [" + "*a," * 30 + "]", "id: " + "x" * 2**20],
    ids=["deep", "aliases", "long"],
)
def test_a_file_that_is_made_to_choke_the_loader_is_refused_and_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bomb.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"bomb\.yml: (is nested|has 1,0)"):
        decode(path, Ceasefire)
