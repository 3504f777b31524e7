"""What to say when a scalar is not written as its field wants, and how to write it instead.

Each function takes the text and returns a message's predicate (what is wrong with it) and
the help (what to write). They guess only where the guess is certain: a date that could
be read two ways is not turned round.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from mkdocs_ems.model.fields import GREATEST, ID_LENGTH, ID_PATTERN

Words = tuple[str, str]
"""What is wrong with a text, and what to write."""

_ID = re.compile(ID_PATTERN)
_ID_HELP = "an id is capitals and digits in parts joined by hyphens, such as ASP-001"

# Letters of other alphabets that look like Latin capitals once capitalised, and dashes.
_LOOKS_LIKE = str.maketrans(
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212",
    "ABEKMHOPCTYXIJSABEZHIKMNOPTYX-------",
)
_JOINERS = re.compile(r"[\s_./:]+")
_NAME = re.compile(r"[A-Za-z.,'&]+(?: [A-Za-z.,'&]+)+")
"""Words without a number: hardly an id, however they are joined."""
_LETTERS_DIGITS = re.compile(r"([A-Z]{1,8})([0-9]{1,8})")


def latin(text: str) -> str:
    """The id that a look-alike spelling most likely means; it may still be none."""
    plain = unicodedata.normalize("NFKC", text).strip().upper().translate(_LOOKS_LIKE)
    joined = _JOINERS.sub("-", plain).strip("-")
    match = _LETTERS_DIGITS.fullmatch(joined)
    return f"{match[1]}-{match[2]}" if match else joined


def id_words(text: str) -> Words:
    """Why a text is not the form of an id."""
    meant = latin(text)
    help_ = f"write {meant}" if _ID.match(meant) and len(meant) <= ID_LENGTH else _ID_HELP
    if len(text) > ID_LENGTH:
        return f"is longer than {ID_LENGTH} characters", f"an id has at most {ID_LENGTH} characters"
    odd = next((char for char in text if not char.isascii()), None)
    if odd is not None:
        name = unicodedata.name(odd, "no name").lower()
        like = latin(odd)
        looks = f', which only looks like "{like}"' if len(like) == 1 and like.isascii() else ""
        return f'has the character "{odd}" (U+{ord(odd):04X}, {name}){looks}', help_
    if text != text.upper():
        if _NAME.fullmatch(text):
            what, help_ = "reads like a name, and this field takes an id", _ID_HELP
        else:
            what = "has small letters: an id is written in capitals"
        return what, help_
    odd = next((char for char in text if not (char.isalnum() or char == "-")), None)
    if odd is not None:
        shown = "a space" if odd.isspace() else f'"{odd}"'
        return f"has {shown} in it: the parts of an id are joined by hyphens", help_
    if "-" not in text:
        return "has no hyphen, so it is no id", help_
    return "is not the form of an id", help_


_YEAR_FIRST = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})(?:[T ].*)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})")


def day_words(text: str) -> Words:
    """Why a text is not a day, and the same day as it has to be written where that is certain."""
    if match := _YEAR_FIRST.fullmatch(text):
        meant = _iso(match[1], match[2], match[3])
        if meant is None:
            return "is not a day of the calendar", "write a day that exists, as 2026-01-31"
        return "is not a date as this field wants it", f"write {meant}"
    if match := _YEAR_LAST.fullmatch(text):
        one, sign, two, year = match.groups()
        # With dots the day always comes first; otherwise only where it cannot be a month.
        if sign == "." or int(one) > 12:
            meant = _iso(year, two, one)
        else:
            meant = _iso(year, one, two) if int(two) > 12 else None
        if meant is not None:
            return "is not a date as this field wants it", f"write {meant}"
    return "is not a date", "write year, month and day, as 2026-01-31"


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


_A_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NEARLY_NUMBERS: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"-?[0-9]+,[0-9]+"),
        "has a comma",
        lambda match: f"write the decimals after a point: {match[0].replace(',', '.')}",
    ),
    (
        re.compile(r"-?[0-9]{1,3}(?:[ '\u00a0\u2009\u202f][0-9]{3})+(?:\.[0-9]+)?"),
        "has its thousands set apart",
        lambda match: f"write {re.sub('[^0-9.-]', '', match[0])}",
    ),
    (re.compile(r"\+(.+)"), "has a plus sign", lambda match: f"write {match[1]}"),
    (re.compile(r"\u2212(.+)"), "has a typographic minus sign", lambda match: f"write -{match[1]}"),
    (
        re.compile(r"-?0[0-9]+(?:\.[0-9]+)?"),
        "begins with 0",
        lambda _: "write the number without leading zeros",
    ),
    (
        re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*[^\d\s].*", re.DOTALL),
        "is a number and something else",
        lambda match: f"write only the number: {match[1]}",
    ),
)


def number_words(text: str) -> Words:
    """Why a text is not a number."""
    if _A_NUMBER.fullmatch(text):
        if abs(float(text)) > GREATEST:
            return "is too great", f"check its digits: no value here is beyond {GREATEST:g}"
        return "is too near to nought", "write 0, or choose a smaller unit"
    for pattern, what, write in _NEARLY_NUMBERS:
        if match := pattern.fullmatch(text):
            return what, write(match)
    return "is not a number", "write a number such as 12 or 0.5"


def whole_words(text: str) -> Words:
    """Why a text is not a whole number."""
    if re.fullmatch(r"-?[0-9]+\.[0-9]+", text):
        return "is not a whole number", "write it without decimals"
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+", text):
        return "is not a whole number as it is written", "write its digits out, such as 1000"
    what, help_ = number_words(text)
    return what.replace("a number", "a whole number"), help_.replace("12 or 0.5", "3")


_TRUE = frozenset({"yes", "y", "on", "true", "1"})
_FALSE = frozenset({"no", "n", "off", "false", "0"})


def flag_words(text: str) -> Words:
    """Why a text is neither true nor false."""
    folded = text.casefold()
    if folded in _TRUE | _FALSE:
        return "is neither true nor false as this field wants it", f"write {str(folded in _TRUE).lower()}"
    return "is neither true nor false", "write true or false"


_SPANS = {
    "daily": "1 day",
    "weekly": "1 week",
    "monthly": "1 month",
    "quarterly": "3 months",
    "half-yearly": "6 months",
    "yearly": "12 months",
    "annual": "12 months",
    "annually": "12 months",
    "biennial": "2 years",
}
_SHORT_SPAN = re.compile(r"([1-9][0-9]{0,3})\s*(d|w|m|mo|y|yr|a)\w*", re.IGNORECASE)
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year", "a": "year"}


def interval_words(text: str) -> Words:
    """Why a text is not an interval."""
    meant = _SPANS.get(text.casefold())
    if meant is None and (match := _SHORT_SPAN.fullmatch(text)):
        count, unit = match[1], _UNITS[match[2][0].lower()]
        meant = f"{count} {unit}{'' if count == '1' else 's'}"
    if meant is not None:
        return "is not an interval as this field wants it", f"write {meant}"
    return "is not an interval", "write such as 12 months, 2 years, 90 days or 1 week"


def clause_words(text: str) -> Words:
    """Why a text is not a clause number."""
    match = re.search(r"[0-9]{1,2}(\.[0-9]{1,2})+", text)
    help_ = f"write {match[0]}" if match else "write a number such as 6.1.2, or 2026:6.1.4 with its edition"
    return "is not a clause number", help_


def period_words(text: str) -> Words:  # noqa: ARG001 - as all of these
    """Why a text is not a period."""
    return "is not a period", "write such as 2026-06-14, 2026-W24, 2026-06, 2026-Q2 or 2026"


def month_day_words(text: str) -> Words:  # noqa: ARG001 - as all of these
    """Why a text is not a day of any year."""
    return "is not a day of the year", "write the month and the day, as 01-31 for 31 January"


def checksum_words(text: str) -> Words:  # noqa: ARG001 - as all of these
    """Why a text is not a checksum."""
    return (
        "is not the sha256 of a file",
        "write its 64 digits from 0 to 9 and a to f, as sha256sum prints them",
    )


FORM_WORDS: Mapping[str, Callable[[str], Words]] = MappingProxyType(
    {
        "id": id_words,
        "reference": id_words,
        "clause": clause_words,
        "day": day_words,
        "number": number_words,
        "whole": whole_words,
        "flag": flag_words,
        "interval": interval_words,
        "period": period_words,
        "month-day": month_day_words,
        "checksum": checksum_words,
    }
)
"""Who explains which form."""
