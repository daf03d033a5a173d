"""Texts that hold many articles: lines that give them away, and the archives they come from."""

import re
from collections import Counter
from importlib.resources import files

from discourse.language.words import read_words
from discourse.sources.dates.fields import FIELD_WORDS, MONTH_NUMBERS, any_word, field_text
from discourse.sources.dates.stamps import WEEKDAY_NUMBERS, read_field

__all__ = ["FEWEST", "SHORT", "has_day", "lines_in", "many_in_lines", "n_words_of", "refusal"]

_WORDS = read_words(files("discourse.sources") / "shells.yml")
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
SHORT, _LONG = 16, 12  # words of a line of place and date, and of a paragraph
FEWEST = 3  # articles that are many
_MOST_LINES = 4000


def refusal(text: str, command: str) -> str:
    """Say that a file of many articles is no document, with the archive that it names and what would read it as one."""
    plain = text[:20_000].lower() + text[-20_000:].lower()
    name = next((name for name, words in _WORDS["archives"].items() if any(word in plain for word in words)), None)
    return (
        f"holds several articles in a shell that no reader knows{f' ({name})' if name else ''}; export it in a format "
        f"that is read or as a table, or save each article as a file ({command} reads it as one)"
    )


def lines_in(text: str) -> list[str]:
    """Return the lines of a text as ``many_in_lines`` takes them; a form feed begins one."""
    return text.replace("\r\n", "\n").replace("\f", "\n\f").split("\n")


def many_in_lines(lines: list[str]) -> bool:
    """Tell whether lines are several articles.

    They are where three or more lines of place and date (an outlet, a day, a page) each stand before a paragraph; where
    records are numbered or parted by rules and each has its day; or where labels come again with a day in each record.
    """
    held = [line.strip() for line in lines[:_MOST_LINES] if line.strip()]
    if len(held) < 2 * FEWEST:
        return False
    n_words = [n_words_of(line) for line in held]
    if _counted(held, n_words):
        return True
    dated = [n for n, line in enumerate(held) if n_words[n] <= SHORT and has_day(line)]
    if len(dated) < FEWEST:
        return False
    followed = [n for n in dated if any(count >= _LONG for count in n_words[n + 1 : n + 4])]
    found = _cited(held, followed) or _beside(held, followed) or _numbered(held, followed)
    return found or _labelled(held) or _ruled(lines)


def n_words_of(line: str) -> int:
    """Return the number of words of a line; of Chinese and Japanese half the signs."""
    n_signs = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", line))
    return max(len(line.split()), n_signs // 2)


def has_day(line: str) -> bool:
    """Tell whether a line holds a day."""
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
    return bool(common) and common[0][1] >= FEWEST and 2 * common[0][1] >= len(dated) and len(rests) >= FEWEST


def _beside(held: list[str], dated: list[int]) -> bool:
    """Tell whether the same short line, an outlet's name, stands beside the day of one record after the other."""
    near = Counter(
        held[n + step]
        for n in dated
        for step in (-1, 1)
        if 0 <= n + step < len(held)
        and n_words_of(held[n + step]) <= 6
        and not held[n + step].endswith((".", "؟", "!"))
    )
    return any(count >= FEWEST for count in near.values())


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
        if runs >= FEWEST:
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
            n_days[name] += has_day(match[2])
    often = [name for name, count in n_times.items() if count >= FEWEST]
    return len(often) >= 2 and any(n_days[name] >= FEWEST and 2 * n_days[name] > n_times[name] for name in often)


def _ruled(lines: list[str]) -> bool:
    """Tell whether rules part the text into pieces that each have a day in their first lines."""
    pieces: list[list[str]] = [[]]
    for line in lines[:_MOST_LINES]:
        if _RULE.match(line) or line.startswith("\f"):
            pieces.append([])
        elif line.strip():
            pieces[-1].append(line.strip())
    pieces = [piece for piece in pieces if piece]
    dated = [piece for piece in pieces if any(n_words_of(line) <= SHORT and has_day(line) for line in piece[:6])]
    return len(dated) >= FEWEST and 2 * len(dated) >= len(pieces)
