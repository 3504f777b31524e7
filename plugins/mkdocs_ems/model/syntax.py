"""The small language of the significance method: from text to a tree.

    likelihood * severity        if(condition == "emergency", p * c, q * h)        score >= 12

Numbers, names, quoted words, `+ - * /`, comparisons, `and or not`, `min`, `max`, `if`,
`count` (how many of its conditions hold), and the signs of mathematics. Text is bounded in
length and depth. Nothing here computes, nothing is ever given to `eval`, and nothing knows
criteria or aspects: names are the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from mkdocs_ems import dataclass

MAX_LENGTH = 1000
MAX_DEPTH = 30
FUNCTIONS = ("min", "max", "if", "count")
RESERVED = frozenset({"and", "or", "not", "true", "false", *FUNCTIONS})

NAME = re.compile(r"[^\W\d]\w*")


class ExpressionError(Exception):
    """The text is no expression, or cannot be computed; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Word:
    """A quoted word, to compare with."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name whose value the caller gives."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """Minus its operand."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Chain:
    """A first operand, then others, each with its sign: only `+ -` or only `* /`."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two operands and one of `< <= > >= == !=`."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Junction:
    """Conditions joined by `and` or by `or`."""

    word: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """`min`, `max`, `if` or `count` of its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node = Number | Word | Name | Negative | Chain | Comparison | Not | Junction | Call

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>[0-9]{1,15}(?:\.[0-9]{1,15})?(?![\w.]))
    |(?P<name>[^\W\d]\w*)
    |(?P<word>"[^"]*"|'[^']*')
    |(?P<sign><=|>=|==|!=|[-+*/()<>=,×·÷≤≥≠])
    )""",  # noqa: RUF001 - people write the signs that they see in their own procedure
    re.VERBOSE,
)
_SAME = {"×": "*", "·": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "=": "=="}  # noqa: RUF001 - as above
_COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            rest = text[at:].lstrip()
            column = len(text) - len(rest) + 1
            raise ExpressionError(f'"{rest[:12]}" at character {column} cannot be read')
        piece = match[match.lastgroup]
        found.append(_Token(match.lastgroup, _SAME.get(piece, piece), match.start(match.lastgroup) + 1))
        at = match.end()
    return [*found, _Token("end", "", len(text) + 1)]


class _Parser:
    """Recursive descent over the tokens of one text; every recursion is counted."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._next = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._junction()
        if self._token.kind != "end":
            raise self._unexpected("an operator such as * or and")
        return node

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    def _taken(self, *texts: str) -> str | None:
        token = self._token
        if token.kind in ("sign", "name") and token.text in texts:
            self._next += 1
            return token.text
        return None

    def _unexpected(self, wanted: str) -> ExpressionError:
        token = self._token
        if token.kind == "end":
            return ExpressionError(f"it ends where {wanted} is expected")
        return ExpressionError(f'"{token.text}" at character {token.at} stands where {wanted} is expected')

    def _junction(self) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionError(f"it is nested more than {MAX_DEPTH} deep")
        parts = [self._conjunction()]
        while self._taken("or"):
            parts.append(self._conjunction())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else Junction("or", tuple(parts))

    def _conjunction(self) -> Node:
        parts = [self._negation()]
        while self._taken("and"):
            parts.append(self._negation())
        return parts[0] if len(parts) == 1 else Junction("and", tuple(parts))

    def _negation(self) -> Node:
        times = 0
        while self._taken("not"):
            times += 1
        node = self._comparison()
        if times == 0:
            return node
        return Not(node) if times % 2 else Not(Not(node))

    def _comparison(self) -> Node:
        left = self._sum()
        sign = self._taken(*_COMPARISONS)
        if sign is None:
            return left
        node = Comparison(sign, left, self._sum())
        if self._token.text in _COMPARISONS:
            raise self._unexpected("and or or (a < b < c is written a < b and b < c)")
        return node

    def _sum(self) -> Node:
        first, rest = self._product(), []
        while sign := self._taken("+", "-"):
            rest.append((sign, self._product()))
        return Chain(first, tuple(rest)) if rest else first

    def _product(self) -> Node:
        first, rest = self._signed(), []
        while sign := self._taken("*", "/"):
            rest.append((sign, self._signed()))
        return Chain(first, tuple(rest)) if rest else first

    def _signed(self) -> Node:
        minus = 0
        while sign := self._taken("-", "+"):
            minus += sign == "-"
        node = self._atom()
        return Negative(node) if minus % 2 else node

    def _atom(self) -> Node:
        token = self._token
        if self._taken("("):
            node = self._junction()
            self._close()
            return node
        if token.kind not in ("number", "word", "name") or token.text in ("and", "or", "not"):
            raise self._unexpected("a name, a number or (")
        self._next += 1
        if token.kind == "number":
            return Number(Fraction(token.text))
        if token.kind == "word":
            return Word(token.text[1:-1].strip())
        if token.text in FUNCTIONS:
            return self._call(token)
        if token.text in RESERVED:
            said = f'"{token.text}" at character {token.at} is no name'
            raise ExpressionError(f"{said}: write a comparison instead")
        return Name(token.text)

    def _call(self, token: _Token) -> Node:
        if not self._taken("("):
            raise self._unexpected(f"( after {token.text}")
        arguments = [self._junction()]
        while self._taken(","):
            arguments.append(self._junction())
        self._close()
        if token.text == "if" and len(arguments) != 3:
            raise ExpressionError(
                f"if at character {token.at} takes three things: a condition, a value, another value"
            )
        return Call(token.text, tuple(arguments))

    def _close(self) -> None:
        if not self._taken(")"):
            raise self._unexpected(") or an operator")


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that was read, and every name that stands in it."""

    text: str
    node: Node
    names: frozenset[str]


@lru_cache(maxsize=256)
def parse(text: str) -> Expression:
    """Read an expression.

    Raises:
        ExpressionError: It is too long, too deep, or none.
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"it is longer than {MAX_LENGTH} characters")
    node = _Parser(text).whole()
    return Expression(text, node, frozenset(_names(node)))


def parts(node: Node) -> tuple[Node, ...]:
    """The expressions directly inside one."""
    match node:
        case Number() | Word() | Name():
            return ()
        case Negative(operand) | Not(operand):
            return (operand,)
        case Chain(first, rest):
            return (first, *(one for _, one in rest))
        case Comparison(_, left, right):
            return (left, right)
        case Junction(_, joined):
            return joined
        case Call(_, arguments):
            return arguments


def _names(node: Node) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.name
    for part in parts(node):
        yield from _names(part)
