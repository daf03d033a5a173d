"""Tables within the article of a page, which the extraction leaves out: their rows as lines, where they stood."""

from lxml import etree

from discourse.sources.readers.markup import element_text, elements
from discourse.sources.readers.page_zones import is_beside_article

__all__ = ["with_tables"]

_MOST_CELLS, _MOST_WORDS = 4000, 25  # of a table that holds figures or names, and in a cell of it on average
_MOST_TABLES = 50
_SNIPPET = 25
_SEEN = 4  # paragraphs before a table among which one must be of the text


def with_tables(text: str, root: etree._Element) -> str:
    """Return the text of an article with the tables between its paragraphs: a line a row, bars between cells.

    A table counts where it has rows of two cells or more, is no frame for the page (no table, no long text in it), and
    follows within a few elements on a line of the text, or is followed by one.
    """
    lines = text.split("\n")
    heads = {" ".join(line.split())[:_SNIPPET]: n for n, line in enumerate(lines) if len(line) >= _SNIPPET}
    if not heads:
        return text
    found: list[tuple[int, list[str]]] = []
    for table in elements(root, "//table[not(.//table)]")[:_MOST_TABLES]:
        rows = _rows(table)
        if rows is None or any(is_beside_article(node) for node in (table, *table.iterancestors())):
            continue
        shown = {cell for row in rows for cell in row if len(cell) > 2}
        if not shown or all(cell in text for cell in shown):
            continue
        place = _line_before(table, heads)
        if place is not None and _is_followed(table, heads, place, len(lines)):
            found.append((place, [" | ".join(row) for row in rows]))
    for place, rows in reversed(found):
        lines[place + 1 : place + 1] = rows
    return "\n".join(lines)


def _rows(table: etree._Element) -> list[list[str]] | None:
    """Return the cells of a table by rows, null where it is a frame of the page or a list of one column."""
    rows = []
    for row in elements(table, ".//tr"):
        cells = [" ".join(element_text(cell).split()) for cell in row if cell.tag in ("td", "th")]
        if any(cells):
            rows.append([cell for cell in cells if cell])
    n_cells = sum(map(len, rows))
    if sum(len(row) >= 2 for row in rows) < 1 or n_cells > _MOST_CELLS:
        return None
    n_words = sum(len(cell.split()) for row in rows for cell in row)
    n_links = len(elements(table, ".//a"))
    return None if n_words > _MOST_WORDS * n_cells or 2 * n_links > n_cells else rows


def _line_before(table: etree._Element, heads: dict[str, int]) -> int | None:
    """Return the line of the text that stands last before the table."""
    for seen, node in enumerate(table.xpath("(preceding::*[normalize-space(text())])[position() > last() - 40]")[::-1]):
        if seen >= _SEEN * 10:
            return None
        for part in (node.text, *(child.tail for child in node)):
            head = " ".join((part or "").split())[:_SNIPPET]
            if head in heads:
                return heads[head]
    return None


def _is_followed(table: etree._Element, heads: dict[str, int], place: int, n_lines: int) -> bool:
    """Tell whether the text goes on behind the table, or the table stands in the element of the text's last words."""
    for node in table.xpath("following::*[normalize-space(text())][position() <= 40]"):
        for part in (node.text, *(child.tail for child in node)):
            if heads.get(" ".join((part or "").split())[:_SNIPPET], -1) > place:
                return True
    before = table.getprevious()
    return before is not None and before.tag in ("p", "div", "h2", "h3", "h4", "ul", "ol", "table")
