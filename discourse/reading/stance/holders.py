"""Who holds a stance: subject, genitive, agent of a passive, the two sides of a talk, the accused."""

from discourse.reading.stance.shapes import (
    OPPONENTS,
    OTHER,
    Cue,
    Mention,
    Sentence,
    bare,
    is_body,
    is_oblique,
    is_subject,
    lemma_of,
    resolve,
    right_of,
    speaker_of,
    starts_clause,
)  # fmt: skip
from discourse.reading.stance.words import (
    ACCUSE,
    ACCUSING,
    AND,
    BETWEEN,
    BY_WORDS,
    CARRIED_OUT,
    CONJUNCTION_LETTERS,
    FEMININE,
    FEMININE_ENDING,
    FOR,
    GENITIVE_ACTS,
    HARD_MARKS,
    HOLDER_ENDINGS,
    OF,
    ON_THE_PART_OF,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    RELATIVES,
    REPELLING_STEM,
    SHE,
    SIDE,
    SPEECH_OPENERS,
    THAT,
    TITLES,
    UNNAMED,
    WITH,
)  # fmt: skip

__all__ = ["accused", "subject_before", "between", "coordinated", "fallback", "nominal", "other_party", "verbal"]


def verbal(sentence: Sentence, cue: Cue) -> tuple[Mention | None, str]:
    """Return the agent of a finite verb and the rule that found it: by-phrase, verb-subject, relative, subject-verb."""
    words = sentence.words
    for step in range(cue.end, min(len(words) - 1, cue.end + 12)):
        if words[step] == OF and words[step + 1] in ON_THE_PART_OF:
            agent = right_of(sentence, step + 2, 4)
            if agent is not None:
                return agent, "by"
    if cue.end - cue.start > 1 and (cue.role in ("act", "clash") or cue.category == "condemnation"):
        inside = [m for m in sentence.mentions if cue.start < m.start < cue.end]
        if inside and inside[0].actor != sentence.target and not inside[0].marked:
            return inside[0], "verb-subject"
        if SIDE in cue.pattern and starts_clause(sentence, cue.start):
            return None, "stranger"
    if cue.start and words[cue.start - 1] in RELATIVES and _returns(sentence, cue):
        agent = right_of(sentence, cue.end + (words[cue.end : cue.end + 1] != () and words[cue.end] in PRONOUNS), 5)
        if agent is not None:
            return agent, "relative-object"
    opens = cue.end < len(words) and starts_clause(sentence, cue.start)
    if opens and _agrees(words[cue.start], words[cue.end]):
        after = right_of(sentence, cue.end, 7)
        if after is not None and not is_oblique(sentence, after):
            if all(is_body(word) or word in QUOTES for word in words[cue.end : after.start]):
                return after, "verb-subject"
        elif cue.role == "voice" and (words[cue.end] in TITLES or bare(words[cue.end]) in TITLES):
            return Mention(cue.end, cue.end + 1, OTHER), "verb-title"
    if cue.category == "force" and words[cue.end : cue.end + 1] and words[cue.end] in UNNAMED:
        return None, "unnamed"
    if cue.category in ("force", "alliance") and _stranger_before(sentence, cue.start):
        return None, "stranger"
    found = subject_before(sentence, cue.start)
    if found[0] is None:
        after = right_of(sentence, cue.end, 1)
        if after is not None and not is_oblique(sentence, after) and _agrees(words[cue.start], words[cue.end]):
            return after, "verb-subject"
    return found


def _stranger_before(sentence: Sentence, place: int) -> bool:
    """Tell whether somebody whom no lexicon lists is the subject: the ministry says that the man fought."""
    for step in range(place - 1, max(0, place - 4), -1):
        if sentence.words[step] in THAT:
            return step < place - 1 and not any(step < m.start < place for m in sentence.mentions)
    return False


def _agrees(verb: str, noun: str) -> bool:
    """Tell whether a noun can be the subject of the verb before it: دعا موسكو calls on Moscow."""
    bare_verb = verb.lstrip(CONJUNCTION_LETTERS) or verb
    feminine = bare_verb.startswith(SHE) or bare_verb.endswith(SHE)
    return feminine or not (noun in FEMININE or noun.endswith(FEMININE_ENDING))


def _returns(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a relative clause takes its head up as an object: the movement that the forces overthrew."""
    following = sentence.words[cue.end] if cue.end < len(sentence.words) else ""
    return following in PRONOUNS or sentence.words[cue.start].endswith(HOLDER_ENDINGS)


def subject_before(sentence: Sentence, place: int) -> tuple[Mention | None, str]:
    """Return the subject that stands before a place; a sentence that goes on speaking keeps the topic."""
    if place and sentence.words[place - 1] in RELATIVES:
        nearest = [m for m in sentence.mentions if m.end <= place]
        if nearest and place - nearest[-1].end <= 4:
            return nearest[-1], "relative"
    subjects = [m for m in sentence.mentions if m.end <= place and is_subject(sentence, m)]
    if subjects:
        return subjects[-1], "subject-verb"
    return None, ("topic" if sentence.words[0] in SPEECH_OPENERS else "none")


def nominal(sentence: Sentence, cue: Cue) -> tuple[Mention | None, str]:
    """Return the agent of a verbal noun and the rule that found it: from, of, genitive, by, else as for a verb."""
    lemma = lemma_of(cue)
    after = right_of(sentence, cue.end, 4)
    if (
        cue.end < len(sentence.words)
        and sentence.words[cue.end] == OF
        and cue.category in ("support", "arming", "praise", "concern")
    ):
        giver = right_of(sentence, cue.end + 1, 4)
        if giver is not None:
            return giver, "from"
    if after is not None and cue.role != "quality":
        if after.marked == FOR:
            if cue.category == "force" and not lemma_of(cue).startswith(REPELLING_STEM):
                return after, "of"
        elif cue.end - cue.start > 1 and sentence.words[cue.end - 1] in PREPOSITIONS:
            pass  # `an operation against X`: what follows is its object
        elif (
            not after.marked
            and after.actor != OPPONENTS
            and (lemma in GENITIVE_ACTS or (after.actor != sentence.target and cue.category != "force"))
        ):
            return after, "genitive"
    for step in range(cue.end, min(len(sentence.words), cue.end + 8)):
        word = sentence.words[step]
        if word == SIDE and sentence.words[step - 1] != OF:
            break  # beside the Afghan forces: a partner, not the agent
        if word in BY_WORDS or word in CARRIED_OUT:
            agent = right_of(sentence, step + 1 + (sentence.words[step + 1 : step + 2] == (OF,)), 5)
            if agent is not None or word in CARRIED_OUT:
                return agent, "by" if agent is not None else "unnamed"
        if word in HARD_MARKS:
            break
    return subject_before(sentence, cue.start)


def between(sentence: Sentence, cue: Cue) -> tuple[str, ...]:
    """Read `between A and B` after a cue of two sides."""
    for step in range(cue.end, min(len(sentence.words), cue.end + 7)):
        if sentence.words[step] in BETWEEN:
            names = [resolve(sentence, m) for m in sentence.mentions if step < m.start <= step + 12]
            if sentence.target in names[:3]:
                return tuple(name for name in dict.fromkeys(names[:3]) if name)
    return ()


def other_party(sentence: Sentence, cue: Cue) -> str | None:
    """Return the side with which the target meets, talks or fights: the nearest other actor."""
    found = [m for m in sentence.mentions if abs(m.start - cue.start) <= 10]
    targets = [m for m in sentence.mentions if m.actor == sentence.target]
    if targets and min(abs(m.start - cue.start) for m in targets) > 20:
        return None
    if cue.role == "clash":  # a fight needs its `with` or `against`
        found = [m for m in found if any(word in WITH for word in sentence.words[cue.end : m.start])]
    near = [(abs(m.start - cue.start), resolve(sentence, m)) for m in found]
    names = [
        (distance, name)
        for distance, name in near
        if name and name not in (sentence.target, OPPONENTS) and name not in sentence.roles.allies
    ]
    if names:
        return min(names)[1]
    if cue.role == "clash":
        return None
    if cue.category in ("delisting", "recognition") and sentence.hosts:
        return sentence.hosts[0].actor.removeprefix("in_")
    return None


def coordinated(sentence: Sentence, mention: Mention, holder: str | None) -> list[str]:
    """Return the actors joined to a mention by `wa`: the American and British forces."""
    names, start, end = [], mention.start, mention.end
    for other in sentence.mentions:
        if other.start == end and sentence.words[other.start].startswith(AND) and not other.marked:
            names.append(resolve(sentence, other))
            end = other.end
    for other in reversed(sentence.mentions):
        if other.end == start and sentence.words[start].startswith(AND):
            names.append(resolve(sentence, other))
            start = other.start
    return [name for name in dict.fromkeys(names) if name and name not in (holder, sentence.target)]


def fallback(sentence: Sentence, cue: Cue) -> str | None:
    """Give force without a grammatical agent to the nearest actor before it, or else to the speaker."""
    sides = [m for m in sentence.mentions if m.end <= cue.start and m.actor not in (sentence.target, OPPONENTS)]
    near = [m for m in sides if cue.start - m.end <= 8]
    if near:
        return resolve(sentence, near[-1])
    speaker = speaker_of(sentence)
    feared = any(other.category == "concern" and other.end <= cue.start for other in sentence.cues)
    if speaker is None and not feared:
        sides = [m for m in sides if m.actor not in sentence.roles.no_sides and cue.start - m.end <= 25]
        return resolve(sentence, sides[-1]) if sides else None
    return speaker


def accused(sentence: Sentence, cue: Cue) -> Mention | None:
    """Read `A accuses B of ...`: what follows is B's act by A's word."""
    if cue.polarity <= 0:
        return None
    for other in sentence.cues:
        if lemma_of(other) == ACCUSING and other.end <= cue.start:
            named = [m for m in sentence.mentions if other.end <= m.start < cue.start and m.marked == FOR]
            if named:
                return named[0]
        if lemma_of(other) == ACCUSE and other.end <= cue.start:
            named = [m for m in sentence.mentions if other.end <= m.start < cue.start]
            if other.verb and named:
                opens = [m for m in sentence.mentions if m.end <= other.start and is_subject(sentence, m)]
                return (
                    named[0]
                    if opens or len({m.actor for m in named}) == 1
                    else next(m for m in named if m.actor != named[0].actor)
                )
    return None
