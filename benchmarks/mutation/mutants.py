"""Make mutants of modules with cosmic-ray's operators; run by the Python of its own environment.

    python mutants.py --sample 10 --seed 8 MODULE...

One JSON line a mutant: path, line, operator, old and new (the lines that differ), source (the module as it then is).
The draw of a module depends on the seed and its path alone, so that a run of one module repeats that of all.
"""

import argparse
import ast
import difflib
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import parso
from cosmic_ray.ast import ast_nodes, get_ast, is_number
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator

_COMPARISONS = [
    *("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Lt_GtE", "GtE_Lt", "Gt_LtE", "LtE_Gt"),
    *("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is"),
]
_ARITHMETIC = [
    "Add_Sub",
    "Sub_Add",
    "Mul_Div",
    "Div_Mul",
    "FloorDiv_Mul",
    "Mod_FloorDiv",
    "BitOr_BitAnd",
    "BitAnd_BitOr",
]
OPERATORS = [
    "NumberReplacer",
    *(f"ReplaceComparisonOperator_{name}" for name in _COMPARISONS),
    *(f"ReplaceBinaryOperator_{name}" for name in _ARITHMETIC),
    *("ReplaceAndWithOr", "ReplaceOrWithAnd", "ReplaceTrueWithFalse", "ReplaceFalseWithTrue", "AddNot"),
    *("ReplaceUnaryOperator_Delete_Not", "ReplaceUnaryOperator_Delete_USub"),
    *("ReplaceBreakWithContinue", "ReplaceContinueWithBreak", "ZeroIterationForLoop"),
]


class FractionReplacer(Operator):
    """Move a fraction by a tenth of itself: a share of 0.9 plus one is no share, and any test notices it."""

    FACTORS = (1.1, 0.9)

    def mutation_positions(self, node):
        """Yield each fraction twice."""
        if is_fraction(node):
            for _ in self.FACTORS:
                yield node.start_pos, node.end_pos

    def mutate(self, node, index):
        """Return the fraction moved up or down."""
        moved = round(float(node.value) * self.FACTORS[index], 12)
        return parso.python.tree.Number(f" {moved}", node.start_pos)

    @classmethod
    def examples(cls):
        """Return no examples: they serve cosmic-ray's own tests."""
        return ()


class Place(NamedTuple):
    """Where an operator applies."""

    name: str
    operator: Operator
    occurrence: int
    start: tuple[int, int]


def is_fraction(node) -> bool:
    """Tell whether a node is a literal like 0.9."""
    return is_number(node) and "." in node.value and float(node.value) % 1 != 0


def type_spans(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return where annotations stand: a change in them is an error at import or nothing at all."""
    found = []
    for node in ast.walk(ast.parse(source)):
        held = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        held += (
            [node.value]
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and (node.targets[0].id == "__all__")
            else []
        )
        found += [((x.lineno, x.col_offset), (x.end_lineno, x.end_col_offset)) for x in held if isinstance(x, ast.AST)]
    return found


def places(source: str) -> Iterator[Place]:
    """Yield every place of a module where an operator makes a mutant that is worth a run."""
    tree, spans = get_ast(source), type_spans(source)
    byte_of = [line.encode() for line in source.split("\n")]
    operators = [(name, get_operator(f"core/{name}")()) for name in OPERATORS]
    for name, operator in [*operators, ("FractionReplacer", FractionReplacer())]:
        occurrence = -1
        for node in ast_nodes(tree):
            for start, _ in operator.mutation_positions(node):
                occurrence += 1
                line, column = start
                column = len(byte_of[line - 1].decode()[:column].encode())
                if any(first <= (line, column) < last for first, last in spans):
                    continue
                if name == "NumberReplacer" and is_fraction(node):
                    continue
                if node.parent is not None and node.parent.type == "parameters":
                    continue  # the star before keyword-only parameters
                yield Place(name, operator, occurrence, start)


def changed_lines(old: str, new: str) -> tuple[int, str, str]:
    """Return the first line that differs, and the lines of both that do."""
    before, after = old.split("\n"), new.split("\n")
    _, i, k, j, m = next(
        x for x in difflib.SequenceMatcher(None, before, after, False).get_opcodes() if x[0] != "equal"
    )
    return i + 1, "\n".join(before[i:k]), "\n".join(after[j:m])


def compiles(source: str) -> bool:
    """Tell whether a mutant is Python at all; one that is not would be noticed by any test."""
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def mutants(path: str, sample: int, seed: int) -> Iterator[dict]:
    """Yield the mutants of a module, all or a draw of them, in the order of its lines."""
    source = Path(path).read_text(encoding="utf-8")
    found = sorted(places(source), key=lambda place: (place.start, place.name, place.occurrence))
    if sample:
        drawn = random.Random(f"{seed}/{path}").sample(range(len(found)), min(sample, len(found)))
        found = [found[number] for number in sorted(drawn)]
    for place in found:
        changed = mutate_code(source, place.operator, place.occurrence)
        if changed is None or not compiles(changed):
            continue
        line, old, new = changed_lines(source, changed)
        yield {"path": path, "line": line, "operator": place.name, "old": old, "new": new, "source": changed}


def main() -> None:
    """Print the mutants of the modules named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="+")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    for module in options.modules:
        for mutant in mutants(module, options.sample, options.seed):
            print(json.dumps(mutant))


if __name__ == "__main__":
    main()
