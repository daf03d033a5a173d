"""Inflection: which forms a lemma or a literal word takes, in normal form, each with its class (clitics.py).

Nothing here looks at a corpus. How forms are made stands in lemmas.py, paradigms.py and conjugation.py.
"""

from collections.abc import Mapping

from discourse.language.arabic.clitics import (
    CLASSES,
    ENCLITICS,
    PROCLITICS,
    analyses,
    fits,
    inseparable_forms,
    is_inseparable,
)
from discourse.language.arabic.lemmas import written_hosts
from discourse.language.arabic.paradigms import accusative, accusatives, conjugate, numbers, possessed, singular

__all__ = [
    "CLASSES", "ENCLITICS", "PROCLITICS", "accusatives", "analyses", "conjugate", "fits", "inflect",
    "inseparable_forms", "is_inseparable", "literal_hosts", "possessed",
]  # fmt: skip


def literal_hosts(word: str, *, clitics: str = "both", proper: bool = False) -> list[tuple[str, str]]:
    """Return the (host, class) pairs of a literal word: itself with the clitics it is declared to take.

    Parameters
    ----------
    word : str
        A normal form.
    clitics : str
        "none", "proclitic" (conjunctions, prepositions, article) or "both" (pronouns too, with ة becoming ت, and the
        accusative alef).
    proper : bool
        A proper name takes no article and no ending.

    Examples
    --------
    >>> literal_hosts("روسيا", clitics="proclitic", proper=True)
    [('روسيا', 'proper')]
    >>> literal_hosts("حركة")
    [('حركة', 'noun_only'), ('حركت', 'suffixed')]
    """
    if clitics == "none":
        return [(word, "")]
    hosts: list[tuple[str, str]] = []
    if word.startswith("ال") and len(word) > 4:
        hosts.append((word[2:], "definite"))
    if proper:
        hosts.append((word, "proper"))
    elif clitics == "proclitic":
        hosts.append((word, "noun_only"))
    else:
        hosts += singular(word)
        if word[-1] == "ا" and len(word) > 2:  # مبدأ, written مبدا in normal form: مبدئه
            hosts += [(word[:-1] + seat, "suffixed") for seat in "ئؤ"]
        if word in numbers():
            hosts.append((numbers()[word], "noun_only"))
        if word[-1] not in "يوه" and not word.startswith("ال"):
            hosts += accusative(word)
    return hosts


def inflect(lemma: str, spec: Mapping, normalize) -> list[tuple[str, str]]:
    """Return the (host, class) pairs of a lemma: every written form, with the clitics that each takes.

    Parameters
    ----------
    lemma : str
        The lemma in standard orthography (its final ى matters).
    spec : mapping
        ``pos`` (noun, adj, verb, proper, particle); for nouns ``plural`` (broken plurals, list), ``sound`` (which sound
        plural: f, m, both, none; default f for nouns, both for adjectives), ``dual`` (default true); for verbs ``past``
        and ``present`` (stems without person prefix, that choose a measure); for any lemma ``verb`` (past and present),
        ``masdar`` (list, inflected as nouns), ``participle`` (list, as adjectives), ``forms`` (whole words that take
        the proclitics of the part of speech and no ending).
    normalize : callable
        The normalizer of the lexicon.

    Returns
    -------
    list of (str, str)
        Distinct pairs, in order of generation.

    Notes
    -----
    Endings: duals, sound plurals, feminine, accusative alef, loss of ن in the construct, ة becoming ت and ى becoming ا
    before a pronoun, hamza seats of ـاء; subject prefixes and endings of verbs. Stems of verbs follow from the letters
    of the lemma (stems.py); broken plurals are those declared with it, else those of ``plurals.yml``.

    Examples
    --------
    >>> hosts = dict(inflect("معلومة", {"pos": "noun"}, lambda word: word))
    >>> [form for form in ("معلومات", "معلومت", "معلومتين") if form in hosts]
    ['معلومات', 'معلومت', 'معلومتين']
    """
    pairs = [(normalize(form), name) for form, name in written_hosts(lemma, spec)]
    if spec.get("pos") == "proper":
        pairs = [pair for word, _ in pairs for pair in literal_hosts(word, proper=True)]
    return list(dict.fromkeys(pairs))
