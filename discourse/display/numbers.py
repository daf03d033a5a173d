"""Numbers in words: rounded alike wherever they are printed, with a minus that no line breaks from its digits."""

import re
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

__all__ = ["isolate", "round_away", "write_number"]

_MINUS = "\N{MINUS SIGN}"
_DECIMALS = re.compile(r"\.(\d+)([f%])$")
_NOISE = 10  # decimals from which a difference is one of the machine
_WHOLE = 2.0**53  # from here on floats have no decimals
_ISOLATE, _POP = "\u2066", "\u2069"


def round_away(number: float, digits: int) -> float:
    """Round to so many decimals; what lies halfway goes away from 0, as by hand.

    Examples
    --------
    >>> round_away(-1.625, 2), round_away(0.125, 2), round_away(1.004, 2)
    (-1.63, 0.13, 1.0)
    """
    if not np.isfinite(number) or abs(number) >= _WHOLE:
        return float(number)
    exact = Decimal(repr(round(float(number), _NOISE)))
    return float(exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def write_number(number: float, form: str = ".2f") -> str:
    """Write a number in a format; halves go away from 0, a minus is a minus sign, and 0 has no sign.

    Examples
    --------
    >>> write_number(-1.625), write_number(2.5, "+.2f"), write_number(-0.001, "+.2f"), write_number(0.125, ".0%")
    ('−1.63', '+2.50', '0.00', '13%')
    """
    found = _DECIMALS.search(form)
    if found:
        number = round_away(number, int(found[1]) + (2 if found[2] == "%" else 0))
    text = format(number, form)
    if text[:1] in ("-", "+") and not text.strip("-+0.,%"):
        return text[1:]
    return text.replace("-", _MINUS, 1) if text.startswith("-") else text


def isolate(text: str, language: str) -> str:
    r"""Keep a number or a day of an Arabic sentence from being turned around.

    Examples
    --------
    >>> isolate("2015", "en"), isolate("2015", "ar") == "\u2066" + "2015" + "\u2069"
    ('2015', True)
    """
    return f"{_ISOLATE}{text}{_POP}" if language == "ar" and text and not text.startswith(_ISOLATE) else text
