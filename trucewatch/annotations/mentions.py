"""Finding the words that mention an actor: names, roles, groups, pronouns. Who they are comes after.

A mention is a noun phrase read left to right: determiner, modifiers (adjectives, demonyms, names),
a head (an office, a force, a body, a group of people) and a proper name, each where it is there.
"""

from __future__ import annotations

import functools
from typing import Literal, NamedTuple

import msgspec

from trucewatch import catalog
from trucewatch.annotations.tokens import Token, tokenize
from trucewatch.catalog.words import Name, Office, Vocabulary
from trucewatch.model import Noun, Span

Sort = Literal["person", "role", "country", "body", "group", "organization", "pronoun"]


class Groups(Noun, frozen=True, kw_only=True):
    """The word lists of ``vocabulary/groups.yml``."""

    forces: frozenset[str]
    authorities: frozenset[str]
    people: frozenset[str]
    adjectives: frozenset[str]

    @property
    def heads(self) -> frozenset[str]:
        """Every noun that may head a collective actor."""
        return self.forces | self.authorities | self.people


@functools.cache
def groups() -> Groups:
    """The groups' word lists, read once."""
    path = catalog.words.FOLDER / "groups.yml"
    return msgspec.yaml.decode(path.read_bytes(), type=Groups)


@functools.cache
def _first_words() -> frozenset[str]:
    """The first tokens of all names of the vocabulary: where none of them stands, no name begins."""
    return frozenset(tokenize(name)[0].lower for name in catalog.vocabulary().names)


class Mention(Noun, frozen=True, kw_only=True):
    """A noun phrase that mentions an actor; ``first`` and ``last`` are token positions, ``last`` excluded.

    ``core`` is the phrase without its determiner, ``name`` the proper name in it. ``country`` comes
    from a demonym or a possessive; ``owner`` is "his", "her", "its" or "their" before it.
    """

    sort: Sort
    span: Span
    first: int
    last: int
    core: str
    name: str | None = None
    entry: Name | None = None
    country: str | None = None
    nation: str | None = None
    office: Office | None = None
    portfolio: str | None = None
    head: str | None = None
    plural: bool = False
    definite: bool = False
    owner: str | None = None
    pair: bool = False
    qualified: bool = False


DETERMINERS = frozenset("the a an his her its their this these those both some several two three".split())
OWNERS = frozenset("his her its their".split())
PAIR = frozenset("two both".split())
PRONOUNS = frozenset("he she they him them both".split())
PARTICLES = frozenset("al el bin ibn de der den van von da di dos du la le abu ben ul".split())
ORG_WORDS = frozenset(
    "ministry council committee agency organization organisation observatory center centre institute "
    "university group forces army party union association network command foundation court parliament "
    "department office house commission times post program programme fund front brigade brigades "
    "movement league club federation service services bureau authority assembly senate congress academy "
    "society mission corps guard guards bank news tv television radio press alliance coalition "
    "initiative campaign government embassy administration inc company".split()
)
CONNECTORS = frozenset("of for and on the in to".split())
NOT_NAMES = frozenset(
    "the a an and or but if in on at by for of to from with without as after before when while since "
    "until because although though however meanwhile also earlier later today yesterday tomorrow this "
    "that these those it its he she they we i you his her their our your my there here what who which "
    "where why how no not yes all both each every some many most more less few several another other "
    "such so then now still even only just once more than according during under over into about "
    "against between among through despite following regarding concerning considering given asked "
    "speaking having being is are was were has have had will would could should might must can do "
    "does did be been let nor yet per via read image photo picture advertisement monday tuesday "
    "wednesday thursday friday saturday sunday mon tue wed thu fri sat sun mr mrs ms dr north south "
    "east west northern southern eastern western central one two three four five six seven eight nine "
    "ten dozens hundreds thousands millions at least out up down off last next new first second third "
    "gmt local daily war peace ceasefire truce importantly additionally moreover furthermore "
    "therefore thus instead nevertheless similarly finally".split()
)
MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sept sep oct nov dec".split()
)
TITLES = frozenset(
    "mr mrs ms dr mr. mrs. ms. dr. sir king queen prince princess sheikh ayatollah pope emir sultan".split()
)
VERB_AFTER = frozenset("said says told added has had was is will did".split())


class _Opening(NamedTuple):
    """What stands before the head of a noun phrase; ``at`` is the head's place."""

    start: int
    body: int
    at: int
    country: Name | None
    portfolio: str | None
    owner: str | None
    definite: bool
    pair: bool


class Finder:
    """Finds the mentions of a document's sentences; ``seen`` are words with a capital in mid-sentence."""

    def __init__(self, seen: frozenset[str]) -> None:
        self.words: Vocabulary = catalog.vocabulary()
        self.groups = groups()
        self.heads = self.groups.heads
        self.seen = seen

    def find(self, tokens: list[Token]) -> list[Mention]:
        """The mentions of one sentence, longest first at each place, without overlap."""
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            mention = self._phrase(tokens, at)
            if mention is None:
                at += 1
            else:
                found.append(mention)
                at = mention.last
        return found

    # --- one noun phrase -------------------------------------------------------------------------

    def _phrase(self, tokens: list[Token], at: int) -> Mention | None:
        start = at
        owner = tokens[at].lower if tokens[at].lower in OWNERS else None
        definite = pair = False
        while at < len(tokens) and tokens[at].lower in DETERMINERS:
            definite |= tokens[at].lower not in {"a", "an", "some", "several"}
            pair |= tokens[at].lower in PAIR
            at += 1
        if at >= len(tokens):
            return self._pronoun(tokens, start)
        body = at
        country: Name | None = None
        portfolio: str | None = None
        while at < len(tokens):
            if head := self._head(tokens, at, body):
                opening = _Opening(start, body, at, country, portfolio, owner, definite, pair)
                return self._headed(tokens, opening, head)
            step, name, field = self._modifier(tokens, at)
            if not step:
                break
            country = name or country
            portfolio = field or portfolio
            at += step
        if mention := self._proper(tokens, start, body):
            return mention
        return self._pronoun(tokens, start)

    def _pronoun(self, tokens: list[Token], at: int) -> Mention | None:
        token = tokens[at]
        if token.lower not in PRONOUNS:
            return None
        return Mention(sort="pronoun", span=token.span, first=at, last=at + 1, core=token.lower)

    def _head(self, tokens: list[Token], at: int, body: int) -> tuple[int, str, Office | None] | None:
        """A head noun at this place: its number of tokens, its words, its office."""
        for size in (4, 3, 2, 1):
            if at + size > len(tokens):
                continue
            words = " ".join(t.lower for t in tokens[at : at + size])
            office = self.words.offices.get(words)
            if office and (office.person or at > body or not tokens[at].capital):
                if words in NEVER_HEADS or (size == 1 and self._modifies(tokens, at, words)):
                    continue
                return size, words, office
            if words in self.heads and words not in NEVER_HEADS and not self._heads_on(tokens, at + size):
                return size, words, None
        return None

    def _modifies(self, tokens: list[Token], at: int, words: str) -> bool:
        """Whether an office noun here is an adjective or part of another noun ("separatist militias")."""
        if at + 1 < len(tokens) and tokens[at + 1].lower in self.heads:
            return True
        bare = at == 0 or not (tokens[at - 1].capital or tokens[at - 1].lower in DETERMINERS)
        named = at + 1 < len(tokens) and tokens[at + 1].capital
        return words in NOT_HEADS and bare and not named

    def _heads_on(self, tokens: list[Token], at: int) -> bool:
        """Whether the noun is only a modifier of the next one ("security forces spokesman")."""
        if at >= len(tokens):
            return False
        word = tokens[at].lower
        return word in self.heads or word in self.words.offices

    def _modifier(self, tokens: list[Token], at: int) -> tuple[int, Name | None, str | None]:
        """A modifier at this place: its number of tokens, the name it holds, the portfolio it is."""
        size, name = self._known(tokens, at)
        if name:
            if at + size < len(tokens) and tokens[at + size].text in {"'s", "’s", "'", "’"}:
                size += 1
            return size, name, None
        word = tokens[at].lower
        for size in (2, 1):
            field = " ".join(t.lower for t in tokens[at : at + size])
            if field in self.words.portfolios:
                also = tokens[at + size : at + size + 2]
                joined = len(also) == 2 and also[0].lower == "and" and also[1].lower in self.words.portfolios
                return size + 2 * joined, None, field
        if word in self.words.modifiers or word in self.groups.adjectives or word.startswith("pro-"):
            return 1, None, None
        compound = word.endswith(("-led", "-backed", "-based", "-held"))
        noun = word in self.heads or word in self.words.offices
        if compound or (noun and self._heads_on(tokens, at + 1)):
            return 1, None, None
        return 0, None, None

    def _known(self, tokens: list[Token], at: int) -> tuple[int, Name | None]:
        """The longest name of the vocabulary at this place."""
        if tokens[at].lower not in _first_words():
            return 0, None
        for size in range(min(self.words.longest, len(tokens) - at), 0, -1):
            text = _join(tokens, at, at + size)
            if name := self.words.names.get(text):
                return size, name
            if (
                size == 1
                and text.isupper()
                and len(text) > 4
                and (name := self.words.names.get(text.title()))
            ):
                return size, name
        return 0, None

    # --- headed phrases: roles and groups --------------------------------------------------------

    def _headed(
        self, tokens: list[Token], opening: _Opening, head: tuple[int, str, Office | None]
    ) -> Mention | None:
        size, words, office = head
        start, body = opening.start, opening.body
        stop = opening.at + size
        end, country = self._of(tokens, stop, opening.country)
        personal = office is not None and office.person
        bare = opening.at == body == start
        if bare and not personal and words not in STRONG_GROUPS:
            return None
        name_at, name_end = self._name_after(tokens, end) if personal else (end, end)
        name = _join(tokens, name_at, name_end) if name_end > name_at else None
        last = name_end if name else end
        qualified = end < len(tokens) and tokens[end - 1].lower != "of" and tokens[end].lower == "of"
        return Mention(
            sort="person" if name else self._sort(words, office),
            span=(tokens[start].start, tokens[last - 1].end),
            first=start,
            last=last,
            core=_join(tokens, body, end),
            name=name,
            entry=country,
            country=country.country if country else None,
            nation=country.name if country and country.country else None,
            office=office,
            portfolio=opening.portfolio,
            head=words,
            plural=office.plural if office else words.endswith("s"),
            definite=opening.definite,
            owner=opening.owner,
            pair=opening.pair,
            qualified=qualified or (country is not None and end > stop),
        )

    def _sort(self, words: str, office: Office | None) -> Sort:
        """What a phrase without a name is, by its head."""
        if office and office.person:
            return "role"
        if words in self.groups.forces or (not office and words not in self.groups.authorities):
            return "group"
        return "organization"

    def _of(self, tokens: list[Token], end: int, country: Name | None) -> tuple[int, Name | None]:
        """``of the United States`` and the like after a head."""
        at = end
        if at < len(tokens) and tokens[at].lower in {"of", "from", "for", "to"}:
            prep = tokens[at].lower
            at += 1
            while at < len(tokens) and tokens[at].lower in {"the", "state", "republic"}:
                at += 1
            size, name = self._known(tokens, at) if at < len(tokens) else (0, None)
            whole = self._name_end(tokens, at)
            if whole > at + size and tokens[whole - 1].lower in ORG_WORDS:
                return self._org_end(tokens, whole), country or name
            if name and (prep == "of" or name.kind in {"body", "armed group"}):
                at += size
                stop, office_name = self._office_of(tokens, at)
                return stop, country or office_name or name
            if prep == "of" and at < len(tokens):
                step, known, _ = self._modifier(tokens, at)
                if known and (inner := self._head(tokens, at + step, at)):
                    return at + step + inner[0], country or known
        return end, country

    def _office_of(self, tokens: list[Token], at: int) -> tuple[int, Name | None]:
        """A portfolio and body after a demonym: "head of the Hungarian Ministry of Foreign Affairs"."""
        if at < len(tokens) and tokens[at].lower in {"ministry", "department", "delegation", "government"}:
            at += 1
            if at + 1 < len(tokens) and tokens[at].lower == "of":
                at += 1
                while at < len(tokens) and (tokens[at].capital or tokens[at].lower == "and"):
                    at += 1
        return at, None

    def _name_after(self, tokens: list[Token], end: int) -> tuple[int, int]:
        """A proper name right after a role, or after a comma that ends with another ("counterpart, X,")."""
        at = end
        if at < len(tokens) and tokens[at].text == "," and at + 1 < len(tokens) and tokens[at + 1].capital:
            stop = self._name_end(tokens, at + 1)
            closes = stop >= len(tokens) or tokens[stop].text in {",", ".", ")", ";"}
            _, known = self._known(tokens, at + 1)
            if stop > at + 2 and closes and known is None:
                return at + 1, stop
            return end, end
        return at, self._name_end(tokens, at)

    def _name_end(self, tokens: list[Token], at: int) -> int:
        """Where a run of name words that begins here ends."""
        end = at
        while end < len(tokens) and self._carries_name(tokens, at, end):
            end += 1
        return end

    def _carries_name(self, tokens: list[Token], start: int, at: int) -> bool:
        """Whether the token belongs to the name that began at ``start``: word, particle, initial's stop."""
        token = tokens[at]
        if token.lower in MONTHS:
            return self._month_as_name(tokens, start, at)
        if token.capital and (token.lower not in NOT_NAMES or token.lower in TITLES):
            return True
        if at == start or at + 1 >= len(tokens) or not tokens[at + 1].capital:
            return False
        return token.lower in PARTICLES or (token.text == "." and len(tokens[at - 1].text) <= 2)

    def _month_as_name(self, tokens: list[Token], start: int, at: int) -> bool:
        """Whether a word that may be a month is a name: no number after it, and a name beside it."""
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if not tokens[at].capital or (after and after.text[0].isdigit()):
            return False
        return at > start or bool(after and after.capital and after.lower not in NOT_NAMES)

    # --- proper names ----------------------------------------------------------------------------

    def _proper(self, tokens: list[Token], start: int, at: int) -> Mention | None:
        size, name = self._known(tokens, at)
        end = self._name_end(tokens, at)
        if name and at + size >= end:
            return self._vocabulary(tokens, start, at, at + size, name)
        if end <= at or not tokens[at].capital:
            return None
        if end - at == 1 and not self._single(tokens, start, at):
            return None
        if at == 0 and tokens[at].lower in NOT_NAMES:
            return None
        return self._name(tokens, start, at, end, name)

    def _vocabulary(self, tokens: list[Token], start: int, at: int, end: int, name: Name) -> Mention:
        sort: Sort = "country" if name.type == "country" else "body"
        if name.kind == "demonym" and name.plural:
            sort = "country"
        if (
            end + 2 < len(tokens)
            and tokens[end].text in "(["
            and tokens[end + 2].text in ")]"
            and tokens[end + 1].text.isupper()
        ):
            end += 3
        return Mention(
            sort=sort,
            span=(
                tokens[at if name.kind == "demonym" and not name.plural else start].start,
                tokens[end - 1].end,
            ),
            first=start,
            last=end,
            core=name.name,
            entry=name,
            country=name.country,
            nation=name.name if name.type == "country" else None,
            plural=name.plural,
        )

    def _single(self, tokens: list[Token], start: int, at: int) -> bool:
        """Whether a single capitalised word may be a name: not merely the first word of the sentence."""
        if start > 0:
            return True
        follows = at + 1 < len(tokens) and tokens[at + 1].lower in VERB_AFTER
        return tokens[at].text in self.seen or (follows and tokens[at].lower not in NOT_NAMES)

    def _name(self, tokens: list[Token], start: int, at: int, end: int, within: Name | None) -> Mention:
        words = {t.lower for t in tokens[at:end]}
        organization = bool(words & ORG_WORDS)
        if organization:
            end = self._org_end(tokens, end)
        acronym = end
        if (
            end + 2 < len(tokens)
            and tokens[end].text == "("
            and tokens[end + 2].text == ")"
            and tokens[end + 1].text.isupper()
        ):
            acronym, organization = end + 3, True
        title = tokens[at].lower.rstrip(".") in TITLES
        text = _join(tokens, at, end)
        acronymic = text.isupper() and len(text) <= 6
        return Mention(
            sort="organization" if (organization or acronymic) and not title else "person",
            span=(tokens[start].start, tokens[acronym - 1].end),
            first=start,
            last=acronym,
            core=text,
            name=_join(tokens, at + 1, end) if title and end - at > 1 else text,
            entry=within,
            country=within.country if within else None,
            definite=start < at,
        )

    def _org_end(self, tokens: list[Token], end: int) -> int:
        """Follow "of", "for", "and" to further capitalised words of an organization's name."""
        while end < len(tokens) and tokens[end].lower in CONNECTORS:
            at = end
            while at < len(tokens) and tokens[at].lower in CONNECTORS and at - end < 2:
                at += 1
            stop = self._name_end(tokens, at)
            if stop == at or (
                tokens[end].lower in {"and", "in", "to", "on"}
                and stop - at == 1
                and self._known(tokens, at)[1]
            ):
                break
            end = stop
        return end


NEVER_HEADS = frozenset("country force state area nation power public office".split())
NOT_HEADS = frozenset("general major private leader chief head guard captain secretary speaker chair".split())
STRONG_GROUPS = frozenset(
    "officials observers rebels militants separatists terrorists insurgents activists residents "
    "witnesses troops authorities soldiers police diplomats analysts experts sources mediators "
    "negotiators opposition peacekeepers jihadists gunmen warplanes medics rescuers monitors "
    "journalists civilians protesters fighters".split()
)


def _join(tokens: list[Token], start: int, end: int) -> str:
    """Words of a name as one writes them: with single spaces, abbreviations kept together."""
    text = ""
    for i in range(start, end):
        glued = tokens[i].text in {"'s", "’s", ".", ",", "'", "’"} or (
            i > start and tokens[i].start == tokens[i - 1].end
        )
        text += tokens[i].text if not text or glued else " " + tokens[i].text
    return text
