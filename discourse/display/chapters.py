"""The chapters of the report of `chart`: which figures and tables it shows, and in which words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from discourse.display.answer import finding_chapter, support_blocks
from discourse.display.book import Book, Chapter, Drawing, Drawn
from discourse.display.evidence.page import evidence_block, evidence_words
from discourse.display.labels import label, phrase
from discourse.display.plots import key_events, plot_attention, plot_company, plot_events, plot_positions, plot_series
from discourse.display.report import Block, Folded
from discourse.display.timeline import stated_days
from discourse.lexicons.loader import Lexicon
from discourse.measures.periods import LEAST
from discourse.study import Study

__all__ = ["compose", "method_chapter"]

_REJECTS_SHOWN = 60


def compose(
    tables: Mapping[str, Any],
    study: Study,
    *,
    formats: Sequence[str] = ("png",),
    texts: str | None = "all",
    draw_all: Callable[[list[Drawing]], list[Drawn]] | None = None,
) -> tuple[str, list[Chapter], dict[str, dict[str, bytes]]]:
    """Turn the tables of `chart` into the title, the chapters and the figures of its report.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `chart` writes into tables/, by name, ``summary``, the numbers that sentences quote, and what
        ``evidence_block`` takes.
    study : Study
        What was asked.
    formats : sequence of {"png", "svg", "pdf"}
        In which formats the figures are returned; the page shows them as PNG in any case.
    texts : {"all", "sentences", "none"}, optional
        What the page holds of the texts behind its numbers; None for a page without the part that leads to them.
    draw_all : callable, optional
        Draws all figures, once it is known which; left out, each is drawn where it stands.

    Returns
    -------
    title : str
        Title of the report.
    chapters : list of (str, list of blocks)
        For ``render_report``; the first is the finding, without a heading, and flow and provenance are the last.
    figures : dict of str to dict of str to bytes
        Each figure by file name and format, for ``write_folder``.
    """
    book = Book(tables, study, formats)
    if draw_all is not None:
        asked: dict[str, Drawing] = {}
        _chapters(Book(tables, study, formats, asked=asked), None)
        book = Book(tables, study, formats, drawn=dict(zip(asked, draw_all(list(asked.values())), strict=True)))
    return study.title.get(study.language) or book.say("title"), _chapters(book, texts), book.figures


def _chapters(book: Book, texts: str | None) -> list[Chapter]:
    tables, study = book.tables, book.study
    chapters = [finding_chapter(book)]
    if texts is not None:
        said = evidence_words(book.language)
        chapters.append((said["heading"], [said["intro"], evidence_block(tables, study, texts=texts, within=True)]))
    chapters.append(_positions(book))
    if book.summary["n_placed"]:
        chapters += [*_over_time(book), _attention(book)]
    else:
        chapters += [_overall(book, lexicon) for lexicon in study.lexicons]
    chapters.append(_company(book))
    if len(tables["events"]):
        chapters.append(_events(book))
    chapters += [method_chapter(book), _flow(book)]
    if len(tables["rejects"]):
        rejects = book.table(tables["rejects"], book.say("rejects"), "rejects", most=_REJECTS_SHOWN)
        chapters.append(
            (book.say("rejects"), [Folded(book.say("rejects_folded", n=len(tables["rejects"])), [rejects])])
        )
    return chapters


def _flow(book: Book) -> Chapter:
    found = book.summary
    values = {"read": found["n_read"], "kept": found["n_kept"], "period": book.say(found["period"])}
    if found["n_placed"]:
        placed = {"placed": found["n_placed"], "first": found["first"], "last": found["last"]}
        blocks: list[Block] = [book.say("summary", **values, **placed)]
    else:
        blocks = [book.say("summary_undated", **values)]
    if book.study.period is None:
        blocks.append(book.say("period_chosen", least=LEAST))
    heads = {"stage": book.say("stage"), "n": book.say("n")}
    notes = [book.say("flow_note")]
    blocks.append(book.table(book.tables["flow"], book.say("flow"), "flow", notes=notes, columns=heads))
    return book.say("flow"), blocks


def _attention(book: Book) -> Chapter:
    attention = book.tables["attention"]
    by = next((name for name in ("country", "source") if name in attention), None)
    title = phrase("attention", book.language)
    blocks: list[Block] = [
        book.say("attention_text", by=book.variable(str(by))),
        book.draw("attention", "attention", title, plot_attention, attention, by=by),
    ]
    return book.say("attention"), blocks


def _over_time(book: Book) -> list[Chapter]:
    title, order = book.say("naming"), [*book.study.holders, book.study.target, "both"]
    options = {"labels": book.actors, "categories": order}
    drawn = book.draw("naming", "naming", title, plot_series, book.tables["naming"], **options)
    chapters: list[Chapter] = [(title, [book.say("naming_text"), drawn])]
    for lexicon in book.study.lexicons:
        chapters += [_lexicon(book, lexicon), _overall(book, lexicon)]
    return chapters


def _lexicon(book: Book, lexicon: Lexicon) -> Chapter:
    """Return the chapter of one lexicon: share, rate, share where both are named, share by a variable."""
    name, title, labels = lexicon.name, book.title(lexicon), lexicon.categories
    blocks: list[Block] = [book.say("series_text")]
    series = book.tables["series"].loc[lambda table: table["lexicon"].eq(name)]
    for measure, sentence, ending in (("share", "share_title", "share"), ("per_1000", "rate_title", "rate")):
        rows, heading = series.loc[series["measure"].eq(measure)], book.say(sentence, title=title)
        blocks.append(book.draw(f"{name}_{ending}", "series", heading, plot_series, rows, labels=labels))
    if "subject_series" in book.tables:
        rows = book.tables["subject_series"].loc[lambda table: table["lexicon"].eq(name)]
        heading = book.say("share_title", title=f"{title}, {book.actors['both'][book.language]}")
        blocks.append(book.say("subject_text", n=book.summary["n_both"], **book.names(book.language, "or")))
        blocks.append(book.draw(f"{name}_subject_share", "subject_series", heading, plot_series, rows, labels=labels))
    if "by_series" in book.tables:
        rows, by = book.tables["by_series"].loc[lambda table: table["lexicon"].eq(name)], book.study.split
        heading = f"{book.say('share_title', title=title)} ({book.variable(str(by))})"
        blocks.append(book.draw(f"{name}_by_{by}", "by_series", heading, plot_series, rows, by=by, labels=labels))
    return book.say("series", title=title), blocks


def _overall(book: Book, lexicon: Lexicon) -> Chapter:
    heading = book.say("overall", title=book.title(lexicon))
    rows = book.tables["overall"].loc[lambda table: table["lexicon"].eq(lexicon.name)]
    shown = rows[["category", "n_docs_with", "estimate", "lower", "upper", "per_1000"]].assign(
        category=[label(name, book.language, lexicon.categories) for name in rows["category"]]
    )
    note = book.say("overall_note", n=book.summary["n_kept"])
    percent = dict.fromkeys(("estimate", "lower", "upper"), ".1%")
    return heading, [book.table(shown, heading, "overall", notes=[note], formats=percent, rows=rows)]


def _positions(book: Book) -> Chapter:
    series, study, heading = book.tables["position_series"], book.study, book.say("positions")
    n_hand = int(book.tables["hand_codes"]["position"].notna().sum()) if "hand_codes" in book.tables else 0
    values = {"n_hand": n_hand, "n_lexicon": len(book.tables["positions"]), "n_target": book.summary["n_subject"]}
    blocks: list[Block] = [*support_blocks(book), book.say("positions_text", **values)]
    if book.summary["codes_unclaimed"]:
        blocks.append(book.say("codes_unclaimed"))
    if not len(series):
        return heading, [*blocks, book.say("no_positions")]
    for holder in study.holders:
        blocks += _holder(book, holder)
    columns = ["holder"] if study.holders[1:] else []
    columns += ["basis", "period", "category", "n_docs_with", "estimate", "lower", "upper", "method", "few"]
    shown = series.loc[series["n_docs_with"].gt(0)]
    shown = shown.assign(
        holder=[label(name, book.language, book.actors) for name in shown["holder"]],
        basis=[label(name, book.language) for name in shown["basis"]],
        category=[label(name, book.language, book.actors) for name in shown["category"]],
        method=book.named("methods", shown["method"]),
    )
    table = book.table(
        shown[columns], heading, "position_series", most=100, rows=series.drop(columns=["band_lower", "band_upper"])
    )
    blocks.append(Folded(book.say("positions_folded", n=len(shown)), [table]))
    return heading, blocks


def _holder(book: Book, holder: str) -> list[Block]:
    """Return the figures of one holder: over time, and by the variable that splits."""
    several, by = len(book.study.holders) > 1, book.study.split
    heading = book.say("positions", holder=label(holder, book.language, book.actors))
    options: dict[str, Any] = {"labels": book.actors}
    options["events"] = book.tables["events"] if len(book.tables["events"]) else None
    blocks: list[Block] = []
    for table, ending, split in (("position_series", "", {}), ("position_by_series", f"_by_{by}", {"by": by})):
        rows = book.tables[table].loc[lambda found: found["holder"].eq(holder)] if table in book.tables else ()
        if len(rows):
            name = f"positions_{holder}{ending}" if several else f"positions{ending}"
            title = f"{heading} ({book.variable(str(by))})" if split else heading
            blocks.append(book.draw(name, table, title, plot_positions, rows, **options, **split))
    return blocks


def _company(book: Book) -> Chapter:
    company = book.tables["company"]
    blocks: list[Block] = [book.say("company_text")]
    if company["n_sentences"].gt(0).any():
        title, pair = phrase("company", book.language), [*book.study.holders, book.study.target]
        blocks.append(book.draw("company", "company", title, plot_company, company, labels=book.actors, always=pair))
    return book.say("company"), blocks


def _events(book: Book) -> Chapter:
    events, language = book.tables["events"], book.language
    title = f"{phrase('events', language)} ({len(events):,})"
    drawn = book.draw("events", "events", title, plot_events, events)
    numbers = key_events(events).set_index(["date", "event"])["number"]
    told = "event_ar" if language == "ar" and "event_ar" in events else "event"
    places = pd.MultiIndex.from_frame(events[["date", "event"]])
    shown = events.assign(number=numbers.reindex(places).astype("Int64").to_numpy(), date=stated_days(events))
    shown["act_type"] = book.named("acts", shown["act_type"])
    shown = shown[["number", "date", told, "act_type", "position"]].rename(columns={told: "event"})
    notes = [book.say("events_note")]
    table = book.table(shown, book.say("events_table"), "events", most=500, digits=0, notes=notes)
    return book.say("events"), [Folded(book.say("events_folded", n=len(events)), [drawn, table])]


def method_chapter(book: Book) -> Chapter:
    """Return the chapter on method and limits."""
    study, found = book.study, book.summary
    blocks: list[Block] = [book.say("method_intervals", n_draws=study.n_draws, seed=str(study.seed))]
    if found["n_boilerplate"] is not None:
        blocks.append(book.say("method_boilerplate", n=found["n_boilerplate"]))
    treated = study.copies if found["n_copies"] != 0 else "none"
    blocks.append(book.say(f"method_copies_{treated}", n=found["n_copies"], stories=found["n_stories"]))
    return book.say("method"), blocks
