"""Files of many articles in a shell that no reader knows: they are refused by name, never read as one document."""

import re
from collections import Counter
from pathlib import Path

from lxml import etree

from discourse.sources.dates.fields import FIELD_WORDS, MONTH_NUMBERS, any_word, field_text
from discourse.sources.dates.stamps import WEEKDAY_NUMBERS, read_field
from discourse.sources.readers.docx import docx_paragraphs
from discourse.sources.readers.headings import headings
from discourse.sources.readers.markup import decode_markup, element_text, parse_html, read_bytes
from discourse.sources.readers.page_zones import is_beside_article

__all__ = ["many_articles", "many_in_lines"]

_WORDS = headings("records")
_WHERE = {field_text(word) for word in _WORDS["where_words"]}
_OF_DATES = frozenset(
    part
    for name in (*MONTH_NUMBERS, *WEEKDAY_NUMBERS, *map(field_text, FIELD_WORDS["behind_hour"] + FIELD_WORDS["zones"]))
    for part in re.findall(r"[^\W\d_]+", name)
)
_NUMBERED = re.compile(
    rf"^\W*(?:(?:{any_word(_WORDS['number_words'])})\W{{0,3}}(?:\w{{1,4}}\W{{1,3}})?)?(\d{{1,5}})(?:[.):\]\-]|\s|$)"
)
_OF = re.compile(
    rf"^\W*(?:[^\W\d]+\s+)?(\d{{1,5}})\s*(?:{any_word(_WORDS['number_between'])})\s*(\d{{1,6}})(?:\s+[^\W\d]+)?\W*$"
)
_RULE = re.compile(r"^\s*([-=*_#~•+—])(?:\s?\1){4,}\s*$")
_LABEL = re.compile(r"^\s*([^\W\d_][^:：\n]{0,30}?)\s*[:：]\s*(.*)$")
_SHORT, _LONG = 16, 12  # words of a line of place and date, and of a paragraph
_FEWEST = 3  # articles that are many
_MOST_LINES = 4000
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
        found = (
            _in_page(known)
            if kind == "page"
            else many_in_lines(known.replace("\r\n", "\n").replace("\f", "\n\f").split("\n"))
        )
    if not found:
        return None
    return (
        f"holds several articles in a shell that no reader knows{_archive(known)}; export it in a format that is read "
        f"or as a table, or save each article as a file (--format {kind} reads it as one)"
    )


def _archive(text: str) -> str:
    plain = text[:20_000].lower() + text[-20_000:].lower()
    name = next((name for name, words in _WORDS["archives"].items() if any(word in plain for word in words)), None)
    return f" ({name})" if name else ""


def many_in_lines(lines: list[str]) -> bool:
    """Tell whether lines are several articles.

    They are where three or more lines of place and date (an outlet, a day, a page) each stand before a paragraph; where
    records are numbered or parted by rules and each has its day; or where labels come again with a day in each record.
    """
    held = [line.strip() for line in lines[:_MOST_LINES] if line.strip()]
    if len(held) < 2 * _FEWEST:
        return False
    n_words = [_n_words(line) for line in held]
    if _counted(held, n_words):
        return True
    dated = [n for n, line in enumerate(held) if n_words[n] <= _SHORT and _has_day(line)]
    if len(dated) < _FEWEST:
        return False
    followed = [n for n in dated if any(count >= _LONG for count in n_words[n + 1 : n + 4])]
    found = _cited(held, followed) or _beside(held, followed) or _numbered(held, followed)
    return found or _labelled(held) or _ruled(lines)


def _n_words(line: str) -> int:
    n_signs = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", line))
    return max(len(line.split()), n_signs // 2)


def _has_day(line: str) -> bool:
    return len(line) <= 200 and any(char.isdigit() for char in line) and read_field(line).precision == "day"


def _counted(held: list[str], n_words: list[int]) -> bool:
    """Tell whether lines count the articles: 1 of 12, 2 of 12 ..."""
    found = [(int(match[1]), match[2]) for line in held if (match := _OF.match(field_text(line)))]
    totals = Counter(total for _, total in found)
    total, n_times = totals.most_common(1)[0] if totals else ("", 0)
    numbers = [number for number, of in found if of == total]
    return n_times >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and max(n_words) >= _LONG


def _cited(held: list[str], dated: list[int]) -> bool:
    """Tell whether short lines of place and date, alike in words or naming a page, stand before paragraphs."""
    rests = []
    for n in dated:
        words = [word for word in re.findall(r"[^\W\d_]+", field_text(held[n])) if word not in _OF_DATES]
        if any(word in _WHERE for word in words) or ";" in held[n] or "|" in held[n]:
            rests.append("")
        elif words and not held[n].endswith((".", "؟", "!", ":", "،")):
            rests.append(" ".join(words[:2]))
    common = Counter(rests).most_common(1)
    return bool(common) and common[0][1] >= _FEWEST and 2 * common[0][1] >= len(dated) and len(rests) >= _FEWEST


def _beside(held: list[str], dated: list[int]) -> bool:
    """Tell whether the same short line, an outlet's name, stands beside the day of one record after the other."""
    near = Counter(
        held[n + step]
        for n in dated
        for step in (-1, 1)
        if 0 <= n + step < len(held) and _n_words(held[n + step]) <= 6 and not held[n + step].endswith((".", "؟", "!"))
    )
    return any(count >= _FEWEST for count in near.values())


def _numbered(held: list[str], dated: list[int]) -> bool:
    """Tell whether numbers run from one to the next, each with a day at most three lines behind it."""
    found = [(n, int(match[1])) for n, line in enumerate(held) if (match := _NUMBERED.match(field_text(line)))]
    runs = 0
    expected = None
    for n, number in found:
        if not any(n <= day <= n + 3 for day in dated):
            continue
        if (
            n in dated
            and re.match(r"\W*\d+[\s/.\-]+\w", field_text(held[n]))
            and not re.match(r"\W*\d+[.)\]]\s", held[n])
        ):
            continue  # the number is that of the day
        runs = runs + 1 if number == expected else 1
        expected = number + 1
        if runs >= _FEWEST:
            return True
    return False


def _labelled(held: list[str]) -> bool:
    """Tell whether the same labels come again and again, one of them with a day each time."""
    n_times: Counter[str] = Counter()
    n_days: Counter[str] = Counter()
    for line in held:
        if match := _LABEL.match(line):
            name = field_text(match[1])
            n_times[name] += 1
            n_days[name] += _has_day(match[2])
    often = [name for name, count in n_times.items() if count >= _FEWEST]
    return len(often) >= 2 and any(n_days[name] >= _FEWEST and 2 * n_days[name] > n_times[name] for name in often)


def _ruled(lines: list[str]) -> bool:
    """Tell whether rules part the text into pieces that each have a day in their first lines."""
    pieces: list[list[str]] = [[]]
    for line in lines[:_MOST_LINES]:
        if _RULE.match(line) or line.startswith("\f"):
            pieces.append([])
        elif line.strip():
            pieces[-1].append(line.strip())
    pieces = [piece for piece in pieces if piece]
    dated = [piece for piece in pieces if any(_n_words(line) <= _SHORT and _has_day(line) for line in piece[:6])]
    return len(dated) >= _FEWEST and 2 * len(dated) >= len(pieces)


# Pages --------------------------------------------------------------------------------------------------------------


def _in_page(markup: str) -> bool:
    if len(re.findall(r"\d{4}|[\u0660-\u0669]{4}", markup)) < _FEWEST:
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
    n_all = _n_words(element_text(body))
    groups: dict[tuple[etree._Element, str, str], list[etree._Element]] = {}
    for node in body.iter():
        if isinstance(node.tag, str) and node.tag in ("article", "div", "li", "section", "table", "tr", "td", "dd"):
            groups.setdefault((node.getparent(), node.tag, node.get("class") or ""), []).append(node)
    for members in groups.values():
        if len(members) < _FEWEST:
            continue
        texts = [element_text(member).split("\n") for member in members[:200]]
        sizes = [sum(map(_n_words, lines)) for lines in texts]
        dated = [
            size
            for lines, size in zip(texts, sizes, strict=True)
            if size >= _GROUP_WORDS and any(_n_words(line) <= _SHORT and _has_day(line) for line in lines[:8])
        ]
        if len(dated) >= _FEWEST and sum(dated) >= 0.7 * n_all:
            return True
    return False
