"""A stretch of words with what each can be, and the small questions that the rules ask of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from discourse.language.arabic.clause_words import copulas
from discourse.language.arabic.syntax import Class, Word, has_hamza, read_word
from discourse.language.arabic.verbs import VerbForm, frames

__all__ = [
    "CLAUSE_OPENER", "MARK", "Stretch", "Verb", "agrees", "case_of", "frame_of", "is_copula", "prepare", "says_how",
    "takes", "takes_addressee",
]  # fmt: skip

C = Class
MARK = C.COMMA | C.STOP | C.COLON | C.DASH | C.QUOTE | C.BRACKET
CLAUSE_OPENER = (
    C.THAT | C.RELATIVE | C.PURPOSE | C.CAUSE | C.TIME_CLAUSE | C.CONDITION | C.CONCESSION | C.MAIN | C.QUESTION
)


@dataclass(frozen=True, slots=True)
class Verb:
    """A word taken for a finite verb: where it stands and the reading that holds."""

    place: int
    form: VerbForm
    lemmas: tuple[str, ...]
    passive: bool


@dataclass(slots=True)
class Stretch:
    """The words of a sentence as they can be read, and what has been decided of them."""

    words: list[Word]
    flags: list[int]
    tokens: Sequence[str]
    verbs: dict[int, Verb] = field(default_factory=dict)
    auxiliary: dict[int, int] = field(default_factory=dict)  # auxiliary: the verb it belongs to

    def __len__(self) -> int:
        return len(self.words)

    def flag(self, place: int) -> int:
        """Return the classes of a word, 0 beyond the ends."""
        return self.flags[place] if 0 <= place < len(self.flags) else 0

    def before(self, place: int) -> int:
        """Return the place of the word before, over quotes and brackets; -1 at the beginning."""
        place -= 1
        while place >= 0 and self.flags[place] & (C.QUOTE | C.BRACKET):
            place -= 1
        return place

    def behind(self, place: int) -> int:
        """Return the place of the word behind, over quotes; the length at the end."""
        place += 1
        while place < len(self.flags) and self.flags[place] & C.QUOTE:
            place += 1
        return place


def prepare(words: Sequence[str], tokens: Sequence[str] | None = None) -> Stretch:
    """Read every word of a sentence."""
    if tokens is None:
        read = [read_word(word) for word in words]
    else:
        read = [read_word(word, has_hamza(token)) for word, token in zip(words, tokens, strict=True)]
    flags = [word.flags for word in read]
    for place, word in enumerate(flags[:-1]):
        if word & C.SHORTENED and flags[place + 1] & C.STOP:
            flags[place + 1] = C.QUOTE  # د. أحمد
    return Stretch(read, flags, words if tokens is None else tokens)


@cache
def frame_of(lemmas: tuple[str, ...]) -> tuple[bool, bool, frozenset[str]]:
    """Return whether any of the lemmas takes an object, a clause, and the prepositions they take."""
    known = [frames()[lemma] for lemma in lemmas if lemma in frames()]
    if not known:
        return True, False, frozenset()
    prepositions = frozenset().union(*(frame.prepositions for frame in known))
    return any(frame.object for frame in known), any(frame.clause for frame in known), prepositions


_TANWIN = {"\u064b": "accusative", "\u064c": "nominative", "\u064d": "genitive"}


def case_of(s: Stretch, place: int) -> str:
    """Return the case that a word shows: by its tanwin, or the alef of an indefinite accusative; "" for none."""
    token = s.tokens[place]
    if not token.isascii():
        for letter in token[-2:]:
            if letter in _TANWIN:
                return _TANWIN[letter]
    word, flags = s.words[place], s.flags[place]
    if flags & C.NOMINATIVE:
        return "nominative"
    if flags & C.DEED:
        return "accusative"
    known = word.masdar or word.participle or flags & (C.ADJECTIVE | C.LIKE_VERB)
    return "accusative" if known and flags & C.ACCUSATIVE and not flags & C.PLACE else ""


def says_how(s: Stretch, place: int) -> bool:
    """Tell whether a word is a participle that says how something is done: قائلا, مشيرة."""
    word, flags = s.words[place], s.flags[place]
    if not word.participle or flags & (C.DEFINITE | C.COMMON) or word.preposition or word.conjunction:
        return False
    if flags & C.FEMININE and flags & C.PLURAL:
        return False
    if flags & C.ACCUSATIVE or case_of(s, place) == "accusative":
        return True
    if word.masdar and flags & C.FEMININE:
        return False  # مساعدة
    following = C.THAT | C.PREPOSITION | C.COLON | C.QUOTE | C.PRONOUN_PHRASE
    if flags & C.FEMININE and not s.flag(place + 1) & following:
        return False  # أرسل مذكرة تفصيلية
    return bool(flags & (C.FEMININE | C.OBLIQUE_PLURAL)) and any(frames()[lemma].clause for lemma in word.participle)


def agrees(form: VerbForm, flags: int, *, before: bool) -> bool:
    """Tell whether a verb can have a noun of these classes as its subject; before it also the number must agree."""
    person = form.person
    if person in ("1", "1s", "2"):
        return False
    feminine = bool(flags & C.FEMININE)
    if person == "ms":
        return not feminine or not before and bool(flags & C.PLURAL)
    if person == "fs":
        masculine = (
            flags & (C.COMMON | C.TITLE) and not flags & C.EITHER or flags & C.LIKE_PARTICIPLE and flags & C.DEFINITE
        )
        return bool(feminine or flags & (C.PLURAL | C.PLACE) or not masculine)
    if person in ("mp", "fp"):
        return before
    return before


def is_copula(verb: Verb) -> bool:
    """Tell whether a verb only joins its subject with what is said of it: كان."""
    return bool(verb.lemmas) and verb.lemmas[0] in copulas()


def takes_addressee(verb: Verb) -> bool:
    """Tell whether a verb of saying takes whom it speaks to as its object: أبلغ الشرطة أن."""
    return any(frames()[lemma].two for lemma in verb.lemmas if lemma in frames())


def takes(verb: Verb) -> bool:
    """Tell whether a verb takes an object: by its likeliest lemma where that is a common one, else by the first two."""
    first = frames().get(verb.lemmas[0]) if verb.lemmas else None
    if verb.passive:
        return False
    return first.object if first is not None and first.common else frame_of(verb.lemmas[:2])[0]
