"""Any text as an expression of the significance method: computed as it was checked, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mkdocs_ems.model.expressions import Domain, Value, domain, evaluate, needed
from mkdocs_ems.model.syntax import ExpressionError, Node, parse

INSTRUMENTED = ("mkdocs_ems.model.expressions", "mkdocs_ems.model.syntax")
LARGEST = 1_100
WORDS = (
    *(
        "likelihood",
        "severity",
        "score",
        "condition",
        "min(",
        "max(",
        "if(",
        "count(",
        " and ",
        " or ",
        " not ",
    ),
    *(
        ">=",
        "<=",
        "==",
        "!=",
        "<",
        ">",
        "*",
        "/",
        "+",
        "-",
        "(",
        ")",
        ", ",
        '"emergency"',
        "'normal'",
        "true",
    ),
    *("0", "1e9", "0.1", "\u00d7", "\u00f7", "\u2265", "\u2212", "\u0663", "10" * 20, "1/0", "\n"),
)
_NAMES: dict[str, Domain] = {
    "likelihood": Fraction,
    "severity": Fraction,
    "legal": bool,
    "condition": ("normal", "abnormal", "emergency"),
}
_VALUES: tuple[dict[str, Value], ...] = (
    {"likelihood": Fraction(0), "severity": Fraction(5), "legal": True, "condition": "normal"},
    {"likelihood": Fraction(3), "severity": Fraction(1, 7), "legal": False, "condition": "emergency"},
)


def seeds() -> Iterator[bytes]:
    """What to begin with."""
    yield b"likelihood * severity"
    yield b"score >= 12 or severity >= 4"
    yield b'if(condition == "emergency", likelihood * 2, max(likelihood, severity) / 3)'
    yield b"count(likelihood > 1, not legal, severity == 5) - -0.1"
    yield b"(" * 30 + b"1" + b")" * 30


def attempt(data: bytes) -> None:
    """Read some text and compute it; whatever is wrong with how that went raises."""
    text = data.decode("utf-8", "replace")
    try:
        expression = parse(text)
        sort = domain(expression.node, _NAMES)
    except ExpressionError:
        return
    assert expression.names <= _NAMES.keys()
    for values in _VALUES:
        assert needed(expression.node, values) <= expression.names
        fault, value = _computed(expression.node, values)
        # It was found sound without computing it: what is left is what only numbers tell.
        if fault:
            assert fault in ("it divides by zero", "the result is too large")
        else:
            assert value in sort if isinstance(sort, tuple) else type(value) is sort


def _computed(node: Node, values: dict[str, Value]) -> tuple[str, Value | None]:
    try:
        return "", evaluate(node, values)
    except ExpressionError as error:
        return str(error), None
