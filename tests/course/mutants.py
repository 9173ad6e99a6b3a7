"""Break the reference solutions in small ways and see whether the checks notice: `python -m tests.course.mutants`."""

import ast
import copy
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.course.lessons import NOTEBOOK_OF, check_of, reference, run, solution
from tools.syllabus import tomllib

EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")
SECONDS_A_MUTANT = 20
_OPERATORS = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Add, ast.Div), ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div, ast.Mult), ast.Mod: (ast.FloorDiv,), ast.Pow: (ast.Mult,), ast.MatMult: (ast.Mult,),
}  # fmt: skip
_COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip
_WORDS = {"same": "valid", "valid": "same", "relu": "linear", "softmax": "sigmoid", "sigmoid": "linear", "max": "mean"}


class TimedOut(BaseException):
    """A mutant ran too long: it counts as killed."""


@dataclass(frozen=True)
class Mutant:
    """A changed solution: its source, and the change in words that stay the same from run to run."""

    change: str
    source: str


def mutants_of(source: str) -> Iterator[Mutant]:
    """Every single change of a function's body: operators, comparisons, constants, indices, slices, dropped lines."""
    seen = {ast.unparse(ast.parse(source))}
    count = sum(1 for _ in ast.walk(ast.parse(source)))
    for position in range(count):
        for variant in range(6):
            tree = ast.parse(source)
            nodes = list(_body_nodes(tree))
            if position >= len(nodes):
                return
            before = _line(nodes[position])
            if not _mutate(nodes[position], variant):
                continue
            text = ast.unparse(ast.fix_missing_locations(tree))
            if text not in seen:
                seen.add(text)
                yield Mutant(f"{before}  ->  {_changed_line(source, text)}", text)


def _body_nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """Nodes of the function's body without its docstring, parents before children."""
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef))
    body = function.body
    if (
        isinstance(body[0], ast.Expr)
        and isinstance(body[0].value, ast.Constant)
        and isinstance(body[0].value.value, str)
    ):
        body = body[1:]
    for statement in body:
        yield from ast.walk(statement)


def _line(node: ast.AST) -> str:
    """The code of an expression or the first line of a statement; "" for other nodes."""
    return ast.unparse(node).splitlines()[0][:100] if isinstance(node, (ast.expr, ast.stmt, ast.Slice)) else ""


def _changed_line(source: str, text: str) -> str:
    old = ast.unparse(ast.parse(source)).splitlines()
    new = text.splitlines()
    for mine, theirs in zip(new, old, strict=False):
        if mine != theirs:
            return mine.strip()[:120]
    return "(dropped)"


def _mutate(node: ast.AST, variant: int) -> bool:
    """Change a node in place in the given way; False where that way does not apply."""
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        others = _OPERATORS.get(type(node.op), ())
        if variant < len(others):
            node.op = others[variant]()
            return True
        if variant == 2 and isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Sub, ast.Div, ast.FloorDiv)):
            node.left, node.right = node.right, node.left
            return True
        return False
    if isinstance(node, ast.Compare):
        if variant == 0 and type(node.ops[0]) in _COMPARISONS:
            node.ops[0] = _COMPARISONS[type(node.ops[0])]()
            return True
        return False
    if isinstance(node, ast.Constant):
        return _mutate_constant(node, variant)
    if isinstance(node, ast.Slice):
        return _mutate_slice(node, variant)
    if isinstance(node, ast.Tuple) and variant < len(node.elts) - 1:
        node.elts[variant], node.elts[variant + 1] = node.elts[variant + 1], node.elts[variant]
        return True
    if isinstance(node, ast.Call) and variant < 5:
        if variant < len(node.keywords):
            del node.keywords[variant]
            return True
        return False
    if isinstance(node, ast.For) and variant == 0:
        node.body = [ast.Pass()]
        return True
    if isinstance(node, ast.If) and variant == 0:
        node.test = ast.UnaryOp(ast.Not(), copy.deepcopy(node.test))
        return True
    if isinstance(node, ast.Assign) and variant == 5 and isinstance(node.targets[0], ast.Subscript):
        node.value = copy.deepcopy(node.targets[0])  # the line does nothing any more
        node.value.ctx = ast.Load()
        return True
    return False


def _mutate_constant(node: ast.Constant, variant: int) -> bool:
    value = node.value
    if isinstance(value, bool):
        node.value = not value
        return variant == 0
    if isinstance(value, (int, float)) and variant < 2:
        node.value = value + (1, -1)[variant]
        return True
    if isinstance(value, str) and variant == 0 and value in _WORDS:
        node.value = _WORDS[value]
        return True
    return False


def _mutate_slice(node: ast.Slice, variant: int) -> bool:
    if variant < 3 and (name := ("lower", "upper", "step")[variant]) and getattr(node, name) is not None:
        setattr(node, name, None)
        return True
    return False


def survives(function: str, mutant: Mutant) -> bool:
    """Whether the check, with public and secret inputs, takes the mutant for right."""
    namespace = reference(NOTEBOOK_OF[function])
    check = check_of(function)

    def stop(*_: object) -> None:
        raise TimedOut

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS_A_MUTANT)
    try:
        run(mutant.source, namespace, f"<mutant of {function}>")
        return check(namespace[function]).passed and check(namespace[function], seed=5).passed
    except TimedOut:
        return False
    finally:
        signal.alarm(0)


def table(functions: list[str]) -> list[tuple[str, int, list[Mutant]]]:
    """For each function: its name, how many mutants there are, and those that survive."""
    rows = []
    for function in functions:
        mutants = list(mutants_of(solution(function)))
        rows.append((function, len(mutants), [mutant for mutant in mutants if survives(function, mutant)]))
    return rows


def explained() -> dict[str, dict[str, str]]:
    """For each function the survivors that change nothing, with the reason."""
    return tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))


def main(functions: list[str]) -> int:
    """Print the table; 1 if a survivor is not explained."""
    total = killed = unexplained = 0
    for function, number, survivors in table(functions or list(NOTEBOOK_OF)):
        print(f"{function:28} {number - len(survivors):4} of {number:4} killed")
        for mutant in survivors:
            reason = explained().get(function, {}).get(mutant.change)
            unexplained += reason is None
            print(f"    {'equivalent' if reason else 'SURVIVES'}: {mutant.change}{f': {reason}' if reason else ''}")
        total, killed = total + number, killed + number - len(survivors)
    print(f"{killed} of {total} mutants killed ({100 * killed / total:.1f} %), {unexplained} survivors not explained")
    return int(unexplained > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
