"""The subject that stands elsewhere: before the cue, at the head of the sentence, in the clause before."""

from discourse.reading.speech.sentences import Found, Reader, Sentence
from discourse.reading.speech.speakers import BREAKS, carries_preposition, is_ban, phrase_after
from discourse.reading.speech.words import (
    ADDRESSEE,
    ALREADY,
    AND,
    COLON,
    COMMA,
    COMP,
    DASH,
    DEFINITE,
    GOVERNING,
    GRAMMAR,
    NUMBER,
    ON,
    OPENER,
    PAST_BEFORE,
    PREP,
    REL,
    RULE,
    SAYER,
    SOURCE,
    STOP,
    THAT,
    TIME,
    VERBISH,
    WORDS,
    group,
)  # fmt: skip

__all__ = [
    "antecedent",
    "apposed_subject",
    "behind_tongue",
    "inherit",
    "late_subject",
    "main_subject",
    "over_conjunct",
    "subject_before",
]

_CLAUSE_EDGE = OPENER | COMMA | COLON | STOP | DASH | COMP
_HAS_BEEN = group("has_been")
_SHE = GRAMMAR.one("she")
_TONGUE = WORDS.one("tongue")


def subject_before(sentence: Sentence, place: int, reader: Reader, floor: int) -> tuple[int, int, int]:
    """Return (first, last, opener) of the subject between a clause opener and the cue; opener -1 at the start.

    first == last where nothing of the kind stands there. ``floor`` is the first token that may belong to it.
    """
    none = (place, place, -1)
    at = place - 1
    while at >= floor and (sentence.flags[at] & TIME or sentence.norm[at] in _HAS_BEEN and at > floor + 1):
        at -= 1
    if at < floor:
        return none
    if sentence.norm[at] == THAT:
        marker = next((k for k in range(at - 1, max(floor - 1, at - 10), -1) if sentence.norm[k] in PAST_BEFORE), -1)
        return (marker + 1, at, marker) if marker >= 0 else (place, place, at)
    if sentence.flags[at] & COMMA and at > floor and sentence.word(at + 1) in ALREADY:
        at -= 1
    last = at + 1
    if sentence.flags[at] & COMMA:
        at = _over_apposition(sentence, at, floor, reader)
        if at < 0:
            return place, place, last - 1
        last -= 1
    if sentence.flags[at] & REL:
        return place, place, at
    at = _walk_back(sentence, at, max(floor, place - 22), reader)
    if at is None:
        return none
    first = at + 1
    while first < last and sentence.flags[first] & TIME:
        first += 1
    if first >= last:
        return place, place, at
    verb = sentence.norm[first].endswith(_SHE) and not sentence.flags[first]
    if verb and first + 1 < last and sentence.flags[first + 1] & DEFINITE and sentence.flags[first + 1] & SAYER:
        first += 1  # سمعت الوزير يقول
    if not sentence.flags[first] & SAYER:
        tail = next((k + 1 for k in range(last - 1, first, -1) if sentence.flags[k] & PREP), first)
        if sentence.flag(tail) & SAYER and tail < last:
            first = tail
    if sentence.flags[first] & (PREP | REL | VERBISH | SOURCE) and not sentence.flags[first] & SAYER:
        return place, place, at
    return first, last, at


def _over_apposition(sentence: Sentence, comma: int, floor: int, reader: Reader) -> int:
    """Go back over an apposition between two commas behind an opener (لكن الوزير، فلان، قال), or return -1."""
    for at in range(comma - 1, max(floor, comma - 9), -1):
        if sentence.flags[at] & COMMA:
            start = next(
                (k for k in range(at - 1, max(floor - 1, at - 14), -1) if sentence.flags[k] & _CLAUSE_EDGE), -1
            )
            opened = start >= 0 and sentence.flags[start] & (OPENER | COMP)
            return at - 1 if opened and at > floor + 1 and comma - at > 1 else -1
        if sentence.flags[at] & BREAKS and not sentence.flags[at] & SAYER or sentence.form[at] in reader.finite:
            return -1
    return -1


def over_conjunct(
    sentence: Sentence, first: int, last: int, opener: int, reader: Reader, floor: int
) -> tuple[int, int]:
    """Return the start and opener of a subject whose last part is joined by a comma and و (الأولى، والثانية قالتا)."""
    if (
        first >= last
        or opener <= floor
        or not sentence.flags[opener] & COMMA
        or not sentence.norm[first].startswith(AND)
    ):
        return first, opener
    at = _walk_back(sentence, opener - 1, max(floor, opener - 14), reader)
    return (first, opener) if at is None or at == opener - 1 else (at + 1, at)


def _walk_back(sentence: Sentence, at: int, low: int, reader: Reader) -> int | None:
    """Go back over a phrase to the token before it; None where a verb stands in it."""
    while at >= low:
        flag = sentence.flags[at]
        edge = flag & _CLAUSE_EDGE and not is_ban(sentence, at) or sentence.norm[at] in _HAS_BEEN
        if edge or at in sentence.opens:  # a mark that is still open at the cue
            return at
        if at in sentence.closes:
            opens = sentence.closes[at].opens
            back = next((k for k in range(at, max(low - 1, at - 7), -1) if sentence.start[k] <= opens), -1)
            if back < 0:
                return at
            at = back - 1
            continue
        if (sentence.form[at] in reader.finite or flag & VERBISH) and not flag & SAYER:
            return None
        at -= 1
    return at


def antecedent(sentence: Sentence, place: int, reader: Reader) -> tuple[int, int] | None:
    """Return the noun phrase before the relative pronoun that precedes a cue."""
    at = place - 2
    if sentence.flag(at) & COMMA:
        at -= 1
    last = at + 1
    while at >= max(0, place - 16):
        if (
            sentence.flags[at] & (COMMA | OPENER | COMP | STOP | REL | VERBISH | PREP)
            or sentence.form[at] in reader.finite
        ):
            break
        at -= 1
    first = at + 1
    if first >= last or sentence.flags[first] & RULE or sentence.norm[first] in group("no_speaker"):
        return None
    head = next((k for k in range(first, last) if sentence.flags[k] & SAYER), first)
    return head, last


def main_subject(sentence: Sentence, place: int, reader: Reader) -> tuple[int, int] | None:
    """Return the subject of a sentence that begins with a verb outside the lexicon (ووجه أوباما خطابا ... قائلا)."""
    verb = 1 if sentence.norm[0] in group("before_first_verb") else 0
    plain = TIME | PREP | OPENER | COMMA | STOP | SAYER | DEFINITE | COMP | REL | NUMBER
    if verb + 1 < place and not sentence.flags[verb] & plain and verb not in sentence.opens:
        last = min(phrase_after(sentence, verb + 1, reader), place)
        plain_noun = sentence.flags[verb + 1] & (DEFINITE | SAYER) == DEFINITE or sentence.form[verb + 1] >= 0
        if last > verb + 1 and not sentence.flags[verb + 1] & RULE and not plain_noun:
            return verb + 1, last
    for at in range(min(place, 6)):
        if sentence.flags[at] & SAYER and not sentence.flags[at] & PREP:
            last = min(phrase_after(sentence, at, reader), place)
            if last > at:
                return at, last
    return None


def inherit(s: Sentence, found: list[Found], place: int, reader: Reader) -> tuple[int, int] | None:
    """Return the speaker of the last cue of the sentence at the same depth of quotation, or of على لسان."""
    here = s.inside(place)
    for item in reversed(found[-8:]):
        if item.form == "attribution" and item.cue.form != "verb":
            continue
        if s.inside(item.place) == here:
            return item.speaker
    return behind_tongue(s, max(0, place - 40), place, reader)


def behind_tongue(s: Sentence, first: int, last: int, reader: Reader) -> tuple[int, int] | None:
    """Return the phrase behind على لسان, where it stands from ``first`` on and ends before ``last``."""
    tongue = next((k for k in range(first + 1, last) if s.norm[k] == _TONGUE and s.norm[k - 1] == ON), -1)
    if tongue > 0:
        end = phrase_after(s, tongue + 1, reader)
        if tongue + 1 < end <= last:
            return tongue + 1, end
    return None


def apposed_subject(sentence: Sentence, place: int, reader: Reader, floor: int) -> tuple[int, int] | None:
    """Return the subject at the head of a clause with a clause of its own between commas (الوزير، وهو ...، قال)."""
    low = max(floor, place - 30)
    comma = next((k for k in range(place - 2, low, -1) if sentence.flags[k] & COMMA), -1)
    while comma > low:
        inner = sentence.flags[comma + 1]
        begin = comma
        while begin > low and not sentence.flags[begin - 1] & (COMMA | STOP | COLON | COMP):
            begin -= 1
        first = begin
        while first < comma and sentence.flags[first] & (OPENER | TIME) and not sentence.flags[first] & SAYER:
            first += 1
        whole = first < comma and sentence.flags[first] & SAYER and phrase_after(sentence, first, reader) >= comma
        if whole and (inner & (REL | PREP) or sentence.norm[comma + 1] == AND):
            return first, comma
        comma = begin - 1 if begin - 1 > low and sentence.flags[begin - 1] & COMMA else -1
    return None


def late_subject(sentence: Sentence, place: int, last: int, reader: Reader) -> tuple[int, int] | None:
    """Return the subject right before the content, behind adverbs (شدد أمس في ختام جولته وزير الدفاع على أن)."""
    if sentence.norm[last - 1] in GOVERNING and last - 1 > place:
        last -= 1
    while last > place + 1 and sentence.flags[last - 1] & COMMA:
        last -= 1
    for at in range(place + 2, last):
        flag, before = sentence.flags[at], sentence.flags[at - 1]
        if flag & (REL | COMP):
            return None
        if sentence.norm[at].startswith(AND) or flag & ADDRESSEE:
            continue
        in_construct = before & SAYER and not before & DEFINITE
        if (
            not flag & SAYER
            or in_construct
            or before & PREP
            and not before & TIME
            or carries_preposition(sentence.norm[at])
        ):
            continue
        governed = sentence.flags[at - 2] & PREP and not before & (DEFINITE | TIME)
        if not governed and not flag & PREP and phrase_after(sentence, at, reader) == last:
            return at, last
    return None
