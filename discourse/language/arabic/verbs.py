"""Verbs of the press as their written forms tell them: lemma, tense, who acts, voice, what the verb takes.

The verbs and what they take stand in verbs.yml. Presents, verbal nouns and participles follow from the letters of a
lemma; a form without vowels mostly belongs to more than one verb, and what it is in its sentence is decided elsewhere
(discourse/reading/grammar). All forms are in normal form.
"""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER as normal
from discourse.language.words import read_words

__all__ = [
    "Frame",
    "Verb",
    "VerbForm",
    "final",
    "frames",
    "group",
    "lemmas",
    "listed",
    "read_form",
    "verb_forms",
    "verbs",
]

PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "ني", "نا", "ك", "كم")
_PERSONS = {"ي": "ms", "ت": "fs", "ن": "1", "ا": "1s"}
_LISTS = ("transitive", "two_objects", "intransitive", "that")
_NOT_LEMMAS = ("hollow_ya", "hollow_alef", "hamza_second", "hamza_first", "both_in_waw", "verbal_nouns", "common")


class Frame(NamedTuple):
    """What a verb takes: an object, two of them, a clause of what is said, phrases behind prepositions."""

    object: bool
    two: bool
    clause: bool
    prepositions: frozenset[str]
    common: bool


class VerbForm(NamedTuple):
    """One reading of a written form as a finite verb."""

    lemma: str
    tense: str  # past, present, or jussive where a long vowel is lost (لم يقل)
    person: str  # ms, fs, mp, fp, d, 1, 2; 1s of the present with ا, which a past is written like
    passive: bool
    pronoun: str  # the pronoun behind, "" for none


class Verb(NamedTuple):
    """A lemma with its stems."""

    lemma: str
    present: tuple[str, ...]  # stems without the letter of the person
    passive_past: str
    passive_present: tuple[str, ...]


@cache
def listed() -> dict:
    """Return the lists of verbs.yml."""
    return dict(read_words(files("discourse.language.arabic") / "verbs.yml"))


@cache
def group(name: str) -> frozenset[str]:
    """Return one list of verbs.yml as a set."""
    return frozenset(listed()[name])


@cache
def lemmas() -> dict[str, set[str]]:
    """Return the lemmas with the presents that stand with them."""
    found: dict[str, set[str]] = {}
    for name, words in listed().items():
        if name not in _NOT_LEMMAS:
            for word in words:
                lemma, _, present = word.partition("/")
                found.setdefault(lemma, set()).update({present[1:]} if present else ())
    return found


@cache
def frames() -> dict[str, Frame]:
    """Return what each verb takes, by lemma.

    Examples
    --------
    >>> frames()["أعلن"].clause, frames()["حصل"].object, sorted(frames()["حصل"].prepositions)
    (True, False, ['علي'])
    """
    lists = {name: {word.partition("/")[0] for word in words} for name, words in listed().items()}
    governing = [name for name in lists if name not in (*_LISTS, *_NOT_LEMMAS)]
    return {
        lemma: Frame(
            lemma in lists["transitive"] or lemma in lists["two_objects"],
            lemma in lists["two_objects"],
            lemma in lists["that"],
            frozenset(normal(name) for name in governing if lemma in lists[name]),
            lemma in lists["common"],
        )
        for lemma in lemmas()
    }


def final(stem: str) -> str:
    """Return a stem with its last ى written ي."""
    return stem[:-1] + "ي" if stem[-1] == "ى" else stem


def _hollow(lemma: str) -> list[str]:
    """Return the presents of a verb with ا in its middle: قال, باع, خاف."""
    first, last = lemma[0], lemma[2]
    vowels = ["ي"] if lemma in group("hollow_ya") else []
    vowels += ["ا"] if lemma in group("hollow_alef") else []
    return [first + vowel + last for vowel in vowels or ["و"]]


def _of_hamza(lemma: str) -> list[str]:
    """Return the presents of a lemma that begins with أ or آ."""
    rest = lemma[1:]
    if lemma[0] == "آ":
        return ["ؤ" + final(rest)]
    found = ["ؤ" + final(rest)] if lemma in group("hamza_second") else []
    found += ["أ" + final(rest)] if lemma in group("hamza_first") else []
    if found:
        return found
    if len(lemma) == 4 and lemma[2] == "ا":
        return [lemma[1] + "ي" + lemma[3]]
    if rest[0] == "ي" and len(rest) == 3:
        return ["و" + rest[1:]]
    return [final(rest)]


def _present(lemma: str) -> list[str]:
    """Return the present stems of a lemma: what stands behind the letter of the person."""
    if lemma[-1] == "أ" and lemma[0] != "ت":
        stems = _present(lemma[:-1] + "ع")  # as any other letter
        return [stem[:-1] + seat for stem in stems for seat in (("أ", "ئ") if len(lemma) == 3 else ("ئ",))]
    if lemma[0] in "أآ":
        return _of_hamza(lemma)
    if lemma[0] == "ا":
        rest = lemma[1:]
        if lemma.startswith("است") and len(lemma) == 6 and lemma[-2] == "ا":
            return [rest[:-2] + "ي" + rest[-1]]
        return [final(rest)]
    if lemma[0] == "ت" and len(lemma) > 3:
        return [final(lemma)]
    if len(lemma) == 3 and lemma[0] == "و":
        return [final(lemma[1:])] + ([final(lemma)] if lemma in group("both_in_waw") else [])
    if len(lemma) == 3 and lemma[1] == "ا":
        return _hollow(lemma)
    if len(lemma) == 3 and lemma[2] == "ا":
        return [lemma[:2] + "و"]
    return [final(lemma)]


def _passive_past(lemma: str) -> str:
    """Return the past passive where its letters differ from the active: قيل, أضيف, اختير, قوتل."""
    if lemma[0] == "ت" and len(lemma) > 3:
        return ""
    if lemma[-2:-1] == "ا" and len(lemma) in (3, 4, 5, 6) and not (len(lemma) == 4 and lemma[0] not in "أ"):
        return lemma[:-2] + "ي" + lemma[-1]
    if len(lemma) == 4 and lemma[1] == "ا":
        return lemma[0] + "و" + lemma[2:]
    return lemma[:-1] + "ي" if lemma[-1] == "ا" else ""


def _passive_present(lemma: str, stems: list[str]) -> list[str]:
    found = []
    for stem in stems:
        if len(stem) > 2 and stem[-2] in "وي" and (len(lemma) == 3 and lemma[1] == "ا" or lemma[-2] == "ا"):
            found.append(stem[:-2] + "ا" + stem[-1])
        elif stem[-1] == "و":
            found.append(stem[:-1] + "ي")
    if lemma[0] == "و" and len(lemma) == 3:
        found.append(final(lemma))
    return found


@cache
def verbs() -> tuple[Verb, ...]:
    """Return every verb of verbs.yml with its stems."""
    found = []
    for lemma, listed in lemmas().items():
        present = sorted(final(stem) for stem in listed) or _present(lemma)
        passive = [stem for stem in _passive_present(lemma, present) if stem not in present]
        found.append(Verb(lemma, tuple(present), _passive_past(lemma), tuple(passive)))
    return tuple(found)


def _past(lemma: str) -> list[tuple[str, str, bool]]:
    """Return the past forms of a lemma, who acts, and whether only a pronoun may follow (True) or none need (False)."""
    last = lemma[-1]
    base = lemma[:-1] if last in "ىا" else lemma
    plural = base[:-1] if last == "ي" else base
    found = [(lemma, "ms", False), (base + "ت", "fs", False), (plural + "وا", "mp", False), (base + "تا", "d", False)]
    if last in "ىا":
        found.append((base + "ا", "ms", True))
        back = "ي" if last == "ى" or len(lemma) > 3 else "و"
        found += [(base + back + "نا", "1", False), (base + back + "ت", "2", False), (base + back + "ا", "d", False)]
    else:
        short = lemma[:-2] + last if lemma[-2] == "ا" and lemma[0] not in "ت" and len(lemma) != 4 else lemma
        if lemma[0] == "أ" and len(lemma) == 4 and lemma[2] == "ا":
            short = lemma[:2] + last
        found += [(short + "نا", "1", False), (short + "ت", "1", False), (lemma + "ا", "d", False)]
        found.append((short + "تم", "2", False))
        found += [(short + "ا", "1", False)] if short[-1] == "ن" and short != lemma else []  # كنا
        found += [(short + "ن", "fp", False)] if len(short) > 2 else []
    if last == "أ":
        found += [(lemma[:-1] + "ؤوا", "mp", False), (lemma[:-1] + "ءوا", "mp", False)]
    found.append((plural + "و", "mp", True))
    return found


def _jussives(lemma: str, stem: str) -> list[tuple[str, str, bool]]:
    """Return the present forms that lose a long vowel: ينف, يقل."""
    short = stem[:-1] if stem[-1] in "يو" else stem
    if lemma[-2] == "ا" and stem[-2:-1] in ("و", "ي", "ا") and len(stem) >= 3:
        short = stem[:-2] + stem[-1]
    if short == stem or len(short) < 2 and stem not in ("رى", "ري"):
        return []
    return [(letter + short, person, False) for letter, person in _PERSONS.items()]


def _presents(stem: str) -> list[tuple[str, str, bool]]:
    """Return the present forms of a stem."""
    bare = stem[:-1] if stem[-1] in "يو" else stem
    found = []
    for letter, person in _PERSONS.items():
        found.append((letter + stem, person, False))
        if stem[-1] == "ي":
            found.append((letter + bare + "ا", person, True))
    for letter in "يت":
        found += [(letter + bare + ending, "mp", False) for ending in ("ون", "وا")]
        found += [(letter + stem + "ان", "d", False), (letter + bare + "و", "mp", True)]
        found += [] if stem[-1] in "وي" else [(letter + stem + "ا", "d", False)]
    found.append(("ي" + stem + "ن", "fp", False))
    if stem[-1] == "أ":
        found += [("ي" + stem[:-1] + seat + "ون", "mp", False) for seat in "ؤئ"]
    return found


@cache
def verb_forms() -> tuple[dict[str, tuple[VerbForm, ...]], dict[str, tuple[VerbForm, ...]]]:
    """Return the readings of every form that stands alone, and of every form that a pronoun may follow."""
    alone: dict[str, dict[VerbForm, None]] = {}
    before: dict[str, dict[VerbForm, None]] = {}

    def put(forms: list[tuple[str, str, bool]], lemma: str, tense: str, passive: bool) -> None:
        for form, person, tied in forms:
            reading = VerbForm(lemma, tense, person, passive, "")
            form = normal(form)
            if not tied:
                alone.setdefault(form, {})[reading] = None
            if not passive and (tied or person in ("ms", "fs", "1", "1s", "mp") and not form.endswith(("وا", "ي"))):
                before.setdefault(form, {})[reading] = None
            elif not passive and form.endswith("ي") and tense == "present":
                before.setdefault(form, {})[reading] = None

    for verb in verbs():
        put(_past(verb.lemma), verb.lemma, "past", False)
        for stem in verb.present:
            put(_presents(stem), verb.lemma, "present", False)
            put(_jussives(verb.lemma, stem), verb.lemma, "jussive", False)
        if verb.passive_past:
            put(_past(verb.passive_past), verb.lemma, "past", True)
        for stem in verb.passive_present:
            put(_presents(stem), verb.lemma, "present", True)
    return {form: tuple(found) for form, found in alone.items()}, {form: tuple(found) for form, found in before.items()}


def read_form(host: str) -> tuple[VerbForm, ...]:
    """Return the readings of a host (no و, ف, س or ل before it) as a finite verb, those without a pronoun first.

    Examples
    --------
    >>> [(form.lemma, form.person, form.pronoun) for form in read_form("يستخدمها")]
    [('استخدم', 'ms', 'ها')]
    """
    alone, before = verb_forms()
    found = list(alone.get(host, ()))
    for pronoun in PRONOUNS:
        if host.endswith(pronoun) and len(host) > len(pronoun) + 1:
            readings = before.get(host[: -len(pronoun)], ())
            if pronoun == "نا":  # قلنا: we said
                readings = tuple(form for form in readings if form.tense != "past" or form.person != "ms")
            found += [form._replace(pronoun=pronoun) for form in readings if frames()[form.lemma].object]
    return tuple(found)
