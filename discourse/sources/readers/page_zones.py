"""Where the article of a page stands, and which short elements that print a date belong to it."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from discourse.sources.dates.ago import is_counted_back
from discourse.sources.dates.fields import any_word, field_text
from discourse.sources.dates.stamps import read_field
from discourse.sources.readers.headings import headings
from discourse.sources.readers.markup import element_text

__all__ = ["Zones", "is_beside_article"]

_WORDS = headings("pages")
_BESIDE = {word.lower() for word in _WORDS["beside_article"]}
_LONG = tuple(word for word in _BESIDE if len(word) >= 5)
_DATE_WORDS, _MODIFIED = tuple(_WORDS["date_words"]), tuple(_WORDS["modified_words"])
_BESIDE_TAGS = frozenset(
    {
        "nav",
        "aside",
        "footer",
        "figure",
        "figcaption",
        "form",
        "select",
        "option",
        "button",
        "script",
        "style",
        "noscript",
    }
)
_SITE_TAGS = frozenset({"header"})
_SITE_HEADS = frozenset({"header", "head", "masthead", "top", "topbar", "logo", "toolbar"})
_TODAY = re.compile(
    r"(?:current|today|now|live|server|local|sys(?:tem)?)[-_]?(?:date|time|day|clock)|(?:date|time)[-_]?(?:now|today|current)"
)
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[^\W\da-zA-Z_]+|[A-Z]+")
_PUBLISHED = frozenset("datepublished schema:datepublished dc:date dc:created dc:issued dcterms:created".split())
_ISSUE = re.compile(rf"(?<!\w)(?:{any_word(_WORDS['issue_words'])})\W{{0,3}}\d")
_SNIPPET, _NEAR = 30, 6
_MOST_NODES = 60_000
_LONGEST_HOLDER, _LONGEST_LINE = 20_000, 400
_MOST_WORDS, _MOST_HINTED = 9, 20
_MOST_BESIDE_NUMBERS, _MOST_WITH_NUMBERS = 6, 14  # two days in one line are many words, and most of them numbers
_ARTICLE_HEADS = frozenset({"date", "post", "entry", "article"})  # what a head is of, where it is not the site's


class Zones:
    """The article in a page: its headline and its body among the elements."""

    def __init__(self, root: etree._Element, title: str | None, text: str) -> None:
        self.root = root
        body = root.find("body")
        held = (body if body is not None else root).iter()
        self.nodes = [node for node in held if isinstance(node.tag, str)][:_MOST_NODES]
        self.order = {node: place for place, node in enumerate(self.nodes)}
        self.size = self._sizes()
        self.headline = self._headline(title)
        self.first, self.last = self._body(text, title)
        own = [node for node in (self.headline, self.first) if node is not None]
        self.holders = {above for node in own for above in (node, *node.iterancestors())}
        self.beside = self._beside(lambda node: False)
        self.beside_within = self._beside(lambda node: node.tag in ("footer", "header", "form"))

    def _sizes(self) -> dict[etree._Element, int]:
        """Return how many characters each element holds, in one walk from the last to the first."""
        size: dict[etree._Element, int] = {}
        for node in reversed(self.nodes):
            size[node] = size.get(node, 0) + len(node.text or "")
            above = node.getparent()
            if above is not None:
                size[above] = size.get(above, 0) + size[node] + len(node.tail or "")
        return size

    def _beside(self, own: Callable[[etree._Element], bool]) -> set[etree._Element]:
        """Return the elements in parts of the page that are not the article; ``own`` names tags that may be."""
        beside: set[etree._Element] = set()
        for node in self.nodes:
            if node.getparent() in beside or (node not in self.holders and not own(node) and is_beside_article(node)):
                beside.add(node)
        return beside

    def _body(self, text: str, title: str | None) -> tuple[etree._Element | None, etree._Element | None]:
        """Return the elements that hold the first and the last long line of the text."""
        lines = [" ".join(line.split()) for line in text.split("\n")]
        named = {" ".join((title or "").split())}
        if self.headline is not None:
            named.add(" ".join(element_text(self.headline).split()))
        lines = [line for line in lines if line not in named and not _dated(line, hinted=False)]
        long = [line for line in lines if len(line) >= 40] or [line for line in lines if len(line) >= 15]
        if not long:
            return None, None
        first, last = long[0][:_SNIPPET], long[-1][:_SNIPPET]
        found: list[etree._Element | None] = [None, None]
        for node in self.nodes:
            if node is self.headline:
                continue
            # a line behind a break stands where the break does: what is printed before it in the same cell is before it
            parts = [(node, node.text), *((child if child in self.order else node, child.tail) for child in node)]
            for owner, part in parts:
                plain = " ".join(part.split()) if part else ""
                if found[0] is None and plain.startswith(first):
                    found[0] = owner
                if plain.startswith(last):
                    found[1] = owner
        if found[0] is None:  # words of the line stand in elements of their own
            found[0] = self._holding(long[0])
        return found[0], found[1] if found[1] is not None else found[0]

    def _holding(self, line: str) -> etree._Element | None:
        for node in reversed(self.nodes):
            if node.tag in ("p", "div", "td", "section", "li", "span") and self.size[node] < _LONGEST_HOLDER:
                if " ".join(element_text(node).split()).startswith(line[:_SNIPPET]):
                    return node
        return None

    def _headline(self, title: str | None) -> etree._Element | None:
        plain = field_text(title or "").strip()
        best = None
        for node in self.nodes:
            if node.tag in ("h1", "h2", "h3"):
                shown = field_text(element_text(node)).strip()
                if len(shown) > 8 and plain and (shown in plain or plain in shown):
                    return node
                best = node if best is None and node.tag == "h1" and len(shown) > 8 else best
        return best

    def is_beside(self, node: etree._Element) -> bool:
        """Tell whether an element stands in a part of the page that is not the article.

        Between headline and text a head or a foot is the article's own.
        """
        place = self.order.get(node, -1)
        begin = self.order.get(self.first, -1) if self.first is not None else -1
        within = self.headline is not None and self.order[self.headline] < place < begin
        return node in (self.beside_within if within else self.beside)

    def stands_beside(self, line: str) -> bool:
        """Tell whether a line of the text was taken from a part of the page that is not the article."""
        plain = " ".join(line.split())
        nodes = (node for node in self.nodes if node in self.beside and self.size[node] <= _LONGEST_LINE)
        return any(plain in " ".join(element_text(node).split()) for node in nodes)

    def micro_dates(self) -> Iterator[str]:
        """Yield the days that the article's own elements mark as its publication (itemprop, pubdate)."""
        for node in self.nodes:
            names = f"{node.get('itemprop') or ''} {node.get('property') or ''}".lower().split()
            marked = not _PUBLISHED.isdisjoint(names) or (node.tag == "time" and "pubdate" in node.attrib)
            if marked and node.tag != "meta" and not self.is_beside(node):
                yield node.get("content") or node.get("datetime") or element_text(node)

    def lines(self) -> Iterator[str]:
        """Yield the lines that print a date and belong to the article, the surest first."""
        ranked = sorted(self._candidates(), key=lambda found: found[0])
        yield from (line for _, line in ranked)

    def _candidates(self) -> Iterator[tuple[tuple[int, int, int, int], str]]:
        if self.first is None:
            return
        begin, end = self.order[self.first], self.order.get(self.last, self.order[self.first])
        end = max(begin, end)
        head = self.order[self.headline] if self.headline is not None else begin
        article = self._article()
        inside = {node for node in article.iter()} if article is not None else set()
        for node in self.nodes:
            place = self.order[node]
            if begin < place <= end and not self._is_hinted(node):
                continue  # a line of the text
            if (line := self._dated_line(node)) is None:
                continue
            masthead = place < begin and _ISSUE.search(field_text(line)) is not None
            if self.is_beside(node) and not masthead:
                continue
            distance = 0 if node is self.first.getparent() else self._distance(place, head, begin, end)
            near = distance <= _NEAR
            if node not in inside and not near and not masthead:
                continue
            if begin < place < end and not self._before_text(node, begin):
                continue  # within the text: of a picture, of another story
            after = place > max(begin, head)
            where = 0 if min(head, begin) <= place <= max(head, begin) else 2 if after else 1
            doubts = int(self._is_modified(node, line)) + int(after and not self._is_hinted(node))
            yield (doubts, where, int(not near), distance), line

    def _before_text(self, node: etree._Element, begin: int) -> bool:
        return self.order[node] <= begin

    def _article(self) -> etree._Element | None:
        """Return the smallest element that holds headline, first and last words of the article."""
        wanted = [own for own in (self.headline, self.first, self.last) if own is not None]
        above = [{own, *own.iterancestors()} for own in wanted]
        held = self.first
        while held is not None and not all(held in line for line in above):
            held = held.getparent()
        return held

    def _distance(self, place: int, head: int, begin: int, end: int) -> int:
        """Return how many elements with text of their own lie between a place and the article's head, or its end."""
        if min(head, begin) <= place <= max(head, begin):
            return 0
        low, high = (place, min(head, begin)) if place < min(head, begin) else (end, place)
        between = self.nodes[low + 1 : high][:200]
        return sum(1 for node in between if (node.text or "").strip()) if high > low else 0

    def _is_hinted(self, node: etree._Element) -> bool:
        named = f"{node.get('class') or ''} {node.get('id') or ''}".lower()
        return node.tag == "time" or any(word in named for word in _DATE_WORDS)

    def _is_modified(self, node: etree._Element, line: str) -> bool:
        named = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('itemprop') or ''}".lower()
        plain = field_text(line)
        return any(word in named or field_text(word) in plain for word in _MODIFIED)

    def _dated_line(self, node: etree._Element) -> str | None:
        """Return the line of an element that prints a date and hardly more, null where it has none."""
        stamp = node.get("datetime")
        if stamp and read_field(stamp).day is not None:
            return stamp
        hinted = self._is_hinted(node)
        if self.size[node] > _LONGEST_LINE or node in self.holders:  # what it holds is looked at by itself
            own = [node.text, *(child.tail for child in node)]
            return next((line for part in own if part and (line := _dated(part.strip(), hinted=False))), None)
        text = element_text(node)
        joined = " ".join(text.split())
        if line := _dated(joined, hinted=hinted):
            return line
        return next((line for part in text.split("\n") if (line := _dated(part, hinted=hinted))), None)


def is_beside_article(node: etree._Element) -> bool:
    """Tell whether an element is by its tag, class or id navigation, an aside, comments and the like."""
    if node.tag in _BESIDE_TAGS or node.tag in _SITE_TAGS:
        return True
    named = f"{node.get('class') or ''} {node.get('id') or ''}"
    if not named.strip():
        return False
    if _TODAY.search(named.lower()) or any("-" in word and word in named.lower() for word in _BESIDE):
        return True
    for word in named.split():
        before = ""
        for token in map(str.lower, _TOKEN.findall(word)):
            if token in _BESIDE or token.startswith(_LONG) or (token in _SITE_HEADS and before not in _ARTICLE_HEADS):
                return True
            before = token
    return False


def _dated(line: str, *, hinted: bool) -> str | None:
    """Return a line, or the part of it between bars, that prints a date and hardly more."""
    line = " ".join(line.split())
    if not 4 <= len(line) <= 300:
        return None
    for part in (line, *(re.split(r"\s*[|•·]\s*", line) if re.search(r"[|•·]", line) else ())):
        if found := _dated_part(part, hinted=hinted):
            return found
    return None


def _dated_part(line: str, *, hinted: bool) -> str | None:
    if not 4 <= len(line) <= (140 if hinted else 90) or _is_wordy(line, hinted=hinted):
        return None
    if not hinted and line.endswith((".", "؟", "?", "!", "…")):
        return None  # a sentence
    if any(char.isdigit() for char in line):
        reading = read_field(line)
        if reading.precision == "day" or (
            reading.day is None and reading.problem in ("calendars", "solar", "two-way year")
        ):
            return line
    return line if hinted and is_counted_back(field_text(line)) else None


def _is_wordy(line: str, *, hinted: bool) -> bool:
    """Tell whether a line says more than when."""
    words = [word for word in line.split() if any(map(str.isalnum, word))]
    if hinted or len(words) <= _MOST_WORDS:
        return len(line.split()) > _MOST_HINTED
    n_plain = sum(not any(map(str.isdigit, word)) for word in words)
    return n_plain > _MOST_BESIDE_NUMBERS or len(words) > _MOST_WITH_NUMBERS
