"""Which clitics stand around a form: the classes of forms, and every way to cut a word.

A *host* is a form without clitics; its class says which proclitics may stand before it and whether a pronoun may, must
or cannot follow.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from discourse.language.arabic.lemmas import known_plurals, written_hosts
from discourse.language.arabic.normalization import DEFAULT_NORMALIZER
from discourse.language.words import read_words

__all__ = [
    "CLASSES", "ENCLITICS", "PROCLITICS", "analyses", "derived_forms", "fits", "inseparable_forms", "is_inseparable",
]  # fmt: skip

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
    "number": (("bare", "article"), (), "noun"),  # و12, بـ2.5
    "particle": (("alone",), (), "noun"),
    "past": (("past",), ("past",), "verb"),
    "past_only": (("past",), (), "verb"),
    "past_suffixed": ((), ("past",), "verb"),
    "imperfect": (("imperfect",), ("imperfect",), "verb"),
    "imperfect_only": (("imperfect",), (), "verb"),
    "imperfect_suffixed": ((), ("imperfect",), "verb"),
    "first": (("imperfect",), ("imperfect",), "verb"),  # أقل, نقل: also other words
    "first_only": (("imperfect",), (), "verb"),
    "first_suffixed": ((), ("imperfect",), "verb"),
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


_FIRM_ENDINGS = ("ه", "ها", "هم", "هما", "نا", "ا", "ين", "ات", "ي")  # of the word itself
_FIRM_OF_PLURAL = ("اته", "اتها", "اتهم")


def _by_letter(clitics: Iterable[str], place: int) -> dict[str, list[str]]:
    """Group clitics by their first or last letter, shortest first."""
    groups: dict[str, list[str]] = {}
    for clitic in sorted(set(clitics) - {""}, key=lambda clitic: (len(clitic), clitic)):
        groups.setdefault(clitic[place], []).append(clitic)
    return groups


_PREFIXES = _by_letter(frozenset().union(*PROCLITICS.values()), 0)
_SUFFIXES = _by_letter(frozenset().union(*ENCLITICS.values()), -1)


@cache
def _firm_and_weak() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of ``inseparable.yml`` with their own endings, and with those of words derived of them."""
    groups = read_words(files("discourse.language.arabic") / "inseparable.yml")
    words = [word for key, group in groups.items() if key != "verbs" for word in group]
    firm = {word + ending for word in words for ending in ("", *_FIRM_ENDINGS) if not (ending and word[-1] == "ة")}
    tied = [ending for ending in _INSEPARABLE_ENDINGS if ending[0] == "ت"]
    firm |= {word[:-1] + ending for word in words if word.endswith("ة") for ending in (*tied, "ات", *_FIRM_OF_PLURAL)}
    weak = {word + ending for word in words for ending in _INSEPARABLE_ENDINGS} - firm
    return frozenset(firm), frozenset(weak)


@cache
def _separable() -> frozenset[str]:
    """Return forms of the commonest nouns and verbs: what remains of a word behind a clitic is one of them."""
    groups = read_words(files("discourse.language.arabic") / "inseparable.yml")
    hosts = [host for verb in groups["verbs"] for host, _ in written_hosts(verb, {"pos": "verb"})]
    for singular, plurals in known_plurals().items():
        hosts += [host for host, _ in written_hosts(singular, {"pos": "noun", "plural": plurals, "dual": False})]
        if singular[-1] not in "ةىاءي":
            hosts.append(singular + "ية")
    return frozenset(map(DEFAULT_NORMALIZER, hosts)) | frozenset(groups["separable"])


def _is_separable(word: str) -> bool:
    """Tell whether a word can stand behind a clitic: a known form, with or without the article or a pronoun."""
    known = _separable()
    word = word.removeprefix("ال")
    return word in known or any(
        word.endswith(ending) and word[: -len(ending)] in known and word[: -len(ending)][-1] not in "ةا"
        for ending in _NOUN_ENCLITICS
    )


@cache
def derived_forms() -> frozenset[str]:
    """Return the words that may be derived of an inseparable word, or a clitic with a known word: بحرية."""
    return frozenset(form for form in _firm_and_weak()[1] if len(form) > 2 and _is_separable(form[1:]))


@cache
def inseparable_forms() -> frozenset[str]:
    """Return all words whose first letters belong to them: those of ``inseparable.yml``, bare and with an ending.

    A word that is only derived of one of them, and is also a clitic with a known word, is not among them: وعودة is و
    with عودة, not وعود with an ending.
    """
    firm, weak = _firm_and_weak()
    return firm | weak - derived_forms()


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
