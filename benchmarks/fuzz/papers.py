# ruff: noqa: E501 (tables of values, marks and shells)
"""What is not a corpus: lexicons, studies, ledgers, codes, corrections, archives."""

import csv
import io
import json
import random
import zipfile
from pathlib import Path
from typing import Any

import yaml

from fuzz.corpora import Case
from fuzz.values import DATES, SCALARS, SENTENCES, TEXTS, damage, flood, mutate_tree, value

__all__ = ["FORMATS", "TEXT", "dumps", "make_archive", "make_paper", "packed", "spoilt", "table"]

TEXT = SENTENCES[0]
FORMATS = ("lexicon", "actors", "study", "ledger", "codes-table", "corrections")
_YAML_PARTS = (
    b"[", b"{", b"- ", b"a: ", b"&a ", b"*a", b"? ", b"!!python/object:os.system ", b"!!binary ", b"'", b'"', b"|\n ", b"#", b"\n", b" ",
    b"a: &a [x]\n", b"<<: *a\n", b"- - ", b"%YAML 9\n", b"---\n", b"\t", b"0", b"{a: ", b"[[", b",", b"a,", b"1:", b"\xd8\xa7", b"0x", b"1e",
)  # fmt: skip
_PATTERNS = (
    "روسيا", "رو*", "*ا*ا*ا*ا*ا*ا*ب", "*", "?", "??*??*", "[", "(", "|", "روسيا ... طالبان", "a|b", "{", "", "  ", "روسيا" * 500, "ا " * 3000,
    "* * * * * *", "re:(a+)+$", "/(ا+)+ب/", "«", "\\", "=كابل", "#x", "~5", "a ~ b", "<a>", "@russia", "+", "ـ", "َ", "ال*ال*ال*",
)  # fmt: skip
_LEXICON = {
    "name": "mine", "version": "1.0.0", "title": {"en": "Mine", "ar": "لي"}, "defaults": {"weight": 1},
    "lemmas": {"قتال": {"pos": "noun", "not": ["قتالي"]}, "تبادل": {"pos": "noun", "verb": {"past": "تبادل", "present": "تبادل"}}},
    "categories": {
        "war": {"label": {"en": "War", "ar": "حرب"}, "defaults": {"weight": 1}, "except": ["حرب النجوم"],
                "entries": ["حرب", {"pattern": "هجوم*", "weight": 2, "clitics": "none"}, "[قتال]"]},
        "peace": {"label": {"en": "Peace", "ar": "سلام"}, "entries": ["سلام", {"pattern": "حوار|لقاء [تبادل]", "gap": 2, "except": ["حوار وطني"]}]},
    },
}  # fmt: skip
_ACTORS = {
    "name": "mine", "version": "1.0.0",
    "categories": {"hezbollah": {
        "label": {"en": "H", "en_in_text": "the H", "ar": "ح"}, "defaults": {"side": "other"},
        "traits": {"movement": True, "hosts": "بيروت", "enemy_of": {"taliban": "2001-01-01/2021-08-15"}},
        "entries": ["حزب الله", {"pattern": "روسيا اليوم", "person": "حسن", "role": "x", "from": "2001-01-20", "during": {"private": "2021-01-20/2025-01-20"}}],
    }},
}  # fmt: skip
_STUDY = {
    "name": "mine", "title": {"en": "T", "ar": "ع"}, "holders": ["russia"], "target": "taliban", "groups": {"west": ["us", "uk"]},
    "actors": ["actors"], "stance": "stance", "lexicons": ["frames"], "ledger": "events", "period": "year",
    "compare": [[2000, 2004], 2021], "split": None, "voices": ["outlet"], "scope": "target", "language": "en", "boilerplate": "drop",
    "copies": "keep", "n_draws": 10, "seed": 1,
}  # fmt: skip


def make_paper(kind: str, folder: Path, draw: random.Random) -> Case:
    """Write a file of a kind with hostile values, some damaged or flooded."""
    ending = "csv"
    if kind in ("lexicon", "actors", "study"):
        raw, ending = _yaml({"lexicon": _LEXICON, "actors": _ACTORS, "study": _STUDY}[kind], draw), "yml"
    elif kind == "ledger":
        raw = table(
            ("date", "event_en", "event_ar", "actor", "position_code", "frames", "source_url", "date_precision"), draw
        )
    elif kind == "codes-table":
        raw = table(("unit_id", "coder", "variable", "value"), draw)
    else:
        columns = ("doc_id", "what", "start_char", "end_char", "holder", "target", "category", "entry", "measured", "corrected", "coder",
                   "date", "why", "text", "lexicon", "version")  # fmt: skip
        raw = table(columns, draw)
    raw = spoilt(
        raw,
        draw,
        _YAML_PARTS if ending == "yml" else (b",", b'"', b"\n", b"a,", b"\x00", b'"\n', b";", b"A,1,position,1\n"),
    )
    path = folder / f"p.{ending}"
    path.write_bytes(raw)
    return Case(kind, path)


def spoilt(raw: bytes, draw: random.Random, parts: tuple[bytes, ...], *, share: float = 0.3) -> bytes:
    """Return bytes that are damaged or flooded in a share of all cases."""
    fate = draw.random()
    if fate < share / 2:
        return damage(raw, draw)
    return flood(raw, parts, draw, size=draw.choice((500, 20_000, 200_000))) if fate < share else raw


def _yaml(tree: dict, draw: random.Random) -> bytes:
    hostile = lambda draw: draw.choice(_PATTERNS) if draw.random() < 0.4 else draw.choice((*SCALARS, *TEXTS, *DATES))  # noqa: E731
    changed = mutate_tree(tree, draw, hostile=hostile)
    try:
        return yaml.safe_dump(changed, allow_unicode=draw.random() < 0.7, sort_keys=False).encode(
            "utf-8", "surrogatepass"
        )
    except (ValueError, yaml.YAMLError, RecursionError):
        return yaml.safe_dump(tree, allow_unicode=True).encode()


def table(columns: tuple[str, ...], draw: random.Random) -> bytes:
    """Return a CSV whose cells are sound, of another column, or hostile."""
    good = {
        "date": DATES[0], "unit_id": "d1", "doc_id": "d1", "coder": "A", "variable": "position", "value": "1", "position_code": "1", "what": "match",
        "start_char": "0", "end_char": "7", "holder": "russia", "target": "taliban", "category": "war", "corrected": "wrong", "measured": "1",
        "event_en": "E", "event_ar": "ح", "frames": "arming;history", "source_url": "https://a.example/", "date_precision": "day", "version": "1.0.0",
    }  # fmt: skip
    kinds = {"what": ("match", "position", "sentence", "quotation"), "coder": ("A", "B", "C"), "variable": ("position", "frames", "main_frame"),
             "value": ("1", "-1", "0", "arming", ""), "corrected": ("wrong", "right", "-1", "none", "1")}  # fmt: skip
    used = [name for name in columns if draw.random() > 0.06] or list(columns)
    draw.shuffle(used)
    if draw.random() < 0.1:
        used.append(draw.choice(used if draw.random() < 0.5 else TEXTS))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(used)
    sound = draw.random() < 0.3
    for number in range(draw.choice((0, 1, 4, 12, 40))):
        row = []
        for name in used:
            one: Any = draw.choice(kinds.get(name, (good.get(name, "x"),)))
            one = f"d{number % 5}" if name in ("unit_id", "doc_id") else one
            row.append(one if sound or draw.random() < 0.8 else value(draw, date=name == "date"))
        writer.writerow(
            [str(one)[:6000] if not isinstance(one, int) or abs(one) < 10**300 else "9" * 400 for one in row]
        )
    return out.getvalue().encode("utf-8", "surrogatepass")


# Archives ------------------------------------------------------------------------------------------------------------


def make_archive(whole: bytes, folder: Path, draw: random.Random) -> Case:
    """Write an archive of `discourse archive` in which a member is lost, changed, renamed or repeated, or bytes are."""
    path = folder / "archive.zip"
    if draw.random() < 0.3:
        path.write_bytes(damage(whole, draw))
        return Case("archive", path)
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    for _ in range(draw.choice((1, 1, 3))):
        name = draw.choice([*files, *[one for one in files if one.endswith((".json", ".csv", ".yml"))] * 3])
        content, kind = files[name], draw.random()
        if kind < 0.15:
            del files[name]
        elif name.endswith(".json") and kind < 0.75:
            try:
                files[name] = dumps(mutate_tree(json.loads(content), draw)).encode("utf-8", "surrogatepass")
            except ValueError:
                files[name] = damage(content, draw)
        elif kind < 0.9:
            files[name] = damage(content, draw)
        else:
            files[draw.choice(("../x", "/x", name + "/", "x" * 300, "a\nb", "con"))] = content
        if not files:
            files = {name: content}
    if draw.random() < 0.2:
        place = folder / "archive"
        for name, content in files.items():
            inside = place / name.lstrip("/").replace("..", "_")[:100]
            if not name.endswith("/"):
                inside.parent.mkdir(parents=True, exist_ok=True)
                inside.write_bytes(content)
        return Case("archive", place)
    path.write_bytes(packed(files))
    return Case("archive", path)


def dumps(tree: Any) -> str:
    """Return a tree as JSON; one that is none as brackets without end."""
    try:
        return json.dumps(tree, ensure_ascii=False)
    except (ValueError, RecursionError):
        return "[" * 2000 + "9" * 5000


def packed(files: dict[str, bytes]) -> bytes:
    """Return files as a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()
