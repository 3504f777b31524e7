"""A computation told in words: `likelihood 3 × severity 5 = 15`, `score ≥ 12`.

Turns expressions and the values of their names into text for readers. Computes only
through `expressions`; judges nothing.
"""  # noqa: RUF002 - the sign that readers know

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from mkdocs_ems.model.expressions import Value, evaluate
from mkdocs_ems.model.syntax import (
    Call,
    Chain,
    Comparison,
    Junction,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Word,
    parts,
)

_SIGNS = {"*": "×", "/": "÷", "-": "−", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}  # noqa: RUF001 - as above
_CONTRARY = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def number_words(value: Fraction | float) -> str:
    """15, 2.5 or 3.3333: never 15.0."""
    text = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def value_words(value: Value) -> str:
    """A number as above, a word as it is."""
    return number_words(value) if isinstance(value, Fraction) else str(value)


def spelled(node: Node, values: Mapping[str, Value]) -> str:
    """An expression with each name followed by its value."""
    match node:
        case Number() | Word() | Name():
            return _leaf(node, values)
        case Negative() | Chain():
            return _reckoned(node, values)
        case Comparison(sign, left, right):
            return _compared(sign, left, right, values)
        case Not() | Junction():
            words = [_inside(one, values) for one in parts(node)]
            return f" {node.word} ".join(words) if isinstance(node, Junction) else f"not {words[0]}"
        case Call():
            return _called(node, values)


def _reckoned(node: Negative | Chain, values: Mapping[str, Value]) -> str:
    if isinstance(node, Negative):
        return f"{_SIGNS['-']}{_inside(node.operand, values)}"
    steps = [f" {_SIGNS.get(sign, sign)} {_inside(one, values)}" for sign, one in node.rest]
    return _inside(node.first, values) + "".join(steps)


def _called(node: Call, values: Mapping[str, Value]) -> str:
    if node.function == "if":
        condition, then, otherwise = node.arguments
        return spelled(then if evaluate(condition, values) else otherwise, values)
    if node.function == "count":
        return _counted(node, values)
    of = ", ".join(spelled(one, values) for one in node.arguments)
    return f"the {'least' if node.function == 'min' else 'greatest'} of ({of})"


def _counted(node: Call, values: Mapping[str, Value]) -> str:
    held = [reason(one, values) for one in node.arguments if evaluate(one, values)]
    of = f"{len(held) or 'none'} of {len(node.arguments)}"
    return f"{of} ({', '.join(held)})" if held else of


def written(node: Node) -> str:
    """An expression as a reader would write it, without any values."""
    match node:
        case Number() | Word() | Name():
            return _leaf(node, {})
        case Negative() | Chain():
            return _written_sum(node)
        case Comparison(sign, left, right):
            return f"{written(left)} {_SIGNS.get(sign, sign)} {written(right)}"
        case Not() | Junction():
            parted = [_held(one) if isinstance(one, Junction | Not) else written(one) for one in parts(node)]
            return f" {node.word} ".join(parted) if isinstance(node, Junction) else f"not ({parted[0]})"
        case Call():
            return _written_call(node)


def _written_sum(node: Negative | Chain) -> str:
    if isinstance(node, Negative):
        return f"{_SIGNS['-']}{_held(node.operand)}"
    return _held(node.first) + "".join(f" {_SIGNS.get(sign, sign)} {_held(one)}" for sign, one in node.rest)


def _written_call(node: Call) -> str:
    one = [written(argument) for argument in node.arguments]
    match node.function:
        case "if":
            return f"{one[1]} if {one[0]}, otherwise {one[2]}"
        case "count":
            return f"how many of these hold: {', '.join(one)}"
        case function:
            return f"the {'least' if function == 'min' else 'greatest'} of ({', '.join(one)})"


def _held(node: Node) -> str:
    """The same, in parentheses where it would run into what stands beside it."""
    plain = isinstance(node, Number | Word | Name)
    plain = plain or (isinstance(node, Call) and node.function in ("min", "max"))
    return written(node) if plain else f"({written(node)})"


def reason(node: Node, values: Mapping[str, Value]) -> str:
    """Why a condition holds or does not: the comparisons that decide it, as they turned out."""
    match node:
        case Comparison(sign, left, right):
            if not evaluate(node, values):
                sign = _CONTRARY[sign]
            return _compared(sign, left, right, values)
        case Not(operand):
            return reason(operand, values)
        case Junction(_, joined):
            holds = evaluate(node, values)
            decisive = [reason(one, values) for one in joined if evaluate(one, values) == holds]
            return " and ".join(dict.fromkeys(decisive))
        case Call("if", (condition, then, otherwise)):
            return reason(then if evaluate(condition, values) else otherwise, values)
        case _:
            return spelled(node, values)


def _compared(sign: str, left: Node, right: Node, values: Mapping[str, Value]) -> str:
    bound = {} if isinstance(left, Word) or isinstance(right, Word) else values
    return f"{spelled(left, bound)} {_SIGNS.get(sign, sign)} {spelled(right, bound)}"


def _inside(node: Node, values: Mapping[str, Value]) -> str:
    if isinstance(node, Call) and node.function == "if":
        condition, then, otherwise = node.arguments
        return _inside(then if evaluate(condition, values) else otherwise, values)
    text = spelled(node, values)
    return f"({text})" if isinstance(node, Chain | Comparison | Junction | Not) else text


def _leaf(node: Number | Word | Name, values: Mapping[str, Value]) -> str:
    if isinstance(node, Number):
        return number_words(node.value)
    if isinstance(node, Word):
        return node.text
    value, plain = values.get(node.name), node.name.replace("_", " ")
    if node.name == "score" or value is None:
        return plain
    return f"{plain} {value_words(value)}"
