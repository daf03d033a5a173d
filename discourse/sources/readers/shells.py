"""Files of many articles in a shell that no reader knows: they are refused by name, never read as one document."""

import re
from pathlib import Path

from lxml import etree

from discourse.sources.readers.docx import docx_paragraphs
from discourse.sources.readers.markup import decode_markup, element_text, parse_html, read_bytes
from discourse.sources.readers.page_zones import is_beside_article
from discourse.sources.shells import FEWEST, SHORT, has_day, lines_in, many_in_lines, n_words_of, refusal

__all__ = ["many_articles"]

_GROUP_WORDS = 15


def many_articles(path: Path, kind: str) -> str | None:
    """Return why a file is refused that would be read as one document and holds many, null where it does not.

    Parameters
    ----------
    path : Path
        The file.
    kind : str
        page, text or docx: the formats in which a file is one document.
    """
    if kind == "docx":
        lines = [line for paragraph in docx_paragraphs(path)[0] for line in paragraph.text.split("\n")]
        known = "\n".join(lines[:400])
        found = many_in_lines(lines)
    else:
        known = decode_markup(read_bytes(path))
        found = _in_page(known) if kind == "page" else many_in_lines(lines_in(known))
    return refusal(known, f"--format {kind}") if found else None


# Pages --------------------------------------------------------------------------------------------------------------


def _in_page(markup: str) -> bool:
    if len(re.findall(r"\d{4}|[\u0660-\u0669]{4}", markup)) < FEWEST:
        return False
    body = parse_html(markup).find("body")
    if body is None:
        return False
    for node in [node for node in body.iter() if isinstance(node.tag, str) and node is not body]:
        if node.getparent() is not None and is_beside_article(node) and node.tag != "header":
            node.drop_tree()
    if _grouped(body) or many_in_lines(element_text(body).split("\n")):
        return True
    return any(many_in_lines("".join(node.itertext()).split("\n")) for node in body.iter("pre"))


def _grouped(body: etree._Element) -> bool:
    """Tell whether most words of a page stand in elements of one kind side by side, each with its day."""
    n_all = n_words_of(element_text(body))
    groups: dict[tuple[etree._Element, str, str], list[etree._Element]] = {}
    for node in body.iter():
        if isinstance(node.tag, str) and node.tag in ("article", "div", "li", "section", "table", "tr", "td", "dd"):
            groups.setdefault((node.getparent(), node.tag, node.get("class") or ""), []).append(node)
    for members in groups.values():
        if len(members) < FEWEST:
            continue
        texts = [element_text(member).split("\n") for member in members[:200]]
        sizes = [sum(map(n_words_of, lines)) for lines in texts]
        dated = [
            size
            for lines, size in zip(texts, sizes, strict=True)
            if size >= _GROUP_WORDS and any(n_words_of(line) <= SHORT and has_day(line) for line in lines[:8])
        ]
        if len(dated) >= FEWEST and sum(dated) >= 0.7 * n_all:
            return True
    return False
