"""What the chapters of a report share: tables, study, figures drawn so far, and how things are said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from discourse.display.captions import describe
from discourse.display.labels import LANGUAGES, column_label, label_in_text
from discourse.display.report import Block, Exhibit
from discourse.display.seen import tell_seen
from discourse.display.style import render
from discourse.display.tables import Table
from discourse.display.wording import has_words, wording, words
from discourse.lexicons.loader import Lexicon
from discourse.study import Study

__all__ = ["Book", "Chapter", "Drawing", "Drawn"]

Chapter = tuple[str, list[Block]]
Drawn = tuple[dict[str, bytes], str]  # the files of a figure by format, and the text that stands for it


@dataclass(frozen=True)
class Drawing:
    """A figure that is asked for: drawn here, or in another process."""

    plot: Callable[..., Figure]
    args: tuple[Any, ...]
    options: Mapping[str, Any]
    kinds: tuple[str, ...]

    def __call__(self) -> Drawn:
        """Draw it."""
        figure = self.plot(*self.args, **self.options)
        return {kind: render(figure, kind) for kind in self.kinds}, str(figure.get_label())


@dataclass(frozen=True)
class Book:
    """The tables, the study and the figures drawn so far, and how things are said."""

    tables: Mapping[str, Any]
    study: Study
    formats: Sequence[str] = ("png",)
    figures: dict[str, dict[str, bytes]] = field(default_factory=dict)
    beside: bool = True  # the tables stand as files beside the page
    asked: dict[str, Drawing] | None = None  # figures are noted here and not drawn
    drawn: Mapping[str, Drawn] = field(default_factory=dict)  # figures that are drawn already

    @property
    def language(self) -> str:
        """Language of the report."""
        return self.study.language

    @property
    def summary(self) -> Mapping[str, Any]:
        """Numbers that sentences quote."""
        return self.tables["summary"]

    @property
    def actors(self) -> Mapping[str, Mapping[str, str]]:
        """Labels of actors and groups by name and language."""
        both = {tongue: wording("both", tongue, **self.names(tongue, "or")) for tongue in LANGUAGES}
        return {**self.study.actors.categories, "both": both}

    def names(self, language: str, between: str = "and") -> dict[str, str]:
        """Return what the sentences call the holders, with `and` or `or` before the last, and the target."""
        labels = self.study.actors.categories
        holders = [label_in_text(name, language, labels) for name in self.study.holders]
        listed = holders[0]
        if holders[1:]:
            listed = wording(between, language).join([wording("comma", language).join(holders[:-1]), holders[-1]])
        return {"holder": listed, "target": label_in_text(self.study.target, language, labels)}

    def variable(self, name: str) -> str:
        """Return the name of a document variable."""
        return self.say(name) if name in ("country", "source") else name

    def say(self, name: str, **values: object) -> str:
        """Return a sentence of the report; {holder} and {target} are those of the study."""
        return wording(name, self.language, **{**self.names(self.language), **values})

    def named(self, section: str, names: pd.Series) -> list[str]:
        """Return what a section of the words file calls each name; the name itself where it has none."""
        return [words(section, name, self.language) if has_words(section, name) else name for name in names.astype(str)]

    def title(self, lexicon: Lexicon) -> str:
        """Return the title of a lexicon."""
        return lexicon.title.get(self.language, lexicon.name)

    def draw(self, name: str, table: str, title: str, plot: Callable[..., Figure], *args: Any, **options: Any) -> Block:
        """Draw a figure, keep its files under its name, and return it with its caption and the table of its numbers.

        The first of ``args`` is the table that the figure draws.
        """
        kinds = tuple(dict.fromkeys(["png", *self.formats]))
        drawing = Drawing(plot, args, {"language": self.language, "title": title, **options}, kinds)
        if self.asked is not None:
            self.asked[name] = drawing
            return Exhibit(b"", "", "", "")
        images, told = self.drawn[name] if name in self.drawn else drawing()
        self.figures[name] = {kind: images[kind] for kind in self.formats}
        seen = tell_seen(args[0], language=self.language, labels=options.get("labels"))
        caption = describe(args[0], language=self.language, title=title, labels=self.actors)
        text = " ".join(filter(None, [f"{title}.", seen, told.removeprefix(f"{title}.").strip()]))
        return Exhibit(images["png"], caption, text, self._place(table))

    def table(
        self, frame: pd.DataFrame, caption: str, source: str, *, rows: pd.DataFrame | None = None, **options: Any
    ) -> Exhibit:
        """Return a table with the headings of the report and the name of the table that it is drawn from.

        ``rows`` are those rows of the source that it shows: the caption says their n, intervals and method.
        """
        heads = {name: column_label(name, self.language) for name in frame.columns} | options.pop("columns", {})
        drawn = Table(frame, language=self.language, columns=heads, **options)
        if rows is not None:
            caption = describe(rows, language=self.language, title=caption, drawn=False, labels=self.actors)
        return Exhibit(drawn, caption, source=self._place(source))

    def _place(self, table: str) -> str:
        return f"tables/{table}.csv" if self.beside else ""
