"""Inflection as declared data: which written forms a lemma takes, and which clitics each form takes.

Forms are written in the normal form (``Normalizer``). A *host* is a form without clitics; its class says which
proclitics may stand before it and whether a pronoun may, must or cannot follow. Nothing here looks at a corpus.
How forms are made of stems stands in paradigms.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from discourse.language.arabic.conjugation import chosen_stems, verb_forms
from discourse.language.arabic.normalization import DIACRITICS, TATWEEL
from discourse.language.arabic.paradigms import (
    accusative,
    accusatives,
    adjective,
    conjugate,
    indefinite,
    masculine_plural,
    noun,
    possessed,
    singular,
)
from discourse.language.arabic.stems import Stem
from discourse.language.words import read_words

__all__ = [
    "CLASSES", "ENCLITICS", "PROCLITICS", "accusatives", "analyses", "conjugate", "fits", "inflect",
    "inseparable_forms", "is_inseparable", "literal_hosts", "possessed",
]  # fmt: skip

_MARKS = str.maketrans(dict.fromkeys(DIACRITICS.replace("\u0651", "") + TATWEEL))
_CONJUNCTIONS = ("", "و", "ف")
# Proclitics by kind: bare noun, noun with the article, past verb, imperfect verb, conjunction only.
_KINDS: dict[str, tuple[str, ...]] = {
    "bare": ("", "ب", "ل", "ك"),
    "article": ("ال", "بال", "كال", "لل"),
    "past": ("", "ل"),
    "imperfect": ("", "س", "ل"),
    "alone": ("",),
}
PROCLITICS: dict[str, frozenset[str]] = {
    kind: frozenset(conjunction + clitic for conjunction in _CONJUNCTIONS for clitic in clitics)
    for kind, clitics in _KINDS.items()
}
_NOUN_ENCLITICS = ("ه", "ها", "هم", "هن", "هما", "كم", "نا")
ENCLITICS: dict[str, frozenset[str]] = {
    "noun": frozenset(_NOUN_ENCLITICS),
    "verb": frozenset((*_NOUN_ENCLITICS, "ني", "ك")),
}
# class: (kinds of proclitic without enclitic, kinds with enclitic or None, which enclitics, may stand alone)
# One row a class: proclitic kinds allowed when no enclitic follows; kinds allowed when one does; the enclitic set.
CLASSES: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "noun": (("bare", "article"), ("bare",), "noun"),  # اتفاق
    "noun_only": (("bare", "article"), (), "noun"),  # اتفاقية, اتفاقان: no pronoun
    "suffixed": ((), ("bare",), "noun"),  # اتفاقيت-: a pronoun must follow
    "construct": (("bare",), ("bare",), "noun"),  # مقاتلي, مقاتلو: no article
    "dual": (("bare",), ("bare",), "noun"),  # عامي, طرفي: also what the adjective of the noun looks like
    "accusative": (("alone",), (), "noun"),  # اتفاقا
    "definite": (("article",), (), "noun"),  # -كرملين: the article must precede
    "proper": (("bare",), (), "noun"),  # روسيا
    "particle": (("alone",), (), "noun"),
    "past": (("past",), ("past",), "verb"),
    "past_only": (("past",), (), "verb"),
    "past_suffixed": ((), ("past",), "verb"),
    "imperfect": (("imperfect",), ("imperfect",), "verb"),
    "imperfect_only": (("imperfect",), (), "verb"),
    "imperfect_suffixed": ((), ("imperfect",), "verb"),
    "first": (("imperfect",), ("imperfect",), "verb"),  # أقل, نقل: also other words
    "first_only": (("imperfect",), (), "verb"),
    "jussive": (("imperfect",), ("imperfect",), "verb"),
    "command": (("alone",), ("alone",), "verb"),
    "command_only": (("alone",), (), "verb"),
    "command_suffixed": ((), ("alone",), "verb"),
}
_ALLOWED: dict[tuple[str, bool], frozenset[str]] = {}
for _name, (_without, _with, _) in CLASSES.items():
    _ALLOWED[_name, False] = frozenset().union(*(PROCLITICS[kind] for kind in _without))
    _ALLOWED[_name, True] = frozenset().union(*(PROCLITICS[kind] for kind in _with))
_INSEPARABLE_ENDINGS = (
    *("ه", "ها", "هم", "هما", "نا", "ا", "ان", "ين", "ون", "ات", "ة", "ي", "ية", "يه", "يا", "يين"),
    *("ته", "تها", "تهم", "تهما", "تنا", "تان", "تين", "اته", "اتها", "اتهم"),
)


def _by_letter(clitics: Iterable[str], place: int) -> dict[str, list[str]]:
    """Group clitics by their first or last letter, shortest first."""
    groups: dict[str, list[str]] = {}
    for clitic in sorted(set(clitics) - {""}, key=lambda clitic: (len(clitic), clitic)):
        groups.setdefault(clitic[place], []).append(clitic)
    return groups


_PREFIXES = _by_letter(frozenset().union(*PROCLITICS.values()), 0)
_SUFFIXES = _by_letter(frozenset().union(*ENCLITICS.values()), -1)


@cache
def inseparable_forms() -> frozenset[str]:
    """Return all words whose first letters belong to them: those of ``inseparable.yml``, bare and with an ending."""
    groups = read_words(files("discourse.language.arabic") / "inseparable.yml").values()
    words = [word for group in groups for word in group]
    forms = {word + ending for word in words for ending in ("", *_INSEPARABLE_ENDINGS)}
    tied = [ending for ending in _INSEPARABLE_ENDINGS if ending[0] == "ت"]
    return frozenset(forms | {word[:-1] + ending for word in words if word.endswith("ة") for ending in tied})


def is_inseparable(word: str) -> bool:
    """Tell whether a word's first letters belong to it and are never cut off: وزير is not و + زير.

    The words are declared in ``inseparable.yml``; their endings are taken into account.

    Examples
    --------
    >>> [is_inseparable(word) for word in ("وزير", "وزيرها", "بيان", "وروسيا")]
    [True, True, True, False]
    """
    return word in inseparable_forms()


def _longest_proclitic(word: str) -> int:
    """Return how many letters may come off at most: what remains of وباكستان or للبنان is never cut again."""
    begin = 1 if word[0] in "وف" else 0
    if begin and is_inseparable(word[begin:]):
        return begin
    if word[begin : begin + 1] in tuple("بلك") and is_inseparable(word[begin + 1 :]):
        return begin + 1
    return len(word)


def analyses(word: str) -> Iterator[tuple[str, str, str]]:
    """Yield every way to cut a normal form into (proclitics, host, enclitic), the uncut word first.

    Examples
    --------
    >>> list(analyses("وبروسيا"))
    [('', 'وبروسيا', ''), ('و', 'بروسيا', ''), ('وب', 'روسيا', '')]
    >>> list(analyses("وزير"))
    [('', 'وزير', '')]
    """
    hosts = [("", word)]
    prefixes = _PREFIXES.get(word[:1])
    if prefixes and not is_inseparable(word):
        longest = _longest_proclitic(word)
        for prefix in prefixes:
            if len(prefix) <= longest and word.startswith(prefix) and len(word) > len(prefix) + 1:
                rest = word[len(prefix) :]
                hosts.append((prefix, rest))
                if prefix.endswith("لل"):  # ل + ال + ل is written with two lams: للجنة
                    hosts.append((prefix, "ل" + rest))
    for prefix, rest in hosts:
        yield prefix, rest, ""
    suffixes = _SUFFIXES.get(word[-1:])
    if suffixes:
        for suffix in suffixes:
            if word.endswith(suffix):
                n = len(suffix)
                for prefix, rest in hosts:
                    if len(rest) > n + 1:
                        yield prefix, rest[:-n], suffix


def fits(name: str, prefix: str, suffix: str) -> bool:
    """Tell whether a host of class ``name`` takes these clitics.

    Examples
    --------
    >>> fits("proper", "و", ""), fits("proper", "", "ه"), fits("noun", "ال", "ه")
    (True, False, False)
    """
    if suffix and suffix not in ENCLITICS[CLASSES[name][2]]:
        return False
    return prefix in _ALLOWED[name, bool(suffix)]


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
        if word[-1] not in "يوه" and not word.startswith("ال"):
            hosts += accusative(word)
    return hosts


def listed(value: object) -> list[str]:
    """Return what is declared as a list: nothing, one string or a list of them."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]


def _stems(lemma: str, spec: Mapping) -> list[Stem]:
    """Return the stems of the verb of a lemma: those of its letters, or what is declared chooses among them."""
    verb = spec.get("verb") or (spec if spec.get("pos") == "verb" else None)
    if verb is None:
        return []
    past, present = listed(verb.get("past")), listed(verb.get("present"))
    if spec.get("pos") == "verb":
        return chosen_stems(lemma, past, present)
    stems = chosen_stems(past[0] if past else lemma, past, present)
    return [stem for stem in stems if present or stem.tense == "past"]


def written_hosts(lemma: str, spec: Mapping) -> list[tuple[str, str]]:
    """Return the (host, class) pairs of a lemma as they are written, with their hamza; ``inflect`` folds them.

    Examples
    --------
    >>> ("جزأين", "noun_only") in written_hosts("جزء", {"pos": "noun"})
    True
    """
    lemma = _plain(lemma)
    pos = spec.get("pos", "noun")
    forms = [_plain(word) for word in listed(spec.get("forms"))]
    if pos in ("proper", "particle"):
        return [(word, pos) for word in (lemma, *forms)]
    pairs: list[tuple[str, str]] = []
    if pos == "noun":
        pairs += _noun(lemma, spec)
    elif pos == "adj":
        pairs += adjective(lemma, spec) + _broken(lemma, spec)
    pairs += verb_forms(_stems(lemma, spec))
    for word in listed(spec.get("masdar")):
        pairs += _noun(_plain(word), {"sound": "f", "plural": []})
    for word in listed(spec.get("participle")):
        pairs += adjective(_plain(word), {})
    kind = "past_only" if pos == "verb" else "noun_only"
    pairs += [(word, kind) for word in forms]
    pairs += [(form, name) for word, name in pairs for form in _other_seats(word)]
    return list(dict.fromkeys(pairs))


def _plain(word: str) -> str:
    return word.translate(_MARKS)


@cache
def _plurals() -> Mapping[str, list[str]]:
    return read_words(files("discourse.language.arabic") / "plurals.yml")


def _noun(lemma: str, spec: Mapping) -> list[tuple[str, str]]:
    """Return the forms of a noun: a person by a participle has the plural in ون where no broken plural is known."""
    if "sound" not in spec and lemma not in _plurals() and "plural" not in spec and _is_participle(lemma):
        spec = {**spec, "sound": "both"}
    return noun(lemma, spec) + _broken(lemma, spec) + indefinite(lemma)


def _is_participle(lemma: str) -> bool:
    """Tell whether a noun may be a person: مقاتل, ناشط, مصرفي."""
    if lemma[-1] in "ةىاء" or len(lemma) < 4:
        return False
    return lemma[0] == "م" or (lemma[1] == "ا" and len(lemma) == 4) or lemma[-1] == "ي"


def _broken(lemma: str, spec: Mapping) -> list[tuple[str, str]]:
    """Return the forms of the broken plurals: those that are declared, else those of ``plurals.yml``."""
    words = listed(spec["plural"]) if "plural" in spec else _plurals().get(lemma, [])
    pairs: list[tuple[str, str]] = []
    bases = {lemma, lemma[:-1]} if lemma[-1] in "ةي" else {lemma, lemma.removeprefix("ا")}
    for word in map(_plain, words):
        if word.endswith("ون") and word[:-2] in bases and (len(word) > 4 or lemma[-1] == "ة" or lemma[0] == "ا"):
            pairs += masculine_plural(word[:-2])
        else:
            pairs += noun(word, {"dual": False, "sound": "none"})
    return pairs


def _other_seats(word: str) -> list[str]:
    """Return what the press also writes for hamza between long vowels: مسئول, مسؤل for مسؤول; شئون for شؤون."""
    if "ؤو" not in word:
        return []
    return [word.replace("ؤو", other, 1) for other in ("ئو", "ؤ", "ءو")]


def inflect(lemma: str, spec: Mapping, normalize) -> list[tuple[str, str]]:
    """Return the (host, class) pairs of a lemma: every written form, with the clitics that each takes.

    Parameters
    ----------
    lemma : str
        The lemma in standard orthography (its final ى matters).
    spec : mapping
        ``pos`` (noun, adj, verb, proper, particle); for nouns ``plural`` (broken plurals, list), ``sound`` (which sound
        plural: f, m, both, none; default f for nouns, both for adjectives), ``dual`` (default true); for verbs ``past``
        and ``present`` (stems without person prefix; weak stems listed); for any lemma ``verb`` (past and present),
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
    before a pronoun, hamza seats of ـاء; subject prefixes and endings of verbs. Broken plurals and the stems of weak
    verbs are listed with the lemma, since they cannot be derived from its letters.

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
