"""The grammar of dates: which run of time words is read by which function.

A rule is a regular expression over the classes of :mod:`trucewatch.annotations.timewords`, with class
names in braces, and a function of :mod:`trucewatch.annotations.daterules`. Of matches that begin together
the longest counts, and of equally long ones the earlier rule's.
"""

from __future__ import annotations

import functools
import re

from trucewatch.annotations import dateperiods, lengths, neardays, timewords
from trucewatch.annotations import daterules as read
from trucewatch.annotations.timexes import Build

_MONTH = "(?P<m>{month|modal}|{short}{dot}?)"
_DAY = "{day|ordinal}"
_IN_YEAR = (
    "(?:{comma|of}?(?P<y>{year})|{comma|of}?(?P<by>{number|day|year}){bc}"
    "|{of}?{the}?(?P<ry>{last|this|next|previous|that|same}){unit})"
)
_SPOKEN = "(?P<sy>{number}{number}(?:{dash}?{number})?)"
_CLOCK = (
    "{about}?(?:{clock}|{decimal|number|year|day}(?={am|oclock|zone})|{day}{dot}{day}(?={am}))"
    "(?:{am|oclock|zone|local|time|dot})*(?:{open}.{1,3}{close})?"
)
_AT = "(?:(?P<c>" + _CLOCK + "){on|comma|of}*)"
_THEN = "(?:{comma}?{at}(?P<c2>" + _CLOCK + "))"
_NAMED = "(?:{the}?{this|last|next}?{coming|past}?{weekday|abbr}{dot|comma|open}*)"
_EDGE = "(?:(?P<e>{early|late|mid|start|end|earlier}){dash|in|on|of|the}*)"
_PART = "(?P<p>{part})"
_UNIT = "(?P<u>{unit})"
_MORE = "(?:{dash}?{number}|{and}{number|day}|{and}{a}?{half}|{half}|{day}{slash}{day}|{number}{day})"
_N = "(?P<n>{a}?{few}{of}?|{number|day|year|decimal}" + _MORE + "{0,4}?|{a}{number}{0,2}?)"
_NOON = "(?P<p2>{part}){on}?"
_PERIOD = "(?P<u>{unit|period})"
_OF_THE_YEAR = "(?P<ry>{last|this|next}){unit}{s}"
_TURN = "(?P<dir>{last|past|previous|recent|next|coming|following})"

RULES: tuple[tuple[str, Build], ...] = (
    (
        "(?:" + _AT + ")?" + _NAMED + "?(?P<d>" + _DAY + "){of}?" + _MONTH + _IN_YEAR + "?" + _THEN + "?",
        read.month_day,
    ),
    (
        "(?:" + _AT + ")?" + _NAMED + "?" + _MONTH + "(?P<d>" + _DAY + ")" + _IN_YEAR + "?" + _THEN + "?",
        read.month_day,
    ),
    (
        "(?P<d1>" + _DAY + "){dash|to|and|until}(?P<d2>" + _DAY + "){of}?" + _MONTH + _IN_YEAR + "?",
        read.day_range,
    ),
    (_MONTH + "(?P<d1>" + _DAY + "){dash|to|and|until}(?P<d2>" + _DAY + ")" + _IN_YEAR + "?", read.day_range),
    (
        "(?P<d1>"
        + _DAY
        + ")"
        + _MONTH
        + "{dash|to|until}(?P<d2>"
        + _DAY
        + ")(?P<m2>{month|short|modal})"
        + _IN_YEAR
        + "?",
        read.month_range,
    ),
    (
        _MONTH
        + "(?P<d1>"
        + _DAY
        + "){dash|to|until}(?P<m2>{month|short|modal})(?P<d2>"
        + _DAY
        + ")"
        + _IN_YEAR
        + "?",
        read.month_range,
    ),
    ("(?:" + _AT + ")?" + _NAMED + "?(?P<d>{numeric})" + _THEN + "?", read.numeric),
    (
        _EDGE + "?(?:{the}?(?P<dir>{last|past|previous|next|coming|this}))?" + _MONTH + _IN_YEAR + "?",
        read.month,
    ),
    (_MONTH + "{comma}?" + _SPOKEN, read.month),
    ("{the}?(?P<o>{ordinal|last}){half}{of}(?P<y>{year})", dateperiods.half_year),
    ("{the}?(?P<o>{ordinal}){half}{of}" + _MONTH + _IN_YEAR + "?", dateperiods.half_month),
    (_EDGE + "?(?P<y>{number|day|year}){bc}", read.before_christ),
    ("(?P<y1>{number|day|year}){bc}?{dash|to}(?P<y>{number|day|year}){bc}", read.years_before_christ),
    ("(?:{the}{unit})?(?P<y1>{year}){dash|slash}(?P<y>{year|day|number})", read.year_pair),
    (_SPOKEN, read.spoken_year),
    (_EDGE + "?(?:{fiscal}|{the}{unit})?(?P<y>{year})", read.year_alone),
    ("{apostrophe}(?P<y>{day|number})", read.short_year),
    (_EDGE + "?{the}?(?P<d>{decade})", read.decade),
    (_EDGE + "?{the}?(?P<o>{ordinal}){dash}?(?P<u>{unit})(?P<bc>{bc})?", read.century),
    ("{the}?{fiscal}?(?P<o>{ordinal}){dash}?" + _UNIT + _IN_YEAR + "?", dateperiods.quarter),
    ("{the|fiscal}?(?P<y>{year})(?:{dash}|{s})?(?P<o>{ordinal}){dash}?" + _UNIT, dateperiods.quarter),
    (_OF_THE_YEAR + "(?P<o>{ordinal}){dash}?" + _UNIT, dateperiods.quarter),
    ("{the}(?P<y>{year})" + _PERIOD, dateperiods.the_period),
    (_OF_THE_YEAR + _PERIOD, dateperiods.the_period),
    ("{the}(?P<l>{last})" + _PERIOD, dateperiods.the_period),
    ("{the}" + _PERIOD + "(?={ended}" + _MONTH + ")", dateperiods.the_period),
    ("{the}" + _PERIOD, dateperiods.the_period),
    ("{the|a}?(?P<a>{unit}){dash}{ago|earlier}(?:(?P<o>{ordinal})?" + _PERIOD + ")?", dateperiods.year_ago),
    ("{the}{same}?{unit|period}{of|in}?(?P<a>{last}{unit}|{a}{unit}{ago|earlier})", dateperiods.year_ago),
    ("{the}{current}{fiscal}?" + _UNIT, dateperiods.current_unit),
    ("{the}{full|fiscal}?" + _UNIT, dateperiods.the_year),
    ("{early|late|earlier|later}{in}{the}" + _UNIT, neardays.in_the_unit),
    ("{the}" + _UNIT + "(?P<b>{before|after})(?={comma|dot|close})", neardays.unit_beside),
    ("{unit}(?:{s}|{dash}){end}", dateperiods.year_end),
    (
        "{the}(?P<o>{ordinal|last})(?P<n>{number|day})?"
        + _UNIT
        + "{of}(?:"
        + _MONTH
        + _IN_YEAR
        + "?|(?P<y0>{year}))",
        dateperiods.stretch,
    ),
    (
        _EDGE
        + "?(?:{the}|{the}?(?P<dir>{last|past|this|next|coming|following})|{that}{same}?)(?P<s>{season|fall})"
        + _IN_YEAR
        + "?",
        dateperiods.season,
    ),
    ("{the}?(?P<y>{year})(?P<s>{season|fall})", dateperiods.season),
    (_EDGE + "?(?P<s>{season|fall})" + _IN_YEAR, dateperiods.season),
    (_EDGE + "?(?P<s>{season})", dateperiods.season),
    (
        "(?:"
        + _AT
        + ")?"
        + _EDGE
        + "?(?:{the}?(?P<dir>{last|past|this|next|coming|previous|following}))?(?P<w>{weekday}){s}?"
        "(?:{dash|in|the}{0,2}" + _PART + ")?" + _THEN + "?",
        read.weekday,
    ),
    (
        "(?:"
        + _AT
        + "|{the}"
        + _PART
        + "{of|on}|"
        + _NOON
        + ")(?:{the}?(?P<dir>{last|this|next}))?(?P<w>{weekday})"
        "(?!{comma}?(?:{day|ordinal}{of}?)?{month|modal|short})",
        read.weekday,
    ),
    (
        "(?:"
        + _AT
        + ")?{earlier|later|late|early}?(?P<t>{today|yesterday|tomorrow|tonight}){s}?"
        + _PART
        + "?"
        + _THEN
        + "?",
        neardays.near_day,
    ),
    ("{the}{unit}(?P<b>{before|after})(?P<t>{yesterday|tomorrow})", neardays.near_day),
    ("(?<={on}){the}(?P<d>{ordinal})(?={comma|dot|close})", read.day_alone),
    ("{overnight}", neardays.overnight),
    (
        "{later|earlier|late|early}?(?P<dir>{this|last|previous|that|next|following})" + _PART,
        neardays.this_part,
    ),
    ("{the}(?P<dir>{same|next|following|previous})" + _PART, neardays.this_part),
    ("(?<={in})(?:{the})" + _PART, neardays.part_alone),
    ("(?<={at|before|after|since|until|by|about})(?P<p>{part})", neardays.part_alone),
    ("(?<={at|after|from|until|by|before})(?P<c>{decimal})", neardays.decimal_clock),
    ("(?P<c>" + _CLOCK + ")(?={comma|dot|on|and|to|in|close}|.)", neardays.clock_alone),
    (
        "(?:(?P<e>{early|late|mid|start|end|earlier|later|recently}){in|of}?)?{the|this}?"
        "(?P<dir>{this|last|past|previous|next|coming|following})" + _UNIT + "{s}?",
        neardays.turned_unit,
    ),
    ("{the|that}?(?P<dir>{same|that|next|following|previous})(?P<u>{unit})", neardays.turned_unit),
    (
        "(?:{the|this}?)" + _TURN + "" + _N + "" + _UNIT,
        lengths.turned_units,
    ),
    ("(?:{the|this}?)" + _TURN + _UNIT + "(?:{and}{unit})?", lengths.turned_units),
    ("(?P<n>{number})(?P<u>{unit})", read.some_day),
    (_N + "(?:{more}{than})?{dash}?" + _UNIT + "{ago|earlier|later}", lengths.ago),
    ("(?<={in|within})" + _N + _UNIT, lengths.in_time),
    (_N + "(?P<h>{and}{a}{half})?{more|full}?{dash}?" + _UNIT, lengths.duration),
    ("{a}?(?P<q>{half}|{unit}){dash}{a}?" + _UNIT, lengths.half),
    ("{a}?(?P<q>{half|unit}){a}?" + _UNIT, lengths.half),
    (_N + _UNIT + "{dash}?{and}{dash}?(?P<f>{a}{dash}?{half}|{a|number}{dash}?{unit})", lengths.and_a_part),
    ("(?P<f>{a|number}{dash}?{unit}){of}{a}" + _UNIT, lengths.part_of_unit),
    (
        _N
        + "{dash}?"
        + _UNIT
        + "{dash|comma|and}{0,2}(?P<n2>{day|number}(?:{dash}?{number})?){dash}?(?P<u2>{unit})",
        lengths.hours_and_minutes,
    ),
    (_N + _UNIT + "{from}{now}", lengths.from_now),
    (_N + _UNIT + "(?P<b>{before|after})(?={comma})", lengths.ago),
    (_UNIT + "{ago|earlier|later}", lengths.vague_ago),
    ("{a}?(?P<u>{unit}){dash}{long}", lengths.as_long_as),
    ("(?P<n>{number|day})(?:\\.|{long})(?P<u>{unit})", lengths.described),
    ("{the}?(?P<u>{unit}){of|start}" + _MONTH + "(?P<d>" + _DAY + ")" + _IN_YEAR + "?", neardays.week_of),
    (
        "{the}?(?P<u>{unit})(?P<b>{before|after})(?P<dir>{last|next})?(?P<w>{weekday}){s}?",
        neardays.beside_day,
    ),
    (_UNIT, lengths.vague_length),
    ("{the}(?P<e>{start|end}){of}{the}(?P<u>{unit})", neardays.edge_of_unit),
    ("{the}(?P<u>{unit})", neardays.the_weekend),
    (
        "{right}?{now}|{at}{this}{time}|{at}{the}{moment|present}|{at}{present}|{present}{dash}{unit}",
        read.present,
    ),
    ("{current}", read.present_state),
    ("{former|future}", read.state_in_history),
    ("{recently|recent}|(?<={in}){the}{recent}?{past}", read.past),
    ("{the}{near}?{future}|(?<={in}){near}?{future}|{as}{soon}{as}{possible}|{a}{later}{date}", read.ahead),
    (
        "(?P<dir>{last|this|next})?(?P<f>{feast})(?:{unit|eve}|(?P<p>{part}))?(?P<y>{year})?",
        dateperiods.feast,
    ),
    ("(?P<f>.){unit}{s}(?:{unit}|{eve})(?P<y>{year})?", dateperiods.new_year),
)


@functools.cache
def rules() -> tuple[tuple[re.Pattern[str], Build], ...]:
    """The rules, compiled once."""
    return tuple((timewords.pattern(rule), build) for rule, build in RULES)
