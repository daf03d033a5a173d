"""Who holds a stance toward whom: the rules that tie one cue to a holder and to an object.

The rules read one sentence as a row of words with actor mentions and stance cues laid over it. They know the roles of
a cue (act, clash, mutual, voice, quality; see the card of the lexicon ``stance``), the two word orders of the Arabic
verbal sentence, the genitive and the nisba after a verbal noun, coordination, and the prepositions that mark an object.
"""

from dataclasses import replace

from discourse.reading.stance.fights import (
    fight_ties,
    friends_among_people,
    is_able,
    is_condemned_attack,
    is_enemy_of_all,
    rivals,
)
from discourse.reading.stance.holders import (
    accused,
    between,
    coordinated,
    fallback,
    nominal,
    other_party,
    subject_before,
    verbal,
)  # fmt: skip
from discourse.reading.stance.judgements import judgement_ties
from discourse.reading.stance.objects import is_denied, object_of, supports_force, voice_of
from discourse.reading.stance.shapes import (
    MARKS,
    OPPONENTS,
    OTHER,
    SILENT,
    Cue,
    Mention,
    Sentence,
    Tie,
    clauses_of,
    lemma_of,
    resolve,
    right_of,
    speaker_of,
)  # fmt: skip
from discourse.reading.stance.words import (
    ADMIT,
    AGAINST_ENTRY,
    ALLEGED,
    AND,
    CONCESSIONS,
    DEMANDS,
    ENDINGS,
    GENITIVE_ACTS,
    HOLDER_ENDINGS,
    NO_BUT,
    RELATION,
    SIDE,
    SUBORDINATORS,
    WITH_TIES,
)

__all__ = ["read_sentence"]

# these count only where the words name their object: war, arms and terror stand in every report on Afghanistan
OUTRIGHT = frozenset(
    {"force", "designation", "sanctions", "support", "arming", "condemnation", "aid", "alliance", "delisting"}
)
# what headline and lead may say without naming the target
LOOSE = frozenset("concern refusal engagement demand conditions praise reserve reconciliation shared_interest".split())
MUTUAL = frozenset({"mutual", "clash"})


def read_sentence(sentence: Sentence, *, loose: bool = False) -> list[Tie]:
    """Tie every cue of a sentence to a holder and an object.

    A cue whose agent is the target itself is dropped: what the target does or says is not a position toward it.
    """
    named = replace(sentence, clauses=clauses_of(sentence.words))
    sentence = _mark_opponents(named)
    ties = [] if loose else judgement_ties(sentence)
    judged = {tie.cue for tie in ties}
    for cue in sentence.cues:
        if cue in judged:
            continue
        if _is_inside(sentence, cue) or _is_conceded(sentence, cue) or _admits(sentence, cue):
            continue
        if cue.category in SILENT:
            if cue.pattern == AGAINST_ENTRY:
                ties += _opposition(sentence, cue)
            continue
        if lemma_of(cue) in RELATION and sentence.words[max(0, cue.start - 1)] in WITH_TIES:
            continue  # people with ties to the Taliban hold nobody's position
        for tie in _tie(sentence, cue):
            if tie.holder is None or tie.holder == sentence.target or tie.holder in MARKS:
                continue
            if not sentence.roles.may_hold(tie.holder, cue.category):
                continue
            if tie.outright or cue.category not in OUTRIGHT:
                ties.append(tie)
            elif _is_clear(sentence, cue, tie):
                ties.append(replace(tie, outright=True))
    ties += [] if loose else [*rivals(named), *fight_ties(sentence, ties)]
    if (
        loose
        and any(m.actor in sentence.roles.rivals for m in sentence.mentions)
        and not any(m.actor == sentence.target for m in sentence.mentions)
    ):
        return []
    if loose:
        return [tie for tie in ties if tie.cue.category in LOOSE]
    firm = {tie.holder for tie in ties if tie.outright}
    return [tie for tie in ties if tie.outright or tie.holder in firm or _stands_alone(tie)]


def _is_clear(sentence: Sentence, cue: Cue, tie: Tie) -> bool:
    """Tell whether a cue without a named object says whom it means: an attack condemned, enemies of the people."""
    return tie.object == sentence.target and (is_condemned_attack(sentence, cue) or is_enemy_of_all(sentence, cue))


def _mark_opponents(sentence: Sentence) -> Sentence:
    """Turn `the opponents of T` into a mention of its own, so that support for them counts against T."""
    mentions = list(sentence.mentions)
    for cue in sentence.cues:
        if cue.category != OPPONENTS or cue.pattern == AGAINST_ENTRY:
            continue
        if cue.role == "alone":
            mentions = [m for m in mentions if m.end <= cue.start or m.start >= cue.end]
            mentions.append(Mention(cue.start, cue.end, OPPONENTS))
            mentions.sort(key=lambda m: m.start)
            continue
        for place, mention in enumerate(mentions):
            if mention.actor == sentence.target and 0 <= mention.start - cue.end <= 2:
                mentions[place] = Mention(cue.start, mention.end, OPPONENTS)
                break
    return replace(sentence, mentions=tuple(mentions))


def _opposition(sentence: Sentence, cue: Cue) -> list[Tie]:
    """Read `against T` where no other cue stands before it: a plan, a stand, an operation against the Taliban."""
    if any(-1 <= cue.start - other.end <= 3 for other in sentence.cues if other.polarity and other is not cue):
        return []
    thing = right_of(sentence, cue.end, 4)
    if thing is None or thing.actor != sentence.target:
        return []
    before = [
        m for m in sentence.mentions if m.end <= cue.start and cue.start - m.end <= 6 and m.actor != sentence.target
    ]
    mention = before[-1] if before else subject_before(sentence, cue.start)[0]
    if mention is None:
        return []
    holder = resolve(sentence, mention)
    if holder in (None, sentence.target) or holder in MARKS or not sentence.roles.may_hold(holder, "force"):
        return []
    names = [holder, *coordinated(sentence, mention, holder)]
    return [Tie(cue, name, sentence.target, voice_of(sentence, cue), -1, "against", True) for name in names]


def _is_inside(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a longer cue of the other side covers this one: the ban in `lifting of the ban`."""
    return any(
        other.start <= cue.start and other.end >= cue.end and other.end - other.start > cue.end - cue.start
        and other.polarity * cue.polarity < 0
        for other in sentence.cues
    )  # fmt: skip


def _admits(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether the verb of recognition stands for admitting something: اعترف الوزير بأن."""
    after = sentence.words[cue.end : cue.end + 7]
    return lemma_of(cue) == ADMIT and any(word in SUBORDINATORS for word in after)


def _is_conceded(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a cue stands behind `although`: background that the sentence sets aside."""
    if cue.category not in ("designation", "sanctions", "recognition"):
        return False
    before = sentence.words[max(0, cue.start - 8) : cue.start]
    return any(word in CONCESSIONS for word in before) and cue.start > 4


def _stands_alone(tie: Tie) -> bool:
    """Tell whether a cue that does not name its object may count by itself: a speaker's own finite verb."""
    return (
        tie.cue.verb
        and tie.cue.role == "voice"
        and tie.cue.category != "demand"
        and tie.rule in ("verb-subject", "subject-verb", "topic")
    )


def _receives(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether the target stands before a gift: the movement receives support from a service."""
    return any(m.actor == sentence.target and 0 <= cue.start - m.end <= 6 for m in sentence.mentions)


def _is_far_ally(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether an ally stands away from the target: whose ally it is, the sentence says elsewhere."""
    return cue.category == "alliance" and not any(
        m.actor == sentence.target and min(abs(m.start - cue.end), abs(cue.start - m.end)) <= 5
        for m in sentence.mentions
    )


def _tie(sentence: Sentence, cue: Cue) -> list[Tie]:
    if _is_far_ally(sentence, cue):
        return []
    if cue.role in MUTUAL and any(word in ENDINGS for word in sentence.words[max(0, cue.start - 3) : cue.start]):
        cue = replace(cue, negated=True)  # the end of talks, the collapse of a truce
    if cue.role in MUTUAL:
        pair = between(sentence, cue)
        if pair:
            return [_finish(sentence, cue, name, "between") for name in pair if name != sentence.target]
    mention, rule = verbal(sentence, cue) if cue.verb else nominal(sentence, cue)
    owned = cue.category == "alliance" or (cue.category == "force" and not cue.verb and lemma_of(cue) in GENITIVE_ACTS)
    if owned and sentence.words[cue.start].endswith(HOLDER_ENDINGS):
        owners = [m for m in sentence.mentions if m.end <= cue.start]
        mention, rule = (owners[-1], "owner") if owners else (None, "none")
        if owners and sentence.words[cue.start].startswith(AND) and cue.start - owners[-1].end <= 1:
            return []  # Washington and its allies
    charged = accused(sentence, cue)
    if charged is not None:
        mention, rule = charged, "accused"
    holder = resolve(sentence, mention) if mention else (sentence.topic if rule == "topic" else None)
    if holder in (sentence.target, None, OPPONENTS):
        direct = cue.role == "clash" and cue.verb and holder is None  # who were fighting the Taliban
        if (cue.role in MUTUAL and not direct) or cue.category in ("delisting", "recognition"):
            other = other_party(sentence, cue)
            if cue.role in MUTUAL and cue.negated and holder == sentence.target:
                return []  # it is the target that declines
            return [_finish(sentence, cue, other, "other-party")] if other else []
        if holder is None and cue.category in ("conditions", "reserve", "refusal"):
            holder, rule = speaker_of(sentence), "speaker"
        elif holder == sentence.target and cue.category == "conditions":
            holder, rule, mention = speaker_of(sentence), "speaker", None
        if holder is None and cue.category == "alliance" and SIDE in cue.pattern:
            return [_finish(sentence, cue, OTHER, "stranger")]
        from_people = holder is None or (rule == "owner" and holder == sentence.target and cue.category == "alliance")
        if from_people and (people := friends_among_people(sentence, cue)):
            return [_finish(sentence, cue, people, "people")]
        if cue.role == "quality":
            speaker = speaker_of(sentence)
            return [_finish(sentence, cue, speaker, "speaker")] if speaker else []
    if rule == "accused" and holder == speaker_of(sentence):
        cue = replace(cue, negated=True)  # who reports an accusation against itself rejects it
    ties = [_finish(sentence, cue, holder, rule)]
    if (
        holder is None
        and rule not in ("unnamed", "stranger")
        and cue.category == "force"
        and ties[0].object == sentence.target
        and ties[0].outright
    ):
        ties = [_finish(sentence, cue, fallback(sentence, cue), "fallback")]
    if mention is not None:
        ties += [_finish(sentence, cue, name, "coordinated") for name in coordinated(sentence, mention, holder)]
    return ties


def _finish(sentence: Sentence, cue: Cue, holder: str | None, rule: str) -> Tie:
    thing, against, outright = object_of(sentence, cue, holder)
    polarity = cue.polarity
    before = sentence.words[max(0, cue.start - 4) : cue.start]
    if cue.negated and is_able(sentence, cue):
        cue = replace(cue, negated=False)  # cannot pursue them: the will is there
    if cue.negated and any(
        word in NO_BUT for word in sentence.words[max(0, cue.start - 6) : cue.start]
    ):  # no alternative to talks: talks are wanted
        cue = replace(cue, negated=False)
    if (
        cue.category in ("support", "arming", "engagement")
        and not cue.negated
        and is_denied(sentence, cue, holder, before)
    ):
        cue = replace(cue, negated=True)
    if cue.category in ("support", "arming") and any(word in ALLEGED for word in sentence.words[cue.end : cue.end + 3]):
        cue = replace(cue, negated=True)
    if cue.category == "support" and any(word in DEMANDS for word in sentence.words[cue.end : cue.end + 3]):
        cue = replace(cue, hedged=True)  # support for a demand of theirs is less than support for them
    if cue.category == "support" and supports_force(sentence, cue):
        against = True
    if thing == OPPONENTS:
        polarity, thing = -polarity, sentence.target if polarity > 0 else OPPONENTS
    elif against and thing == sentence.target and polarity > 0:
        polarity = -1
    return Tie(
        cue,
        holder,
        thing,
        voice_of(sentence, cue),
        polarity,
        rule,
        outright or rule in ("between", "other-party") or (rule == "from" and _receives(sentence, cue)),
    )
