"""Finite verbs of report, with their speakers and contents."""

from discourse.reading.speech.appearing import read_appearing
from discourse.reading.speech.conditions import (
    ACCUSE,
    IMPERSONAL,
    can_report,
    comes_last,
    follows_noun,
    holds,
    is_behind_marks,
    is_thus,
    labels,
)  # fmt: skip
from discourse.reading.speech.cue_forms import Cue, CueForm
from discourse.reading.speech.frames import find_frame
from discourse.reading.speech.objects import read_object
from discourse.reading.speech.parties import split_parties
from discourse.reading.speech.passives import read_passive
from discourse.reading.speech.relays import read_relay
from discourse.reading.speech.sentences import Found, Frame, Reader, Sentence
from discourse.reading.speech.speakers import PRONOUNS, can_speak, carries_preposition, phrase_after, subject_after
from discourse.reading.speech.subjects import (
    antecedent,
    apposed_subject,
    inherit,
    late_subject,
    main_subject,
    over_conjunct,
    subject_before,
)  # fmt: skip
from discourse.reading.speech.words import (
    ADDRESSEE,
    COMMA,
    COMP,
    DASH,
    DEFINITE,
    FOR,
    FOR_THE,
    GOVERNING_WITH,
    GRAMMAR,
    LATIN,
    NAMED,
    OPENER,
    PASSIVE,
    PERSON,
    PERSON_NOUN,
    PREP,
    REL,
    RULE,
    SAYER,
    STOP,
    TIME,
    WHAT,
    WITH,
    group,
    is_sayer,
    patterns,
)  # fmt: skip

__all__ = ["read_broken", "read_verb"]

_WHAT = group("that_which")
_HAS_BEEN = group("has_been_before_verb")
_GROUPS = group("groups")
_ACT = frozenset(["act"])
_GOES_FAR = frozenset(["elliptic", "direct", "describe"])  # marks of verbs whose subject is not looked for far away
_PRINT, _CALL = patterns("print"), patterns("call")
_THEN = GRAMMAR.one("then")


def read_verb(s: Sentence, place: int, form: CueForm, reader: Reader, found: list[Found]) -> Found | None:
    """Read a finite verb of report with its subject and content; None where it reports nothing."""
    cue, previous = reader.cues[form.cue], s.word(place - 1)
    if "appears" in cue.marks:
        return read_appearing(s, place, form, reader)
    if form.form == "past" and s.flags[place] & PASSIVE and not form.suffix:
        return read_passive(s, place, form, reader)
    if s.before and is_thus(s, place):
        first, last, _ = subject_after(s, place, reader)
        if last > first and can_speak(s, first, last):
            start, end = s.start[place] + s.prefix[place], s.end[place]
            return Found(place, start, end, cue, "thus", "thus", speaker=(first, last), content=s.before)
    if not can_report(s, place, form, cue, previous, found):
        return None
    floor = found[-1].place + 1 if found else 0
    before, opener, marked = _before(s, place, form, reader, floor, previous)
    if before is None and place > 2 and not s.prefix[place] and s.flags[place - 1] & COMMA:
        before = apposed_subject(s, place, reader, floor)
        marked = before is not None
    first, last, _ = (place, place, 0) if previous in PRONOUNS else subject_after(s, place, reader)
    last = _before_with(s, first, last, cue)
    after = (first, last) if last > first else None
    if before is None and after is None and form.form == "present" and follows_noun(s, place):
        return None
    item = Found(place, s.start[place] + s.prefix[place], s.end[place], cue, "verb")
    item.border = _border(s, place, opener if before else -1)
    if "relay" in cue.marks:
        return read_relay(s, place, item, after, reader, previous)
    frame = find_frame(s, place, last if after else place + 1, cue, reader)
    if cue.takes == _ACT and (frame is None or frame.kind != "object" or form.suffix):
        return None
    if form.suffix and cue.pattern in _PRINT or cue.pattern in _CALL and previous in _WHAT:
        return None
    full = frame is not None and (frame.kind in ("comp", "quote", "colon") or "blame" in cue.takes)
    if after and form.form == "past" and "np" in cue.takes and not form.suffix:  # عدّ بوتين الانسحاب سببا
        head = s.flags[after[0]]
        full = full or head & (NAMED | PERSON) > 0 or head & PERSON_NOUN and head & DEFINITE
    if "strict" in cue.marks and not full:
        return None
    this = previous == WHAT and s.word(place - 2) in group("and_this")
    what = this and form.suffix and "describe" not in cue.marks
    if previous in _WHAT and not what and "describe" not in cue.marks:
        return None
    if frame is None or what:
        if "strict" not in cue.marks and (what or comes_last(s, place, form, cue, after)):
            item.speaker, item.rule, item.form = after or before, "post", "post"
            item.border = place if place - 1 in s.closes else place - 1 if place else None
            return item if item.speaker else None
        if frame is None and form.suffix and after and labels(cue) and can_speak(s, *after) and last < len(s.norm):
            item.speaker, item.rule, item.frame = after, "after", Frame("object", last)
            return item
        if frame is None and "np" in cue.takes and not form.suffix:
            return read_object(s, item, form, before if marked or before else None, after, first, reader, found)
        return None
    item.frame = frame
    _name_speaker(s, item, frame, form, before, after, marked, previous, reader, found)
    sure = place == 0 and not s.prefix[place] or not cue.marks & _GOES_FAR
    sure = sure and "believe" not in cue.marks and cue.pattern not in IMPERSONAL  # يعتبر القتل جرما: it counts as
    if item.speaker is None and item.rule == "elliptic" and not found and sure:
        item.speaker = late_subject(s, place, frame.first, reader)
        item.rule = "late" if item.speaker else "elliptic"
    item.chain = _addressee(s, place, frame, reader)
    if cue.pattern in _PRINT and frame.kind in ("comp", "quote") and _holds_noun(s, place + 2, frame.first, reader):
        return None
    if cue.pattern in _PRINT and item.rule == "before" and s.flag(place + 1) & (PREP | ADDRESSEE):
        return None  # رسالة نشرت في صحيفة: «...»: it was printed
    return item if holds(s, item, form, frame, previous, after) else None


def _holds_noun(s: Sentence, first: int, last: int, reader: Reader) -> bool:
    """Tell whether another cue holds what is said (نشرت الصحيفة حوارا تضمن قول السفير إن)."""
    return any(s.form[k] >= 0 and reader.forms[s.form[k]].form == "noun" for k in range(first, last))


def read_broken(s: Sentence, item: Found) -> Found | None:
    """Return the first half of a quotation that its verb breaks («...»، قال فلان، «...»): an instance of its own."""
    frame = item.frame
    if item.form != "verb" or frame is None or frame.span is None or frame.kind != "quote" or s.prefix[item.place]:
        return None
    if frame.first <= item.place or not is_behind_marks(s, item.place):
        return None
    twin = Found(item.place, item.cue_start, item.cue_end, item.cue, "post", "broken", speaker=item.speaker)
    twin.border = item.place
    return twin


def _before_with(s: Sentence, first: int, last: int, cue: Cue) -> int:
    """End the subject before the preposition ب that its verb governs (اتهم الوزير الشركات بسرقة)."""
    if GOVERNING_WITH not in cue.takes:
        return last
    for at in range(first, last):
        word = s.norm[at]
        other = s.flags[at] & (NAMED | PERSON | PREP | COMP) or word in group("names_in_b") or len(word) < 4
        if at == first or at == first + 1 and not s.flags[first] & SAYER:  # a name may begin with ب
            other = other or not carries_preposition(word)
        if word.startswith(WITH) and not other and not is_sayer(word[1:]):
            return at
    return last


def _before(
    s: Sentence, place: int, form: CueForm, reader: Reader, floor: int, previous: str
) -> tuple[tuple[int, int] | None, int, bool]:
    """Return the subject before the verb, its clause opener, and whether an opener marks it (لكن الجيش قال)."""
    if previous in PRONOUNS or s.prefix[place] and not s.norm[place].startswith(_THEN):
        return None, -1, False
    if previous in group("when"):  # كما فعل الشاعر حين كرر
        return None, -1, False
    first, last, opener = subject_before(s, place, reader, floor)
    if form.person == "p":
        first, opener = over_conjunct(s, first, last, opener, reader, floor)
    if first >= last or s.flags[first] & RULE or _is_verb(s, first, reader):
        return None, opener, False
    marked = opener >= 0 and bool(s.flags[opener] & (OPENER | COMP) or s.norm[opener] in _HAS_BEEN)
    if not marked and not (form.person == "p" and form.form == "present") and not can_speak(s, first, last):
        loose = opener >= 0 and not s.flags[opener] & (COMMA | STOP)
        if last - first > 4 or s.flags[first] & (DEFINITE | RULE) or loose:
            return None, opener, False
    return (first, last), opener, marked


def _is_verb(s: Sentence, at: int, reader: Reader) -> bool:
    """Tell whether a verb of the lexicon and no noun stands at a place (أثار الرعب في بلد يفاخر)."""
    return s.form[at] >= 0 and not s.flags[at] & SAYER and reader.forms[s.form[at]].form in ("past", "present")


def _name_speaker(
    s: Sentence, item: Found, frame: Frame, form: CueForm, before: tuple[int, int] | None,
    after: tuple[int, int] | None, marked: bool, previous: str, reader: Reader, found: list[Found],
) -> None:  # fmt: skip
    """Choose among the subject before, the one behind, the antecedent and the speaker of the last cue."""
    cue = item.cue
    relative = s.flag(item.place - 1) & REL and previous not in group("where_or_what") and not form.suffix
    if before and (marked or not after):
        item.speaker, item.rule = before, "before"
    elif after and after[0] < frame.first and not (relative and not s.flags[after[0]] & SAYER):
        last = min(after[1], frame.first - ("act" in cue.takes and frame.kind == "object"))
        if "direct" in cue.marks or "describe" in cue.marks:
            last = split_parties(s, after[0], last)
        item.speaker, item.rule = (after[0], last), "after"
    elif form.person == "first":
        item.rule = "first person"
    elif relative:
        item.speaker, item.rule = antecedent(s, item.place, reader), "relative"
    else:
        item.speaker, item.rule = inherit(s, found, item.place, reader), "elliptic"
        if not found and s.prefix[item.place] and item.place > 2:  # يعقد الوزير اجتماعا وقال إن
            item.speaker = main_subject(s, item.place, reader)
    accuses = cue.pattern == ACCUSE and item.rule == "after" and not form.suffix and frame.kind == "attached"
    if accuses and item.speaker is not None:
        first, last = item.speaker
        if last - first <= 2 and s.norm[first] in _GROUPS:  # اتهمت الحركة بـ: passive, the accuser is not named
            item.speaker, item.rule = None, "passive"


def _addressee(s: Sentence, place: int, frame: Frame, reader: Reader) -> tuple[int, int] | None:
    """Return the outlet that a speaker spoke to (قال لوكالة ...): it passes the words on."""
    for at in range(place + 1, min(frame.first, place + 20)):
        word = s.norm[at]
        if s.flags[at] & ADDRESSEE and not word.startswith(FOR_THE) or word == FOR and s.flag(at + 1) & LATIN:
            last = min(phrase_after(s, at + 1, reader), frame.first)
            return (at, last) if last > at + 1 or word != FOR else None
    return None


def _border(s: Sentence, place: int, opener: int) -> int | None:
    """Return the token at which the clause of this verb begins, where it is coordinate with the one before."""
    if place == 0 or s.prefix[place]:
        return place
    if 0 <= opener < place and s.flags[opener] & OPENER:
        return opener
    at = place - 1
    while at > 0 and s.flags[at] & TIME:
        at -= 1
    if at > 0 and s.norm[at] in PRONOUNS and s.flags[at] & COMP:
        at -= 1
    if s.flags[at] & (COMMA | OPENER | STOP | DASH) or s.norm[at] in group("opens_clause"):
        return at
    if 0 <= opener < place and s.flags[opener] & (OPENER | COMMA | STOP):
        return opener
    return None
