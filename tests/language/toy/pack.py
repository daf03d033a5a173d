"""A toy language in Latin script: a pack that no code of the library knows of."""

from pathlib import Path
from types import SimpleNamespace

from discourse.language.base import Language
from discourse.language.boundaries import Boundaries

__all__ = ["TOY"]

_BEFORE, _AFTER = ("", "ta", "no"), ("", "ik", "em")  # ta-: the, no-: with; -ik: his, -em: many


def analyses(word):
    """Yield every way to cut a word, the uncut one first."""
    for before in _BEFORE:
        for after in _AFTER:
            host = word[len(before) : len(word) - len(after)]
            if host and word == before + host + after:
                yield before, host, after


def fits(name, prefix, suffix):
    """A name takes what stands before it; a word takes both."""
    return not suffix if name == "name" else True


def literal_hosts(word, *, clitics="both", proper=False):
    """Return the word itself."""
    if clitics == "none":
        return [(word, "")]
    return [(word, "name" if proper or clitics == "proclitic" else "word")]


def inflect(lemma, spec, normalize):
    """Return the lemma and its declared forms."""
    return [(normalize(form), "word") for form in (lemma, *spec.get("forms", ()))]


TOY = Language(
    name="toy",
    direction="ltr",
    normalizer=str.lower,
    boundaries=Boundaries(abbreviation=r"[A-Z]\.[A-Z]\.(?!\w)", initials="A-Z", titles="A-Z", sentence_ends="!?"),
    inflection=SimpleNamespace(analyses=analyses, fits=fits, literal_hosts=literal_hosts, inflect=inflect),
    folder=Path(__file__).parent,
    proclitics={"word": "(?:ta|no)?", "name": "(?:ta|no)?"},
    fold=str.lower,
)
