"""The limits of each page, in plain words. A page without any is a mistake, and a test says so."""

from __future__ import annotations

LIMITS: dict[str, tuple[str, ...]] = {
    "today": (
        "It looks at what was published within 14 days of the day, at what falls due then, and at the year's"
        " counts; older matters stand on the other pages.",
        "The reader misses claims and reads some that are not there: each line is a draft until somebody has"
        " checked it against its words.",
        "It makes no finding on whether the ceasefire holds: it shows who counted, said and did what.",
    ),
    "violations": (
        "A missing report is a gap and no zero: days without a figure are not calm days.",
        "Counters count by different windows and definitions; their figures are never added or averaged.",
        "Figures of one counter that contradict each other are kept side by side.",
    ),
    "contacts": (
        "The same contact told very differently may stand twice, and two alike on one day may stand once.",
        "A contact that no report on file tells of is not here.",
    ),
    "commitments": (
        "Fulfilled and broken are as claims report them, never a finding.",
        "A deadline that the text leaves open has no day here.",
        "The page rests on what was published within the days covered and 14 days around them, or falls due"
        " then; its files, and all days, on all that is on file.",
    ),
    "forces": (
        "Each row is what somebody asserts, denies, plans or orders; that forces moved is not established.",
        "Two tellings of one movement may stand twice.",
    ),
    "incidents": (
        "An accusation is not an incident that happened: each row is a reported act, with the accused as the"
        " speaker names them.",
        "Wire copies count as one origin where they were recognised as copies.",
    ),
    "statements": (
        "Paraphrase and quotation both stand here; the report shows which is which.",
        "A speaker who is named only by a role that the text does not resolve keeps that role.",
    ),
    "disputes": (
        "Only accounts that the reader could pair stand here; other disagreements may be in the statements.",
        "Neither side is taken for the right one, and an omission is no contradiction.",
    ),
    "map": (
        "A place stands only where the text or its context decides which place is meant; the others are"
        " listed without a point.",
        "A point is as precise as its row says: a region's point is not where something happened.",
        "By the day of the event, a claim that tells no day, or a time longer than 14 days, stands on the day"
        " it was told. What was published more than 14 days before or after the days covered is not looked"
        " at.",
        "Coasts, borders and outlines are for orientation: no place is put into a country by them.",
    ),
    "reports": (
        "Only evidence that the reader found is marked; unmarked text may hold claims that it missed.",
        "Reports in other languages than English are kept and shown, but not read.",
        "The search finds words in their English forms (shell, shelled, shelling), and names that claims were"
        " resolved to; no synonyms, no names that a reviewer has put in. Reports only kept are not searched.",
    ),
    "review": (
        "A decision is one person's reading of the words: it says who decided and why, and can be undone.",
        "Names that a reviewer types are known further only where the report or the catalog knows them.",
        "What is most consequential is judged by where a claim is used: in records, alerts, disputes, dues.",
    ),
    "sources": (
        "A source that stopped publishing and one that was not fetched look alike to the ledger.",
        "Only sources that published before within the days covered can be seen to go quiet.",
    ),
}
