"""The cases `language`: tokens, entries, positions, speech, agreement and files, each called as named."""

import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from click.testing import CliRunner
from judging import Row, read_cases, row

import discourse as dc
from discourse.cli import main
from discourse.errors import DiscourseError

HERE = Path(__file__).parent


def _documents(texts: list[str]) -> pd.DataFrame:
    names = [f"d{number:03}" for number in range(len(texts))]
    day = pd.Timestamp("2018-04-14")
    return pd.DataFrame({"doc_id": names, "text": texts, "date": day, "date_precision": "day", "source": "s"})


def positions(case: dict[str, Any], _folder: Path) -> dict[str, Any]:
    """Russia's position toward the Taliban in each text, null where there is none, and the concepts of statements."""
    documents = _documents(case["texts"])
    tokens = dc.tokenize(documents)
    quotations = dc.find_quotations(documents, tokens)
    scored = dc.score_positions(dc.find_positions(documents, tokens, quotations=quotations, target="taliban"))
    scored = scored[scored["holder"].astype(str) == "russia"].set_index("doc_id")["position"]
    statements = dc.find_statements(documents, tokens, quotations=quotations, target="taliban")
    return {
        "positions": [int(scored[name]) if name in scored.index else None for name in documents["doc_id"]],
        "concepts": sorted(set(statements["concept"].astype(str))),
    }


def stance(case: dict[str, Any], _folder: Path) -> dict[str, Any]:
    """What the lexicons of stance and of cues match."""
    tokens = dc.tokenize(_documents(case["texts"]))
    found = [dc.find_matches(tokens, dc.load_lexicon(name), overlaps="all") for name in ("stance", "cues")]
    return {column: sorted({str(value) for table in found for value in table[column]}) for column in COLUMNS}


COLUMNS = ("category", "pattern")


def hit(case: dict[str, Any], _folder: Path) -> list[Any]:
    """The tokens that entries match, for each text; entries, lemmas and normal form as the case says."""
    found = []
    for text, patterns in zip(case["texts"], case["patterns"], strict=True):
        own = patterns if isinstance(patterns, list) else [patterns]
        given = case.get("lemmas", {})
        names = [pattern.strip("[]") for pattern in own if pattern.startswith("[")]
        lexicon = dc.lexicon_from_patterns(
            own,
            lemmas={name: given.get(name, given.get("each")) for name in names},
            clitics=case.get("clitics", "both"),
        )
        tokens = dc.tokenize(_documents([unicodedata.normalize(case.get("form", "NFC"), text)]))
        matches = dc.find_matches(tokens, lexicon)
        words = tokens["token"].astype(str)
        spans = zip(matches["start"], matches["end"], strict=True)
        found.append([unicodedata.normalize("NFC", " ".join(words[start:end])) for start, end in spans])
    return found


def hit_places(case: dict[str, Any], _folder: Path) -> list[int]:
    """The positions of the tokens that an entry matches."""
    lexicon = dc.lexicon_from_patterns(case["patterns"], clitics=case.get("clitics", "both"))
    return dc.find_matches(dc.tokenize(_documents(case["texts"])), lexicon)["start"].tolist()


def sentences(case: dict[str, Any], _folder: Path) -> list[Any]:
    """The tokens of each text and how many sentences they are."""
    tokens = dc.tokenize(_documents(case["texts"]))
    return [
        {"tokens": own["token"].astype(str).tolist(), "sentences": int(own["sentence"].nunique())}
        for _, own in tokens.groupby("doc_id", observed=True)
    ]


def words(case: dict[str, Any], _folder: Path) -> list[Any]:
    """The words of each text."""
    return [list(dc.split_words(text)) for text in case["texts"]]


def agencies(case: dict[str, Any], _folder: Path) -> list[Any]:
    """How many names of agencies a text holds, by the words that are split."""
    return [sum(word in case["names"] for word in dc.split_words(text)) for text in case["texts"]]


def dashes(case: dict[str, Any], _folder: Path) -> list[Any]:
    """How many words each text has, and how many stand in a window of two before the last match."""
    documents = _documents(case["texts"])
    tokens = dc.tokenize(documents)
    lines = dc.kwic(tokens, case["pattern"], documents, window=2)
    n_words = [sum(any(map(str.isalpha, word)) and word != "ـ" for word in line.split()) for line in lines["pre"]]
    return [
        {"n_tokens": int(counted), "before": before}
        for counted, before in zip(dc.count_tokens(tokens)["n_tokens"], n_words, strict=True)
    ]


def _said(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except DiscourseError as error:
        return f"{type(error).__name__}: {error}"


def lexicon(case: dict[str, Any], _folder: Path) -> list[Any]:
    """What loading a file says, its categories, what matches in a text, and what `check` says."""
    found = []
    for body in case["files"]:
        with tempfile.TemporaryDirectory() as made:
            path = Path(made, "own.yml")
            path.write_text(f"name: own\nversion: 1.0.0\ncategories:\n{body}", "utf-8")
            loaded = _said(lambda path=path: dc.load_lexicon(path))
            told = {"check": "; ".join(dc.check_file(path)[1]["reason"])}
            if isinstance(loaded, str):
                found.append(told | {"refused": loaded})
                continue
            tokens = dc.tokenize(_documents(case.get("texts", ["x"])))
            matches = dc.find_matches(tokens, loaded)
            hits = zip(matches["doc_id"].astype(str).str.lstrip("d").astype(int), matches["start"], strict=True)
            found.append(told | {"categories": [*loaded.categories], "hits": [list(map(int, pair)) for pair in hits]})
    return found


def lexicon_file(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What `check` says of a file of the folder."""
    return {"check": "; ".join(dc.check_file(folder / case["file"])[1]["reason"])}


def agreement(case: dict[str, Any], folder: Path) -> Any:
    """The figures of agreement of codes that are given as rows, or of a file by the command."""
    if "file" in case:
        done = CliRunner().invoke(main, ["agreement", str(folder / case["file"])])
        line = next(line for line in done.output.splitlines() if line.split()[:1] == [case["variable"]]).split()
        return {"exit": done.exit_code, "alpha": float(line[2])}
    rows = [
        (f"u{unit}", coder, "v", value)
        for unit, values in enumerate(case["units"])
        for coder, value in zip("ab", values, strict=True)
    ]
    codes = pd.DataFrame(rows, columns=["unit_id", "coder", "variable", "value"])
    told = dc.measure_agreement(codes, levels="nominal").iloc[0]
    return {
        "alpha": float(told["alpha"]),
        "width": round(float(told["upper"] - told["lower"]), 3),
        "verdict": str(told["verdict"]),
    }


def dna(case: dict[str, Any], _folder: Path) -> list[str]:
    """The doc_id values that a file of DNA gives back."""
    found = []
    for name in case["doc_ids"]:
        documents = _documents(case["texts"]).assign(doc_id=name, title=case["title"])
        statements = dc.find_statements(documents, dc.tokenize(documents), target="taliban")
        with tempfile.TemporaryDirectory() as made:
            read = dc.read_dna(dc.write_dna(statements, documents, Path(made, "a.dna")))
        found += [[*{str(value) for table in read for value in table["doc_id"]}, str(read[1]["title"][0])]]
    return found


def quotations(case: dict[str, Any], _folder: Path) -> list[Any]:
    """Each instance of reported speech: kind, speaker and content."""
    found = []
    for text in case["texts"]:
        documents = _documents([text])
        table = dc.find_quotations(documents, dc.tokenize(documents))
        found.append(
            [
                {
                    "kind": str(one["kind"]),
                    "speaker": None if pd.isna(one["speaker"]) else str(one["speaker"]),
                    "content": text[one["content_start_char"] : one["content_end_char"]],
                }
                for one in table.to_dict("records")
            ]
        )
    return found


def statements_file(case: dict[str, Any], _folder: Path) -> list[Any]:
    """How many statements are read back from a table that was saved with another delimiter."""
    documents = _documents(case["texts"])
    found = dc.find_statements(documents, dc.tokenize(documents), target="taliban")
    told = []
    for delimiter in case["delimiters"]:
        with tempfile.TemporaryDirectory() as made:
            path = Path(made, "s.csv")
            found.to_csv(path, index=False, sep=delimiter, encoding="utf-8-sig")
            told.append(_said(lambda path=path: len(dc.read_statements(path)) == len(found)))
    return told


def series_labels(case: dict[str, Any], _folder: Path) -> dict[str, Any]:
    """What `plot_series` does with each thing that could be meant by labels, and what its docstring names."""
    documents = _documents(case["texts"])
    tokens = dc.tokenize(documents)
    frames = dc.load_lexicon("frames")
    series = dc.count_by_period(dc.count_matches(dc.find_matches(tokens, frames), tokens), documents)
    given = {"categories": frames.categories, "method": frames.labels, "labels": frames.labels()}
    told = {
        name: type(_said(lambda own=own: dc.plot_series(series, labels=own))).__name__ for name, own in given.items()
    }
    told |= {name: str(_said(lambda own=own: dc.plot_series(series, labels=own))) for name, own in given.items() if own}
    return told | {"docstring": "lexicon.categories" in (dc.plot_series.__doc__ or "")}


CALLS: dict[str, Callable[[dict[str, Any], Path], Any]] = {
    call.__name__: call
    for call in (
        positions, stance, hit, hit_places, sentences, words, agencies, dashes, lexicon, lexicon_file, agreement, dna,
        quotations, statements_file, series_labels,
    )
}  # fmt: skip


def rows(folder: Path) -> Iterator[Row]:
    """Yield a row a case."""
    for case in read_cases(HERE / "language.yml"):
        asked = case.get("texts") or case.get("files") or case.get("file") or case.get("units") or ""
        shown = " / ".join(map(str, asked)) if isinstance(asked, list) else str(asked)
        yield row(str(case["name"]), f"{case['call']}: {shown}", case["right"], CALLS[case["call"]](case, folder))
