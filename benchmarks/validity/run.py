"""Print every figure of validity as one table: set, part, figure, n, estimate and its interval of 95%.

    make validity                                        or
    python benchmarks/validity/run.py [--only NAME ...] [--parts work,held] [--limit N] [--out build] [--docs]

Sets whose texts or tools are not at hand are skipped, and the reason stands in the table. What is not in the project:
the press articles (DISCOURSE_SHARED, else ../shared), texts of the coded pages (DISCOURSE_PAGES: what `discourse
hydrate` wrote), a treebank (DISCOURSE_PUD), coded events (DISCOURSE_GSR: several files, separated as in PATH), a list
of stems (DISCOURSE_CAMEL_MORPH). The half of a treebank or of events that was open while rules were written is the part
work, the other one held. Written: OUT/validity.csv and OUT/validity.md; with --docs the tables of docs/validity.md too.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from articles import score_articles
from challenge import PARTS, SETS, coders, score_sets
from scoring import COLUMNS, score_answers, score_frames, under

from discourse.measures.intervals import wilson_interval
from discourse.sources.documents import read_documents
from discourse.sources.seeds import load_seed
from discourse.steps.making import make_tables
from discourse.validity.answers import score_against_codes

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DOCS = ROOT / "docs" / "validity.md"


class Script(NamedTuple):
    """A scorer that is a script of its own: its name, what it is called with, and what of others it reads."""

    name: str
    arguments: tuple[str, ...] = ()
    variable: str | None = None  # names files in the environment, as PATH does; the script takes them as its arguments
    default: str | None = None  # else the file stands here, beside the articles
    needs: str | None = None  # a folder beside the articles that the script finds by itself
    parts: Mapping[str, tuple[str, ...]] | None = None  # what it is called with for each part, where it has parts


SCRIPTS = {
    "clauses, PUD": Script(
        "score_clauses_pud.py", variable="DISCOURSE_PUD", parts={"work": ("--last", "500"), "held": ("--first", "500")}
    ),
    "clauses, GSR": Script(
        "score_clauses_gsr.py",
        variable="DISCOURSE_GSR",
        parts={"work": ("--half", "first"), "held": ("--half", "second")},
    ),
    "lemmas, PUD": Script("score_lemmas_pud.py", variable="DISCOURSE_PUD"),
    "inflection, Camel Morph": Script(
        "score_inflection.py", variable="DISCOURSE_CAMEL_MORPH", default="data/camel_morph/verb_stems.csv"
    ),
    "dates, TimeML": Script("score_dates.py", ("--timeml-only",), needs="data/timex"),
}
LINE = re.compile(
    r"(?P<figure>[A-Za-z][\w .,/+>-]*?):?\s+(?P<estimate>[01]?\.\d+|[01]\.0*)"
    r"(?:\s*[\[(]?\s*(?P<lower>[01]?\.\d+)[,\s]+(?P<upper>[01]?\.\d+)[\])]?)?(?:[\s,(]+n\s*=?\s*(?P<n>\d+))?(?=\s|$|\)|,|;)"
)
# `subject P 0.81 R 0.77 F1 0.79 (412 in the gold)`
TRIPLE = re.compile(
    r"(?P<figure>\S.*?)\s+P (?P<p>[01]\.\d+)\s+R (?P<r>[01]\.\d+)\s+F1 (?P<f1>[01]\.\d+)\s+\((?P<n>\d+)"
)
# `past, vowel 7942 0.912 8100 0.894`: how many of n listed are derived, how many of n derived are listed
BOTH_WAYS = re.compile(r"(?P<figure>\S.*?)\s+(?P<n>\d+)\s+(?P<r>[01]\.\d+)\s+(?P<m>\d+)\s+(?P<p>[01]\.\d+)$")
COUNT = re.compile(r"^(n|n_gold|n_coded)\s+(?P<n>\d+)\b", re.M)


class Missing(Exception):
    """What a set needs is not at hand; the message says what."""


def shared() -> Path:
    """Return the folder of the texts that stand beside the project."""
    return Path(os.environ.get("DISCOURSE_SHARED", ROOT.parent / "shared"))


def score_digests(limit: int | None = None) -> Iterator[pd.DataFrame]:
    """Yield the figures of the digests that ship: Russia's position, presence counted, and frames."""
    digests = load_seed("reports").head(limit)
    made = make_tables(digests, ["hand_codes", "document_positions"], period="year")
    found, codes = made["document_positions"], made["hand_codes"]
    found = found[found["holder"].isin(codes["holder"])]
    rows = pd.DataFrame({"item": codes["doc_id"], "unit": codes["doc_id"], "kind": ""})
    parts = [score_answers(found, codes, rows).figures, under("frames", score_frames(digests, digests).figures)]
    yield pd.concat(parts, ignore_index=True).assign(set=f"digests ({len(digests)})", part="all")[COLUMNS]


def score_press() -> Iterator[pd.DataFrame]:
    """Yield the figures of the coded press articles."""
    for name in ("data/news/arabic_news.parquet", "data/coding/dev_documents.csv"):
        if not (shared() / name).is_file():
            raise Missing(f"the texts of the articles are not at hand: no {name} (DISCOURSE_SHARED names the folder)")
    yield from score_articles(shared())


def score_pages() -> Iterator[pd.DataFrame]:
    """Yield the figures of the coded pages, where their texts have been fetched."""
    place = os.environ.get("DISCOURSE_PAGES")
    if not place:
        raise Missing("only addresses and codes are kept: fetch the pages, then name the file in DISCOURSE_PAGES")
    codes = pd.read_csv(HERE / "challenge" / "pages.csv", dtype=str, keep_default_na=False)
    documents, _ = read_documents(place)
    if "url" not in documents:
        raise Missing(f"{place} has no column url")
    pages = documents.merge(codes[["id", "url"]].drop_duplicates("url"), on="url")
    pages = pages.assign(doc_id=pages["id"]).drop(columns="id").drop_duplicates("doc_id", ignore_index=True)
    if pages.empty:
        raise Missing(f"{place} has none of the {len(codes)} coded pages")
    codes = codes.set_index("id", drop=False).loc[pages["doc_id"]].reset_index(drop=True)
    made = make_tables(pages, ["document_positions"])["document_positions"]
    asked = pd.DataFrame({"doc_id": codes["id"], "holder": "russia", "position": pd.to_numeric(codes["position_code"])})
    coded = codes.rename(columns={"id": "item"}).assign(main_frame="")
    told = score_frames(pages, coded).figures
    told = told[told["figure"] != "main_right"]
    parts = [
        score_against_codes(made[made["holder"] == "russia"], asked),
        under("frames", told),
    ]
    yield pd.concat(parts, ignore_index=True).assign(set=f"pages ({len(pages)})", part="all")[COLUMNS]


def score_script(name: str, parts: list[str]) -> Iterator[pd.DataFrame]:
    """Yield the figures that a script prints, one `figure value` a line, the interval and n behind it if known.

    A script that has parts is called for each that is asked; the others have the part `all`.
    """
    asked = SCRIPTS[name]
    script = HERE / asked.name
    if not script.is_file():
        raise Missing(f"there is no {script.name}")
    if asked.needs and not (shared() / asked.needs).is_dir():
        raise Missing(f"there is no {asked.needs} beside the articles (DISCOURSE_SHARED names the folder)")
    files = _files_of(asked)
    for part in ["all"] if asked.parts is None else parts:
        own = () if asked.parts is None else asked.parts[part]
        printed = _print_of(script, [*files, *asked.arguments, *own])
        figures = read_figures(printed)
        if figures.empty:
            raise Missing(f"{script.name}: {(printed.strip().splitlines() or ['it prints no figure'])[-1]}")
        yield figures.assign(set=name, part=part)[COLUMNS]


def _print_of(script: Path, arguments: list[str]) -> str:
    """Return what a script prints."""
    environment = {**os.environ, "DISCOURSE_SHARED": str(shared()), "PYTHONUTF8": "1"}
    command = [sys.executable, str(script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or [f"exit {done.returncode}"]
        raise Missing(f"{script.name}: {said[-1]}")
    return done.stdout


def _files_of(asked: Script) -> list[str]:
    """Return the files that a script is called with."""
    if asked.variable is None:
        return []
    named = os.environ.get(asked.variable)
    if not named and asked.default is None:
        raise Missing(f"{asked.variable} names no file for {asked.name}")
    paths = [Path(one) for one in named.split(os.pathsep) if one] if named else [shared() / str(asked.default)]
    for path in paths:
        if not path.exists():
            raise Missing(f"there is no {path.name} for {asked.name} ({asked.variable} names it)")
    return [str(path) for path in paths]


def read_figures(printed: str) -> pd.DataFrame:
    """Return the figures of lines such as `recall 0.87 [0.83, 0.90] n 412`; a line `n 412` gives n to those without.

    >>> read_figures("n 9\\nprecision 0.5\\nrecall 0.75 [0.4, 0.9] n 8")[["figure", "n", "estimate"]].values.tolist()
    [['precision', 9, 0.5], ['recall', 8, 0.75]]
    """
    count, rows = COUNT.search(printed), []
    for line in printed.splitlines():
        if match := TRIPLE.match(line.strip()):
            names = {"precision": "p", "recall": "r", "f1": "f1"}
            rows += [
                {"figure": f"{match['figure']}: {k}", "estimate": match[v], "n": match["n"]} for k, v in names.items()
            ]
        elif match := BOTH_WAYS.match(line.strip()):
            for label, share, n in (("listed, derived", "r", "n"), ("derived, listed", "p", "m")):
                lower, upper = wilson_interval(round(float(match[share]) * int(match[n])), int(match[n]))
                row = {"figure": f"{match['figure']}: {label}", "estimate": match[share], "n": match[n]}
                rows.append(row | {"lower": lower, "upper": upper})
        elif match := LINE.match(line.strip()):
            rows.append(match.groupdict())
    table = pd.DataFrame(rows, columns=["figure", "n", "estimate", "lower", "upper"])
    numbers = ["estimate", "lower", "upper"]
    table[numbers] = table[numbers].astype(float)
    table["n"] = pd.to_numeric(table["n"].fillna(count["n"] if count else None)).astype("Int64")
    return table.assign(method=table["lower"].notna().map({True: "script", False: "none"}))


def sections(parts: list[str], limit: int | None) -> dict[str, Callable[[], Iterator[pd.DataFrame]]]:
    """Return the sections of the table by name."""
    made = {name: (lambda name=name: score_sets([name], parts, limit)) for name in SETS}
    made |= {"coders": coders, "digests": lambda: score_digests(limit), "articles": score_press, "pages": score_pages}
    return made | {name: (lambda name=name: score_script(name, parts)) for name in SCRIPTS}


def collect(names: list[str], parts: list[str], limit: int | None = None) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the figures of the sections, and why others are missing."""
    known, tables, skipped = sections(parts, limit), [], {}
    for name in names or list(known):
        print(f"== {name}", file=sys.stderr)
        try:
            tables += list(known[name]())
        except Missing as reason:
            skipped[name] = str(reason)
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS), skipped


def cell(row: pd.Series) -> str:
    """Return `0.43 [0.35, 0.50]`."""
    if pd.isna(row["estimate"]):
        return "no case"
    bounds = "" if pd.isna(row["lower"]) else f" [{row['lower']:.2f}, {row['upper']:.2f}]"
    return f"{row['estimate']:.2f}{bounds}"


def as_markdown(figures: pd.DataFrame, skipped: dict[str, str]) -> str:
    """Return the tables of docs/validity.md: sets in two parts, sets that are whole, sets that are not at hand."""
    figures = figures.assign(said=[cell(row) for _, row in figures.iterrows()])
    lines = []
    halved = figures[figures["part"].isin(PARTS)]
    if len(halved):
        lines += ["| set | figure | n | work | n | held |", "|---|---|---|---|---|---|"]
        for (name, figure), own in halved.groupby(["set", "figure"], sort=False):
            by_part = own.set_index("part")
            told = [
                f"{by_part.loc[part, 'n']} | {by_part.loc[part, 'said']}" if part in by_part.index else "| not measured"
                for part in PARTS
            ]
            lines.append(f"| {name} | {figure} | {' | '.join(told)} |")
        lines.append("")
    whole = figures[~figures["part"].isin(PARTS)]
    if len(whole):
        lines += ["| set | figure | n | estimate |", "|---|---|---|---|"]
        lines += [f"| {r.set} | {r.figure} | {'' if pd.isna(r.n) else r.n} | {r.said} |" for r in whole.itertuples()]
        lines.append("")
    if skipped:
        lines += ["| not measured | why |", "|---|---|", *(f"| {name} | {why} |" for name, why in skipped.items()), ""]
    return "\n".join(lines)


def put_into(text: str, made: str) -> str:
    """Return the page with the tables between its two marks made anew."""
    head, _, rest = text.partition("<!-- figures -->\n")
    _, mark, tail = rest.partition("<!-- end of figures -->")
    if not mark:
        raise SystemExit(f"{DOCS.name} lacks the marks of its figures")
    return f"{head}<!-- figures -->\n\n{made}\n{mark}{tail}"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="one section; may be repeated")
    parser.add_argument("--parts", default=",".join(PARTS), help="parts of the sets that have parts [work,held]")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N units of the sets that ship: a short look")
    parser.add_argument("--out", type=Path, default=ROOT / "build")
    parser.add_argument("--docs", action="store_true", help="also write the tables into docs/validity.md")
    options = parser.parse_args(arguments)
    parts = options.parts.split(",")
    known = sections(parts, options.limit)
    wrong = [*(name for name in options.only if name not in known), *(part for part in parts if part not in PARTS)]
    if wrong:
        parser.error(f"{wrong[0]!r} is none of: {', '.join([*known, *PARTS])}")
    figures, skipped = collect(options.only, parts, options.limit)
    options.out.mkdir(parents=True, exist_ok=True)
    figures.to_csv(options.out / "validity.csv", index=False)
    made = as_markdown(figures, skipped)
    (options.out / "validity.md").write_text(made, "utf-8")
    if options.docs:
        DOCS.write_text(put_into(DOCS.read_text("utf-8"), made), "utf-8")
    shown = figures.assign(estimate=[cell(row) for _, row in figures.iterrows()])
    print(shown[["set", "part", "figure", "n", "estimate"]].to_string(index=False))
    for name, why in skipped.items():
        print(f"skipped {name}: {why}")


if __name__ == "__main__":
    main()
