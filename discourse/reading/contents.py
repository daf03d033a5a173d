"""What is said: where the content of a cue begins, and where it ends."""

from typing import NamedTuple

from discourse.reading.cues import (
    ASK, ATTR, BRACKET, COLON, COMMA, COMP, DASH, OPENER, PREP, RECIPIENT, REL, STOP, TIME, Cue,
)  # fmt: skip
from discourse.reading.quotes_marks import QuotedSpan
from discourse.reading.speakers import Sentence

__all__ = ["Frame", "clause_start", "content_end", "find_frame", "trim"]

_REACH = 45  # tokens between a cue and its content
_NOT_BEFORE_COMP = {"بعد", "قبل", "دون", "بدون", "منذ", "رغم", "الا", "غير", "حيث", "كما", "بما", "حتي", "يمكن", "يجب", "ينبغي",
                    "يحتمل", "يفترض", "المتوقع", "المقرر", "يريد", "تريد", "يعتقد", "يبدو", "بيد", "علما", "الممكن", "المفترض"}  # fmt: skip
_PREPOSITIONS = {"الي", "عن", "علي", "من", "في"}
_BLAME = ("مسؤولية", "المسؤولية", "مسوولية", "المسوولية")


class Frame(NamedTuple):
    """How the content is attached: ``kind`` (comp, quote, colon, ask, prep, attached, object) and its first token."""

    kind: str
    first: int
    span: QuotedSpan | None = None


def _words_in(sentence: Sentence, span: QuotedSpan, place: int) -> int:
    """Count the tokens of a quoted stretch, up to nine."""
    count = 0
    for at in range(place + 1, min(place + 12, len(sentence.norm))):
        if sentence.start[at] >= span.end:
            break
        count += 1
    return count


def find_frame(sentence: Sentence, place: int, after: int, cue: Cue, finite: frozenset[int]) -> Frame | None:
    """Find what carries the content of the cue at ``place``, from token ``after`` on."""
    takes, size = cue.takes, min(len(sentence.norm), place + 1 + _REACH)
    relative = False
    attached: Frame | None = None
    at = after
    while at < size:
        flag, word = sentence.flags[at], sentence.norm[at]
        if at in sentence.opens:
            span = sentence.opens[at]
            if ("quote" in takes or "np" in takes) and (not relative or span.end - span.start > 40) and not _is_name(
                sentence, at, span
            ):
                return attached or Frame("quote", at, span)
            inner = next((k for k in range(at + 1, min(size, at + 60)) if sentence.start[k] >= span.closes), size)
            at = inner + 1
            continue
        if flag & COMP and not is_ban(sentence, at):
            before = sentence.norm[at - 1]
            if before not in _NOT_BEFORE_COMP and not (before == "الي" and "الي" not in {*takes, "الي"}):
                crossed = attached is not None and any(sentence.flags[k] & COMMA for k in range(attached.first, at))
                if attached is not None and ("an" not in takes or crossed or at - attached.first > 6):
                    return attached
                return Frame("comp", at)
        if flag & COLON and at + 1 < len(sentence.norm) and "quote" in takes:
            if at + 1 in sentence.opens:
                return Frame("quote", at + 1, sentence.opens[at + 1])
            return Frame("colon", at + 1)
        if flag & ASK and "ask" in takes and not relative:
            return Frame("ask", at)
        if word in _PREPOSITIONS and not relative and _normal(takes, word) and not (attached and attached.kind == "prep"):
            found = Frame("prep", at)
            following = at + 1
            if following < len(sentence.norm) and sentence.flags[following] & COMP:
                return Frame("comp", following)
            if attached is None or attached.kind != "prep":
                return found
        if word in _BLAME and "blame" in takes:
            return Frame("prep", at)
        if attached is None and not relative and at > place:
            near = "direct" in cue.marks or at - after <= 2 or sentence.flags[at - 1] & (COMMA | TIME)
            if near and "ب" in takes and word.startswith("ب") and len(word) > 3 and not flag & (PREP | COMP | TIME):
                attached = Frame("attached", at)
            elif near and "ل" in takes and word.startswith("ل") and len(word) > 3 and not flag & (TIME | COMP):
                attached = Frame("attached", at)
        if flag & REL:
            relative = True
        elif flag & (COMMA | DASH):
            relative = False
        elif flag & STOP:
            break
        elif sentence.form[at] in finite and at > place + 1:
            if relative:
                relative = False
            elif sentence.prefix[at] or not flag & TIME:
                if sentence.norm[at - 1] not in ("ان", "قد"):
                    break
        at += 1
    return attached


def is_ban(sentence: Sentence, at: int) -> bool:
    """The name بان (Ban Ki-moon) is written like بأن: followed by كي or by an addressee it is the name."""
    if sentence.norm[at] != "بان" or at + 1 >= len(sentence.norm):
        return False
    return sentence.norm[at + 1] == "كي" or bool(sentence.flags[at + 1] & RECIPIENT)


def _normal(takes: frozenset[str], word: str) -> bool:
    return word in takes or (word == "الي" and "الى" in takes) or (word == "علي" and "على" in takes)


def _is_name(sentence: Sentence, at: int, span: QuotedSpan) -> bool:
    """A short quoted stretch with the complementizer still to come is a name, not what is said."""
    words = _words_in(sentence, span, at)
    if not span.closed or words > 4:
        return False
    seen = False
    for place in range(at + 1, min(at + 24, len(sentence.norm))):
        if sentence.start[place] < span.closes:
            continue
        if not seen:
            seen = True
            continue
        flag = sentence.flags[place]
        if flag & COMP:
            return sentence.norm[place - 1] not in _NOT_BEFORE_COMP
        if place in sentence.opens or flag & COLON:
            return True
        if flag & STOP:
            return False
    return False


def trim(sentence: Sentence, first: int, last: int) -> int:
    """Step back from ``last`` over commas, dashes, stops and lone conjunctions."""
    while last > first:
        before = last - 1
        if sentence.flags[before] & (COMMA | DASH | COLON | STOP) or sentence.norm[before] in ("و", "كما", "وهو", "وهي", "وهذا"):
            last = before
        else:
            break
    return last


def content_end(sentence: Sentence, first: int, borders: list[int]) -> int:
    """Return the token after the content that begins at ``first``: the next border, an aside, or the sentence's end.

    ``borders`` are the tokens at which the next coordinate cue's clause begins, ascending.
    """
    end = next((border for border in borders if border > first), len(sentence.norm))
    stop = min(end, len(sentence.norm) - 1)
    for at in range(first + 1, min(stop, first + 400)):
        if sentence.flags[at] & COMMA and at + 1 < len(sentence.norm):
            word = sentence.norm[at + 1]
            if word in ("وذلك", "اي") or (word == "في" and at + 2 < len(sentence.norm) and sentence.norm[at + 2] == "اشارة"):
                end = at
                break
            if _declines(sentence, at + 1):
                end = at
                break
    return trim(sentence, first + 1, end)


def _declines(sentence: Sentence, at: int) -> bool:
    """، لكنه لم يفصح عن: the outlet says that the speaker said no more."""
    if sentence.norm[at] in ("الا", "غير") and at + 2 < len(sentence.norm) and sentence.norm[at + 1] in ("انه", "انها", "انهم"):
        return sentence.norm[at + 2] in ("لم", "رفض", "رفضت", "امتنع")
    if sentence.norm[at] in ("لكنه", "لكنها", "لكنهم", "ولكنه", "ولكنها", "ولكنهم") and at + 1 < len(sentence.norm):
        return sentence.norm[at + 1] in ("لم", "رفض", "رفضت", "امتنع")
    return False


_LEAD = {"لكن", "ولكن", "الا", "ان", "غير", "يذكر", "ويذكر", "بالذكر", "يجدر", "جدير", "والجدير", "الجدير", "فيما", "بينما", "و",
         "قد", "وقد", "يشار", "ويشار"}  # fmt: skip


def clause_start(sentence: Sentence, floor: int, before: int) -> int:
    """Return the token at which the clause before ``before`` begins, past لكن، إلا أن and the like."""
    at = floor
    while at < before - 1 and (sentence.norm[at] in _LEAD or sentence.flags[at] & (COMMA | STOP | DASH | BRACKET)):
        at += 1
    return at


_ = (ATTR, OPENER, PREP, REL, TIME)
