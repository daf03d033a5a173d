"""The results as Markdown, from the JSON of a run: medians, ratios, peaks, versions and the method."""

from collections.abc import Mapping
from statistics import median

from bench.tasks import OURS, TASKS, Line, Task

__all__ = ["render"]

METHOD = """\
`make bench` makes one environment for each peer under build/bench/ with the versions of benchmarks/peers/, prepares the
corpus once in each peer's format, and runs each piece of work in a process of its own, the parties in turn (peer, ours,
peer, ours ...). All times are medians over the rounds, wall clock with CPU seconds of all threads in brackets. Warm
times are medians of three calls in one process after the first. Importing packages and, where tokens are at hand,
reading and tokenising are not timed; the charts are timed with both. Peak memory is the highest resident size of the
process, what it holds untimed included. Each process prints counts of what it found; "same" says whether they agree.

* Texts: the news corpus is drawn by a seed until it holds the tokens asked for; the generated one (bench/generated.py)
  draws words by Zipf's law, with clitics and marks.
* Words: of all words with three letters or more, 480 whose ranks by frequency grow by one factor from 20 to 30,000.
  The automaton of pyahocorasick is given every written form of the corpus that the entries match, and checks that a hit
  begins and ends at the border of a word. Ours also marks each hit as negated or hedged.
* camel-tools' tokens have no offsets; each is looked for in the text behind the last one. Addresses, numbers with
  separators and spelled-out abbreviations are one token for us and several for it.
* polars: `str.extract_all` with a pattern that covers the text, exploded and cast to Categorical: no offsets, no
  sentences, no normal forms. conc tokenises with spaCy's blank Arabic model and sorts its lines.
* Frequent and rare word: written in one way only, nearest to 42,775 and to 128 in ten million tokens; 8 words a side.
* Draws: documents of each month are drawn with replacement; estimates have to be equal, the intervals nearly so.
* Near-duplicates: articles with planted copies (bench/planting.py), some words exchanged, some ends cut off; those
  with a Jaccard similarity of 0.7 or more count, "found" of ours : of the peer. Peers keep candidates by their
  estimated similarity, ours by the exact one.
"""


def render(run: Mapping) -> str:
    """Return the results of a run as Markdown.

    Parameters
    ----------
    run : mapping
        ``facts`` (of the corpus), ``machine``, ``repeat``, ``tasks`` (name to party to measurements) and ``failed``
        (name to message).
    """
    facts, machine = run["facts"], run["machine"]
    corpus = {"news": "news", "generated": "generated news-like texts"}[facts["corpus"]]
    header = [
        "# Results",
        "",
        f"Written by `make bench`: {facts['tokens']:,} tokens of {corpus} ({facts['documents']:,} documents, "
        f"{facts['distinct']:,} distinct tokens); medians of {run['repeat']}.",
        "",
        f"Machine: {machine['system']}, {machine['cores']} cores, {machine['memory_gb']:.0f} GB memory, Python "
        f'{machine["python"]}. "Ours / peer" is our time over the peer\'s: below 1 we are faster. Targets are for ten '
        "million tokens of news; the chart of a full run is of the whole corpus.",
        "",
        "| work | ours | peer | | ours / peer | target | met | peak MB, ours | peer | same |",
        "|---|--:|---|--:|--:|--:|---|--:|--:|---|",
    ]
    rows = [
        _row(task, line, run["tasks"][task.name]) for task in TASKS if task.name in run["tasks"] for line in task.lines
    ]
    failed = [f"* {name} failed: {message.splitlines()[0]}" for name, message in sorted(run["failed"].items())]
    parts = [*header, *rows, "", *failed, *([""] if failed else [])]
    parts += ["## What each found", "", "| work | party | found |", "|---|---|---|", *_found(run), ""]
    parts += ["## Versions", "", *_versions(run), "", "## Method", "", METHOD.rstrip()]
    return "\n".join(parts) + "\n"


def _row(task: Task, line: Line, measured: Mapping[str, list]) -> str:
    ours = _middle(measured[OURS], line.ours, line.measure)
    peak = f"{_peak(measured[OURS]):,.0f}"
    if line.peer is None:
        shown = f"{ours:,.0f} MB" if line.measure == "peak_mb" else _seconds(measured[OURS], line.ours)
        unit = "MB" if line.measure == "peak_mb" else "s"
        target = f"{line.most:,g} {unit}" if line.most else ""
        return f"| {line.title} | {shown} | | | | {target} | {_met(ours, line.most)} | {peak} | | |"
    theirs = measured[line.peer]
    ratio = ours / _middle(theirs, str(line.theirs), line.measure)
    same = _same(task, measured[OURS], theirs)
    cells = [line.title, _seconds(measured[OURS], line.ours), line.peer, _seconds(theirs, str(line.theirs))]
    cells += [f"{ratio:.2f}", f"{line.most:.2f}" if line.most else "", _met(ratio, line.most), peak]
    cells += [f"{_peak(theirs):,.0f}", same]
    return f"| {' | '.join(cells)} |"


def _middle(measured: list[dict], name: str, measure: str) -> float:
    if measure == "peak_mb":
        return _peak(measured)
    return median(one["times"][name][measure] for one in measured)


def _peak(measured: list[dict]) -> float:
    return median(one["peak_mb"] for one in measured)


def _seconds(measured: list[dict], name: str) -> str:
    wall, cpu = (_middle(measured, name, measure) for measure in ("wall", "cpu"))
    if wall < 0.1:
        return f"{1000 * wall:.1f} ms ({1000 * cpu:.1f})"
    digits = 1 if wall >= 10 else 2
    return f"{wall:.{digits}f} s ({cpu:.{digits}f})"


def _met(value: float, most: float | None) -> str:
    return "" if most is None else "yes" if value <= most else "**no**"


def _same(task: Task, ours: list[dict], theirs: list[dict]) -> str:
    """Say whether the counts agree, or by how much they are apart."""
    if not task.same:
        return ""
    pairs = [(ours[0]["results"][name], theirs[0]["results"][name]) for name in task.same]
    if all(one == other for one, other in pairs):
        if not task.found:
            return "equal"
        found = [f"{one[0]['results'][task.found]:,}" for one in (ours, theirs)]
        return f"equal, {task.found} {' : '.join(found)}"
    apart = max(abs(one - other) / max(abs(one), abs(other)) for one, other in pairs)
    return f"{100 * apart:.2g} % apart"


def _found(run: Mapping) -> list[str]:
    return [
        f"| {task.name} | {party} | " + ", ".join(f"{key} {value:,}" for key, value in of[0]["results"].items()) + " |"
        for task in TASKS
        for party, of in run["tasks"].get(task.name, {}).items()
    ]


def _versions(run: Mapping) -> list[str]:
    parties: dict[str, dict] = {}
    for task in run["tasks"].values():
        for party, measured in task.items():
            parties.setdefault(party, {}).update(measured[0]["versions"])
    order = [OURS, *sorted(parties.keys() - {OURS})]
    return [
        f"* {party}: " + ", ".join(f"{name} {version}" for name, version in parties[party].items())
        for party in order
        if party in parties
    ]
