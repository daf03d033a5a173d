"""The 480 entries as lexicons."""

import discourse as dc

__all__ = ["lexicon"]


def lexicon(words: list[str], kind: str) -> dc.Lexicon:
    """Build the lexicon of a task."""
    if kind == "literal":
        return dc.lexicon_from_patterns(words, clitics="none")
    return dc.lexicon_from_patterns([f"[{word}]" for word in words], lemmas={word: {"pos": "noun"} for word in words})
