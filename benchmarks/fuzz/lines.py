# ruff: noqa: E501 (tables of values, marks and shells)
"""Command lines: every command over the inputs that it may be given, with sound and hostile options."""

import random
from pathlib import Path

from fuzz import coded, corpora, exports, papers
from fuzz.corpora import Case
from fuzz.papers import SENTENCES, make_archive, make_paper
from fuzz.values import DATES, NAMES, TEXTS

__all__ = ["FORMATS", "HEAVY", "draw_case", "draw_line"]

FORMATS = (*corpora.FORMATS, *exports.FORMATS, *papers.FORMATS, *coded.CODED, "archive", "options")
HEAVY = ("chart", "evidence", "archive")
# Some more often: they are quick, and what is wrong with an input shows there.
_ON_CORPUS = {
    "read": 8, "check": 5, "tokens": 4, "kwic": 5, "duplicates": 3, "series": 3, "words": 2, "ngrams": 2, "collocates": 2, "keyness": 2,
    "dispersion": 2, "contrast": 2, "count": 1, "frames": 1, "speech": 1, "clauses": 1, "positions": 1, "statements": 1, "shift": 1, "scale": 1,
}  # fmt: skip
_PATTERNS = (
    "طالبان", "*ا*ا*ا*ا*ا*ا*ب", "*", "?" * 30, "روسيا ... طالبان", "ا " * 2000, "[", "(" * 50, "ا*" * 500, "{a}", "a|b" * 200, "", " ", "«", "* *",
    "ال*" * 40, "\\", "ـ", "َ", "*" * 300, "=طالبان", "قال ... ... ... ...",
)  # fmt: skip


def draw_case(kind: str, folder: Path, draw: random.Random, archive: bytes) -> Case:
    """Write an input of a format into a folder."""
    if kind in corpora.FORMATS:
        return corpora.make_corpus(kind, folder, draw)
    if kind in exports.FORMATS:
        return exports.make_export(kind, folder, draw)
    if kind == "archive":
        return make_archive(archive, folder, draw)
    if kind == "options":
        return (
            corpora.make_corpus("csv", folder, draw) if draw.random() < 0.5 else Case("options", sound_corpus(folder))
        )
    return (coded.make_coded if kind in coded.CODED else make_paper)(kind, folder, draw)


def sound_corpus(folder: Path) -> Path:
    """Write a small sound corpus, for what is no corpus itself."""
    path = folder / "sound.csv"
    rows = [f"d{number},{SENTENCES[number % 4]},{2001 + 5 * number}-03-01,nahar" for number in range(5)]
    path.write_text(
        "doc_id,text,date,source\n" + "\n".join('"' + row.replace(",", '","') + '"' for row in rows) + "\n", "utf-8"
    )
    return path


def draw_line(case: Case, folder: Path, out: Path, draw: random.Random, *, heavy: float) -> list[str]:
    """Return the arguments of a command over an input; ``heavy`` is the share of commands that draw figures."""
    given, kind = str(case.path), case.format
    table = str(out / f"o.{draw.choice(('csv', 'parquet'))}")
    rejects = ["--rejects", str(out / "r.csv")]
    if kind in exports.FORMATS and kind != "addresses" and draw.random() < 0.92:
        return ["read", given, "--out", table, *rejects, *_reading(draw)]
    if kind == "addresses":
        return ["read", given, "--out", table, "--delay", "0", *rejects]
    if kind in coded.CODED or (kind == "codes-table" and draw.random() < 0.3):
        told = ["--format", kind] if draw.random() < 0.1 else []
        corpus = ["--corpus", str(sound_corpus(folder))] if draw.random() < 0.8 else []
        return ["codes", given, "--out", table, "--spans", str(out / "s.csv"), *rejects, *told, *corpus, *_coding(draw)]
    if kind == "codes-table":
        levels = (
            ["--level", draw.choice(("position=ordinal", "value=interval", "position=nominal", "x"))]
            if draw.random() < 0.4
            else []
        )
        return draw.choice(
            (
                ["agreement", given, "--draws", "20", "--out", table, *levels],
                ["agreement", given, "--draws", "5", *levels],
                ["check", given, "--kind", "codes"],
            )
        )
    if kind == "ledger" and draw.random() > heavy:
        return ["check", given, *draw.choice(([], ["--kind", "events"], ["--kind", "corpus"], ["--out", table]))]
    if kind == "corrections":
        corpus = [str(sound_corpus(folder))] if draw.random() < 0.5 else []
        return [
            "corrections",
            given,
            *corpus,
            *draw.choice(([], ["--out", table], ["--points", str(out / "p.csv")])),
            *rejects,
        ]
    if kind == "archive":
        corpus = [str(sound_corpus(folder))] if draw.random() < 0.5 else []
        return ["verify", given, *corpus, *(["--no-rerun"] if draw.random() > heavy else []), "--out", table]
    if kind in ("lexicon", "actors", "study", "ledger"):
        return _with_settings(case, folder, out, table, draw, heavy)
    return _on_corpus(case, out, table, rejects, draw, heavy)


def _with_settings(case: Case, folder: Path, out: Path, table: str, draw: random.Random, heavy: float) -> list[str]:
    given, corpus = str(case.path), str(sound_corpus(folder))
    if case.format == "lexicon":
        of = draw.choice(("check", "check", "audit", "count", "count", "frames", "series"))
        if of == "check":
            return ["check", given]
        if of == "audit":
            return ["check", given, "--corpus", corpus, "--out", table]
        return [of, corpus, "--lexicon", given, "--out", table]
    if case.format == "actors" and draw.random() > heavy * 2:
        return draw.choice((["check", given], ["count", corpus, "--lexicon", given, "--out", table]))
    key = {"actors": "--actors", "study": "--study", "ledger": "--events"}[case.format]
    command, place = draw.choice((("chart", out / "c"), ("evidence", out / "e.html"), ("archive", out / "a.zip")))
    return [command, corpus, "--out", str(place), key, given, "--draws", "2"]


def _on_corpus(case: Case, out: Path, table: str, rejects: list[str], draw: random.Random, heavy: float) -> list[str]:
    command = (
        draw.choice(HEAVY) if draw.random() < heavy else draw.choices(list(_ON_CORPUS), list(_ON_CORPUS.values()))[0]
    )
    if case.format in exports.FORMATS and command in HEAVY:
        command = "check"
    given = str(case.path)
    if command == "read":
        return ["read", given, "--out", table, *rejects, *_reading(draw)]
    columns = _columns(case, draw)
    if command == "check":
        return [
            "check",
            given,
            *columns,
            *draw.choice(([], ["--out", table], ["--kind", "corpus"], ["--kind", "events"], ["--kind", "codes"])),
        ]
    lenient = ["--any-language"] if draw.random() < 0.8 else []
    line = [command, given, *columns, *lenient]
    if draw.random() < 0.5:
        line += rejects
    if command in ("kwic", "collocates"):
        return [*line, *_of_pattern(case, out, draw, command), "--", _plain(draw.choice(_PATTERNS))]
    line += _measuring(command, case, draw)
    by = lambda: _column(case, draw)  # noqa: E731
    if command in ("positions", "statements"):
        line += (
            ["--target", draw.choice(("taliban", "russia", "hezbollah", "", "x" * 200, "$\\"))]
            if draw.random() < 0.4
            else []
        )
    if command == "positions" and draw.random() < 0.5:
        line += ["--sentences", str(out / "s.csv")]
    if command == "statements" and draw.random() < 0.5:
        line += ["--dna", str(out / "d.dna")]
    if command == "duplicates":
        line += ["--measure", draw.choice(("jaccard", "containment", "coverage"))] if draw.random() < 0.5 else []
        line += ["--joined", str(out / "j.csv")] if draw.random() < 0.5 else []
    if command in HEAVY:
        table = str(out / {"chart": "c", "evidence": "e.html", "archive": "a.zip"}[command])
        line += ["--draws", "2"]
        line += ["--by", by()] if command != "evidence" and draw.random() < 0.7 else []
        line += ["--holder", draw.choice(("russia", "iran", "china", "nobody", ""))] if draw.random() < 0.3 else []
        line += ["--period", draw.choice(("month", "year", "quarter"))] if draw.random() < 0.5 else []
        line += ["--language", "ar"] if draw.random() < 0.2 else []
    if draw.random() < 0.03:
        table = draw.choice(
            (
                str(case.path),
                str(out),
                str(out / "o.xlsx"),
                "/proc/o.csv",
                str(out / ("x" * 300 + ".csv")),
                str(out / "r.csv"),
            )
        )
    return [*line, "--out", table]


def _measuring(command: str, case: Case, draw: random.Random) -> list[str]:
    """Return the options of commands that measure."""
    line: list[str] = []
    by = lambda: _column(case, draw)  # noqa: E731
    if command in ("count", "series", "contrast"):
        line += ["--lexicon", draw.choice(("frames", "actors", "stance", "speech"))]
    if command == "series":
        line += ["--by", by()] if draw.random() < 0.7 else []
        line += ["--period", draw.choice(("month", "quarter", "year", "day"))] if draw.random() < 0.5 else []
        line += ["--bands", "--draws", "10"] if draw.random() < 0.3 else []
        line += ["--measure", draw.choice(("share", "per_1000", "x"))] if draw.random() < 0.5 else []
    if command in ("series", "contrast", "words", "keyness", "dispersion", "shift", "scale") and draw.random() < 0.2:
        line += ["--cluster", by()]
    if command in ("contrast", "keyness", "shift"):
        line += ["--first", _side(case, draw), "--second", _side(case, draw)]
    if command == "contrast":
        line += ["--hold", by()] if draw.random() < 0.3 else []
    if command == "words":
        line += ["--by", draw.choice((by(), "period", "voice"))] if draw.random() < 0.6 else []
        line += ["--intervals"] if draw.random() < 0.3 else []
    if command == "ngrams":
        line += draw.choice(
            (["--candidates"], ["--words", "2"], ["--words", "10"], ["--least", "1"], ["--across-marks"])
        )
    if command == "keyness":
        line += ["--draws", "19", "--min-count", "1", "--min-units", "1"] if draw.random() < 0.7 else ["--draws", "19"]
    if command == "dispersion":
        line += ["--pattern", _plain(draw.choice(_PATTERNS))] if draw.random() < 0.5 else ["--min-count", "1"]
    if command == "shift":
        line += draw.choice((["--holder", "russia"], ["--lexicon", "stance"], ["--holder", "nobody"]))
    if command == "scale":
        seeds = draw.choice((["طالبان", "روسيا", "موسكو"], ["حوار", "قال", "يوم"], ["", "*", "x"], ["a"]))
        line += [one for word in seeds for one in ("--positive", word)]
        line += [one for word in ("كابل", "داعش", "الهجوم") for one in ("--negative", word)]
        line += ["--k", "2", "--min-count", "1"] if draw.random() < 0.7 else []
    return line


def _column(case: Case, draw: random.Random) -> str:
    return _plain(draw.choice((*case.columns, *TEXTS[-6:], "source", "nothing", draw.choice(TEXTS))))


def _side(case: Case, draw: random.Random) -> str:
    said = (
        "2001:2010",
        "2015",
        "source=nahar",
        "a:b:c",
        "2015:2001",
        "voice=outlet",
        "voice=x",
        draw.choice(DATES),
        draw.choice(TEXTS),
    )
    return _plain(draw.choice((*said, f"{_column(case, draw)}={draw.choice(TEXTS)}")))


def _of_pattern(case: Case, out: Path, draw: random.Random, command: str) -> list[str]:
    """Return the options of commands that take a pattern."""
    endings = ("csv", "parquet", "html", "xlsx", "docx") if command == "kwic" else ("csv", "parquet")
    line = ["--out", str(out / f"o.{draw.choice(endings)}")] if draw.random() < 0.6 else []
    if command == "collocates":
        line += ["--window", draw.choice(("5", "2,3", "sentence", "x", "0", "9" * 30))] if draw.random() < 0.4 else []
        line += ["--least", "1"] if draw.random() < 0.6 else []
        line += ["--by", _column(case, draw)] if draw.random() < 0.3 else []
        line += ["--first", _side(case, draw), "--second", _side(case, draw)] if draw.random() < 0.2 else []
        return line + (["--figure", str(out / "f.png")] if draw.random() < 0.05 else [])
    line += ["--where", _side(case, draw)] if draw.random() < 0.2 else []
    line += ["--sample", "2"] if draw.random() < 0.1 else []
    line += ["--sort", draw.choice(("1L", "1R,2R", "9L", "x", "1R" * 50))] if draw.random() < 0.3 else []
    return line + (["--voice", draw.choice(("outlet", "quoted", "x"))] if draw.random() < 0.05 else [])


def _columns(case: Case, draw: random.Random) -> list[str]:
    out: list[str] = []
    if draw.random() < 0.15:
        role = draw.choice(("text", "id", "date", "source", "title"))
        if case.format != "options" or role != "source":
            out += [f"--{role}-column", _plain(draw.choice((*case.columns, "nothing", "", draw.choice(TEXTS))))]
    if draw.random() < 0.08:
        out += [
            "--encoding",
            draw.choice(
                (
                    "utf-8",
                    "utf-16",
                    "windows-1256",
                    "undefined",
                    "idna",
                    "base64",
                    "x",
                    "utf-7",
                    "punycode",
                    "rot13",
                    "",
                    "cp037",
                )
            ),
        ]
    if draw.random() < 0.1:
        out += [draw.choice(("--day-first", "--month-first"))]
    if draw.random() < 0.08:
        out += [
            "--date-format",
            _plain(
                draw.choice(
                    ("%d/%m/%Y", "%", "%Q", "%j", "%s", "", "%Y%Y", "%-d", "(", "%d" * 60, "\\d+", "%c %x", "%U")
                )
            ),
        ]
    return [one for one in out if not (one == "--source-column")] if out[:1] != ["--source-column"] else []


def _reading(draw: random.Random) -> list[str]:
    out: list[str] = []
    if draw.random() < 0.08:
        out += ["--format", draw.choice((*exports.FORMATS, "csv", "jsonl", "parquet", "nexis-docx", "text", "feed"))]
    if draw.random() < 0.08:
        out += [
            "--column",
            _plain(
                draw.choice(("text=body", "text=text", "x=y", "text", "=", "date=" + draw.choice(NAMES), "text=title"))
            ),
        ]
    if draw.random() < 0.1:
        out += [draw.choice(("--day-first", "--month-first"))]
    if draw.random() < 0.05:
        out += ["--date-format", draw.choice(("%d/%m/%Y", "%", "%Q", ""))]
    return out


def _coding(draw: random.Random) -> list[str]:
    out: list[str] = []
    if draw.random() < 0.15:
        out += ["--offsets", draw.choice(("characters", "utf16", "bytes", "utf16/lf", "x"))]
    if draw.random() < 0.1:
        out += ["--name", draw.choice(("c=d0", "x", "=", "d0.txt=nothing"))]
    if draw.random() < 0.1:
        out += ["--user", draw.choice(("1=A", "rima=B", "x", "="))]
    if draw.random() < 0.1:
        out += ["--coder", draw.choice(("A", "", "$\\x"))]
    return out


def _plain(one: str) -> str:
    """Return a value as a shell can give it: no NUL, no half of a character, and not too long."""
    return one.replace("\x00", "").encode("utf-8", "replace").decode()[:4000]
