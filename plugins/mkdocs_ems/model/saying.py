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
    of = ", ".join(spelled(one, values) for one in node.arguments)
    return f"the {'least' if node.function == 'min' else 'greatest'} of ({of})"


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
    text = spelled(node, values)
    if isinstance(node, Call) and node.function == "if":
        return f"({text})"
    return f"({text})" if isinstance(node, Chain | Comparison | Junction | Not) else text


def _leaf(node: Number | Word | Name, values: Mapping[str, Value]) -> str:
    if isinstance(node, Number):
        return number_words(node.value)
    if isinstance(node, Word):
        return node.text
    value, plain = values.get(node.name), node.name.replace("_", " ")
    if node.name == "score" or value is None:
        return plain
    return f"{plain} {number_words(value) if isinstance(value, Fraction) else value}"
