"""Fights as news of war tells them: two sides, strikes by nationality, wars waged, partners beside a fighter.

The rules here read what the grammar of one cue leaves without a holder. They ask less of the syntax and more of the
words: troops, aircraft or missiles of a nationality, a word of fighting, and the target in the same sentence.
"""

from dataclasses import replace

from discourse.reading.stance.objects import voice_of
from discourse.reading.stance.shapes import MARKS, OTHER, Cue, Mention, Sentence, Tie, bare, is_oblique, lemma_of
from discourse.reading.stance.words import (
    ABILITY,
    AGAINST,
    AIRCRAFT,
    AND,
    ATTACKS,
    BESIDE,
    BETWEEN,
    CROWDS,
    ENEMY,
    ENEMY_OF,
    FALLS_ON,
    FIGHTING,
    FOR,
    KILLING,
    NOT_OF_A_STRIKER,
    PREPOSITIONS,
    RIVALS,
    STRIKES,
    UNITS,
    WAGED,
    WANTED_ARMS,
    WANTED_STEM,
    WARS,
    WITH,
)  # fmt: skip

__all__ = ["fight_ties", "friends_among_people", "is_able", "is_condemned_attack", "is_enemy_of_all", "rivals"]


def fight_ties(sentence: Sentence, ties: list[Tie]) -> list[Tie]:
    """Return ties of force for holders that no tie so far shows against the target."""
    targets = [m for m in sentence.mentions if m.actor == sentence.target]
    if not targets and not sentence.near:
        return []
    found: dict[str, Tie] = {}
    tied = {tie.cue.start for tie in ties if tie.outright and tie.object == sentence.target}
    against = {tie.holder for tie in ties if tie.outright and tie.polarity < 0 and tie.object == sentence.target}
    for cue in sentence.cues:
        if cue.category != "force" or (cue.negated and not is_able(sentence, cue)):
            continue
        names = _strikers(sentence, cue, targets)
        names += _sides(sentence, cue)
        if targets:
            names += _wanting(sentence, cue) + _acting(sentence, cue, targets)
            if cue.start not in tied:
                names += _waging(sentence, cue, targets) + _announced(sentence, cue, targets)
        for name, rule in names:
            if name not in against and name not in found:
                found[name] = _tie(sentence, cue, name, rule)
    found |= _backers(sentence, ties, found)
    fighters = [tie for tie in (*ties, *found.values()) if tie.cue.category == "force" and tie.polarity < 0]
    for tie in fighters:
        for name in _partners(sentence, tie):
            if name not in against and name not in found:
                found[name] = _tie(sentence, tie.cue, name, "partner")
    return list(found.values())


def _tie(sentence: Sentence, cue: Cue, name: str, rule: str) -> Tie:
    return Tie(replace(cue, negated=False), name, sentence.target, voice_of(sentence, cue), -1, rule, True)


def _is_side(sentence: Sentence, mention: Mention) -> bool:
    return mention.actor != sentence.target and _may_fight(sentence, mention.actor)


def _may_fight(sentence: Sentence, actor: str) -> bool:
    return actor not in MARKS and actor not in sentence.roles.no_fighters


def _is_unit(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a mention is of armed forces: a word for troops stands in it or just before it."""
    if not _is_side(sentence, mention):
        return False
    words = sentence.words[max(0, mention.start - 2) : mention.end]
    return mention.actor in sentence.roles.armed or any(word in UNITS or bare(word) in UNITS for word in words)


def _sides(sentence: Sentence, cue: Cue) -> list[tuple[str, str]]:
    """Read a fight with troops: clashes with the soldiers, an exchange of fire between them and the movement."""
    if cue.role != "clash" or (cue.verb and cue.end - cue.start == 1):
        return []
    if any(m.actor in sentence.roles.militants for m in sentence.mentions):
        return []
    names = []
    span = sentence.words[cue.end : cue.end + 12]
    if any(word in BETWEEN for word in span[:7]) and any(word in CROWDS for word in span):
        names.append((OTHER, "two-sides"))
    for mention in sentence.mentions:
        between = sentence.words[cue.end : mention.start]
        if 0 <= mention.start - cue.end <= 12 and _is_unit(sentence, mention):
            if any(word in WITH for word in between) and not any(word in "؛." for word in between):
                names.append((mention.actor, "two-sides"))
    return names


def _acting(sentence: Sentence, cue: Cue, targets: list[Mention]) -> list[tuple[str, str]]:
    """Read troops that a verb of force follows: soldiers who were fighting the movement."""
    to_fight = lemma_of(cue) == FIGHTING and sentence.words[cue.start].startswith(FOR)
    if not (cue.verb or to_fight) or not any(0 <= m.start - cue.end <= 8 for m in targets):
        return []
    before = [m for m in sentence.mentions if 0 <= cue.start - m.end <= 4]
    if not before or not _is_unit(sentence, before[-1]):
        return []
    gap = sentence.words[before[-1].end : cue.start]
    return [] if any(word in "،؛:." for word in gap) else [(before[-1].actor, "troops")]


def _strikers(sentence: Sentence, cue: Cue, targets: list[Mention]) -> list[tuple[str, str]]:
    """Read a strike by its nationality: an American raid, missiles of a British plane, planes that fired missiles."""
    if lemma_of(cue) not in STRIKES or cue.verb:
        return []
    names = []
    for mention in sentence.mentions:
        if not _is_side(sentence, mention) or mention.marked in NOT_OF_A_STRIKER or mention.person:
            continue
        gap = sentence.words[cue.end : mention.start]
        if 0 <= mention.start - cue.end <= 2 and not any(word in PREPOSITIONS or word in "،:." for word in gap):
            names.append((mention.actor, "nationality"))
        elif 0 <= cue.start - mention.end <= 6 and not is_oblique(sentence, mention):
            before = sentence.words[max(0, mention.start - 2) : mention.end]
            if any(bare(word) in AIRCRAFT or word in AIRCRAFT for word in before):
                names.append((mention.actor, "nationality"))
    others = [m for m in sentence.mentions if m.actor in sentence.roles.militants]
    if any(m.actor in sentence.roles.rivals for m in others) or _hits_another(sentence, cue):
        return []
    return [] if others and not targets else names


def _hits_another(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a strike falls on somebody else's troops: a raid on a post of the army."""
    after = sentence.words[cue.end : cue.end + 7]
    for place, word in enumerate(after):
        if word in FALLS_ON:
            aim = after[place + 1 : place + 4]
            named = [m for m in sentence.mentions if cue.end <= m.start <= cue.end + place + 3]
            return not any(m.actor == sentence.target for m in named) and any(bare(w) in UNITS for w in aim)
    return False


def _waging(sentence: Sentence, cue: Cue, targets: list[Mention]) -> list[tuple[str, str]]:
    """Read a war or campaign against the target: by who wages it, else by who stands before it, else the topic."""
    if lemma_of(cue) not in WARS or cue.verb:
        return []
    aim = [m for m in targets if 0 <= m.start - cue.end <= 16]
    if not aim or not any(word in AGAINST for word in sentence.words[cue.end : aim[0].start]):
        return []
    span = sentence.words[cue.end : aim[0].start]
    mark = max(step for step, word in enumerate(span, cue.end) if word in AGAINST)
    passed = [m for m in sentence.mentions if mark < m.start < aim[0].start and _is_side(sentence, m)]
    if passed or aim[0].start - mark > 7:
        return []
    enemies = sentence.roles.rivals | {sentence.target}
    if any(m.actor in enemies for m in sentence.mentions if cue.start - 3 <= m.start < aim[0].start):
        return []
    waged = [step for step, word in enumerate(span, cue.end) if word in WAGED]
    inside = [m for m in sentence.mentions if waged and waged[0] < m.start <= waged[0] + 4 and _is_side(sentence, m)]
    if inside:
        return [(inside[0].actor, "waged-by")]
    before = [m for m in sentence.mentions if m.end <= cue.start and cue.start - m.end <= 25]
    before = [m for m in before if _is_side(sentence, m)]
    if before:
        return [(before[-1].actor, "waged-by")]
    topic = sentence.topic
    return [(topic, "waged-by")] if topic and topic != sentence.target and _may_fight(sentence, topic) else []


def _announced(sentence: Sentence, cue: Cue, targets: list[Mention]) -> list[tuple[str, str]]:
    """Read troops that tell of fighters killed or held: the army added that thirty gunmen were killed."""
    near = [m for m in targets if -4 <= m.start - cue.end <= 4]
    if lemma_of(cue) not in KILLING or not near or sentence.mentions[0].marked:
        return []
    after = sentence.words[cue.end : cue.end + 5]
    teller = sentence.mentions[0]
    if any(bare(word) in UNITS for word in after) or teller.end > cue.start or not _is_unit(sentence, teller):
        return []
    others = [m for m in sentence.mentions if m is not teller and m.actor != sentence.target]
    return [] if others or is_oblique(sentence, teller) else [(teller.actor, "announced")]


def _backers(sentence: Sentence, ties: list[Tie], found: dict[str, Tie]) -> dict[str, Tie]:
    """Return who supports a fighter: Washington backs Kabul in its war on the movement."""
    fights = [tie for tie in (*ties, *found.values()) if tie.cue.category == "force" and tie.polarity < 0]
    backed: dict[str, Tie] = {}
    for tie in ties:
        if tie.cue.category == "support" and tie.polarity > 0 and not tie.cue.negated and tie.holder:
            fight = next((other for other in fights if other.holder == tie.object and other.outright), None)
            if fight is not None and tie.holder not in found and _may_fight(sentence, tie.holder):
                backed[tie.holder] = replace(fight, holder=tie.holder, rule="backer")
    return backed


def _wanting(sentence: Sentence, cue: Cue) -> list[tuple[str, str]]:
    """Read `wanted by A` of the target."""
    if not lemma_of(cue).startswith(WANTED_STEM):
        return []
    named = [m for m in sentence.mentions if 0 < m.start - cue.end <= 5 and _is_side(sentence, m)]
    return [(named[0].actor, "wanted-by")] if named else []


def _partners(sentence: Sentence, tie: Tie) -> list[str]:
    """Return the troops that fight beside a fighter: joined by a word of help or by `and`."""
    names = []
    holders = [m for m in sentence.mentions if m.actor == tie.holder]
    for mention in sentence.mentions:
        if mention.actor == tie.holder or not _is_unit(sentence, mention):
            continue
        if any(word in BESIDE for word in sentence.words[max(0, mention.start - 5) : mention.start]):
            names.append(mention.actor)
        elif any(_joined(sentence, *sorted((mention, other), key=lambda m: m.start)) for other in holders):
            names.append(mention.actor)
    return names


def _joined(sentence: Sentence, left: Mention, right: Mention) -> bool:
    gap = sentence.words[left.end : right.end]
    return 0 <= right.start - left.end <= 3 and any(
        word.startswith(AND) and (bare(word) in UNITS or place + left.end >= right.start)
        for place, word in enumerate(gap)
    )


def is_able(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a negation denies the ability, not the will: cannot pursue them."""
    before = sentence.words[max(0, cue.start - 6) : cue.start]
    return cue.category == "force" and any(word in ABILITY for word in before)


def is_condemned_attack(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether what is condemned is an attack: the president condemned the assault."""
    if cue.category != "condemnation" or not cue.verb:
        return False
    return any(bare(word) in ATTACKS or word in ATTACKS for word in sentence.words[cue.end : cue.end + 7])


def is_enemy_of_all(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a cue calls somebody the enemy of people or country."""
    return lemma_of(cue) in ENEMY and any(word in ENEMY_OF for word in sentence.words[cue.end : cue.end + 1])


def friends_among_people(sentence: Sentence, cue: Cue) -> str | None:
    """Return `other` where tribes, residents or a party, which no lexicon lists, stand close before or behind a cue."""
    if cue.category not in ("support", "alliance", "praise"):
        return None
    near = sentence.words[max(0, cue.start - 5) : cue.start] + sentence.words[cue.end : cue.end + 2]
    return OTHER if any(word in CROWDS for word in near) else None


def rivals(sentence: Sentence) -> list[Tie]:
    """Read who is called a rival or an enemy of the target: a deputy hostile to the movement, a competing faction."""
    ties = []
    for cue in sentence.cues:
        if lemma_of(cue) not in RIVALS or cue.negated:
            continue
        aim = [m for m in sentence.mentions if m.actor == sentence.target and 0 <= m.start - cue.end <= 2]
        if not aim or any(word in WANTED_ARMS for word in sentence.words[max(0, cue.start - 3) : cue.start]):
            continue
        before = [m for m in sentence.mentions if 0 <= cue.start - m.end <= 1 and _is_side(sentence, m)]
        before = [m for m in before if m.end - m.start > 1 or _is_unit(sentence, m)]  # a government, troops
        name = before[-1].actor if before else OTHER
        ties.append(_tie(sentence, cue, name, "rival"))
    return ties
