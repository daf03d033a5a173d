"""Record dates of generated pages: own texts in the shells of many publishers, with other days around the article.

    python benchmarks/cases/pages.py [--pages 200] [--seed 20151223] [--errors]

Of each page are drawn: a shell, a way to print the day, what the head says, and what stands before, inside and behind
the article with a day of its own (today, other articles, comments, the site). One page in four names its day in the
head, one in ten nowhere. Printed: of the pages that state a day how many have it, of those that state none how many
have none, and the same by shell and by way of printing for those that are wrong.
"""

import argparse
import datetime
import random
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from judging import read_cases

from discourse.sources.readers.pages import page_entry

PARTS = read_cases(Path(__file__).parent / "pages.yml")
TODAY = datetime.date(2026, 11, 29)
NAMES_THE_DAY = [name for name in PARTS["head"] if name not in ("modified_alone", "other_articles")]


class Page(NamedTuple):
    """A page: its markup, the day it states (null for none), and what it was made of."""

    markup: str
    day: datetime.date | None
    made: str


def _digits(number: int | str) -> str:
    return "".join(chr(0x0660 + int(c)) if c.isdigit() else c for c in str(number))


def _hijri(day: datetime.date) -> str:
    """Return a day in the tabular calendar (a cycle of 30 years)."""
    left = day.toordinal() + 1721425 - 1948440 + 10632
    n, left = divmod(left - 1, 10631)
    left += 355
    j = (10985 - left) // 5316 * (50 * left // 17719) + left // 5670 * (43 * left // 15238)
    left -= (30 - j) // 15 * (17719 * j // 50) + j // 16 * (15238 * j // 43) - 29
    month = 24 * left // 709
    return f"{left - 709 * month // 24} {PARTS['hijri'][month - 1]} {30 * n + j - 30}"


def _print(day: datetime.date, way: str, draw: random.Random) -> str:
    """Print a day as newspapers do."""
    calendar = draw.choice(["levant", "egypt", "egypt", "maghreb", "morocco"])
    later = day + datetime.timedelta(days=draw.randint(1, 40))
    months = PARTS["months"]
    return way.format(
        w=PARTS["weekdays"][day.weekday()],
        d=day.day,
        dd=f"{day.day:02}",
        m=day.month,
        mm=f"{day.month:02}",
        M=months["levant" if "{other}" in way else calendar][day.month - 1],
        other=months["egypt"][day.month - 1],
        y=day.year,
        Ad=_digits(day.day),
        Ay=_digits(day.year),
        Ah=_digits("10:35"),
        later=f"{later.day} {months[calendar][later.month - 1]} {later.year}",
        hijri=_hijri(day),
    )


def _another(draw: random.Random, day: datetime.date) -> datetime.date:
    while (other := datetime.date(1998, 1, 1) + datetime.timedelta(days=draw.randint(0, 10_000))) == day:
        pass
    return other


def make_page(draw: random.Random) -> Page:
    """Draw a page."""
    day = datetime.date(1998, 1, 1) + datetime.timedelta(days=draw.randint(0, 10_000))
    shell, way = draw.choice(list(PARTS["shells"])), draw.choice(PARTS["days"])
    states = draw.choices(["printed", "head", "both", "none"], [0.65, 0.1, 0.15, 0.1])[0]
    other = _another(draw, day)
    iso = f"{draw.choice([other, max(other, day)]):%Y-%m-%d}"
    headline = draw.choice(PARTS["headlines"])
    plain = PARTS["days"][:7]

    def around(name: str, share: float) -> str:
        pieces = [piece for piece in PARTS[name] if draw.random() < share]
        return "".join(
            piece.format(
                t=_print(TODAY, draw.choice(plain), draw),
                o=_print(_another(draw, day), draw.choice(plain), draw),
                iso=iso,
                year=draw.randint(2010, 2026),
            )
            for piece in pieces
        )

    heads = [draw.choice(NAMES_THE_DAY)] if states in ("head", "both") else []
    heads += [name for name in ("modified_alone", "other_articles") if draw.random() < 0.15]
    head = "".join(
        PARTS["head"][name].format(p=f"{day:%Y-%m-%d}T10:00:00+02:00", iso=iso, h=headline) for name in heads
    )
    paragraphs = draw.sample(PARTS["paragraphs"], draw.randint(3, 6))
    body = "<br><br>".join(paragraphs) if shell.startswith("old") else "".join(f"<p>{text}</p>" for text in paragraphs)
    article = PARTS["shells"][shell].format(
        h=headline,
        d=_print(day, way, draw) if states in ("printed", "both") else "",
        a=draw.choice(PARTS["authors"]),
        b=body,
        x=around("inside", 0.4),
    )
    inner = around("before", 0.3) + article + around("after", 0.4)
    markup = (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{headline} | جريدة الوادي</title>'
        f"{head}</head><body>{inner}</body></html>"
    )
    made = f"{shell}; {way if states in ('printed', 'both') else 'no day printed'}; head {', '.join(heads) or '-'}"
    return Page(markup, None if states == "none" else day, made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20151223)
    parser.add_argument("--errors", action="store_true", help="show each page that is wrong")
    asked = parser.parse_args()
    draw = random.Random(asked.seed)
    n, right, wrong = Counter(), Counter(), []
    for number in range(asked.pages):
        page = make_page(draw)
        entry = page_entry(page.markup.encode(), f"page {number}")
        found = entry.get("date")
        kind = "none" if page.day is None else "stated"
        n[kind] += 1
        if (str(found)[:10] if found is not None else None) == (page.day and f"{page.day:%Y-%m-%d}"):
            right[kind] += 1
        else:
            wrong.append((found, page, entry))
    print(f"pages that state a day {n['stated']}: right {right['stated']} ({right['stated'] / n['stated']:.3f})")
    print(f"pages that state none {n['none']}: no date {right['none']} ({right['none'] / n['none']:.3f})")
    for found, page, entry in wrong:
        print(f"  {found} for {page.day}: {page.made} {entry.get('reason', '')}")
        if asked.errors:
            print(page.markup)


if __name__ == "__main__":
    main()
