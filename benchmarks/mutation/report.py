"""What a run found, as text: which mutants no test noticed."""

from collections import Counter

from mutation.trial import SURVIVED


def render(outcomes: list[dict]) -> str:
    """Return the report: a line a module, then each survivor with the line as it is and as it was made."""
    modules = sorted({outcome["path"] for outcome in outcomes})
    width = max(map(len, modules), default=6)
    lines = [f"{'module':{width}}  mutants  noticed  survived"]
    for module in modules:
        counts = Counter(outcome["outcome"] == SURVIVED for outcome in outcomes if outcome["path"] == module)
        lines.append(f"{module:{width}}  {counts.total():7}  {counts[False]:7}  {counts[True]:8}")
    survivors = [outcome for outcome in outcomes if outcome["outcome"] == SURVIVED]
    lines += ["", f"{len(survivors)} of {len(outcomes)} survived:" if survivors else "No mutant survived."]
    for outcome in survivors:
        lines += ["", f"{outcome['path']}:{outcome['line']}  {outcome['operator']}"]
        lines += [f"  - {line.strip()}" for line in outcome["old"].split("\n")]
        lines += [f"  + {line.strip()}" for line in outcome["new"].split("\n")]
    return "\n".join(lines) + "\n"
