"""Who holds a stance toward whom: the rules that tie one cue to a holder and to an object.

The rules read one sentence as a row of words with actor mentions and stance cues laid over it. They know the roles of
a cue (act, clash, mutual, voice, quality; see the card of the lexicon ``stance``), the two word orders of the Arabic
verbal sentence, the genitive and the nisba after a verbal noun, coordination, and the prepositions that mark an object.
"""

from dataclasses import dataclass, field, replace

from discourse.reading.position_words import (
    ACCUSATION, AGAINST, ALLEGED, AMONG, AT, BODIES, BY_WORDS, CARRIED_OUT, CLAUSE_MARKS, CLAUSE_WORDS, CONCESSIONS, DEMANDS, GENITIVE_ACTS,
    HARD_MARKS, NO_BUT, PARTICLES, PREPOSITIONS, PRONOUNS, RELATIVES, SPEECH_OPENERS, SUBORDINATORS, TITLES, WITH,
)  # fmt: skip

__all__ = ["Cue", "Mention", "Sentence", "Tie", "opening_speaker", "read_sentence"]

# these count only where the words name their object: war, arms and terror stand in every report on Afghanistan
OUTRIGHT = frozenset({"force", "designation", "sanctions", "support", "arming", "condemnation", "aid", "alliance", "delisting"})
LOOSE = frozenset({"concern", "refusal", "engagement", "demand", "conditions", "praise", "reserve", "reconciliation", "shared_interest"})
MUTUAL = frozenset({"mutual", "clash"})
SILENT = frozenset({"opponents", "epithet", "accusation"})  # read as parts of a mention, never as a position
KILLING = frozenset({"قتل", "مقتل", "مصرع", "اعتقل", "اعتقال", "أسر"})
NOT_HOLDERS = frozenset({"opponents", "al_qaeda", "speaker_country"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an actor: words [start, end) of the sentence."""

    start: int
    end: int
    actor: str
    anaphor: bool = False
    marked: str = ""  # the preposition written onto it: b, l or k
    person: str = ""  # the standard name, where a person is named


@dataclass(frozen=True, slots=True)
class Cue:
    """One stance cue: words [start, end) of the sentence, with what the lexicon says of it."""

    start: int
    end: int
    category: str
    pattern: str
    polarity: int
    strength: float
    role: str
    verb: bool
    negated: bool = False
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its normal words, mentions in order, cues, the running topic and the quoted stretches."""

    words: tuple[str, ...]
    mentions: tuple[Mention, ...]
    cues: tuple[Cue, ...]
    target: str
    topic: str | None = None  # who spoke or acted first in the sentence before
    near: bool = False  # the target is named in the sentence before
    quoted: tuple[tuple[int, int, str | None], ...] = ()
    hosts: tuple[Mention, ...] = ()  # where the sentence sets the scene: in Moscow
    clauses: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Tie:
    """One cue tied to its holder and object."""

    cue: Cue
    holder: str | None
    object: str | None
    voice: str | None
    polarity: int
    rule: str
    outright: bool


def read_sentence(sentence: Sentence, *, loose: bool = False) -> list[Tie]:
    """Tie every cue of a sentence to a holder and an object.

    A cue whose agent is the target itself is dropped: what the target does or says is not a position toward it.
    """
    sentence = _mark_opponents(replace(sentence, clauses=_clauses(sentence.words)))
    ties = []
    for cue in sentence.cues:
        if _is_inside(sentence, cue) or _is_conceded(sentence, cue):
            continue
        if cue.category in SILENT:
            if cue.pattern == "[ضد]":
                ties += _opposition(sentence, cue)
            continue
        if lemma_of(cue) in ("صلة", "علاقة") and sentence.words[max(0, cue.start - 1)] in ("علي", "ذات", "ذوي", "ذو", "لهم"):
            continue  # people with ties to the Taliban hold nobody's position
        for tie in _tie(sentence, cue):
            if tie.holder is None or tie.holder == sentence.target or tie.holder in NOT_HOLDERS:
                continue
            if tie.holder == "isis" and cue.category != "force":
                continue
            if tie.outright or cue.category not in OUTRIGHT:
                ties.append(tie)
    if loose and any(m.actor == "isis" for m in sentence.mentions) and not any(m.actor == sentence.target for m in sentence.mentions):
        return []
    if loose:
        return [tie for tie in ties if tie.cue.category in LOOSE]
    firm = {tie.holder for tie in ties if tie.outright}
    return [tie for tie in ties if tie.outright or tie.holder in firm or _stands_alone(tie)]


def _is_inside(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a longer cue of the other side covers this one: the ban in `lifting of the ban`."""
    return any(
        other.start <= cue.start and other.end >= cue.end and other.end - other.start > cue.end - cue.start
        and other.polarity * cue.polarity < 0
        for other in sentence.cues
    )  # fmt: skip


def _is_conceded(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a cue stands behind `although`: background that the sentence sets aside."""
    if cue.category not in ("designation", "sanctions", "recognition"):
        return False
    before = sentence.words[max(0, cue.start - 8) : cue.start]
    return any(word in CONCESSIONS for word in before) and cue.start > 4


def _stands_alone(tie: Tie) -> bool:
    """Tell whether a cue that does not name its object may count by itself: a speaker's own finite verb."""
    return tie.cue.verb and tie.cue.role == "voice" and tie.cue.category != "demand" and tie.rule in ("verb-subject", "subject-verb", "topic")


def _opposition(sentence: Sentence, cue: Cue) -> list[Tie]:
    """Read `against T` where no other cue stands before it: a plan, a stand, an operation against the Taliban."""
    if any(0 <= cue.start - other.end <= 3 for other in sentence.cues if other.polarity):
        return []
    thing = _right(sentence, cue.end, 4)
    if thing is None or thing.actor != sentence.target:
        return []
    before = [m for m in sentence.mentions if m.end <= cue.start and cue.start - m.end <= 6 and m.actor != sentence.target]
    mention = before[-1] if before else _before(sentence, cue.start)[0]
    holder = _resolve(sentence, mention) if mention else None
    if holder in (None, sentence.target) or holder in NOT_HOLDERS:
        return []
    names = [holder, *_coordinated(sentence, mention, holder)]
    return [Tie(cue, name, sentence.target, _voice(sentence, cue), -1, "against", True) for name in names]


def opening_speaker(sentence: Sentence) -> str | None:
    """Return the actor that opens a sentence or headline as its subject, if it is not the target."""
    return _speaker(replace(sentence, clauses=_clauses(sentence.words)))


def _clauses(words: tuple[str, ...]) -> tuple[int, ...]:
    number, numbers = 0, []
    for word in words:
        if word in HARD_MARKS or word in CLAUSE_WORDS:
            number += 1
        numbers.append(number)
    return tuple(numbers)


def _mark_opponents(sentence: Sentence) -> Sentence:
    """Turn `the opponents of T` into a mention of its own, so that support for them counts against T."""
    mentions = list(sentence.mentions)
    for cue in sentence.cues:
        if cue.category != "opponents" or cue.pattern == "[ضد]":
            continue
        if cue.role == "alone":
            mentions = [m for m in mentions if m.end <= cue.start or m.start >= cue.end]
            mentions.append(Mention(cue.start, cue.end, "opponents"))
            mentions.sort(key=lambda m: m.start)
            continue
        for place, mention in enumerate(mentions):
            if mention.actor == sentence.target and 0 <= mention.start - cue.end <= 2:
                mentions[place] = Mention(cue.start, mention.end, "opponents")
                break
    return replace(sentence, mentions=tuple(mentions))


# ---- the holder ------------------------------------------------------------------------------------------------------


def _tie(sentence: Sentence, cue: Cue) -> list[Tie]:
    if cue.role in MUTUAL:
        pair = _between(sentence, cue)
        if pair:
            return [_finish(sentence, cue, name, "between") for name in pair if name != sentence.target]
    mention, rule = _verbal(sentence, cue) if cue.verb else _nominal(sentence, cue)
    owned = cue.category == "alliance" or (cue.category == "force" and not cue.verb and lemma_of(cue) in GENITIVE_ACTS)
    if owned and sentence.words[cue.start].endswith(("ها", "هم", "ه")):
        owners = [m for m in sentence.mentions if m.end <= cue.start]
        mention, rule = (owners[-1], "owner") if owners else (None, "none")
    accused = _accused(sentence, cue)
    if accused is not None:
        mention, rule = accused, "accused"
    holder = _resolve(sentence, mention) if mention else (sentence.topic if rule == "topic" else None)
    if holder in (sentence.target, None, "opponents"):
        if cue.role in MUTUAL or cue.category in ("delisting", "recognition"):
            other = _other_party(sentence, cue)
            if cue.role in MUTUAL and cue.negated and holder == sentence.target:
                return []  # it is the target that declines
            return [_finish(sentence, cue, other, "other-party")] if other else []
        if holder is None and cue.category in ("conditions", "reserve", "refusal"):
            holder, rule = _speaker(sentence), "speaker"
        elif holder == sentence.target and cue.category == "conditions":
            holder, rule, mention = _speaker(sentence), "speaker", None
        if cue.role == "quality":
            speaker = _speaker(sentence)
            return [_finish(sentence, cue, speaker, "speaker")] if speaker else []
    if rule == "accused" and holder == _speaker(sentence):
        cue = replace(cue, negated=True)  # who reports an accusation against itself rejects it
    ties = [_finish(sentence, cue, holder, rule)]
    if holder is None and cue.category == "force" and ties[0].object == sentence.target and ties[0].outright:
        ties = [_finish(sentence, cue, _fallback(sentence, cue), "fallback")]
    if mention is not None:
        ties += [_finish(sentence, cue, name, "coordinated") for name in _coordinated(sentence, mention, holder)]
    return ties


def _fallback(sentence: Sentence, cue: Cue) -> str | None:
    """Give force against the target, with no agent named by the grammar, to the nearest actor before it or the speaker."""
    near = [m for m in sentence.mentions if m.end <= cue.start and cue.start - m.end <= 8 and m.actor not in (sentence.target, "opponents")]
    return _resolve(sentence, near[-1]) if near else _speaker(sentence)


def _accused(sentence: Sentence, cue: Cue) -> Mention | None:
    """Read `A accuses B of ...`: what follows is B's act by A's word."""
    if cue.polarity <= 0:
        return None
    for other in sentence.cues:
        if lemma_of(other) == "اتهام" and other.end <= cue.start:
            named = [m for m in sentence.mentions if other.end <= m.start < cue.start and m.marked == "l"]
            if named:
                return named[0]
        if lemma_of(other) == "اتهم" and other.end <= cue.start:
            named = [m for m in sentence.mentions if other.end <= m.start < cue.start]
            if other.verb and named:
                opens = [m for m in sentence.mentions if m.end <= other.start and _is_subject(sentence, m)]
                return named[0] if opens or len({m.actor for m in named}) == 1 else next(
                    m for m in named if m.actor != named[0].actor
                )
    return None


def _speaker(sentence: Sentence) -> str | None:
    """Return who opens the sentence, if it is not the target; a sentence that goes on speaking keeps its topic."""
    for mention in sentence.mentions:
        if mention.actor not in ("speaker_country", "isis", "al_qaeda") and _is_subject(sentence, mention):
            return mention.actor if mention.actor != sentence.target else None
    return sentence.topic if sentence.words[0] in SPEECH_OPENERS else None


def _coordinated(sentence: Sentence, mention: Mention, holder: str | None) -> list[str]:
    """Return the actors joined to a mention by `wa`: the American and British forces."""
    names, start, end = [], mention.start, mention.end
    for other in sentence.mentions:
        if other.start == end and sentence.words[other.start].startswith("و") and not other.marked:
            names.append(_resolve(sentence, other))
            end = other.end
    for other in reversed(sentence.mentions):
        if other.end == start and sentence.words[start].startswith("و"):
            names.append(_resolve(sentence, other))
            start = other.start
    return [name for name in dict.fromkeys(names) if name and name not in (holder, sentence.target)]


def _resolve(sentence: Sentence, mention: Mention) -> str | None:
    """Give an anaphor such as `his country` the actor that opened the sentence, or else the running topic."""
    if mention.actor != "speaker_country":
        return mention.actor
    for other in sentence.mentions:
        if other.start < mention.start and other.actor not in ("speaker_country", "isis", "al_qaeda") and _is_subject(sentence, other):
            return other.actor
    return sentence.topic


def _bare(word: str) -> str:
    for front in ("وال", "بال", "فال", "كال", "ولل", "ال", "لل", "و", "ل", "ب", "ف"):
        if word.startswith(front) and len(word) - len(front) >= 3:
            return word[len(front) :]
    return word


def _is_body(word: str) -> bool:
    return word in BODIES or _bare(word) in BODIES


def _starts_clause(sentence: Sentence, place: int) -> bool:
    before = sentence.words[place - 1] if place else "."
    word = sentence.words[place]
    return before in CLAUSE_MARKS or before in CLAUSE_WORDS or before in PARTICLES or (word[0] in "وف" and len(word) > 4)


def _right(sentence: Sentence, place: int, reach: int) -> Mention | None:
    """Return the mention that begins within `reach` words to the right, before any preposition or mark."""
    for step in range(place, min(len(sentence.words), place + reach)):
        for mention in sentence.mentions:
            if mention.start <= step < mention.end:
                return mention
        word = sentence.words[step]
        if word in PREPOSITIONS or word in HARD_MARKS or word in SUBORDINATORS or word in RELATIVES:
            return None
    return None


def _is_oblique(sentence: Sentence, mention: Mention) -> bool:
    before = sentence.words[mention.start - 1] if mention.start else ""
    return bool(mention.marked) or before in PREPOSITIONS


def _is_subject(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a mention can be the subject of what follows: walk left to a clause start or an `inna`."""
    if _is_oblique(sentence, mention):
        return False
    if mention.actor == "speaker_country":
        return True
    for cue in sentence.cues:
        if not cue.verb and mention.start - 1 <= cue.end <= mention.start and cue.category not in SILENT:
            return False
    for step in range(mention.start - 1, max(-1, mention.start - 9), -1):
        word = sentence.words[step]
        if word in HARD_MARKS:  # an apposition is as good as what stands before the comma
            same = [m for m in sentence.mentions if m.actor == mention.actor and 0 <= step - m.end <= 3]
            return _is_subject(sentence, same[-1]) if same else True
        if word in CLAUSE_WORDS or word in SUBORDINATORS or word in RELATIVES:
            return True
        if word in PREPOSITIONS:
            return False
        if any(m.start <= step < m.end and m.actor != mention.actor for m in sentence.mentions):
            return False
    return True


def _verbal(sentence: Sentence, cue: Cue) -> tuple[Mention | None, str]:
    words = sentence.words
    for step in range(cue.end, min(len(words) - 1, cue.end + 12)):
        if words[step] == "من" and words[step + 1] in ("قبل", "جانب"):
            agent = _right(sentence, step + 2, 4)
            if agent is not None:
                return agent, "by"
    if cue.end < len(words) and _starts_clause(sentence, cue.start):
        after = _right(sentence, cue.end, 7)
        if after is not None and not _is_oblique(sentence, after):
            if all(_is_body(word) or word in '"«»“”' for word in words[cue.end : after.start]):
                return after, "verb-subject"
        elif cue.role == "voice" and (words[cue.end] in TITLES or _bare(words[cue.end]) in TITLES):
            return Mention(cue.end, cue.end + 1, "other"), "verb-title"
    found = _before(sentence, cue.start)
    if found[0] is None:
        after = _right(sentence, cue.end, 1)
        if after is not None and not _is_oblique(sentence, after):
            return after, "verb-subject"
    return found


def _before(sentence: Sentence, place: int) -> tuple[Mention | None, str]:
    if place and sentence.words[place - 1] in RELATIVES:
        nearest = [m for m in sentence.mentions if m.end <= place]
        if nearest and place - nearest[-1].end <= 4:
            return nearest[-1], "relative"
    subjects = [m for m in sentence.mentions if m.end <= place and _is_subject(sentence, m)]
    if subjects:
        return subjects[-1], "subject-verb"
    return None, ("topic" if sentence.words[0] in SPEECH_OPENERS else "none")


def _nominal(sentence: Sentence, cue: Cue) -> tuple[Mention | None, str]:
    lemma = lemma_of(cue)
    after = _right(sentence, cue.end, 4)
    if cue.end < len(sentence.words) and sentence.words[cue.end] == "من" and cue.category in ("support", "praise", "concern"):
        giver = _right(sentence, cue.end + 1, 2)
        if giver is not None:
            return giver, "from"
    if after is not None and cue.role != "quality":
        if after.marked == "l":
            if cue.category == "force":
                return after, "of"
        elif cue.end - cue.start > 1 and sentence.words[cue.end - 1] in PREPOSITIONS:
            pass  # `an operation against X`: what follows is its object
        elif not after.marked and after.actor != "opponents" and (
            lemma in GENITIVE_ACTS or (after.actor != sentence.target and cue.category != "force")
        ):
            return after, "genitive"
    for step in range(cue.end, min(len(sentence.words), cue.end + 8)):
        word = sentence.words[step]
        if word in BY_WORDS or word in CARRIED_OUT:
            agent = _right(sentence, step + 1 + (sentence.words[step + 1 : step + 2] == ("من",)), 5)
            if agent is not None or word in CARRIED_OUT:
                return agent, "by"
        if word in HARD_MARKS:
            break
    return _before(sentence, cue.start)


def _between(sentence: Sentence, cue: Cue) -> tuple[str, ...]:
    """Read `between A and B` after a cue of two sides."""
    for step in range(cue.end, min(len(sentence.words), cue.end + 7)):
        if sentence.words[step] in ("بين", "وبين"):
            names = [_resolve(sentence, m) for m in sentence.mentions if step < m.start <= step + 12]
            if sentence.target in names[:3]:
                return tuple(name for name in dict.fromkeys(names[:3]) if name)
    return ()


def _other_party(sentence: Sentence, cue: Cue) -> str | None:
    """Return the side with which the target meets, talks or fights: the nearest other actor."""
    found = [m for m in sentence.mentions if abs(m.start - cue.start) <= 10]
    if cue.role == "clash":  # a fight needs its `with` or `against`
        found = [m for m in found if any(word in WITH for word in sentence.words[cue.end : m.start])]
    near = [(abs(m.start - cue.start), _resolve(sentence, m)) for m in found]
    names = [(distance, name) for distance, name in near if name and name not in (sentence.target, "opponents", "al_qaeda")]
    if names:
        return min(names)[1]
    if cue.role == "clash":
        return None
    if cue.category in ("delisting", "recognition") and sentence.hosts:
        return sentence.hosts[0].actor.removeprefix("in_")
    return None


# ---- the object ------------------------------------------------------------------------------------------------------


def _finish(sentence: Sentence, cue: Cue, holder: str | None, rule: str) -> Tie:
    thing, against, outright = _object(sentence, cue, holder)
    polarity = cue.polarity
    before = sentence.words[max(0, cue.start - 4) : cue.start]
    if cue.negated and any(word in NO_BUT or word == "طيار" for word in sentence.words[max(0, cue.start - 6) : cue.start]):  # no alternative to talks: talks are wanted
        cue = replace(cue, negated=False)
    if cue.category in ("support", "arming", "engagement") and not cue.negated and _is_denied(sentence, cue, holder, before):
        cue = replace(cue, negated=True)
    if cue.category in ("support", "arming") and any(word in ALLEGED for word in sentence.words[cue.end : cue.end + 3]):
        cue = replace(cue, negated=True)
    if cue.category == "support" and any(word in DEMANDS for word in sentence.words[cue.end : cue.end + 3]):
        cue = replace(cue, hedged=True)  # support for a demand of theirs is less than support for them
    if cue.category == "support" and _supports_force(sentence, cue):
        against = True
    if thing == "opponents":
        polarity, thing = -polarity, sentence.target if polarity > 0 else "opponents"
    elif against and thing == sentence.target and polarity > 0:
        polarity = -1
    return Tie(cue, holder, thing, _voice(sentence, cue), polarity, rule, outright or rule in ("between", "other-party"))


def _is_denied(sentence: Sentence, cue: Cue, holder: str | None, before: tuple[str, ...]) -> bool:
    """Tell whether the holder denies the cue: it speaks of it as an accusation, or denies in the same sentence."""
    if cue.category != "engagement" and any(word in ACCUSATION for word in before) and _speaker(sentence) == holder:
        return True
    for other in sentence.cues:
        if other.category == "denial" and other.verb and not other.negated and other.start < cue.start and other.start != cue.start:
            mention, rule = _verbal(sentence, other)
            name = _resolve(sentence, mention) if mention else sentence.topic
            return name == holder and (cue.category != "engagement" or cue.start - other.end <= 3)
    return False


def _supports_force(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether what is supported is itself against the target: support for the sanctions on the Taliban."""
    return any(
        other.polarity < 0 and other.category in ("force", "sanctions") and 0 <= other.start - cue.end <= 5
        and not any(cue.end <= m.start < other.start for m in sentence.mentions if m.actor == sentence.target)
        for other in sentence.cues
    )  # fmt: skip


def _object(sentence: Sentence, cue: Cue, holder: str | None) -> tuple[str | None, bool, bool]:
    """Return what the cue is about, whether `against` marks it, and whether the words say so outright."""
    others = [m for m in sentence.mentions if _resolve(sentence, m) != holder or m.actor == sentence.target]
    inside = [m for m in others if cue.start < m.start < cue.end]
    if inside:
        return inside[-1].actor, False, True
    after = _object_after(sentence, cue, others)
    if after is not None:
        against = any(word in AGAINST for word in sentence.words[max(cue.start + 1, after.start - 3) : after.start + 1])
        for other in others:  # al-Qaeda and the Taliban: the target counts though it comes second
            joined = any(word.startswith("و") or word == "او" for word in sentence.words[after.end : other.start + 1])
            if other.actor == sentence.target and after.actor in ("al_qaeda", "isis") and 0 <= other.start - after.end <= 2 and joined:
                return other.actor, against, _reaches(sentence, cue, after)
        return after.actor, against, _reaches(sentence, cue, after)
    before = [m for m in others if m.end <= cue.start]
    if any(word in PRONOUNS for word in sentence.words[cue.end : cue.end + 3]) and before and before[-1].actor == sentence.target:
        return sentence.target, False, True
    last = sentence.words[cue.end - 1]
    if before and cue.role != "clash" and last.endswith(("ها", "هم", "ه")) and any(m.actor == sentence.target for m in before):
        return sentence.target, False, True
    if cue.category == "force" and not cue.verb and sentence.words[max(0, cue.start - 1)] == "في":
        kills = [other for other in sentence.cues if other.end <= cue.start and lemma_of(other) in KILLING]
        if kills and any(kills[0].start <= m.start < cue.start and m.actor == sentence.target for m in before):
            return sentence.target, False, True
    if cue.role == "mutual" and any(m.actor == sentence.target and cue.start - m.end <= 6 for m in before):
        return sentence.target, False, True
    clause = sentence.clauses[cue.start]
    close = [m for m in before if sentence.clauses[m.start] == clause and cue.start - m.end <= 4]
    if close and (cue.role == "quality" or ((cue.category in ("delisting", "recognition") or lemma_of(cue) == "مدعو") and not cue.verb)):
        return close[-1].actor, False, True
    if sentence.near or any(m.actor == sentence.target for m in sentence.mentions):
        return sentence.target, False, False
    return None, False, False


def lemma_of(cue: Cue) -> str:
    """Return the lemma, or the first word, of the entry that fired."""
    return cue.pattern.split()[0].strip("[]")


def _reaches(sentence: Sentence, cue: Cue, mention: Mention) -> bool:
    """Tell whether a cue governs the mention after it: an attack needs `on` or `against`, a killing its genitive."""
    if cue.role not in ("act", "clash") or mention.marked:
        return True
    span = sentence.words[cue.start + 1 : mention.start]
    lemma = lemma_of(cue)
    if lemma in GENITIVE_ACTS and cue.category == "force":
        return any(word in AT for word in span) and mention.start - cue.end <= 8
    if cue.category == "force":
        return True
    return len(span) <= 5 or any(word in AT for word in span[-4:])


def _object_after(sentence: Sentence, cue: Cue, others: list[Mention]) -> Mention | None:
    far = cue.category == "force" and lemma_of(cue) not in GENITIVE_ACTS and cue.end - cue.start == 1
    for step in range(cue.end, min(len(sentence.words), cue.end + (15 if far else 9))):
        for mention in others:
            if mention.start == step:
                return mention
        if far and sentence.words[step] == "،" and any(word in AMONG for word in sentence.words[step + 1 : step + 3]):
            continue
        if sentence.words[step] in HARD_MARKS or (sentence.words[step] in CLAUSE_WORDS and step > cue.end):
            return None
    return None


def _voice(sentence: Sentence, cue: Cue) -> str | None:
    """Return whose words a cue stands in: by the quotations, else by `X: ...` or by who accuses."""
    for start, end, speaker in sentence.quoted:
        if start <= cue.start < end:
            return speaker
    if ":" in sentence.words[: min(cue.start, 7)]:
        colon = sentence.words.index(":")
        named = [m for m in sentence.mentions if m.end <= colon]
        return named[0].actor if named else "other"
    told = any(word in ACCUSATION for word in sentence.words[max(0, cue.start - 4) : cue.start])
    if _accused(sentence, cue) is not None or (told and cue.category in ("support", "arming")):
        return _speaker(sentence) or "other"
    return None
