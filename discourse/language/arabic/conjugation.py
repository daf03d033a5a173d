"""The written forms of a verb, worked out from its stems, each with its class (inflection.CLASSES).

Forms keep their hamza and its seats: يبدأون and يبدؤون, جاؤوا and جاءوا. Every stem takes only the endings that it can
take: أشر, the short stem of أشار, stands before consonants alone, so أشرنا but no أشرين.
"""

from collections.abc import Iterable, Iterator, Mapping

from discourse.language.arabic.stems import ANY, CONSONANT, VOWEL, Stem, ending_place, verb_measures

__all__ = ["Host", "chosen_stems", "verb_forms"]

Host = tuple[str, str]
_PERSONS = ("ي", "ت", "ن", "أ")  # the letters before the present
_OF_MANY = ("ي", "ت")  # those of them that take endings


def verb_forms(stems: Iterable[Stem]) -> list[Host]:
    """Return the (form, class) pairs of the stems of a verb, as written.

    Examples
    --------
    >>> from discourse.language.arabic.stems import verb_stems
    >>> forms = {form for form, _ in verb_forms(verb_stems("بدأ"))}
    >>> [form in forms for form in ("بدأت", "بدأوا", "بدؤوا", "يبدأ", "يبدؤون", "بدت", "بدوا")]
    [True, True, True, True, True, False, False]
    """
    forms: dict[Host, None] = {}
    for stem in stems:
        build = {"past": _past, "present": _present, "command": _command}[stem.tense]
        forms.update(dict.fromkeys(build(stem.text, stem.before)))
    return list(forms)


def _joined(stem: str, ending: str) -> list[str]:
    """Return every spelling of a stem with an ending: أ and ا are آ, two ن are one, hamza finds its seat."""
    if not ending:
        return [stem]
    if stem[-1] == "ن" and ending[0] == "ن":
        return [stem + ending[1:]]
    if stem[-1] == "أ":
        if ending[0] == "ا":
            return [stem[:-1] + "آ" + ending[1:]]
        if ending[0] == "و":
            return [stem + ending, stem[:-1] + "ؤ" + ending, stem[:-1] + "ء" + ending]
        if ending == "ين":
            return [stem[:-1] + "ئ" + ending, stem + ending]
    if stem[-1] == "ؤ" and ending[0] == "و":
        return [stem + ending, stem[:-1] + "ء" + ending, stem + ending[1:]]
    if stem[-1] == "ء" and ending[0] == "و":
        seat = "ئ" if stem[-2] == "ي" else "ؤ"
        return [stem[:-1] + seat + ending, stem + ending] + ([stem[:-1] + seat + ending[1:]] if seat == "ؤ" else [])
    if stem[-1] == "ء" and ending[0] in "اي":
        return [stem + ending, stem[:-1] + "ئ" + ending]
    return [stem + ending]


def _all(stem: str, endings: Mapping[str, str]) -> Iterator[Host]:
    for ending, name in endings.items():
        for form in _joined(stem, ending):
            yield form, name


_PAST_VOWEL = {"": "past", "ت": "past", "ا": "past", "تا": "past", "وا": "past_only", "و": "past_suffixed"}
_PAST_CONSONANT = {
    "ت": "past",
    "نا": "past",
    "ن": "past",
    "تم": "past_only",
    "تما": "past_only",
    "تمو": "past_suffixed",
}


def _past(stem: str, before: str) -> Iterator[Host]:
    if stem[-1] in "ىا" and len(stem) > 1:
        yield from _weak_past(stem)
        return
    if stem[-1] == "ي" and before == ANY and len(stem) > 1:  # نسي, نسيت, نسوا
        short = stem[:-1]
        yield from _all(stem, {e: n for e, n in (_PAST_VOWEL | _PAST_CONSONANT).items() if e[:1] != "و"})
        yield from ((short + "وا", "past_only"), (short + "و", "past_suffixed"))
        return
    if before != CONSONANT:
        yield from _all(stem, _PAST_VOWEL)
        if stem.endswith("اء"):  # جاء بها; شاءه
            yield from ((stem[:-1] + "ؤ", "past_suffixed"),)
    if before != VOWEL:
        endings = _PAST_CONSONANT
        if len(stem) == 2 and before == CONSONANT:  # عدن (they, women, returned) is another word in the press
            endings = {ending: name for ending, name in endings.items() if ending != "ن"}
        if stem[-1] == "ت":  # بت, but بتنا: two ت are one
            endings = {ending.removeprefix("ت"): name for ending, name in endings.items()}
        yield from _all(stem, endings)


def _weak_past(stem: str) -> Iterator[Host]:
    """نفى: نفت, نفوا, نفاه, but نفيت; دعا: دعوت; أحيا: أحييت."""
    short = stem[:-1]
    if stem[-1] == "ى":
        yield stem, "past_only"
        yield from ((form, "past_suffixed") for form in _joined(short, "ا"))
        long = short + "ي"
    else:
        yield stem, "past"
        long = short + ("ي" if short[-1] == "ي" else "و")
    yield from ((short + "ت", "past"), (short + "تا", "past"), (short + "وا", "past_only"))
    yield from ((short + "و", "past_suffixed"), (long + "ا", "past"))
    yield from _all(long, _PAST_CONSONANT)


_PRESENT_MANY = {
    "ون": "imperfect",
    "وا": "imperfect_only",
    "و": "imperfect_suffixed",
    "ان": "imperfect",
    "ا": "imperfect",
}


def _present(stem: str, before: str) -> Iterator[Host]:
    weak = stem[-1] in "ىايو" and before == ANY
    short = stem[:-1] if weak else stem
    hard = short + "ي" if weak and stem[-1] != "و" else stem
    doubled = before == CONSONANT and stem[-1:] == stem[-2:-1]  # يعدد: its jussive is written as يعد
    jussive = "jussive" if before == CONSONANT else "imperfect"
    for person in _PERSONS:
        if stem[-1] == "ى":
            yield from ((form, _first_person("imperfect_only", form)) for form in _with(person, stem))
            suffixed = "first_suffixed" if person in "أن" else "imperfect_suffixed"
            yield from ((form, suffixed) for form in _with(person, short + "ا"))
        elif not doubled:
            yield from ((form, _first_person(jussive, form)) for form in _with(person, stem))
        if weak and short:  # لم ينف
            yield from ((form, "jussive") for form in _with(person, short))
        if before != CONSONANT and stem[-1] in "أء":
            yield from ((form, "imperfect_suffixed") for form in _with(person, _before_pronoun(stem)))
    for person in _OF_MANY:
        if before != CONSONANT:
            for ending, name in _PRESENT_MANY.items():
                base = (short if ending[0] == "و" else hard) if weak else stem
                yield from ((person + form, name) for form in _joined(base, ending))
        if before != VOWEL:
            yield from ((person + form, "imperfect") for form in _joined(hard, "ن"))
    if before != CONSONANT:
        yield from (("ت" + form, "imperfect") for form in _joined(short, "ين"))


def _first_person(name: str, form: str) -> str:
    """Return the class of a form: a short first person is also another word (أقل, نقل, أصدر)."""
    short = form[0] in "أآ" and len(form) <= 4 and form[-2] not in "وي" or form[0] == "ن" and len(form) <= 3
    short = short and form[-1] != "ى"
    return name.replace("imperfect", "first") if short else name


def _with(person: str, stem: str) -> list[str]:
    """Return the letter of a person with a stem: أ and أ are آ."""
    if person == "أ" and stem[:1] == "أ":
        return ["آ" + stem[1:]]
    return [person + stem]


def _before_pronoun(stem: str) -> str:
    """Return a present stem in hamza as it stands before a pronoun: يقرأ, يقرؤه; يشاء, يشاؤه; يسيء, يسيئه."""
    seat = "ئ" if stem[-1] == "ء" and stem[-2:-1] == "ي" else "ؤ"
    return stem if stem[-1] in "ئؤ" else stem[:-1] + seat


def _command(stem: str, before: str) -> Iterator[Host]:
    weak = stem[-1] in "ىيو" and before == ANY
    short = stem[:-1] if weak else stem
    if before != VOWEL or stem[-2:-1] not in "اوي":  # قل, but no قول; عد beside اعدد
        yield short, "command" if len(short) > 1 else "command_only"
    if before != CONSONANT and len(short) > 1:
        yield from _all(short, {"وا": "command_only", "و": "command_suffixed", "ي": "command"})
        yield from _all(short + "ي" if weak and stem[-1] != "و" else stem, {"ا": "command"})


def chosen_stems(lemma: str, past: list[str], present: list[str]) -> list[Stem]:
    """Return the stems of a verb that declares some of its stems: what the lemma gives, cut down to what is declared.

    A declared stem that a measure of the lemma has chooses that measure, with all its forms; one that none has stands
    beside them, with the endings that its letters allow beside the other declared stems.

    Examples
    --------
    >>> [stem.text for stem in chosen_stems("وصل", [], ["صل"]) if stem.tense == "present"]
    ['صل', 'وصل']
    >>> [(stem.text, stem.before) for stem in chosen_stems("قام", ["قام", "قم"], ["قوم", "قم"])[:3]]
    [('قام', 'vowel'), ('قم', 'consonant'), ('قوم', 'vowel')]
    """
    declared = {"past": past, "present": present}
    measures = verb_measures(lemma)
    chosen = [measure for measure in measures if _has(measure, declared)]
    stems = dict.fromkeys(stem for measure in chosen or (() if past and present else measures) for stem in measure)
    for tense, texts in declared.items():
        known = {stem.text for stem in stems if stem.tense == tense}
        if known.issuperset(texts):
            continue
        forms = verb_forms(stem for stem in stems if stem.tense == tense)
        known |= {form[tense == "present" :] for form, _ in forms}  # whole words, without the letter of the person
        known |= {text[:-1] for text in (*known, *texts) if text[-1:] in "ىاويأ"}
        for text in texts:
            if text not in known and text:
                stems.setdefault(Stem(text, tense, ending_place(text, texts)))
    return list(stems)


def _has(measure: Iterable[Stem], declared: Mapping[str, list[str]]) -> bool:
    """Tell whether each tense that is declared has a stem of the measure among what is declared."""
    active = [stem for stem in measure if stem.voice == "active"]
    return all(
        any(stem.tense == tense and stem.text in texts for stem in active) for tense, texts in declared.items() if texts
    )
