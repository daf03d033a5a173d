"""What commands say of near-identical copies: how many documents print how many stories."""

from typing import Any

from discourse.commands.running import number

__all__ = ["say_copies", "say_copies_of_chart", "say_copies_seen"]

_MOST = 50_000_000
"""Characters in which `read` looks for copies: some ten million words, about half a minute."""


def say_copies(n_copies: int, n_stories: int) -> str:
    """Return the sentence on copies.

    Examples
    --------
    >>> say_copies(5, 2)
    '5 documents are near-identical copies: they print 2 stories'
    >>> say_copies(0, 0)
    'No two documents are near-identical copies'
    """
    if not n_copies:
        return "No two documents are near-identical copies"
    return (
        f"{number(n_copies, 'document')} are near-identical copies: they print {number(n_stories, 'story', 'stories')}"
    )


def say_copies_of_chart(flow: Any, study: Any) -> str:
    """Return what a report says of copies: how many its flow of records counts, and how they are treated."""
    from discourse.display.wording import wording

    if study.copies == "keep":
        return "Copies were not looked for (--copies keep)."
    counted = dict(zip(flow["stage"], flow["n"], strict=True))
    n_copies, n_stories = (counted.get(wording(f"kept_{name}", study.language), 0) for name in ("copies", "stories"))
    said = say_copies(n_copies, n_stories)
    if not n_copies:
        return f"{said}."
    if study.copies == "weight":
        return f"{said}, each of which counts once (--copies cluster: every copy counts; keep: not looked for)."
    return f"{said}, the units of the intervals (--copies weight: each counts once; keep: not looked for)."


def say_copies_seen(documents: Any) -> str:
    """Look for copies in what was read, where it is no more than 50 million characters, and say how many there are.

    Nothing is dropped.
    """
    from discourse.language.tokens import tokenize
    from discourse.sources.cleaning.duplicates import find_duplicates

    n_characters = int(documents["text"].str.len().sum())
    if n_characters > _MOST:
        return (
            f"Copies were not looked for in {number(n_characters, 'character')}, more than {_MOST:,}; "
            "`discourse duplicates` finds them."
        )
    sizes = find_duplicates(documents, tokenize(documents)).query("n_in_cluster > 1")["cluster"]
    said = say_copies(len(sizes), sizes.nunique())
    return f"{said}; all are kept, and `discourse duplicates` lists them." if len(sizes) else f"{said}."
