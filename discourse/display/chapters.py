"""The chapters of the report of `chart`: which figures and tables it shows, and in which words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from discourse.display.figures import figure_png, figure_svg
from discourse.display.labels import LANGUAGES, label, phrase
from discourse.display.plots import key_events, plot_attention, plot_company, plot_events, plot_positions, plot_series
from discourse.display.report import Block
from discourse.display.tables import Table
from discourse.display.timeline import stated_days
from discourse.display.wording import wording
from discourse.measures.periods import LEAST
from discourse.study import Study

__all__ = ["compose"]

Chapter = tuple[str, list[Block]]
_REJECTS_SHOWN = 60


@dataclass(frozen=True)
class _Book:
    """The tables, the facts and the figures drawn so far, and how things are said."""

    tables: Mapping[str, pd.DataFrame]
    facts: Mapping[str, Any]
    figures: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.facts["language"]

    def say(self, name: str, **values: object) -> str:
        return wording(name, self.language, **{**self.facts["names"], **values})

    def draw(self, name: str, table: str, title: str, plot: Callable[..., Figure], *args: Any, **options: Any) -> Block:
        figure = plot(*args, language=self.language, title=title, **options)
        self.figures[name] = figure_png(figure), figure_svg(figure)
        return self.figures[name][0], self.say("alt", title=title, table=table)

    def table(self, frame: pd.DataFrame, caption: str, **options: Any) -> Table:
        heads = {name: label(name, self.language) for name in frame.columns} | options.pop("columns", {})
        return Table(frame, caption=caption, language=self.language, columns=heads, **options)


def compose(tables: Mapping[str, Any], study: Study) -> tuple[str, list[Chapter], dict[str, tuple[bytes, bytes]]]:
    """Turn the tables of `chart` into the title, the chapters and the figures of its report.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `chart` writes into tables/, by name, and ``summary``, the numbers that sentences quote.
    study : Study
        What was asked.

    Returns
    -------
    title : str
        Title of the report.
    chapters : list of (str, list of blocks)
        For ``render_report``.
    figures : dict of str to (bytes, bytes)
        PNG and SVG of each figure by file name, for ``write_folder``.
    """
    facts = _facts(tables, study)
    book = _Book(tables, facts)
    chapters = [_flow(book)]
    if facts["n_placed"]:
        chapters += [_attention(book), *_over_time(book)]
    else:
        chapters += [_overall(book, name) for name in facts["lexicons"]]
    chapters += [_positions(book), _company(book)]
    if len(tables["events"]):
        chapters.append(_events(book))
    chapters.append(_method(book))
    if len(tables["rejects"]):
        rejects = book.table(tables["rejects"], "", most=_REJECTS_SHOWN)
        chapters.append((book.say("rejects"), [rejects]))
    return book.say("title"), chapters, book.figures


def _facts(tables: Mapping[str, Any], study: Study) -> dict[str, Any]:
    actors = study.actors.categories
    by = next((name for name in ("country", "source") if name in tables["attention"]), None)
    return {
        **tables["summary"],
        "language": study.language,
        "names": _names(study, study.language),
        "names_in": {language: _names(study, language) for language in LANGUAGES},
        "actor_labels": actors,
        "named": [*study.holders, study.target, "both"],
        "lexicons": {
            lexicon.name: {
                "title": {tongue: lexicon.title.get(tongue, lexicon.name) for tongue in LANGUAGES},
                "labels": lexicon.categories,
            }
            for lexicon in study.lexicons
        },
        "period_chosen": study.period is None,
        "least": LEAST,
        "attention_by": by,
        "by": study.split,
        "n_target": tables["summary"]["n_subject"],
        "n_hand": int(tables["hand_codes"]["position"].notna().sum()) if "hand_codes" in tables else 0,
        "n_lexicon": len(tables["positions"]),
        "copies": study.copies,
        "n_draws": study.n_draws,
        "seed": study.seed,
    }


def _names(study: Study, language: str) -> dict[str, str]:
    """Return how holders and target are called, by the labels of the study's own actors."""
    actors = study.actors.categories
    holders = wording("comma", language).join(label(holder, language, actors) for holder in study.holders)
    return {"holder": holders, "target": label(study.target, language, actors)}


def _flow(book: _Book) -> Chapter:
    facts = book.facts
    unit = book.say(facts["period"])
    if facts["n_placed"]:
        values = {"placed": facts["n_placed"], "first": facts["first"], "last": facts["last"]}
        blocks: list[Block] = [book.say("summary", read=facts["n_read"], kept=facts["n_kept"], period=unit, **values)]
    else:
        blocks = [book.say("summary_undated", read=facts["n_read"], kept=facts["n_kept"], period=unit)]
    if facts["period_chosen"]:
        blocks.append(book.say("period_chosen", least=facts["least"]))
    heads = {"stage": book.say("stage"), "n": book.say("n")}
    notes = [book.say("flow_note")]
    blocks.append(book.table(book.tables["flow"], book.say("flow"), notes=notes, columns=heads))
    return book.say("flow"), blocks


def _attention(book: _Book) -> Chapter:
    by = book.facts["attention_by"]
    name = book.say(by) if by in ("country", "source") else str(by)
    title = phrase("attention", book.language)
    blocks: list[Block] = [
        book.say("attention_text", by=name),
        book.draw("attention", "attention", title, plot_attention, book.tables["attention"], by=by),
    ]
    return book.say("attention"), blocks


def _over_time(book: _Book) -> list[Chapter]:
    facts, naming = book.facts, book.tables["naming"]
    both = {language: wording("both", language, **facts["names_in"][language]) for language in ("en", "ar")}
    labels = {**facts["actor_labels"], "both": both}
    title = book.say("naming")
    drawn = book.draw("naming", "naming", title, plot_series, naming, labels=labels, categories=facts["named"])
    chapters: list[Chapter] = [(title, [book.say("naming_text"), drawn])]
    for name, lexicon in facts["lexicons"].items():
        chapters += [_lexicon(book, name, lexicon), _overall(book, name)]
    return chapters


def _lexicon(book: _Book, name: str, lexicon: Mapping[str, Any]) -> Chapter:
    """Return the chapter of one lexicon: share, rate, share where both are named, share by a variable."""
    title = lexicon["title"][book.language]
    blocks: list[Block] = [book.say("series_text")]
    series = book.tables["series"]
    series = series.loc[series["lexicon"].eq(name)]
    for measure, words in (("share", "share_title"), ("per_1000", "rate_title")):
        rows = series.loc[series["measure"].eq(measure)]
        heading = book.say(words, title=title)
        figure = f"{name}_{'rate' if measure == 'per_1000' else measure}"
        blocks.append(book.draw(figure, "series", heading, plot_series, rows, labels=lexicon["labels"]))
    if "subject_series" in book.tables:
        rows = book.tables["subject_series"].loc[lambda table: table["lexicon"].eq(name)]
        heading = book.say("share_title", title=f"{title}, {book.say('both')}")
        blocks += [book.say("subject_text", n=book.facts["n_both"])]
        blocks += [
            book.draw(f"{name}_subject_share", "subject_series", heading, plot_series, rows, labels=lexicon["labels"])
        ]
    if "by_series" in book.tables:
        rows, by = book.tables["by_series"].loc[lambda table: table["lexicon"].eq(name)], book.facts["by"]
        heading = f"{book.say('share_title', title=title)} ({by})"
        drawn = book.draw(f"{name}_by_{by}", "by_series", heading, plot_series, rows, by=by, labels=lexicon["labels"])
        blocks.append(drawn)
    return book.say("series", title=title), blocks


def _overall(book: _Book, name: str) -> Chapter:
    lexicon = book.facts["lexicons"][name]
    heading = book.say("overall", title=lexicon["title"][book.language])
    rows = book.tables["overall"].loc[lambda table: table["lexicon"].eq(name)]
    shown = rows[["category", "n_docs_with", "estimate", "lower", "upper", "per_1000"]].assign(
        category=[label(name, book.language, lexicon["labels"]) for name in rows["category"]]
    )
    note = book.say("overall_note", n=book.facts["n_kept"])
    percent = dict.fromkeys(("estimate", "lower", "upper"), ".1%")
    return heading, [book.table(shown, heading, notes=[note], formats=percent)]


def _positions(book: _Book) -> Chapter:
    facts, series = book.facts, book.tables["position_series"]
    heading = book.say("positions")
    values = {name: facts[name] for name in ("n_hand", "n_lexicon", "n_target")}
    blocks: list[Block] = [book.say("positions_text", **values)]
    if facts["codes_unclaimed"]:
        blocks.append(book.say("codes_unclaimed"))
    if not len(series):
        return heading, [*blocks, book.say("no_positions")]
    events = book.tables["events"] if len(book.tables["events"]) else None
    labels = facts["actor_labels"]
    blocks.append(
        book.draw("positions", "position_series", heading, plot_positions, series, events=events, labels=labels)
    )
    if "by_positions" in book.tables and len(rows := book.tables["by_positions"]):
        by = facts["by"]
        options = {"by": by, "events": events, "labels": labels}
        split = f"{heading} ({by})"
        blocks.append(book.draw(f"positions_by_{by}", "by_positions", split, plot_positions, rows, **options))
    columns = ["basis", "period", "category", "n_docs_with", "estimate", "lower", "upper", "method"]
    shown = series.loc[series["n_docs_with"].gt(0), columns]
    shown = shown.assign(
        basis=[label(name, book.language) for name in shown["basis"]],
        category=[label(name, book.language, labels) for name in shown["category"]],
    )
    blocks.append(book.table(shown, heading, most=100))
    return heading, blocks


def _company(book: _Book) -> Chapter:
    company, labels = book.tables["company"], book.facts["actor_labels"]
    pair = [name for name in book.facts["named"] if name != "both"]
    blocks: list[Block] = [book.say("company_text")]
    if company["n_sentences"].gt(0).any():
        title = phrase("company", book.language)
        blocks.append(book.draw("company", "company", title, plot_company, company, labels=labels, always=pair))
    return book.say("company"), blocks


def _events(book: _Book) -> Chapter:
    events, language = book.tables["events"], book.language
    title = f"{phrase('events', language)} ({len(events):,})"
    drawn = book.draw("events", "events", title, plot_events, events)
    numbers = key_events(events).set_index(["date", "event"])["number"]
    words = "event_ar" if language == "ar" and "event_ar" in events else "event"
    places = pd.MultiIndex.from_frame(events[["date", "event"]])
    shown = events.assign(number=numbers.reindex(places).astype("Int64").to_numpy(), date=stated_days(events))
    shown = shown[["number", "date", words, "act_type", "position"]].rename(columns={words: "event"})
    notes = [book.say("events_note")]
    table = book.table(shown, book.say("events_table"), most=500, digits=0, notes=notes)
    return book.say("events"), [drawn, table]


def _method(book: _Book) -> Chapter:
    facts = book.facts
    blocks: list[Block] = [book.say("method_bootstrap", n_draws=facts["n_draws"], seed=str(facts["seed"]))]
    if facts["n_boilerplate"] is not None:
        blocks.append(book.say("method_boilerplate", n=facts["n_boilerplate"]))
    if facts["n_copies"] is not None:
        blocks.append(book.say(f"method_copies_{facts['copies']}", n=facts["n_copies"]))
    return book.say("method"), blocks
