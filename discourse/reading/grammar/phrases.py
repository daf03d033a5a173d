"""Noun phrases: where each begins and ends, its head, and the preposition before it."""

from discourse.language.arabic.clause_words import agents, full_plural, sequences
from discourse.language.arabic.syntax import Class
from discourse.reading.grammar.model import Phrase
from discourse.reading.grammar.names import NO_NAME, is_joined, is_name, is_taken
from discourse.reading.grammar.words import CLAUSE_OPENER, MARK, Stretch, case_of, frame_of, says_how

__all__ = ["find_phrases", "free_phrases", "is_bare", "is_name", "noun_phrase"]

C = Class
_BREAKS = (
    CLAUSE_OPENER | C.PREPOSITION | C.PRONOUN_PHRASE | C.NEGATOR | C.ALREADY | C.FUTURE | C.PRONOUN | C.OR | C.EXCEPT
    | C.WISH | C.PERHAPS
)  # fmt: skip
_ENDS = MARK | _BREAKS | C.ADVERB | C.TIME_NOUN
_BETWEEN = C.ADVERB | C.QUOTE | C.BRACKET
_NO_PHRASE = MARK | _BREAKS | _BETWEEN | C.EXISTENTIAL
_CLOSING = C.PLACE | C.FEMININE | C.QUANTIFIER | C.DEMONSTRATIVE | C.NUMBER
_SHORTEST_PLURAL = 4  # letters
_LONGEST = 14


def is_bare(phrase: Phrase) -> bool:
    """Tell whether no preposition governs a phrase."""
    return not phrase.preposition


def find_phrases(s: Stretch, first: int, last: int, *, times: bool = False) -> list[Phrase]:
    """Return the phrases of the words [first, last) in order; words of time (يوم الاثنين) only where asked for."""
    found: list[Phrase] = []
    place = first
    while place < last:
        flags, word = s.flags[place], s.words[place]
        aside = follows(s, place, last, "time_phrases") if flags & C.BEGINS_ENTRY else 0
        if aside:
            place += aside
        elif flags & C.PRONOUN_PHRASE:
            found.append(Phrase(place, place + 1, place, word.host, True))
            place += 1
        elif flags & C.PREPOSITION and not counts(s, place, last):
            begin = place + 1
            while begin < last and s.flags[begin] & (C.PREPOSITION | C.QUOTE | C.BRACKET):
                begin += 1
            pair = f"{word.host} {s.words[place + 1].host}" if place + 1 < last else ""
            if pair in agents():
                begin = place + 2
            end, head = noun_phrase(s, begin, last)
            if end > begin:
                found.append(Phrase(begin, end, head, pair if pair in agents() else word.host))
            place = max(end, place + 1)
        elif (flags & _NO_PHRASE or place in s.verbs) and not (counts(s, place, last) or is_taken(s, place)):
            place += 1
        else:
            end, head = noun_phrase(s, place, last)
            aside = s.flags[head] & C.TIME_NOUN and not times or flags & C.ATTRIBUTE
            if word.preposition or not aside:
                found.append(Phrase(place, end, head, _preposition(s, place)))
            place = max(end, place + 1)
    return found


def _preposition(s: Stretch, place: int) -> str:
    """Return the preposition on a word; none where it was a guess and the verb right before does not take it."""
    preposition = s.words[place].preposition
    verb = s.verbs.get(place - 1)
    if preposition and verb is not None and s.flags[place] & C.GUESSED:
        takes_object, _, prepositions = frame_of(verb.lemmas)
        if takes_object and preposition not in prepositions:
            return ""
    return preposition


def free_phrases(s: Stretch, phrases: list[Phrase], *, near: bool = True) -> list[Phrase]:
    """Return the bare phrases that can be arguments: no participle that says how, nothing that belongs to another.

    ``near`` leaves out what stands behind two phrases with prepositions, or a definite noun behind one.
    """
    found: list[Phrase] = []
    end = -1
    n_governed = 0
    for number, phrase in enumerate(phrases):
        governed = number > 0 and phrases[number - 1].preposition and not phrases[number - 1].pronoun
        adjacent = governed and end == phrase.start
        end = phrase.end
        n_governed += not is_bare(phrase) and not phrase.pronoun
        if near and n_governed > 1:
            break
        if not is_bare(phrase) or says_how(s, phrase.head) and phrase.head == phrase.start:
            continue
        if near and n_governed and s.flags[phrase.head] & C.DEFINITE and found:
            if adjacent or s.flags[phrase.head] & C.TITLE:
                continue  # في أفغانستان الجنرال جون: the subject by another name
            break
        how = s.flags[phrase.head] & C.NISBA_ADVERB and phrase.end == phrase.start + 1
        if how or adjacent and s.flags[phrase.head] & C.DEFINITE or number and s.words[phrase.start].conjunction:
            continue
        found.append(phrase)
    return found


def follows(s: Stretch, place: int, last: int, name: str) -> int:
    """Return how many words of an entry of a list of several words stand here, 0 for none."""
    if place >= min(last, len(s.words)) or not s.flags[place] & C.BEGINS_ENTRY:
        return 0
    for entry in sequences(name).get(s.words[place].host, ()):
        if place + len(entry) <= last and all(s.words[place + k].host == word for k, word in enumerate(entry)):
            return len(entry)
    return 0


def counts(s: Stretch, place: int, last: int) -> int:
    """Return how many words before a number only say about how many: نحو, ما لا يقل عن."""
    n_words = follows(s, place, last, "approximations") if s.flags[place] & C.BEGINS_ENTRY else 0
    return n_words if n_words and place + n_words < last and s.flags[place + n_words] & C.NUMBER else 0


def noun_phrase(s: Stretch, first: int, last: int) -> tuple[int, int]:
    """Return the end and the head of the phrase that begins here."""
    head = _head(s, first, last)
    if head >= last:
        return first, first
    if s.flags[head] & C.DEMONSTRATIVE:
        return head + 1, head
    place, closed, named = _behind_head(s, head, last), _closes(s, head), False
    limit = min(last, first + _LONGEST)
    while place < limit:
        flags, word = s.flags[place], s.words[place]
        if flags & C.QUOTE:
            place += 1
        elif flags & C.DASH and is_joined(s, place, limit):
            place += 2  # المصري - الإيراني
        elif _is_pair(s, place, limit, closed):
            place += 2
        elif flags & C.ATTRIBUTE and not word.conjunction:
            closed, place = False, place + 1
        elif flags & _ENDS or place in s.verbs or _is_governed(s, place) or not _goes_on(s, head, place, closed, named):
            break
        else:
            if not word.conjunction:
                named = closed and not flags & C.DEFINITE
                closed = closed or bool(flags & C.DEMONSTRATIVE) or _closes(s, place)
            place += 1
    while place > head + 1 and s.flags[place - 1] & C.QUOTE:
        place -= 1
    return _with_counted(s, head, place, limit), head


def _is_governed(s: Stretch, place: int) -> bool:
    """Tell whether a preposition stands on a word; behind a title a name may begin like one (الملا برادر)."""
    guessed = s.flags[place] & C.GUESSED and (s.flags[place - 1] & C.TITLE or is_name(s, place - 1))
    return bool(s.words[place].preposition) and not guessed


def _head(s: Stretch, first: int, last: int) -> int:
    """Return the head of the phrase that begins here: behind quantifiers, numbers and demonstratives."""
    if first >= last:
        return last
    head = first + counts(s, first, last)
    while head < last - 1 and s.flags[head] & (C.QUANTIFIER | C.DEMONSTRATIVE | C.NUMBER) and _continues(s, head + 1):
        if s.flags[head] & C.DEMONSTRATIVE and not s.flags[head + 1] & C.DEFINITE:
            break
        if s.words[head].norm[0].isdigit() and s.words[head + 1].pronoun and s.flags[head + 1] & C.POSSESSED:
            return head + 1  # يوم 17 / 11 تهديداتها
        head += 1
    return head


def _goes_on(s: Stretch, head: int, place: int, closed: bool, named: bool) -> bool:
    """Tell whether a word still belongs to the phrase."""
    flags, word = s.flags[place], s.words[place]
    if word.conjunction:
        return _joins(s, head, place)
    if closed:
        return _belongs(s, head, place, named)
    if flags & C.DEMONSTRATIVE:
        return True
    if word.pronoun and word.masdar and is_name(s, place - 1):
        return False  # نقلت عن أرخيبوف قوله
    described = place == head + 1 and (flags & C.ADJECTIVE or flags & C.NISBA and flags & C.DEFINITE)
    if is_name(s, place - 1) and (flags & C.PLACE or described):
        return False
    described = flags & (C.ADJECTIVE | C.NISBA | C.LIKE_PARTICIPLE) or word.participle
    if flags & C.DEFINITE and place - 1 > head and is_name(s, place - 1) and not described:
        return False
    if flags & C.ACCUSATIVE and place == head + 1 and is_name(s, head) and (flags & C.COMMON or case_of(s, place)):
        return False  # تعتبر طالبان عدوا
    return not (flags & C.ACCUSATIVE and not s.flags[head] & C.ACCUSATIVE and place > head + 1)


def _with_counted(s: Stretch, head: int, place: int, limit: int) -> int:
    """Return the end of a phrase with من and what it counts: عدد من الأشخاص."""
    if not s.flags[head] & (C.QUANTITY | C.NUMBER) or place >= limit - 1:
        return place
    flags = s.flags[place]
    if not flags & C.PREPOSITION or not flags & C.LOOSE_RELATIVE or place + 1 in s.verbs:
        return place
    return place if s.flags[place + 1] & C.PREPOSITION else max(place, noun_phrase(s, place + 1, limit)[0])


def _behind_head(s: Stretch, head: int, last: int) -> int:
    """Return where the phrase goes on behind its head: a word of time takes its number with it (عام 2014)."""
    place = head + 1
    while s.flags[head] & C.TIME_NOUN and place < last and s.flags[place] & C.NUMBER and not s.words[place].conjunction:
        place += 1
    return place


def _is_pair(s: Stretch, place: int, limit: int, closed: bool) -> bool:
    """Tell whether two words together describe the noun: غير تقليدية, متعدد الأعراق, الأكثر غرابة."""
    behind, flags = place + 1, s.flags[place]
    if behind >= limit or s.words[place].conjunction or behind in s.verbs or place in s.verbs:
        return False
    if closed and flags & C.ADJECTIVE and s.flags[behind] & C.DEFINITE and not flags & (C.DEFINITE | C.LIKE_VERB):
        return not s.words[behind].preposition and not s.words[behind].conjunction
    if flags & C.COMPARATIVE and flags & C.DEFINITE:
        return not s.flags[behind] & (_ENDS | C.DEFINITE) and not s.words[behind].preposition
    if not (flags & C.NEGATOR and flags & C.MAIN):
        return False
    return bool(s.flags[behind] & (C.ADJECTIVE | C.NISBA | C.LIKE_PARTICIPLE) or s.words[behind].participle)


def _continues(s: Stretch, place: int) -> bool:
    flags = s.flags[place]
    return not flags & (MARK | _BREAKS) and place not in s.verbs and not s.words[place].preposition


def _closes(s: Stretch, place: int) -> bool:
    """An article or a pronoun on a noun, or the full ending of a plural (مسؤولون): no genitive follows."""
    word = s.words[place]
    if word.host.endswith(full_plural()) and len(word.host) > _SHORTEST_PLURAL and not word.forms:
        return True
    if s.flags[place] & (C.DEFINITE | C.PLACE | C.TIME_NOUN | C.SHORTENED):
        return True
    return bool(word.pronoun and s.flags[place] & C.POSSESSED and len(word.host) > 4)


def _joins(s: Stretch, head: int, place: int) -> bool:
    """و joins a word to the phrase where both are definite or neither is."""
    return _is_definite(s, head) == _is_definite(s, place) and not s.words[place].forms


def _is_definite(s: Stretch, place: int) -> bool:
    """An article, a place or a name makes a noun definite."""
    flags, word = s.flags[place], s.words[place]
    if flags & (C.DEFINITE | C.PLACE):
        return True
    return not (flags & (NO_NAME | C.ACCUSATIVE | C.NISBA) or word.masdar or word.participle or word.pronoun)


def _belongs(s: Stretch, head: int, place: int, named: bool) -> bool:
    """Behind a definite noun its adjectives and, behind a title, a name still belong to the phrase."""
    flags, before = s.flags[place], s.flags[place - 1]
    if flags & C.DEFINITE:
        many = flags & C.OBLIQUE_PLURAL
        if many and (not (s.flags[head] | before) & C.PLURAL or (s.flags[head] | before) & C.FEMININE):
            return False  # أبلغ الوزير الصحفيين
        counted = flags & C.QUANTITY and s.flag(place + 1) & C.PREPOSITION and s.flag(place + 1) & C.LOOSE_RELATIVE
        if counted:
            return False  # ضم الجيش الكثير من
        adjective = flags & C.ADJECTIVE or flags & C.NISBA and not flags & C.COMMON
        return bool(adjective) and not flags & C.TITLE or _is_participle(s, head, place)
    if flags & _CLOSING or s.words[place].masdar or flags & C.ACCUSATIVE and (flags & C.COMMON or case_of(s, place)):
        return False
    if flags & C.FOREIGN:
        return True
    timed = s.flags[head] & C.TIME_NOUN and not s.flags[head] & C.DEFINITE
    if timed and flags & (C.ADJECTIVE | C.NISBA | C.LIKE_PARTICIPLE):
        return True
    titled = bool((s.flags[head] | before | s.flag(place - 2)) & C.TITLE)
    return (named or titled) and not flags & (C.COMMON | C.LIKE_VERB)


def _is_participle(s: Stretch, head: int, place: int) -> bool:
    """A participle that agrees with the head, or the noun before, stands for an adjective: القوات المسلحة."""
    flags, word = s.flags[place], s.words[place]
    if flags & C.PLURAL and not flags & C.FEMININE and s.flags[head] & C.PLURAL and not flags & C.TITLE:
        return True
    if flags & (C.TITLE | C.COMMON) or not (word.participle or flags & C.LIKE_PARTICIPLE):
        return False
    feminine = bool(flags & C.FEMININE)
    for noun in (head, place - 1):
        if feminine and s.flags[noun] & (C.FEMININE | C.PLURAL):
            return True
        if not feminine and not s.flags[noun] & C.FEMININE:
            return bool(word.participle) or bool(s.flags[noun] & C.PLURAL) == bool(flags & C.PLURAL)
    return False
