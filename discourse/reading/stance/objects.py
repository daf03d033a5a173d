"""Toward whom a stance is held, whether it is denied, and in whose words it stands."""

from discourse.reading.stance.holders import accused, verbal
from discourse.reading.stance.shapes import OTHER, Cue, Mention, Sentence, lemma_of, resolve, speaker_of
from discourse.reading.stance.words import (
    ACCUSATION,
    AGAINST,
    AMONG,
    AND,
    AT,
    BY,
    CIRCUMSTANCE,
    CLAUSE_WORDS,
    GENITIVE_ACTS,
    HARD_MARKS,
    HOLDER_ENDINGS,
    INVITED,
    KILLING,
    OR,
    PEACE,
    PRONOUNS,
    SUBORDINATORS,
    TARGETS,
)  # fmt: skip

__all__ = ["is_denied", "object_of", "supports_force", "voice_of"]


def object_of(sentence: Sentence, cue: Cue, holder: str | None) -> tuple[str | None, bool, bool]:
    """Return what the cue is about, whether `against` marks it, and whether the words say so outright."""
    others = [m for m in sentence.mentions if resolve(sentence, m) != holder or m.actor == sentence.target]
    inside = [m for m in others if cue.start < m.start < cue.end]
    if inside:
        return inside[-1].actor, False, True
    after = _object_after(sentence, cue, others)
    if after is not None:
        against = any(word in AGAINST for word in sentence.words[max(cue.start + 1, after.start - 3) : after.start + 1])
        for other in others:  # al-Qaeda and the Taliban: the target counts though it comes second
            joined = any(word.startswith(AND) or word == OR for word in sentence.words[after.end : other.start + 1])
            if (
                other.actor == sentence.target
                and after.actor in sentence.roles.militants
                and 0 <= other.start - after.end <= 2
                and joined
            ):
                return other.actor, against, _reaches(sentence, cue, after)
        return after.actor, against, _reaches(sentence, cue, after)
    before = [m for m in others if m.end <= cue.start]
    if (
        any(word in PRONOUNS for word in sentence.words[cue.end : cue.end + 3])
        and before
        and before[-1].actor == sentence.target
    ):
        return sentence.target, False, True
    last = sentence.words[cue.end - 1]
    if (
        before
        and cue.role != "clash"
        and last.endswith(HOLDER_ENDINGS)
        and any(m.actor == sentence.target for m in before)
    ):
        return sentence.target, False, True
    if cue.category == "force" and not cue.verb and _tells_how(sentence, cue):
        kills = [other for other in sentence.cues if other.end <= cue.start and lemma_of(other) in KILLING]
        if kills and any(kills[0].start <= m.start < cue.start and m.actor == sentence.target for m in before):
            return sentence.target, False, True
    named = any(m.actor == sentence.target for m in sentence.mentions)
    if cue.role == "mutual" and named and any(word in PEACE for word in sentence.words[cue.end : cue.end + 1]):
        return sentence.target, False, True
    if cue.role == "mutual" and any(m.actor == sentence.target and cue.start - m.end <= 6 for m in before):
        return sentence.target, False, True
    clause = sentence.clauses[cue.start]
    close = [m for m in before if sentence.clauses[m.start] == clause and cue.start - m.end <= 4]
    if close and (
        cue.role == "quality"
        or ((cue.category in ("delisting", "recognition") or lemma_of(cue) == INVITED) and not cue.verb)
    ):
        return close[-1].actor, False, True
    if sentence.near or any(m.actor == sentence.target for m in sentence.mentions):
        return sentence.target, False, False
    return None, False, False


def _tells_how(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether an attack stands as the circumstance of something: in a raid, by a strike."""
    return sentence.words[max(0, cue.start - 1)] in CIRCUMSTANCE or sentence.words[cue.start].startswith(BY)


def _object_after(sentence: Sentence, cue: Cue, others: list[Mention]) -> Mention | None:
    far = cue.category == "force" and lemma_of(cue) not in GENITIVE_ACTS and cue.end - cue.start == 1
    for step in range(cue.end, min(len(sentence.words), cue.end + (15 if far else 9))):
        for mention in others:
            if mention.start == step:
                return mention
        if far and sentence.words[step] == "،" and any(word in AMONG for word in sentence.words[step + 1 : step + 3]):
            continue
        opens = sentence.words[step] in CLAUSE_WORDS and not (far and sentence.words[step] in SUBORDINATORS)
        if sentence.words[step] in HARD_MARKS or (opens and step > cue.end):
            return None
    return None


def _reaches(sentence: Sentence, cue: Cue, mention: Mention) -> bool:
    """Tell whether a cue governs the mention after it: an attack needs `on` or `against`, a killing its genitive."""
    if cue.role not in ("act", "clash") or mention.marked:
        return True
    span = sentence.words[cue.start + 1 : mention.start]
    lemma = lemma_of(cue)
    if not cue.verb and lemma in GENITIVE_ACTS and cue.category == "force":
        return any(word in AT or word in TARGETS for word in span) and mention.start - cue.end <= 8
    if cue.category == "force":
        return True
    return len(span) <= 5 or any(word in AT for word in span[-4:])


def is_denied(sentence: Sentence, cue: Cue, holder: str | None, before: tuple[str, ...]) -> bool:
    """Tell whether the holder denies the cue: it speaks of it as an accusation, or denies in the same sentence."""
    if cue.category != "engagement" and any(word in ACCUSATION for word in before) and speaker_of(sentence) == holder:
        return True
    for other in sentence.cues:
        if (
            other.category == "denial"
            and other.verb
            and not other.negated
            and other.start < cue.start
            and other.start != cue.start
        ):
            mention, rule = verbal(sentence, other)
            name = resolve(sentence, mention) if mention else sentence.topic
            return name == holder and (cue.category != "engagement" or cue.start - other.end <= 3)
    return False


def supports_force(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether what is supported is itself against the target: support for the sanctions on the Taliban."""
    return any(
        other.polarity < 0 and other.category in ("force", "sanctions") and 0 <= other.start - cue.end <= 5
        and not any(cue.end <= m.start < other.start for m in sentence.mentions if m.actor == sentence.target)
        for other in sentence.cues
    )  # fmt: skip


def voice_of(sentence: Sentence, cue: Cue) -> str | None:
    """Return whose words a cue stands in: by the quotations, else by `X: ...` or by who accuses."""
    for start, end, speaker in sentence.quoted:
        if start <= cue.start < end:
            return speaker
    if ":" in sentence.words[: min(cue.start, 7)]:
        colon = sentence.words.index(":")
        named = [m for m in sentence.mentions if m.end <= colon]
        return named[0].actor if named else OTHER
    told = any(word in ACCUSATION for word in sentence.words[max(0, cue.start - 4) : cue.start])
    if accused(sentence, cue) is not None or (told and cue.category in ("support", "arming")):
        return speaker_of(sentence) or OTHER
    return None
