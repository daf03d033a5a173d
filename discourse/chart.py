"""The main job: from a corpus to figures, tables and a report."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from discourse.display.chapters import compose
from discourse.display.figures import check_formats
from discourse.display.folder import check_folder, write_folder
from discourse.display.labels import LANGUAGES, has_label, label
from discourse.display.report import render_report
from discourse.display.wording import wording
from discourse.errors import SchemaError, check_choice
from discourse.language.tokens import tokenize, word_rows
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.measures.company import count_company
from discourse.measures.counts import count_matches, count_tokens
from discourse.measures.periods import choose_period, count_documents, find_periods
from discourse.measures.series import count_by_period, position_by_period
from discourse.provenance import provenance
from discourse.reading.frames import find_frames
from discourse.reading.matching.matches import find_matches
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.positions import find_positions
from discourse.reading.stance.scores import score_positions
from discourse.sources.cleaning.boilerplate import drop_spans, find_boilerplate
from discourse.sources.cleaning.duplicates import find_duplicates
from discourse.sources.documents import read_documents, rejects_table
from discourse.sources.events import read_events
from discourse.sources.seeds import load_seed
from discourse.tables import TABLES, check

__all__ = ["chart"]

_FREQS = {"month": "MS", "quarter": "QS", "year": "YS"}
_LEAST = 5
_REASONS = 12
# the tokens have lost their boilerplate already
_NO_SPANS = pd.DataFrame({column.name: [] for column in TABLES["SPANS"].columns})
Step = Callable[[str], None]


def chart(
    corpus: str | os.PathLike[str] | pd.DataFrame,
    out: str | os.PathLike[str],
    *,
    lexicons: Sequence[str | Path | Lexicon] | None = None,
    period: str | None = None,
    by: str | None = None,
    holder: str = "russia",
    target: str = "taliban",
    events: str | os.PathLike[str] | pd.DataFrame | None = None,
    language: str = "en",
    boilerplate: bool = False,
    copies: str = "keep",
    n_draws: int = 1000,
    seed: int = 20151223,
    formats: Sequence[str] = ("png",),
    rejects: pd.DataFrame | None = None,
    on_step: Step | None = None,
) -> pd.DataFrame:
    """Chart a corpus: figures, tables and one report, written into a folder.

    The folder gets index.html (self-contained), figures/*.png (on demand *.svg and *.pdf) with a record beside each,
    tables/*.csv and provenance.json. Everything is made in a temporary folder and moved into place at the end; other
    files of the folder stay. Nothing is lost on the way: records read = documents kept + rejected, and the report says
    what the series leave out.

    Parameters
    ----------
    corpus : path, str or DataFrame
        Anything that ``read_documents`` reads, such as a Parquet file or ``"seed:reports"``; or a DOCUMENTS table.
    out : path
        The folder; made where it is missing.
    lexicons : sequence of str, Path or Lexicon, optional
        What is charted over time; ``["frames"]`` by default.
    period : {"month", "quarter", "year"}, optional
        The period of all series; by default the finest whose median period with documents holds at least 5.
    by : str, optional
        A document variable that splits the series, such as ``source``.
    holder, target : str
        Whose position toward whom: categories of the actors lexicon.
    events : path or DataFrame, optional
        A ledger of events; by default the built-in one where holder and target are russia and taliban.
    language : {"en", "ar"}
        Language of report and figures.
    boilerplate : bool
        Keep menus, tickers and captions in the measures; by default they are left out.
    copies : {"keep", "cluster", "weight"}
        Near-identical wire copy: "keep" looks for none; "cluster" draws clusters of copies instead of documents, so
        that intervals know how many stories there are; "weight" also counts a story once in shares and rates.
    n_draws, seed : int
        Draws and seed of the bootstrap.
    formats : sequence of {"png", "svg", "pdf"}
        In which formats the figures are written; the fonts of a PDF are embedded.
    rejects : DataFrame, optional
        REJECTS that belong to ``corpus`` where it is a table.
    on_step : callable, optional
        Called with the name of each step as it begins.

    Returns
    -------
    DataFrame
        The flow of records: ``stage`` and ``n``, as tables/flow.csv.

    Raises
    ------
    SchemaError
        An option is unknown, or no document is left.
    SourceError
        The corpus cannot be read, or the folder cannot be written.
    LexiconError
        A lexicon holds entries that cannot work.
    """
    begin = on_step or (lambda name: None)
    check_folder(out)
    check_choice("language", language, LANGUAGES)
    check_choice("copies", copies, ["keep", "cluster", "weight"])
    kinds = check_formats(formats)
    if period is not None:
        check_choice("period", period, list(_FREQS))
    loaded = {lexicon.name: lexicon for lexicon in map(_lexicon, lexicons or ["frames"])}
    actors = load_lexicon("actors")
    check_choice("holder", holder, list(actors.categories))
    check_choice("target", target, list(actors.categories))
    ledger = _events(events, holder, target)
    begin("reading")
    documents, refused = _documents(corpus, rejects)
    if by is not None:
        check_choice("by", by, sorted(set(documents.columns) - {"doc_id", "text", "date", "date_precision", "title"}))
    freq = _FREQS[period] if period else choose_period(documents, least=_LEAST)
    options: dict[str, Any] = {"freq": freq, "n_draws": n_draws, "seed": seed}
    begin("cutting into tokens")
    tokens, n_boilerplate = _tokens(documents, boilerplate, begin)
    n_copies = None
    if copies != "keep":
        begin("finding copies")
        documents, n_copies = _with_copies(documents, tokens)
        options["cluster"] = "copy_cluster"
    weighted: dict[str, Any] = options | ({"weight": "copy_weight"} if copies == "weight" else {})
    begin("finding actors")
    mentions = find_matches(tokens, actors)
    named = _named(mentions, documents, holder, target)
    tables: dict[str, pd.DataFrame] = {"rejects": refused, "events": ledger}
    tables["flow"] = _flow(documents, refused, freq, named, language, actors, holder, target)
    tables["attention"] = count_documents(documents, freq=freq, by=_attention_by(documents))
    tables["naming"] = count_by_period(_naming(named, holder, target), documents, measure="share", **weighted)
    begin("finding frames")
    tables |= _series(tokens, documents, loaded, actors, named, by, weighted)
    begin("finding positions")
    tables |= _positions(documents, tokens, named, holder, target, options)
    begin("counting company")
    tables["company"] = count_company(mentions, tokens, n_draws=n_draws, seed=seed)
    facts = {
        "language": language,
        "names": _names(actors, holder, target, language),
        "names_in": {name: _names(actors, holder, target, name) for name in LANGUAGES},
        "actor_labels": {name: found for name, found in actors.categories.items() if not has_label(name)},
        "named": list(dict.fromkeys([holder, target, "both"])),
        "lexicons": {
            name: {"title": _titles(lexicon), "labels": lexicon.categories} for name, lexicon in loaded.items()
        },
        "period": next(name for name, value in _FREQS.items() if value == freq),
        "period_chosen": period is None,
        "least": _LEAST,
        "attention_by": _attention_by(documents),
        "by": by,
        "n_read": len(documents) + len(refused),
        "n_kept": len(documents),
        "n_both": int(named.all(axis=1).sum()),
        "n_hand": int(tables["hand_codes"]["position"].notna().sum()) if "hand_codes" in tables else 0,
        "n_lexicon": len(tables["positions"]),
        "n_boilerplate": n_boilerplate,
        "n_copies": n_copies,
        "copies": copies,
        "n_draws": n_draws,
        "seed": seed,
        **_span(documents, freq),
    }
    settings = {
        "lexicons": sorted(loaded), "period": facts["period"], "by": by, "holder": holder, "target": target,
        "language": language, "boilerplate": boilerplate, "copies": copies, "n_draws": n_draws,
    }  # fmt: skip
    record = provenance(inputs={"documents": documents, "events": ledger}, settings=settings, seed=seed)
    record = replace(record, lexicons={"actors": actors.sha256} | {name: lex.sha256 for name, lex in loaded.items()})
    begin("drawing")
    title, chapters, figures = compose(tables, facts, formats=kinds)
    page = render_report(title, chapters, language=language, record=record)
    begin("writing")
    write_folder(out, page, figures, tables, record)
    return tables["flow"]


def _lexicon(source: str | Path | Lexicon) -> Lexicon:
    return source if isinstance(source, Lexicon) else load_lexicon(source)


def _events(events: str | os.PathLike[str] | pd.DataFrame | None, holder: str, target: str) -> pd.DataFrame:
    if events is not None:
        return read_events(events)
    ledger = load_seed("events")
    return ledger if (holder, target) == ("russia", "taliban") else ledger.iloc[:0]


def _documents(corpus: Any, rejects: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    if isinstance(corpus, pd.DataFrame):
        check(corpus, "DOCUMENTS", argument="corpus")
        documents, refused = corpus, rejects if rejects is not None else rejects_table([])
    else:
        documents, refused = read_documents(corpus)
    if not len(documents):
        first = f" First: {refused['reason'].iloc[0]}." if len(refused) else ""
        raise SchemaError(f"`corpus` has no document left of {len(refused)} records.{first} Give it texts.")
    return documents, refused


def _tokens(documents: pd.DataFrame, boilerplate: bool, begin: Step) -> tuple[pd.DataFrame, int | None]:
    tokens = tokenize(documents)
    if boilerplate:
        return tokens, None
    begin("marking boilerplate")
    kept = drop_spans(tokens, find_boilerplate(documents))
    return kept, int(word_rows(tokens).sum() - word_rows(kept).sum())


def _with_copies(documents: pd.DataFrame, tokens: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Give each document its cluster of copies and its weight, one over the size of the cluster; count the copied."""
    found = find_duplicates(documents, tokens, spans=_NO_SPANS).set_index("doc_id")
    found = found.reindex(documents["doc_id"].astype(str))
    sizes = found["n_in_cluster"].to_numpy()
    marked = documents.assign(copy_cluster=found["cluster"].astype(str).to_numpy(), copy_weight=1 / sizes)
    return marked, int((sizes > 1).sum())


def _named(mentions: pd.DataFrame, documents: pd.DataFrame, holder: str, target: str) -> pd.DataFrame:
    """Return, by doc_id, whether a document names the holder and whether it names the target."""
    ids = documents["doc_id"].astype(str).sort_values(ignore_index=True)
    found = {}
    for column, name in (("holder", holder), ("target", target)):
        found[column] = ids.isin(mentions.loc[mentions["category"].eq(name), "doc_id"].astype(str).unique())
    return pd.DataFrame(found).set_index(pd.Index(ids, name="doc_id"))


def _naming(named: pd.DataFrame, holder: str, target: str) -> pd.DataFrame:
    """Turn who names whom into a table that ``count_by_period`` takes."""
    columns = {holder: named["holder"], target: named["target"], "both": named.all(axis=1)}
    parts = [
        pd.DataFrame({"doc_id": named.index, "category": name, "n_matches": values.to_numpy().astype(np.int64)})
        for name, values in columns.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _names(actors: Lexicon, holder: str, target: str, language: str) -> dict[str, str]:
    return {role: label(name, language) for role, name in (("holder", holder), ("target", target))}


def _titles(lexicon: Lexicon) -> dict[str, str]:
    return {language: lexicon.title.get(language, lexicon.name) for language in LANGUAGES}


def _attention_by(documents: pd.DataFrame) -> str | None:
    return next((name for name in ("country", "source") if documents.get(name, pd.Series()).notna().any()), None)


def _span(documents: pd.DataFrame, freq: str) -> dict[str, Any]:
    placed = find_periods(documents, freq=freq)["placed"].eq("yes").to_numpy()
    dates = documents.sort_values("doc_id", kind="stable")["date"][placed]
    days = [date.strftime("%Y-%m-%d") for date in (dates.min(), dates.max())] if len(dates) else ["", ""]
    return {"n_placed": int(placed.sum()), "first": days[0], "last": days[1]}


def _flow(
    documents: pd.DataFrame,
    refused: pd.DataFrame,
    freq: str,
    named: pd.DataFrame,
    language: str,
    actors: Lexicon,
    holder: str,
    target: str,
) -> pd.DataFrame:
    """Return the flow of records: read, rejected by reason, kept, placed, naming whom."""
    names = _names(actors, holder, target, language)
    rows = [(wording("read", language), len(documents) + len(refused))]
    rows.append((wording("rejected_all", language), len(refused)))
    reasons = refused["reason"].value_counts(sort=False).sort_index().sort_values(ascending=False, kind="stable")
    rows += [(wording("rejected", language, reason=reason), int(n)) for reason, n in reasons.head(_REASONS).items()]
    if len(reasons) > _REASONS:
        rows.append((wording("rejected_rest", language), int(reasons.iloc[_REASONS:].sum())))
    rows.append((wording("kept", language), len(documents)))
    placed = find_periods(documents, freq=freq)["placed"].value_counts()
    rows += [(wording(name, language), int(placed[name])) for name in placed.index.sort_values()[1:] if placed[name]]
    rows.append((wording("placed", language), int(placed["yes"])))
    rows += [(wording(f"name_{name}", language, **names), int(named[name].sum())) for name in ("holder", "target")]
    rows.append((wording("name_both", language), int(named.all(axis=1).sum())))
    return pd.DataFrame(rows, columns=["stage", "n"])


def _series(
    tokens: pd.DataFrame,
    documents: pd.DataFrame,
    lexicons: dict[str, Lexicon],
    actors: Lexicon,
    named: pd.DataFrame,
    by: str | None,
    options: dict[str, Any],
) -> dict[str, pd.DataFrame]:
    """Return the series of every lexicon: all documents, those that name both, by a variable, and overall."""
    subject = documents.loc[documents["doc_id"].astype(str).isin(named.index[named.all(axis=1)])]
    parts: dict[str, list[pd.DataFrame]] = {}
    for name, lexicon in lexicons.items():
        if name == "frames":
            frames = find_frames(tokens, documents, lexicon=lexicon, actors=actors)
            counts = frames.merge(count_tokens(tokens), on="doc_id", how="left", validate="many_to_one")
            parts["frames"] = [frames]
        else:
            counts = count_matches(find_matches(tokens, lexicon), tokens)
        found = {
            "series": [count_by_period(counts, documents, measure=m, **options) for m in ("share", "per_1000")],
            "overall": [_overall(counts, documents, options)],
        }
        if 0 < len(subject) < 0.9 * len(documents):
            chosen = counts.loc[counts["doc_id"].astype(str).isin(subject["doc_id"].astype(str))]
            found["subject_series"] = [count_by_period(chosen, subject, measure="share", **options)]
        if by is not None:
            found["by_series"] = [count_by_period(counts, documents, measure="share", by=by, **options)]
        for table, frames in found.items():
            parts.setdefault(table, []).extend(frame.assign(lexicon=name) for frame in frames)
    return {table: pd.concat(frames, ignore_index=True) for table, frames in parts.items()}


def _overall(counts: pd.DataFrame, documents: pd.DataFrame, options: dict[str, Any]) -> pd.DataFrame:
    """Return share and rate of each category over all documents, dated or not."""
    kept = [options[name] for name in ("cluster", "weight") if name in options]
    everything = documents[["doc_id", *kept]].assign(date=pd.Timestamp(2000, 1, 1))
    options = {**options, "freq": "YS"}
    share = count_by_period(counts, everything, measure="share", **options)
    rate = count_by_period(counts, everything, measure="per_1000", **options)
    columns = {"per_1000": "estimate", "per_1000_lower": "lower", "per_1000_upper": "upper"}
    overall = share.assign(**{name: rate[column] for name, column in columns.items()}).drop(columns="period")
    return overall.sort_values(["n_docs_with", "category"], ascending=[False, True], kind="stable", ignore_index=True)


def _positions(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    named: pd.DataFrame,
    holder: str,
    target: str,
    options: dict[str, Any],
) -> dict[str, pd.DataFrame]:
    """Return the positions of the holder by the lexicon measure, the hand codes of the corpus, and both as series."""
    both = documents["doc_id"].astype(str).isin(named.index[named.all(axis=1)])
    chosen = documents.loc[both]
    rows = tokens["doc_id"].isin(chosen["doc_id"]).to_numpy()
    own = tokens.loc[rows].assign(doc_id=lambda table: table["doc_id"].cat.remove_unused_categories())
    own = own.reset_index(drop=True)
    sentences = find_positions(chosen, own, quotations=find_quotations(chosen, own), target=target)
    scored = score_positions(sentences)
    positions = scored.loc[scored["holder"].eq(holder)].reset_index(drop=True)
    tables = {"positions": positions, "position_sentences": sentences}
    parts = []
    if "position" in documents and pd.api.types.is_numeric_dtype(documents["position"].dtype):
        voice = next((name for name in ("position_voice", "voice") if name in documents), None)
        codes = documents[["doc_id", "position"] + ([voice] if voice else [])].rename(columns={voice: "voice"})
        tables["hand_codes"] = codes
        parts.append(position_by_period(codes, documents, **options).assign(basis="hand"))
    parts.append(position_by_period(positions, documents, **options).assign(basis="lexicon"))
    filled = [part for part in parts if len(part)]
    tables["position_series"] = pd.concat(filled or parts[-1:], ignore_index=True)
    return tables
