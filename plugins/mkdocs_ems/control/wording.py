"""Compares two sentences word by word: is it spelling, a better word, or another sentence?

Where something is told that counts (a number, an id, *must*), only spelling may change.
Elsewhere a word may be replaced by a better one, but not the word a sentence begins with,
which in an order is its verb. Nothing here knows what a word means, so whatever turns a
meaning by few letters (*un-*, *-less*, *nitrate* and *nitrite*) is never taken for spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from mkdocs_ems import dataclass
from mkdocs_ems.text import fold

_ATOM = re.compile(r"(?P<word>[^\W_]+(?:['’-][^\W_]+)*)|\S")  # noqa: RUF001 - as people write it
_FREE = frozenset(",\"“”„«»‘’'")  # noqa: RUF001 - as people write them
"""Marks that may come and go in a sentence that tells nothing that counts."""
_ARTICLES = frozenset({"a", "an", "the"})
_JOINING = frozenset(
    (
        *("and", "or", "but", "if", "then", "than", "that", "which", "who", "whom", "nor", "so", "because"),
        *("while", "when", "where", "with", "from", "to"),
        *("und", "oder", "aber", "wenn", "falls", "dann", "als", "dass", "welche", "welcher", "mit", "von"),
        *("et", "ou", "mais", "si", "alors", "que", "qui", "dont", "avec", "quand"),
        *("y", "o", "pero", "cuando", "con"),
    )
)
"""Words that hold parts of a sentence together: with them an order comes or goes."""
_FIRM = ("hyper", "hypo", "inter", "intra", "macro", "micro", "counter", "anti", "ante", "non", "dis", "mis")
_TURNING = (*_FIRM, "un", "in", "im", "ir", "il", "ab", "an", "de", "a")
"""What turns a word into its contrary where it stands before it."""
_LACKING = ("less", "free", "los", "frei", "ful", "voll")
_ENDINGS = (
    *("ane", "ene", "ine", "yne", "ate", "ite", "ide", "one", "ous", "ium"),
    *("ic", "ol", "al", "yl", "at", "it", "id", "an", "en", "in", "er", "ee"),
)
"""Endings that tell one substance, or one side of a contract, from another."""
_NEAR = 64
"""Longest stretch of words, and longest word, that is compared: so time is linear in the size of the text."""
_LONG = 8
"""A word of so many letters may have two of them wrong; a shorter one has one."""
_SHORT = 3
"""In a word of so few letters, letters only change places."""


@dataclass(frozen=True, slots=True)
class _Atom:
    """A word or a mark, and whether anything stands between it and what precedes it."""

    text: str
    spaced: bool
    word: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two sentences: words that went and came, and what forbids it, if anything."""

    why: str = ""
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()


def spelling(old: str, new: str) -> Difference:
    """What changed, where nothing but the spelling of words may change."""
    one, other = _ended(_atoms(old)), _ended(_atoms(new))
    if len(one) != len(other):
        one, other = _bare(one), _bare(other)
    if len(one) != len(other):
        return Difference("words or marks come or go")
    gone, come = [], []
    for a, b in zip(one, other, strict=True):
        if a.word != b.word or a.spaced != b.spaced:
            return Difference(f"it says {b.text}, where it said {a.text}")
        if _same(a.text, b.text):
            continue
        if not (a.word and spelled(a.text, b.text)):
            return Difference(f"it says {b.text}, where it said {a.text}")
        gone.append(fold(a.text))
        come.append(fold(b.text))
    return Difference("", tuple(gone), tuple(come))


def rewording(old: str, new: str, *, first: bool = True) -> Difference:
    """What changed, where a better word may take a word's place.

    Args:
        old: the sentence as it was.
        new: the sentence as it is.
        first: the word it begins with may change in its spelling only.
    """
    one, other = _ended(_atoms(old)), _ended(_atoms(new))
    if _marks(one) != _marks(other):
        return Difference("more than a comma changes in it")
    a, b = ([atom.text for atom in atoms if atom.word] for atoms in (one, other))
    begin, start = _first(a), _first(b)
    if first and not (_same(begin, start) or spelled(begin, start)):
        return Difference(f"it begins with {start or 'no word'}, where it began with {begin or 'no word'}")
    changes = _changes(a, b)
    if changes is None:
        return Difference("too much changes in it")
    gone, come = changes
    return Difference(_turned(gone, come, a) or "", tuple(map(fold, gone)), tuple(map(fold, come)))


def spelled(old: str, new: str) -> bool:
    """Whether two different words may be one word, spelled in two ways."""
    if not (_plain(old) and _plain(new)) or script(old) != script(new) or " " in script(new):
        return False
    a, b = fold(old), fold(new)
    if {a, b} == {"a", "an"}:
        return True
    shorter, longer = sorted((len(a), len(b)))
    few = 2 if shorter >= _LONG else 1
    begun = 2 if shorter > _SHORT + 1 else 1
    if longer - shorter > few or longer > _NEAR or a[:begun] != b[:begun] or {a, b} <= _JOINING:
        return False
    if shorter <= _SHORT:
        return sorted(a) == sorted(b)
    return not _contrary(a, b) and not _other_substance(a, b) and _near(a, b, few)


@lru_cache(maxsize=4096)
def script(word: str) -> str:
    """The alphabets of a word, separated by spaces: more than one where it mixes them."""
    if word.isascii():
        return "LATIN"
    named = {unicodedata.name(letter, "?").split()[0] for letter in word if letter.isalpha()}
    return " ".join(sorted(named)) or "LATIN"


def words(text: str) -> tuple[str, ...]:
    """The words of a text, in order."""
    return tuple(match["word"] for match in _ATOM.finditer(text) if match["word"])


def moved(words: Sequence[str]) -> str | None:
    """The first of these words that is more than an article."""
    return next((word for word in words if word not in _ARTICLES), None)


# --- words and marks ----------------------------------------------------------------------


def _atoms(text: str) -> list[_Atom]:
    found: list[_Atom] = []
    end = 0
    for match in _ATOM.finditer(text):
        found.append(_Atom(match[0], bool(found) and match.start() != end, match["word"] is not None))
        end = match.end()
    return found


def _ended(atoms: list[_Atom]) -> list[_Atom]:
    """Without the full stop at the end, which may be missing."""
    return atoms[:-1] if atoms and atoms[-1].text == "." else atoms


def _bare(atoms: list[_Atom]) -> list[_Atom]:
    """Without *the*, which may be missing; what follows stands where it stood."""
    kept: list[_Atom] = []
    spaced: bool | None = None
    for atom in atoms:
        if fold(atom.text) == "the":
            spaced = atom.spaced if spaced is None else spaced
            continue
        kept.append(atom if spaced is None else _Atom(atom.text, spaced, atom.word))
        spaced = None
    return kept


def _marks(atoms: list[_Atom]) -> list[tuple[str, bool]]:
    return [(one.text, one.spaced) for one in atoms if not one.word and one.text not in _FREE]


def _first(found: list[str]) -> str:
    return next((word for word in found if fold(word) not in _ARTICLES), "")


def _same(old: str, new: str) -> bool:
    """Whether only capitals differ, and they make no other symbol of it, as *CO* and *Co* are."""
    if old == new:
        return True
    a, b = (fold(one).replace("’", "'") for one in (old, new))  # noqa: RUF001 - as people write it
    if a != b or not (_even(old) and _even(new)):
        return False
    return len(a) > _SHORT or old[1:] == new[1:] or not old.isalpha()


def _even(word: str) -> bool:
    """Whether a word is no compatibility form of another, as full-width letters are."""
    return unicodedata.normalize("NFKC", word) == unicodedata.normalize("NFC", word)


def _plain(word: str) -> bool:
    """Whether a word is made of letters and is no symbol, such as pH."""
    bare = re.sub(r"['’-]", "", word)  # noqa: RUF001 - as people write it
    return bare.isalpha() and (bare[1:].islower() or len(bare) == 1)


# --- how words differ ---------------------------------------------------------------------


def _changes(old: list[str], new: list[str]) -> tuple[list[str], list[str]] | None:
    """The words that went and those that came; None where that is more than a few of them."""
    start = 0
    while start < min(len(old), len(new)) and _same(old[start], new[start]):
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and _same(old[-1 - end], new[-1 - end]):
        end += 1
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(a), len(b)) > _NEAR:
        return None
    most = max(1, min(4, max(len(old), len(new)) // 3))
    matcher = SequenceMatcher(None, [fold(one) for one in a], [fold(one) for one in b], autojunk=False)
    gone: list[str] = []
    come: list[str] = []
    count = 0
    for kind, i, j, k, l in matcher.get_opcodes():  # noqa: E741 - as difflib names them
        if kind == "equal":
            continue
        if abs((j - i) - (l - k)) > 1:
            return None
        count += max(j - i, l - k)
        gone += a[i:j]
        come += b[k:l]
    return (gone, come) if count <= most else None


def _turned(gone: list[str], come: list[str], before: list[str]) -> str | None:
    """Why the words that came may turn what the sentence says."""
    scripts = {script(word) for word in before}
    for word in (*gone, *come):
        if not _plain(word):
            return f"{word} is more than a word"
        if fold(word) in _JOINING:
            return f"{word} comes or goes, and it joins parts of a sentence"
    for word in come:
        if scripts and script(word) not in scripts:
            return f"{word} is written in another alphabet"
    for old in map(fold, gone):
        for new in map(fold, come):
            if _contrary(old, new) or _other_substance(old, new):
                return f"it says {new}, where it said {old}"
    return None


def _contrary(old: str, new: str) -> bool:
    """Whether one may say the contrary of the other by what stands before or behind it."""
    for one, other in ((old, new), (new, old)):
        for turn in _TURNING:
            stem = one.removeprefix(turn).lstrip("-")
            if stem != one and len(stem) >= _SHORT and other.startswith(stem[:4]):
                return True
    if any(old.startswith(turn) != new.startswith(turn) for turn in _FIRM) and old[:2] == new[:2]:
        return True
    return any(old.endswith(end) != new.endswith(end) and old[:3] == new[:3] for end in _LACKING)


def _other_substance(old: str, new: str) -> bool:
    if old[:3] != new[:3]:
        return False
    # *Operater* is a slip of the pen for *operator*.
    one, other = (
        next((end for end in _ENDINGS if word.endswith(end)), "") for word in map(_as_er, (old, new))
    )
    return bool(one and other) and one != other


def _as_er(word: str) -> str:
    return f"{word[:-2]}er" if word.endswith("or") else word


def _near(old: str, new: str, most: int) -> bool:
    """Whether a few letters make one word of the other; two that changed places count as one."""
    before: list[int] = []
    row = list(range(len(new) + 1))
    for i, a in enumerate(old, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(new, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == new[j - 2] and old[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1] <= most
