"""The small language of the significance method: computed, checked, and asked what it needs.

Arithmetic is exact, so that weights such as 0.1 add up, and a value is bounded in size.
Nothing here reads text, and nothing knows criteria or aspects: the caller binds names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from mkdocs_ems.model.syntax import (
    Call,
    Chain,
    Comparison,
    ExpressionError,
    Junction,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Word,
    parts,
)
from mkdocs_ems.text import did_you_mean

MAX_VALUE = 10**15

Value = Fraction | bool | str
"""What a name may stand for and an expression may give: a number, true or false, a word."""

Domain = type[Fraction] | type[bool] | tuple[str, ...]
"""What a name or an expression ranges over: numbers, true and false, or these words."""


def evaluate(node: Node, values: Mapping[str, Value]) -> Value:
    """Compute an expression; every name that it needs must have a value.

    Raises:
        ExpressionError: It divides by zero, mixes numbers with words, or grows too large.
    """
    match node:
        case Number(value):
            return value
        case Word(text):
            return text
        case Name(name):
            if name not in values:
                raise ExpressionError(f'"{name}" has no value')
            return values[name]
        case Negative() | Chain():
            return _arithmetic(node, values)
        case Comparison() | Not() | Junction():
            return _condition(node, values)
        case Call():
            return _call(node, values)


def _arithmetic(node: Negative | Chain, values: Mapping[str, Value]) -> Fraction:
    if isinstance(node, Negative):
        return -as_number(evaluate(node.operand, values))
    return _chain(as_number(evaluate(node.first, values)), node.rest, values)


def _condition(node: Comparison | Not | Junction, values: Mapping[str, Value]) -> bool:
    if isinstance(node, Comparison):
        return _compare(node.sign, evaluate(node.left, values), evaluate(node.right, values))
    if isinstance(node, Not):
        return not as_flag(evaluate(node.operand, values))
    # All parts are computed: a fault never hides behind the part before it.
    flags = [as_flag(evaluate(part, values)) for part in node.parts]
    return all(flags) if node.word == "and" else any(flags)


def _call(node: Call, values: Mapping[str, Value]) -> Value:
    if node.function == "if":
        condition, then, otherwise = node.arguments
        return evaluate(then if as_flag(evaluate(condition, values)) else otherwise, values)
    if node.function == "count":
        return Fraction(sum(as_flag(evaluate(one, values)) for one in node.arguments))
    numbers = [as_number(evaluate(one, values)) for one in node.arguments]
    return min(numbers) if node.function == "min" else max(numbers)


def _chain(total: Fraction, rest: tuple[tuple[str, Node], ...], values: Mapping[str, Value]) -> Fraction:
    for sign, node in rest:
        value = as_number(evaluate(node, values))
        if sign == "+":
            total += value
        elif sign == "-":
            total -= value
        elif sign == "*":
            total *= value
        elif value == 0:
            raise ExpressionError("it divides by zero")
        else:
            total /= value
        if abs(total) > MAX_VALUE:
            raise ExpressionError("the result is too large")
    return total


def _compare(sign: str, left: Value, right: Value) -> bool:
    if sign in ("==", "!="):
        if isinstance(left, str) != isinstance(right, str) or isinstance(left, bool) != isinstance(
            right, bool
        ):
            raise ExpressionError("it compares a number with a word")
        return (left == right) == (sign == "==")
    a, b = as_number(left), as_number(right)
    if sign == "<":
        return a < b
    if sign == "<=":
        return a <= b
    return a > b if sign == ">" else a >= b


def as_number(value: Value) -> Fraction:
    """A value that has to be a number; raises ExpressionError for others."""
    if isinstance(value, Fraction):
        return value
    raise ExpressionError("it calculates with something that is no number")


def as_flag(value: Value) -> bool:
    """A value that has to be true or false; raises ExpressionError for others."""
    if isinstance(value, bool):
        return value
    raise ExpressionError("it takes something for a condition that is none: write a comparison")


def needed(node: Node, values: Mapping[str, Value]) -> frozenset[str]:
    """The names that computing it needs: of an `if` whose condition is known, the chosen side's only."""
    if isinstance(node, Name):
        return frozenset((node.name,))
    if isinstance(node, Call) and node.function == "if":
        condition, then, otherwise = node.arguments
        asked = needed(condition, values)
        if not asked <= values.keys():
            return asked
        try:
            chosen = then if as_flag(evaluate(condition, values)) else otherwise
        except ExpressionError:
            return asked
        return asked | needed(chosen, values)
    return frozenset[str]().union(*(needed(part, values) for part in parts(node)))


def domain(node: Node, names: Mapping[str, Domain]) -> Domain:
    """What an expression gives, found without computing it.

    Raises:
        ExpressionError: A name is unknown, or numbers, words and conditions are mixed.
    """
    match node:
        case Number() | Word() | Name():
            return _of_leaf(node, names)
        case Comparison():
            return _comparable(node, names)
        case Call("if"):
            return _either(node, names)
        case Call("count"):
            _all_conditions(node, names)
            return Fraction
        case Not() | Junction():
            return _all_conditions(node, names)
        case Negative() | Chain() | Call():
            return _all_numbers(node, names)


def _of_leaf(node: Number | Word | Name, names: Mapping[str, Domain]) -> Domain:
    if isinstance(node, Name):
        if node.name not in names:
            raise ExpressionError(f'"{node.name}" is unknown{_near(node.name, names)}')
        return names[node.name]
    return (node.text,) if isinstance(node, Word) else Fraction


def _all_numbers(node: Node, names: Mapping[str, Domain]) -> Domain:
    for part in parts(node):
        if domain(part, names) is not Fraction:
            name = f'"{part.name}"' if isinstance(part, Name) else "a part of it"
            raise ExpressionError(f"it calculates with {name}, which is no number")
    return Fraction


def _all_conditions(node: Node, names: Mapping[str, Domain]) -> Domain:
    what = "count counts" if isinstance(node, Call) else "and, or, not join"
    for part in parts(node):
        if domain(part, names) is not bool:
            raise ExpressionError(f"{what} comparisons: write what is compared with what")
    return bool


def _either(node: Call, names: Mapping[str, Domain]) -> Domain:
    condition, then, otherwise = node.arguments
    if domain(condition, names) is not bool:
        raise ExpressionError("the first part of if must be a comparison")
    one, other = domain(then, names), domain(otherwise, names)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return (*one, *other)
    if one is not other:
        raise ExpressionError("the two values of if are of different sorts")
    return one


def _comparable(node: Comparison, names: Mapping[str, Domain]) -> Domain:
    one, other = domain(node.left, names), domain(node.right, names)
    if not (isinstance(one, tuple) and isinstance(other, tuple)):
        if one is not other or one is bool:
            raise ExpressionError("it compares things of different sorts: words are written in quotes")
        return bool
    if node.sign not in ("==", "!="):
        raise ExpressionError("words have no order: compare them with == or !=")
    for side, words in ((node.left, other), (node.right, one)):
        if isinstance(side, Word) and side.text not in words:
            raise ExpressionError(f'"{side.text}" is never its value{_near(side.text, words)}')
    return bool


def _near(word: str, known: Iterable[str]) -> str:
    near = did_you_mean(word[:80], known)
    return f'; did you mean "{near}"?' if near else ""
