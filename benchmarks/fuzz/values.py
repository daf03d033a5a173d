# ruff: noqa: E501 (tables of values, marks and shells)
"""Hostile values, and ways to damage bytes and trees."""

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["NAMES", "SENTENCES", "TEXTS", "damage", "flood", "mutate_tree", "value", "word"]

SENTENCES = (
    "التقى المبعوث الروسي وفدا من طالبان في موسكو، وقال إن روسيا تدعم الحوار.",
    "اتهمت موسكو حركة طالبان بالإرهاب، ونفت كابل ذلك يوم الأربعاء 23 ديسمبر 2015.",
    "قال كابولوف: «مصالحنا تلتقي مع طالبان في مواجهة تنظيم داعش».",
    "دانت وزارة الخارجية الروسية الهجوم الذي شنته طالبان على قندوز.",
)
# What breaks parsers, drawing, terminals, file systems and arithmetic.
TEXTS = (
    "", " ", "\x00", "a\x00b", "\ufeff", "\u202e\u2066\u2069\u202c", "\u200f\u200e", "\ud800", "\udfff\ud800", "\U0001f600",
    "$\\frac{$", "$", "$$", "\\", "\\n", "_^{}", "x_1^2", "{", "}", "%s", "{0}", "%(x)s", "<script>alert(1)</script>", "]]>",
    "<![CDATA[", "&", "&amp;", "&#0;", "&#xD800;", "&#99999999999;", "&lol;", "\"", "'", '""', "a\nb", "a\r\nb", "\r", "\u2028",
    "\x85", "\x1b[31m", "\x07", "=1+1", "@x", "-", "--out", "NaN", "nan", "inf", "-inf", "null", "None", "NA", "true", "1e308",
    "1e999", "-0", "0", "9" * 25, "9" * 400, "1.0", "0x10", "1_000", "٢٠١٥", "²", "½", "x" * 300, "ا" * 5000, "ـ" * 300, "َ" * 500,
    "a\u0301" * 50, "../../etc/passwd", "/dev/null", "C:\\con", "file:///etc/passwd", "http://[bad", "CON", "a/b", "*", "**", "?",
    "[", "[!", "*ا*ا*ا*ا*ا*ا*ب", "\ufffd", "\uffff", "\U0010ffff", "ﷺ" * 100, "ﻻ", "٪", "\u0600", "\u06dd", "\u061c", "index",
    "date", "doc_id", "n_docs", "estimate", "category", "period",
)  # fmt: skip
DATES = (
    "2015-12-23", "23/12/2015", "03/04/2015", "2015", "2015-13-45", "0000-00-00", "9999-12-31", "99999-01-01", "-2015-01-01",
    "12/3/1437", "1e308", "NaT", "today", "أمس", "23 ديسمبر 2015", "20151223", "2015-12-23T25:61:61Z", "2015-12-23T10:00:00+99:99",
    "1677-01-01", "2262-04-12", "30/02/2015", "Wed, 23 Dec 2015 10:15:00 +0000", "٢٣/١٢/٢٠١٥", "2015-02-30", "١٤٣٧-٠٣-١٢",
    "1" * 50, "2015-W52", "2015-Q4", "23-Dec-69", "/", "00/00/0000",
)  # fmt: skip
SCALARS: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 2**64, 10**30, 10**400, 1.5, 1e308, -1e308, 1e-320, float("nan"),
    float("inf"), -float("inf"), [], {}, [[]], [{}], {"a": {}}, {"": None}, ["x"], [None], [1, "a", None], {"a": [1]},
)  # fmt: skip
NAMES = (
    "a", "a b", "a\nb", "$x$", "\\x", "_", "كابل", "a;b", "a,b", "a'b", '"', "%41", "a#b", "a?b", "-x", "a*", "[a]", "\u202ea",
    "é", "x" * 120, "a.b.c", ".a", "~$a", "CON", "a:b", "{a}", "a&b", "<a>",
)  # fmt: skip


def word(draw: random.Random) -> str:
    """Return a sound value of a document variable."""
    return draw.choice(("nahar", "sabah", "المرصد", "ahram", "1", "2015"))


def value(draw: random.Random, *, date: bool = False) -> Any:
    """Return a value that is sound in half of all cases, else hostile."""
    if draw.random() < 0.5:
        return draw.choice(DATES[:3]) if date else draw.choice(SENTENCES)
    if date and draw.random() < 0.7:
        return draw.choice(DATES)
    return draw.choice(TEXTS) if draw.random() < 0.75 else draw.choice(SCALARS)


# Bytes ---------------------------------------------------------------------------------------------------------------

_PUT = (
    b"", b"<", b">", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"\r\n\r\n", b"\r", b"&", b"{", b"[", b"]", b"}", b"\\", b",",
    b";", b"\xd8", b"\xed\xa0\x80", b"\x80" * 8, b"-1", b"9" * 30, b"\x1f\x8b", b"PK\x03\x04", b"\x00" * 64, b"\n", b"<!--", b"]]>",
)  # fmt: skip


def damage(raw: bytes, draw: random.Random) -> bytes:
    """Return bytes that are cut, flipped, overwritten, doubled or put in another order."""
    out = bytearray(raw)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        place, length = draw.randrange(len(out) + 1), draw.choice((0, 1, 2, 8, 60, 400))
        kind = draw.random()
        if kind < 0.15:
            del out[place:]
        elif kind < 0.45 and out:
            out[place % len(out)] ^= 1 << draw.randrange(8)
        elif kind < 0.8:
            out[place : place + length] = draw.choice(_PUT)
        elif kind < 0.9:
            out[place:place] = out[place : place + length]
        else:
            del out[place : place + length]
    return bytes(out)


def flood(raw: bytes, parts: tuple[bytes, ...], draw: random.Random, *, size: int) -> bytes:
    """Return bytes with one to four parts repeated at one place, about ``size`` bytes of them: what costs too much shows."""
    chosen = b"".join(draw.choice(parts) for _ in range(draw.choice((1, 1, 1, 2, 2, 3, 4))))
    filling = chosen * max(1, size // max(1, len(chosen)))
    if draw.random() < 0.25:
        filling += bytes(reversed(filling)) if draw.random() < 0.3 else draw.choice(parts) * (size // 8)
    places = [
        found
        for found in range(0, len(raw) + 1)
        if found in (0, len(raw)) or raw[found - 1 : found] in (b">", b"\n", b",")
    ]
    place = draw.choice(places)
    return raw[:place] + filling + raw[place:]


# Trees (JSON, YAML) --------------------------------------------------------------------------------------------------


def _paths(tree: Any, path: tuple = ()) -> Iterator[tuple]:
    yield path
    if isinstance(tree, dict):
        for name in tree:
            yield from _paths(tree[name], (*path, name))
    elif isinstance(tree, list):
        for place in range(len(tree)):
            yield from _paths(tree[place], (*path, place))


def mutate_tree(tree: Any, draw: random.Random, *, hostile: Callable[[random.Random], Any] | None = None) -> Any:
    """Return a copy of a tree in which one to three nodes are replaced, dropped, doubled, renamed or nested deep."""
    out = copy.deepcopy(tree)
    for _ in range(draw.choice((1, 1, 1, 2, 3))):
        path = draw.choice(list(_paths(out)))
        new = hostile(draw) if hostile else draw.choice(SCALARS) if draw.random() < 0.6 else draw.choice(TEXTS)
        if draw.random() < 0.05:
            for _ in range(draw.choice((50, 300))):
                new = [new] if draw.random() < 0.5 else {"a": new}
        if not path:
            out = new if draw.random() < 0.3 else out
            continue
        above = out
        for step in path[:-1]:
            above = above[step]
        kind = draw.random()
        if kind < 0.7:
            above[path[-1]] = new
        elif kind < 0.85:
            del above[path[-1]]
        elif isinstance(above, dict):
            above[draw.choice(TEXTS)] = above[path[-1]]
        else:
            above += copy.deepcopy(above[path[-1] :])
    return out
