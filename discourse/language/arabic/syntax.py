"""What each word can be in a sentence: its class, the clitics on it, its readings as a verb, its gender and number.

A word is read once, whatever stands around it; which of its readings holds is decided in discourse/reading/grammar.
The words are those of syntax.yml and verbs.yml.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from discourse.language.arabic.clause_words import sequences
from discourse.language.arabic.inflection import is_inseparable
from discourse.language.arabic.verbal_nouns import masdars, participles
from discourse.language.arabic.verbs import VerbForm, read_form
from discourse.language.arabic.word_classes import MARKS, Class, classes, lists

__all__ = ["Class", "Word", "has_hamza", "pronoun_class", "read_word"]


C = Class
# what many broken plurals look like: نتائج، مدارس، عناوين، أعمال
_BROKEN = re.compile("..ا[^اةءيه][^اةيه]|..ا.ي.|ا..ا.")
_LIKE_PAST = re.compile("(?:ان|است|ا.ت|ت)..[^ا]ت|ت.ا..ت|(?:ان|است|ا.ت)..ا?.ت(?<!ات)")  # توزعت، انكمشت
_LIKE_PARTICIPLE = re.compile("(?:م.{3,}|[^ا]ا[^ا].)ة|م(?:ت|ست|ن|ح|ش|خ|ع)...?")  # واقعة، مستخلصة، متراجع
_NOT = "ليس"
_PARTICLES = {"س": "future", "ل": "purpose"}
_NOUN_PRONOUNS = ("هما", "ها", "هم", "هن", "نا", "كم", "ه")


class Word(NamedTuple):
    """What a written form can be, whatever stands around it."""

    norm: str
    flags: int
    conjunction: str  # و or ف on it
    preposition: str  # ب, ل or ك on it
    forms: tuple[VerbForm, ...]  # readings as a finite verb
    particle: str  # before the verb: future (س), purpose (ل), or answer (ل before a past, behind لو)
    masdar: tuple[str, ...]
    participle: tuple[str, ...]
    host: str  # without conjunction, preposition, article
    pronoun: str  # behind a noun


_WHOM = {"ه": Class.MASCULINE, "ها": Class.FEMININE, "هم": Class.PLURAL}


def pronoun_class(form: str) -> int:
    """Return which relative the pronoun at the end of a form can take up: ه that of الذي; 0 where it says nothing."""
    return next((flag for pronoun, flag in _WHOM.items() if form.endswith(pronoun)), 0)


def has_hamza(token: str) -> bool:
    """Tell whether the alef that a word begins with is written with a hamza: أزور, ألمانيا."""
    return token.lstrip("و")[:1] in ("أ", "إ", "آ")


def _conjunction(word: str) -> str:
    """Return the conjunction that may be cut off, "" for none."""
    if len(word) > 2 and word[0] in "وف" and not is_inseparable(word):
        return word[0]
    return ""


def _closed(word: str) -> tuple[int, str, str] | None:
    """Return class, conjunction and rest of a word of the closed classes."""
    closed = classes(True)
    if word in closed:
        return closed[word], "", word
    if len(word) > 2 and word[0] in "وف" and word[1:] in closed:
        return closed[word[1:]], word[0], word[1:]
    return None


def _verb_forms(word: str, conjunction: str) -> tuple[tuple[VerbForm, ...], str, str]:
    """Return the readings as a verb, the conjunction and the particle that they leave."""
    for before in ("", conjunction) if conjunction else ("",):
        rest = word[len(before) :]
        found = read_form(rest)
        particle = ""
        if rest[0] in "سل" and len(rest) > 3 and rest[1] in "يتنا":
            behind = tuple(form for form in read_form(rest[1:]) if form.tense != "past")
            if behind and not (found and rest[0] == "ل"):
                found, particle = behind, _PARTICLES[rest[0]]
        if not found and rest[0] == "ل" and len(rest) > 4:  # لو قبلت لانسحبت
            found, particle = tuple(form for form in read_form(rest[1:]) if form.tense == "past"), "answer"
        rare = all(form.person in ("d", "1", "1s", "2", "fp") or form.passive for form in found)  # ووجه
        if found and not (rare and not before and conjunction and read_form(word[1:])):
            return found, before, particle
    return (), "", ""


def _unknown(word: str, conjunction: str) -> tuple[tuple[VerbForm, ...], str, str]:
    """Return what a form that no lemma has looks like: يـ with three letters, سيـ, ـوا."""
    rest = word[len(conjunction) :]
    particle = "future" if rest[:2] == "سي" and len(rest) > 5 else ""
    rest = rest[len(particle) > 0 :]
    if conjunction == "ف":
        return (), "", ""
    if _LIKE_PAST.fullmatch(rest):
        return (VerbForm("", "past", "fs", False, ""),), conjunction, particle
    if rest.endswith("وا") and len(rest) > 4 and not rest.startswith("ال"):
        return (VerbForm("", "present" if rest[0] in "يت" else "past", "mp", False, ""),), conjunction, particle
    if (rest[0] == "ي" or particle) and 4 <= len(rest) <= 8 and not rest.endswith(("ة", "ات", "ا", "ية", "ي", "يين")):
        person = "mp" if rest.endswith("ون") else "ms" if rest[0] == "ي" else "fs"
        return (VerbForm("", "present" if len(rest) > 4 else "jussive", person, False, ""),), conjunction, particle
    return (), "", ""


def _noun(word: str) -> tuple[str, bool, str]:
    """Return the preposition, whether the article stands, and the host of a noun."""
    if (is_inseparable(word) or word in classes(False)) and not (word.startswith("ال") and word[2:] in classes(False)):
        return "", False, word
    if word.startswith("لل") and len(word) > 4:
        return "ل", True, word[2:]
    preposition = word[0] if word[0] in "بكل" and len(word) > 3 else ""
    rest = word[len(preposition) :]
    listed = rest[2:] in classes(False)
    if rest.startswith("ال") and (listed or len(rest) > 4 and not is_inseparable(rest)):
        return preposition, True, rest[2:]
    known = rest in masdars() or rest in participles() or classes(False).get(rest, 0) & (C.COMMON | C.ADJECTIVE)
    if preposition and (known or rest.endswith(("ة", "ات", "ية")) or preposition == "ب"):
        return preposition, False, rest
    if preposition == "ل" and len(rest) > 3:
        return preposition, False, rest
    return "", False, word


def _is_guess(preposition: str, article: bool, host: str) -> bool:
    """Tell whether the preposition is cut off a word that is not known: بوغاز, لودفيش."""
    if not preposition or article or host.endswith(("ة", "ات")) or host in masdars() or host in participles():
        return False
    return host not in classes(False)


def _shape(host: str, article: bool) -> int:
    """Return what the ending of a noun says of it."""
    flags = 0
    if host.endswith("ة"):
        flags |= C.FEMININE | C.NOUN
    if host.endswith("ات") and len(host) > 4:
        flags |= C.FEMININE | C.PLURAL | C.NOUN
    if host.endswith(("ون", "ين")) and len(host) > 4 or _BROKEN.fullmatch(host) and host not in masdars():
        flags |= C.PLURAL
    if host.endswith("ين") and len(host) > 4:
        flags |= C.OBLIQUE_PLURAL
    if _LIKE_PARTICIPLE.fullmatch(host):
        flags |= C.LIKE_PARTICIPLE
    if host.endswith(("ية", "يون", "يين", "ي")) and len(host) > 3:
        flags |= C.NISBA
    if host.endswith("ا") and not article and len(host) > 3:
        flags |= C.ACCUSATIVE
        if host.endswith("يا") and host not in classes(False) and classes(False).get(host[:-1], 0) & C.ADJECTIVE:
            flags |= C.NISBA_ADVERB
    return flags


@lru_cache(maxsize=1 << 20)
def read_word(word: str, hamza: bool = False) -> Word:
    """Return what a normal form can be in a sentence; with a hamza on its alef it has no article: ألمانيا.

    Examples
    --------
    >>> word = read_word("وسيستخدمونها")
    >>> word.conjunction, word.particle, word.forms[0].lemma, word.forms[0].person, word.forms[0].pronoun
    ('و', 'future', 'استخدم', 'mp', 'ها')
    >>> word = read_word("للحكومة")
    >>> word.preposition, word.host, bool(word.flags & Class.DEFINITE)
    ('ل', 'حكومة', True)
    """
    read = _read(word, hamza)
    flags = _ending(read)
    if read.host in sequences("time_phrases") or read.host in sequences("approximations"):
        flags |= C.BEGINS_ENTRY
    return read._replace(flags=read.flags | flags) if flags else read


def _ending(word: Word) -> int:
    """Return what the ending says of the case: المسؤولون, الطرفان, not السلطان; and of an adverb: ردا."""
    if word.flags & C.ADVERB:
        return C.DEED if word.norm.endswith("ا") and word.norm[:-1] in masdars() else 0
    if not word.host.endswith(("ون", "ان") if word.flags & C.DEFINITE else "ون"):
        return 0
    stem = word.host[:-3] if word.host.endswith("تان") else word.host[:-2]
    ended = stem in classes(False) or stem in participles() or stem in masdars()
    return C.NOMINATIVE if len(stem) > 2 and ended else 0


def _read(word: str, hamza: bool) -> Word:
    """Read a mark, a number, a word of the closed classes, or one of the open ones."""
    if not word or not (word[0].isalpha() or word[0].isdigit()):
        flags = 0
        for letter in word:
            flags |= MARKS.get(letter, 0)
        return Word(word, flags or C.DASH, "", "", (), "", (), (), word, "")
    if word[0].isdigit():
        return Word(word, C.NUMBER, "", "", (), "", (), (), word, "")
    if word.isascii():
        return Word(word, C.FOREIGN, "", "", (), "", (), (), word, "")
    conjunction = _conjunction(word)
    forms, before, particle = _verb_forms(word, conjunction)
    closed = _closed(word)
    if closed:
        flags, cut, rest = closed
        if flags & C.NOT:
            forms = (VerbForm(_NOT, "past", lists()["negation_not"][rest], False, ""),)
            return Word(word, flags, cut, "", forms, "", (), (), rest, "")
        before = rest[0] if flags & C.THAT and rest[0] in "بل" else ""
        return Word(word, flags, cut, before, (), "", (), (), rest, "")
    return _open(word, conjunction, forms, before, particle, hamza)


def _participle(host: str) -> tuple[str, ...]:
    """Return the lemmas of a participle, also with the endings of gender, number and case."""
    known = participles()
    for n_letters in (0, 1, 2):
        if n_letters < 2 or host.endswith(("ين", "ون", "ات", "تا")):
            found = known.get(host[: len(host) - n_letters])
            if found:
                return found
    return ()


def _open(word: str, conjunction: str, forms: tuple[VerbForm, ...], before: str, particle: str, hamza: bool) -> Word:
    """Read a word of the open classes: noun, adjective, name or verb."""
    if word in classes(False) or forms and not before:
        conjunction = ""
    rest = word[len(conjunction) :]
    listed = classes(False)
    preposition, article, host = _noun(rest)
    verbal = bool(forms) and not before and not preposition and not particle and host not in listed
    if article and (hamza or verbal and host not in masdars() and host not in participles()) and not preposition:
        article, host = False, rest
    flags = _shape(host, article) | (C.GUESSED if _is_guess(preposition, article, host) else 0)
    if article:
        flags |= C.DEFINITE | C.NOUN
    flags |= listed.get(host, 0) | listed.get(rest, 0)
    if not article and host.endswith("ا") and not flags & C.PLACE:
        flags |= listed.get(host[:-1], 0) & (C.ADJECTIVE | C.QUANTITY | C.COMMON | C.TITLE | C.NUMBER)
    pronoun = ""
    if not article:
        pronoun = next((p for p in _NOUN_PRONOUNS if host.endswith(p) and len(host) > len(p) + 2), "")
    stem = host[: -len(pronoun)] if pronoun else host
    if pronoun:
        of_stem = listed.get(stem, 0) | (listed.get(stem[:-1] + "ة", 0) if stem.endswith("ت") else 0)
        flags |= of_stem & (C.LIKE_VERB | C.COMMON | C.TITLE | C.QUANTITY | C.PLURAL | C.EITHER)
        flags |= C.PLURAL if _BROKEN.fullmatch(stem) and stem not in masdars() else 0
    if stem.endswith("ت") and pronoun:
        masdar = masdars().get(stem, masdars().get(stem[:-1] + "ة", ()))
        flags |= C.FEMININE
    else:
        masdar = masdars().get(stem, ())
    if host.endswith("ا") and not masdar:
        masdar = masdars().get(host[:-1], ())
    if pronoun and not flags & C.NOUN:
        flags = (flags | C.POSSESSED) & ~C.ACCUSATIVE
    participle = _participle(host) if host[-1:] in "اةن" or not forms else ()
    if not forms and not article and not flags & (C.NOUN | C.LIKE_VERB) and not preposition:
        forms, before, particle = _unknown(word, conjunction)
    if article:
        forms = ()
    verb = rest[1:] if particle else rest
    if forms and verb[0] == "ي":
        flags |= C.YA
    return Word(
        word, flags, conjunction or before, preposition, forms, particle, masdar, participle or (), host, pronoun
    )
