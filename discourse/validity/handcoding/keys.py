"""Which keys pick a code: what is typed is the code itself where that can be, else the first letter that is free."""

from collections.abc import Sequence

__all__ = ["RESERVED", "keys_of"]

RESERVED = frozenset("cmtuw")  # comment, mark, text, unsure, wrong
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def keys_of(codes: Sequence[str]) -> tuple[str, ...]:
    """Return what is typed for each code: ``-2`` and ``1`` as they are, otherwise digits 1 to 9, then letters.

    Where some codes are numbers of one digit, the others have letters, so that no digit picks another number. A code
    that no key is left for has an empty one: Tab and the arrows reach it.

    Examples
    --------
    >>> keys_of(["-2", "-1", "0", "1", "2", "none"])
    ('-2', '-1', '0', '1', '2', 'n')
    >>> keys_of(["drugs", "arming", "none"])
    ('1', '2', '3')
    """
    numbers = {code for code in codes if _is_digit(code)}
    free = [] if numbers else list("123456789")
    letters = [letter for letter in _LETTERS if letter not in RESERVED]
    out = []
    for code in codes:
        if code in numbers:
            out.append(code)
        elif free:
            out.append(free.pop(0))
        else:
            own = [letter for letter in code.casefold() if letter in letters]
            out.append(next(iter([*own, *letters]), ""))
            letters = [letter for letter in letters if letter != out[-1]]
    return tuple(out)


def _is_digit(code: str) -> bool:
    plain = code.removeprefix("-")
    return len(plain) == 1 and plain.isascii() and plain.isdigit()
