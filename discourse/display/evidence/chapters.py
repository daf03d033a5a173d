"""The chapters of the evidence page: the finding, what leads from every number to its sentences, method and flow."""

from collections.abc import Mapping
from typing import Any

from discourse.display.answer import finding_chapter
from discourse.display.book import Book, Chapter
from discourse.display.chapters import method_chapter
from discourse.display.evidence.page import EVIDENCE_TABLES, evidence_block, evidence_words, fill
from discourse.display.report import Block, Folded
from discourse.study import Study

__all__ = ["PAGE_TABLES", "compose_evidence"]

# what the page is made of beside its part with the figures
PAGE_TABLES = (*EVIDENCE_TABLES, "period_positions", "flow", "rejects")
_REJECTS_SHOWN = 200


def compose_evidence(tables: Mapping[str, Any], study: Study, *, texts: str = "all") -> tuple[str, list[Chapter]]:
    """Turn the tables of ``PAGE_TABLES`` into the title and the chapters of the evidence page, for ``render_report``.

    Raises
    ------
    SchemaError
        ``texts`` is none of "all", "sentences" and "none".
    """
    block = evidence_block(tables, study, texts=texts)
    book, said = Book(tables, study, beside=False), evidence_words(study.language)
    chapters: list[Chapter] = [
        finding_chapter(book),
        (said["heading"], [said["intro"], block]),
        method_chapter(book),
        (book.say("flow"), _flow(book, said)),
    ]
    title = study.title.get(study.language) or book.say("title")
    return fill(said["title"], title=title), chapters


def _flow(book: Book, said: Mapping[str, str]) -> list[Block]:
    heads = {"stage": book.say("stage"), "n": book.say("n")}
    notes = [said["flow_note"]]
    blocks: list[Block] = [book.table(book.tables["flow"], book.say("flow"), "flow", columns=heads, notes=notes)]
    rejects = book.tables["rejects"]
    if len(rejects):
        line = fill(said["rejects_folded"], n=f"{len(rejects):,}")
        blocks.append(Folded(line, [book.table(rejects, book.say("rejects"), "rejects", most=_REJECTS_SHOWN)]))
    return blocks
