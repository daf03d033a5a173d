"""Reported speech: who says what, by which cue, where."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from discourse import schema
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.sources.boilerplate import mask_tokens
from discourse.reading.contents import Frame, clause_start, content_end, find_frame, is_ban, trim
from discourse.reading.cues import (
    ATTR, BODY, COLON, COMMA, COMP, DASH, DEFINITE, HEAD, KAMA, LATIN, NOT_SAYER, NUMBER, OPENER, PREP, RECIPIENT, REL, STOP, TIME,
    VERBISH, Cue, CueForm, WordClasses, build_cues, classify_words,
)  # fmt: skip
from discourse.reading.quotes_marks import QuotedSpan, pair_marks
from discourse.reading.speakers import Sentence, can_speak, phrase_after, subject_after, subject_before

__all__ = ["find_quotations"]

_IMPERSONAL = {"[ذكر]", "[اعتقد]", "[اعتبر]", "[توقع]", "[رجح]", "[زعم]", "[خشي]", "[لاحظ]", "[عد]", "[ظن]", "[أمل]"}
_SAYING = {"بالقول", "بقوله", "بقولها", "بقولهم", "للقول", "قوله", "قولها", "قولهم", "قولهما"}
_NO_VERB_AFTER = set("لم لن لا ولم ولا ولن سوف في من على علي عن الي الى بعد قبل دون بدون مع ضد عدم بعدم خلال منذ اثر عقب تم يتم".split()) - {"منذ"}
_PRONOUNS = set("انه انها انهم بانه بانها بانهم لكنه لكنها لكنهم ولكنه ولكنها ولكنهم وانه وانها وهو وهي وهم فانه فانها".split())
_NO_WORDS = set("التعليق الافصاح الكشف الادلاء الاجابة السماح الرد الاعتراف".split())
_GROUPS = set("حركة تنظيم جماعة مسؤولو مسلحو مقاتلو قوات حزب ميليشيا عناصر".split())
_WHAT = {"ما", "لما", "مما"}


class _Reader(NamedTuple):
    """The lexicon as the sentence reader needs it."""

    cues: list[Cue]
    forms: list[CueForm]
    finite: frozenset[int]


@dataclass
class _Found:
    """One instance while its sentence is read: token places, and characters once the content is settled."""

    place: int
    cue_start: int
    cue_end: int
    cue: Cue | None
    form: str
    rule: str
    speaker: tuple[int, int] | None = None
    pronoun: bool = False
    frame: Frame | None = None
    border: int | None = None
    content: tuple[int, int] | None = None
    kind: str = "indirect"
    chain: tuple[int, int] | None = None


def _read_sentence(s: Sentence, reader: _Reader) -> list[_Found]:
    found: list[_Found] = []
    skip_to = -1
    for place in range(len(s.norm)):
        if place < skip_to:
            continue
        item: _Found | None = None
        if s.flags[place] & ATTR or s.norm[place] == "على" or s.norm[place] == "علي":
            item = _read_attribution(s, place, reader)
            if item is not None:
                skip_to = item.place + 1
        if item is None and s.norm[place] in _SAYING:
            item = _read_saying(s, place, reader, found)
        elif item is None and s.form[place] >= 0:
            form = reader.forms[s.form[place]]
            if form.form in ("verb", "present"):
                item = _read_verb(s, place, form, reader, found)
            elif form.form == "participle":
                item = _read_participle(s, place, form, reader, found)
            if item is None and form.form == "noun":
                item = _read_noun(s, place, form, reader, found)
        if item is not None:
            found.append(item)
    _settle(s, found, reader)
    return [item for item in found if item.content is not None]


def _cue_span(s: Sentence, place: int) -> tuple[int, int]:
    return s.start[place] + s.prefix[place], s.end[place]


def _inside(s: Sentence, place: int) -> QuotedSpan | None:
    best = None
    for span in s.spans:
        if span.start <= s.start[place] < span.end:
            best = span
    return best


def _inherit(s: Sentence, found: list[_Found], place: int) -> tuple[int, int] | None:
    """The speaker of the last cue in the sentence at the same depth of quotation, if it was named."""
    here = _inside(s, place)
    for item in reversed(found):
        if item.form == "attribution" and (item.cue is None or item.cue.form != "verb"):
            continue
        if _inside(s, item.place) == here:
            return item.speaker
    tongue = next((k for k in range(max(1, place - 40), place) if s.norm[k] == "لسان" and s.norm[k - 1] == "علي"), -1)
    if tongue > 0:
        last = phrase_after(s, tongue + 1, frozenset())
        if tongue + 1 < last <= place:
            return tongue + 1, last
    return None


def _border(s: Sentence, place: int, opener: int, form: str) -> int | None:
    """The token at which the clause of this cue begins, if it is coordinate with the clause before."""
    if place == 0:
        return 0
    if form == "participle" or s.prefix[place]:
        return place
    at = place - 1
    while at > 0 and s.flags[at] & TIME:
        at -= 1
    if at > 0 and s.norm[at] in _PRONOUNS and s.flags[at] & COMP:
        at -= 1
    if s.flags[at] & (COMMA | OPENER | STOP | DASH) or s.norm[at] in ("كما", "ثم", "و"):
        return at
    if opener >= 0 and s.flags[opener] & (OPENER | COMMA | STOP) and opener < place:
        return opener
    return None


def _read_verb(s: Sentence, place: int, form: CueForm, reader: _Reader, found: list[_Found]) -> _Found | None:
    cue = reader.cues[form.cue]
    previous = s.norm[place - 1] if place else ""
    if form.person == "first" and s.norm[place][-1] != "ت" or previous in _NO_VERB_AFTER or form.suffix and "relay" in cue.marks:
        return None
    if form.form == "present" and previous in ("ان", "قد", "وقد", "لقد"):
        return None
    if s.flags[place] & TIME or s.passive[place] and cue.pattern != "[اتهم]":
        return None
    pronoun = previous in _PRONOUNS
    if pronoun and any(f.frame and f.frame.first == place - 1 for f in found):
        return None
    start, end = _cue_span(s, place)
    floor = found[-1].place + 1 if found else 0
    before_first, before_last, opener = subject_before(s, place, reader.finite, _floor(s, place, found))
    after_first, after_last, at = subject_after(s, place, reader.finite)
    before, after = before_last > before_first and not pronoun and (not s.prefix[place] or s.norm[place][0] == "ف"), after_last > after_first and not pronoun
    marked = opener >= 0 and (s.flags[opener] & (OPENER | COMP) or s.norm[opener] in ("كان", "وكان", "كانت", "وكانت", "سبق", "وسبق"))
    if before and not (marked or form.person == "p" and form.form == "present" or can_speak(s, before_first, before_last)):
        if before_last - before_first > 4 or s.flags[before_first] & (DEFINITE | NOT_SAYER) or opener >= 0 and not s.flags[opener] & (COMMA | STOP):
            before = False
    plain = not before and not after and not s.prefix[place] and place > 0 and s.flags[place - 1] in (0, DEFINITE) and place - 1 not in s.closes
    if plain and form.form == "present" and s.form[place - 1] < 0:
        return None
    relay = "relay" in cue.marks
    frame = find_frame(s, place, place + 1 if not after else (after_last if not relay else place + 1), cue, reader.finite)
    item = _Found(place, start, end, cue, "verb", "")
    item.border = _border(s, place, opener if before else -1, "verb")
    if relay:
        return _read_relay(s, place, item, after, after_first, after_last, reader)
    what = previous in _WHAT and form.suffix and "describe" not in cue.marks or place > 1 and previous in ("قد",) and s.norm[place - 2] in _WHAT
    if frame is not None and "strict" in cue.marks and frame.kind not in ("comp", "quote", "colon"):
        frame = None
    if previous in _WHAT and not what and "describe" not in cue.marks:
        return None
    if frame is None or what:
        if "strict" not in cue.marks and ((place and s.flags[place - 1] & KAMA) or what or (place and _closed_before(s, place))):
            if not (before or after):
                return None
            speaker = (after_first, after_last) if after else (before_first, before_last)
            item.speaker, item.rule, item.form = speaker, "post", "post"
            item.border = place - 1 if place else None
            return item
        if frame is None and "np" in cue.takes and "strict" not in cue.marks:
            return _read_object(s, place, form, item, before and (before_first, before_last), after, after_first, after_last,
                                reader, found)  # fmt: skip
        if frame is None and form.suffix and ("describe" in cue.marks or "direct" in cue.marks):
            frame = None
        if frame is None:
            return None
    item.frame = frame
    relative = place and s.flags[place - 1] & REL
    if before and (marked or not after):
        item.speaker, item.rule = (before_first, before_last), "before"
    elif after and after_last <= frame.first and after_first < frame.first:
        item.speaker, item.rule = (after_first, min(after_last, frame.first)), "after"
    elif form.person == "first":
        item.rule = "first person"
    elif relative and previous not in ("حيث", "ما"):
        item.speaker, item.rule = _antecedent(s, place, reader), "relative"
    else:
        item.speaker, item.rule = _inherit(s, found, place), "elliptic"
    if item.speaker is None and item.rule != "after" and frame.kind != "quote" and _inside(s, place) is not None:
        return None
    if cue.pattern == "[أشار]" and frame.kind == "prep" and item.speaker is not None and not can_speak(s, *item.speaker):
        return None
    if "weak" in cue.marks and s.norm[min(frame.first, after_first if after else frame.first)] in _NO_WORDS:
        return None
    if item.speaker is None and form.form == "present" and cue.pattern in _IMPERSONAL:
        return None
    if item.speaker is None and "believe" in cue.marks:
        return None
    if "describe" in cue.marks and item.rule == "elliptic" and not form.suffix and not s.prefix[place]:
        return None
    if "strict" in cue.marks and not (s.prefix[place] or place == 0 or previous in ("كما", "قد", "وقد")):
        return None
    if cue.pattern == "[اتهم]" and item.rule == "after" and not form.suffix and frame.kind == "attached":
        if item.speaker[1] - item.speaker[0] <= 2 and not s.flags[item.speaker[0]] & DEFINITE and s.norm[item.speaker[0]] in _GROUPS:
            item.speaker = None
    if frame.kind in ("attached", "object") or "weak" in cue.marks:
        if item.speaker is None and not _elliptic_ok(s, place):
            return None
        if item.speaker is not None and "weak" in cue.marks and not can_speak(s, *item.speaker):
            return None
    if "strict" in cue.marks and frame.kind == "comp":
        if item.speaker is None or item.rule not in ("after", "before") or frame.first - place > 14 or not can_speak(s, *item.speaker):
            return None
    if "strict" in cue.marks and frame.kind in ("quote", "colon") and frame.first - place > 10:
        return None
    return item


def _elliptic_ok(s: Sentence, place: int) -> bool:
    return bool(s.prefix[place]) or place == 0 or s.norm[place - 1] in ("كما", "قد", "وقد", "انه", "انها")


def _floor(s: Sentence, place: int, found: list[_Found]) -> int:
    return found[-1].place + 1 if found else 0


def _closed_before(s: Sentence, place: int) -> bool:
    at = place - 1
    while at >= 0 and s.flags[at] & (COMMA | DASH | STOP) and at not in s.closes:
        at -= 1
    return at in s.closes


def _antecedent(s: Sentence, place: int, reader: _Reader) -> tuple[int, int] | None:
    """The noun phrase before a relative pronoun: back to a clause border, a verb or a preposition."""
    at = place - 2
    if at >= 0 and s.flags[at] & COMMA:
        at -= 1
    last = at + 1
    while at >= max(0, place - 16):
        if s.flags[at] & (COMMA | OPENER | COMP | STOP | REL | VERBISH | PREP) or s.form[at] in reader.finite:
            break
        at -= 1
    first = at + 1
    return (first, last) if first < last else None


def _read_relay(s: Sentence, place: int, item: _Found, after: bool, first: int, last: int, reader: _Reader) -> _Found | None:
    """نقلت وكالة عن مسؤول قوله إن: the source behind عن speaks, the agency stands in the chain."""
    size = min(len(s.norm), place + 30)
    about = next((k for k in range(place + 1, size) if s.norm[k] == "عن"), -1)
    content = next(
        (
            k
            for k in range(place + 1, min(len(s.norm), place + 50))
            if s.flags[k] & COMP and not is_ban(s, k) or k in s.opens and s.norm[k - 1] in (*_SAYING, ":", "ان", "،", ",")
        ),
        -1,
    )
    if content < 0 and about > 0:
        content = next((k for k in range(about + 2, min(len(s.norm), place + 50)) if k in s.opens), -1)
    if place and (s.flags[place - 1] & KAMA or s.norm[place - 1] in _WHAT):
        return None
    if content < 0:
        return None
    if about > 0 and about < content:
        end = phrase_after(s, about + 1, reader.finite)
        item.speaker, item.rule = (about + 1, end) if end > about + 1 else None, "relay"
        if after:
            item.chain = (first, min(last, about))
    elif after and s.flags[content] & COMP:
        item.speaker, item.rule = (first, min(last, content)), "after"
    else:
        return None
    item.frame = Frame("quote", content, s.opens[content]) if content in s.opens else Frame("comp", content)
    return item


def _read_object(
    s: Sentence, place: int, form: CueForm, item: _Found, before: tuple[int, int] | bool, after: bool, first: int, last: int,
    reader: _Reader, found: list[_Found],
) -> _Found | None:  # fmt: skip
    """A verb with its object alone: نفت الحكومة التقارير."""
    cue = item.cue
    if form.suffix:
        return None
    if "believe" in cue.marks and form.form == "present" and not _two_parties(s, first):
        return None
    if before:
        item.speaker, item.rule = before, "before"
        content = place + 1
    elif after and can_speak(s, first, last):
        split = _split_object(s, first, last)
        item.speaker, item.rule = (first, split), "after"
        content = split
    elif after:
        speaker = _inherit(s, found, place)
        if form.form == "present" or speaker is None and not _elliptic_ok(s, place):
            return None
        item.speaker, item.rule = speaker, "elliptic"
        content = first
        if speaker is None and "elliptic" not in cue.marks and not (place and s.norm[place - 1] in ("كما",)):
            return None
    else:
        return None
    if item.speaker is not None and not can_speak(s, *item.speaker):
        return None
    while content < len(s.norm) and s.flags[content] & (TIME | COMMA):
        content += 1
    if content >= len(s.norm) or s.flags[content] & STOP or content - place > 25:
        return None
    item.frame = Frame("object", content)
    return item


def _two_parties(s: Sentence, first: int) -> bool:
    """وتعتبر روسيا حركة طالبان ...: a body, and another named within three words; else the verb may be passive."""
    if first >= len(s.norm) or not s.flags[first] & (HEAD | BODY):
        return False
    return any(s.flags[k] & (HEAD | BODY) for k in range(first + 1, min(first + 4, len(s.norm))))


def _split_object(s: Sentence, first: int, last: int) -> int:
    """Split subject and object where the phrase after a verb holds both: at a definite noun behind an adjective."""
    for at in range(first + 1, last):
        word, before = s.norm[at], s.norm[at - 1]
        if s.flags[at] & DEFINITE and before.startswith("ال") and before.endswith(("ية", "ي")) and not word.endswith(("ية", "ي")):
            return at
    return last


def _read_participle(s: Sentence, place: int, form: CueForm, reader: _Reader, found: list[_Found]) -> _Found | None:
    cue = reader.cues[form.cue]
    start, end = _cue_span(s, place)
    frame = find_frame(s, place, place + 1, cue, reader.finite)
    if frame is None and "np" in cue.takes and place + 1 < len(s.norm) and not s.flags[place + 1] & (STOP | COMMA | PREP):
        frame = Frame("object", place + 1)
    if frame is None or place == 0:
        return None
    before = place - 1
    if s.norm[before] in ("غير", "في", "من") or s.flags[place] & NOT_SAYER:
        return None
    comma = s.flags[before] & (COMMA | DASH) or before in s.closes or s.prefix[place]
    speaker = _inherit(s, found, place)
    if form.form == "participle" and frame.kind in ("object", "attached") and not (comma or found):
        return None
    if frame.kind in ("comp", "prep") and frame.first == place + 2 and s.norm[place + 1] in ("الي", "عن", "علي"):
        end = s.end[place + 1]
    item = _Found(place, start, end, cue, "participle", "participle", speaker=speaker, frame=frame)
    # وأضاف قائلا, وقال محذرا: the verb before and the participle are one cue
    if found and found[-1].form == "verb" and found[-1].frame is not None and found[-1].frame.first == frame.first:
        if found[-1].place < place:
            previous = found.pop()
            item.speaker, item.border = previous.speaker, previous.border
            item.rule = previous.rule
            if previous.speaker and previous.speaker[1] > place:
                item.speaker = (previous.speaker[0], place) if previous.speaker[0] < place else None
            return item
    if not found:
        item.speaker = _main_subject(s, place, reader)
        if item.speaker is None and frame.kind in ("object", "attached"):
            return None
    item.border = before if s.flags[before] & COMMA else place
    return item


def _main_subject(s: Sentence, place: int, reader: _Reader) -> tuple[int, int] | None:
    """The first noun phrase of the sentence that can speak, for a participle without a cue before it."""
    plain = TIME | PREP | OPENER | COMMA | STOP | HEAD | BODY | DEFINITE | COMP | REL
    verb = 1 if s.norm[0] in ("وقد", "قد", "كما") else 0
    if verb + 1 < place and not s.flags[verb] & plain:
        last = min(phrase_after(s, verb + 1, reader.finite), place)
        if last > verb + 1 and not s.flags[verb + 1] & NOT_SAYER:
            return verb + 1, last
    for at in range(0, min(place, 6)):
        if s.flags[at] & (HEAD | BODY) and not s.flags[at] & PREP:
            last = min(phrase_after(s, at, reader.finite), place)
            if last > at:
                return at, last
    return None


def _read_saying(s: Sentence, place: int, reader: _Reader, found: list[_Found]) -> _Found | None:
    """بالقول، بقوله، قوله: the verbal noun of saying."""
    cue = Cue("[قول]", "neutral", "noun", frozenset(["an", "quote"]), frozenset())
    if found and found[-1].rule == "relay":
        return None
    frame = find_frame(s, place, place + 1, cue, reader.finite)
    if frame is None or frame.first - place > 12:
        return None
    item = _Found(place, s.start[place], s.end[place], cue, "verb", "saying", frame=frame)
    if found and found[-1].frame is not None and found[-1].frame.first == frame.first:
        previous = found.pop()
        item.speaker, item.border, item.rule = previous.speaker, previous.border, previous.rule
        if item.speaker and item.speaker[1] > place:
            item.speaker = (item.speaker[0], place) if item.speaker[0] < place else None
        return item
    item.speaker = _saying_subject(s, place, reader) or _inherit(s, found, place)
    return item


def _saying_subject(s: Sentence, place: int, reader: _Reader) -> tuple[int, int] | None:
    """The subject of the verb that بالقول completes (اكتفى المتحدث بالقول، ثم مضت الوزيرة للقول)."""
    at = place - 1
    while at >= max(0, place - 14) and not s.flags[at] & (COMMA | STOP | OPENER | PREP | COMP | REL):
        if s.flags[at] & (HEAD | BODY):
            first = at
            while first - 1 >= 0 and s.flags[first - 1] & (HEAD | BODY):
                first -= 1
            return first, place
        at -= 1
    first = at + 2
    if first < place and not s.flags[first] & (TIME | PREP) and not s.flags[at] & PREP:
        return first, place
    if s.flags[0] & VERBISH or s.norm[0][:1] == "و" and s.norm[0][1:2] == "ي":
        last = phrase_after(s, 1, reader.finite)
        return (1, last) if 1 < last < place else None
    return None


def _read_noun(s: Sentence, place: int, form: CueForm, reader: _Reader, found: list[_Found]) -> _Found | None:
    """A verbal noun with its speaker and its content: إعلان الوزارة أن."""
    cue = reader.cues[form.cue]
    last = phrase_after(s, place + 1, reader.finite)
    if last <= place + 1 and not form.suffix:
        return None
    if not form.suffix and not can_speak(s, place + 1, last):
        return None
    frame = find_frame(s, place, last if not form.suffix else place + 1, cue, reader.finite)
    if frame is None or frame.kind not in ("comp", "prep", "attached") or frame.first > last + (22 if frame.kind == "comp" else 4):
        return None
    speaker = (place + 1, last) if not form.suffix else _inherit(s, found, place)
    return _Found(place, s.start[place], s.end[place], cue, "noun", "noun", speaker=speaker, frame=frame)


def _read_attribution(s: Sentence, place: int, reader: _Reader) -> _Found | None:
    """حسب، وفقا ل، نقلا عن، على حد قول; with or without a verb (حسب ما ذكر)."""
    word, size = s.norm[place], len(s.norm)
    start, end = s.start[place], s.end[place]
    at = place + 1
    if word in ("علي", "على"):
        if at + 1 < size and s.norm[at] == "حد" and s.norm[at + 1] in ("قول", "قوله", "قولها", "قولهم", "تعبير", "تعبيره", "تعبيرها",
                                                                     "وصف", "وصفه", "وصفها", "زعم", "زعمه", "زعمهم"):  # fmt: skip
            own = s.norm[at + 1].endswith(("ه", "ها", "هم"))
            end, at = s.end[at + 1], at + 2
            item = _Found(at - 1, start, end, None, "attribution", "attribution")
            item.border = place
            if own:
                return item
            last = phrase_after(s, at, reader.finite)
            item.speaker = (at, last) if last > at else None
            return item
        return None
    if s.prefix_of(place):
        start += 1
    form = s.form[at] if at < size else -1
    if at < size and s.norm[at] in ("ما", "لما") :
        at += 1
        form = s.form[at] if at < size else -1
        if form < 0 or reader.forms[form].form not in ("verb", "present"):
            return None
    if word in ("حسبما", "وفقما") and form < 0:
        return None
    if word in ("نقلا", "استنادا"):
        if at >= size or s.norm[at] not in ("عن", "الي"):
            return None
        end, at = s.end[at], at + 1
        form = -1
    cue = None
    if form >= 0 and at < size and reader.forms[form].form in ("verb", "present"):
        cue = reader.cues[reader.forms[form].cue]
        end, at = s.end[at], at + 1
        while at < size and s.flags[at] & TIME:
            at += 1
        if at < size and s.norm[at] in ("عن", "عنه", "عنها", "الي", "به", "بها", "عليه", "له"):
            at += 1
    elif form >= 0 and at < size and reader.forms[form].form == "noun" and at + 1 < size and not s.flags[at] & COMMA:
        cue = reader.cues[reader.forms[form].cue]
        end, at = s.end[at], at + 1
    elif at < size and s.norm[at].startswith("ل") and len(s.norm[at]) > 4 and reader_noun(s, at, reader):
        end, at = s.end[at], at + 1
    last = phrase_after(s, at, reader.finite, object_follows=True) if at < size else at
    if last <= at:
        return None
    head = s.flags[at]
    bare = s.norm[at]
    if place and s.norm[place - 1] in ("كل", "كلا"):
        return None
    if (head & DEFINITE or bare.startswith("لل")) and cue is None and word in ("وفق", "وفقا", "طبقا") :
        known = head & (HEAD | BODY) or bare.startswith("لل") and s.is_sayer(bare[2:])
        if not known:
            return None
    if head & NOT_SAYER or (bare.startswith("لل") and s.not_sayer("ال" + bare[2:])) or (bare.startswith("ل") and s.not_sayer(bare[1:])):
        return None
    if cue is None and head & (NUMBER | TIME):
        return None
    item = _Found(last - 1, start, end, cue, "attribution", "attribution", speaker=(at, last))
    item.border = place
    return item


def reader_noun(s: Sentence, at: int, reader: _Reader) -> bool:
    return s.norm[at] in ("لاعتقاد", "لقول", "لاقوال", "لتصريحات", "لتصريح", "لمزاعم", "لافادة", "لافادات", "لبيان ", "لتاكيد", "لتاكيدات",
                          "لاعلان", "لتقدير")  # fmt: skip


def _settle(s: Sentence, found: list[_Found], reader: _Reader) -> None:
    """Give every instance its content: where it begins is known from its frame, where it ends from what follows."""
    for number, item in enumerate(found):
        here = _inside(s, item.place)
        borders = [
            other.border
            for other in found[number + 1 :]
            if other.border is not None and _inside(s, other.place) == here
        ]
        if item.form in ("attribution", "post"):
            _settle_attribution(s, item, found[:number], borders)
        elif item.frame is not None:
            _settle_frame(s, item, borders, here)


def _settle_frame(s: Sentence, item: _Found, borders: list[int], here: QuotedSpan | None) -> None:
    frame = item.frame
    first = frame.first
    span = frame.span
    if frame.kind == "comp" and first + 1 in s.opens:
        span = s.opens[first + 1]
        if _full_quote(s, span, first + 1):
            item.content, item.kind = (span.start, span.end), "direct"
            return
        span = None
    elif frame.kind == "quote" and span is not None:
        if _full_quote(s, span, first):
            item.content, item.kind = (span.start, span.end), "direct"
            return
        if span.opens > 0:
            item.kind = "mixed"
    last = content_end(s, first, borders)
    if here is not None:
        while last > first + 1 and s.start[last - 1] >= here.end:
            last -= 1
    if last <= first:
        last = min(first + 1, len(s.norm))
    item.content = (s.start[first], s.end[last - 1])
    inner = [sp for sp in s.spans if sp.start >= item.content[0] and sp.end <= item.content[1] and sp.depth == (0 if here is None else here.depth + 1)]
    if any(sp.end - sp.start >= 18 for sp in inner):
        item.kind = "mixed"


def _full_quote(s: Sentence, span: QuotedSpan, place: int) -> bool:
    """The marks hold all that is said: a long stretch, or nothing but a border behind them."""
    if span.end - span.start > 40 or not span.closed:
        return True
    after = next((k for k in range(place + 1, min(len(s.norm), place + 14)) if s.start[k] > span.closes), -1)
    if after < 0:
        return True
    return bool(s.flags[after] & (COMMA | STOP | DASH)) or s.prefix[after] == 1


def _settle_attribution(s: Sentence, item: _Found, earlier: list[_Found], borders: list[int]) -> None:
    place = item.border if item.border is not None else item.place
    begin = place
    while begin > 0 and (s.flags[begin - 1] & (COMMA | DASH | STOP) and begin - 1 not in s.closes or s.norm[begin - 1] in ("و",)):
        begin -= 1
    lead = all(s.flags[k] & (TIME | OPENER | COMMA) for k in range(0, begin))
    if begin <= 1 and lead or begin <= 2 and lead:
        first = item.place + 1
        while first < len(s.norm) and s.flags[first] & (COMMA | COLON | DASH):
            first += 1
        if first >= len(s.norm):
            return
        last = content_end(s, first, borders)
        item.content = (s.start[first], s.end[max(first, last - 1)])
        item.rule = "attribution first"
        if first in s.opens and _full_quote(s, s.opens[first], first):
            span = s.opens[first]
            item.content, item.kind = (span.start, span.end), "direct"
        return
    if begin - 1 in s.closes:
        span = s.closes[begin - 1]
        if span.end - span.start > 25:
            item.content, item.kind = (span.start, span.end), "direct"
            return
    for other in reversed(earlier):
        if other.content is not None and other.content[0] < s.start[place]:
            end = s.end[max(0, trim(s, 0, begin) - 1)]
            if other.content[0] < end and other.kind != "direct":
                item.content = (other.content[0], end)
                return
            break
    first = clause_start(s, 0, begin)
    last = trim(s, first, begin)
    if last <= first:
        return
    begins = s.start[first]
    if s.norm[first][:1] in "وف" and len(s.norm[first]) > 3 and first == 0:
        begins += 1
    item.content = (begins, s.end[last - 1])


# --- corpus ---------------------------------------------------------------------------------------------------


def find_quotations(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    actors: Lexicon | None = None,
    lexicon: Lexicon | None = None,
    boilerplate: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find the reported speech of DOCUMENTS: QUOTATIONS."""
    lexicon = load_lexicon("speech") if lexicon is None else lexicon
    cues, forms = build_cues(lexicon.entries.to_dict("records"), lexicon.lemmas)
    norms = tokens["norm"].cat.categories.tolist()
    classes = classify_words(norms, forms)
    if boilerplate is not None:
        tokens = tokens.loc[~mask_tokens(tokens, boilerplate)]
    stops = frozenset(
        number for number, form in enumerate(classes.forms)
        if form.form in ("verb", "present") and not cues[form.cue].marks & {"strict", "weak"}
    )  # fmt: skip
    reader = _Reader(cues, classes.forms, stops)
    rows = _read_corpus(documents, tokens, norms, classes, reader, boilerplate)
    return pd.DataFrame(rows)


def _read_corpus(documents, tokens, norms, classes: WordClasses, reader, boilerplate):
    codes = tokens["norm"].cat.codes.to_numpy()
    flags, form, prefix = classes.flags[codes], classes.form[codes], classes.prefix[codes]
    docs = tokens["doc_id"].cat.codes.to_numpy()
    sentence = tokens["sentence"].to_numpy()
    start, end = tokens["start_char"].to_numpy(), tokens["end_char"].to_numpy()
    new = np.ones(len(docs), bool)
    new[1:] = (docs[1:] != docs[:-1]) | (sentence[1:] != sentence[:-1])
    number = np.cumsum(new) - 1
    firsts = np.flatnonzero(new)
    lasts = np.append(firsts[1:], len(docs))
    candidate = (form >= 0) | (flags & ATTR > 0) | np.isin(codes, [i for i, w in enumerate(norms) if w in _SAYING])
    wanted = np.unique(number[candidate])
    ids = tokens["doc_id"].cat.categories
    written = tokens["token"].cat
    passive = np.array(["\u064f" in w[:3] for w in written.categories])[written.codes.to_numpy()]
    texts = dict(zip(documents["doc_id"].astype(str), documents["text"], strict=True))
    not_sayer = {w for w in norms if False}
    rows = []
    current, spans, opens, closes, text = -1, [], {}, {}, ""
    for n in wanted.tolist():
        a, b = int(firsts[n]), int(lasts[n])
        if docs[a] != current:
            current = docs[a]
            text = texts[ids[current]]
            spans = pair_marks(text)
            opens = {sp.opens: sp for sp in spans}
            closes = {sp.closes: sp for sp in spans if sp.closed}
        st = start[a:b].tolist()
        s = _make(a, b, codes, norms, st, end, flags, form, prefix, opens, closes, spans, passive)
        for item in _read_sentence(s, reader):
            sp = item.speaker
            ss, se = (s.start[sp[0]], s.end[sp[1] - 1]) if sp else (None, None)
            rows.append(
                dict(doc_id=ids[current], cue=text[item.cue_start:item.cue_end], cue_start_char=item.cue_start, cue_end_char=item.cue_end,
                     speaker=text[ss:se] if sp else None, speaker_start_char=ss, speaker_end_char=se, kind=item.kind,
                     content_start_char=item.content[0], content_end_char=item.content[1], rule=item.rule)
            )
    return rows


def _make(a, b, codes, norms, st, end, flags, form, prefix, opens, closes, spans, passive):
    o = {k: opens[c] for k, c in enumerate(st) if c in opens} if opens else {}
    c_ = {k: closes[c] for k, c in enumerate(st) if c in closes} if closes else {}
    ends = end[a:b].tolist()
    near = [sp for sp in spans if sp.start <= ends[-1] and sp.end >= st[0]] if spans else []
    return Sentence([norms[c] for c in codes[a:b]], st, ends, flags[a:b].tolist(), form[a:b].tolist(), prefix[a:b].tolist(), o, c_, near, passive[a:b].tolist())
