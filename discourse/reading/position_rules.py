"""Who holds a stance toward whom: the rules that tie one cue to a holder and to an object.

The rules read one sentence as a row of words with actor mentions and stance cues laid over it. They know four
roles of a cue (act, mutual, voice, quality; see the card of the lexicon ``stance``), the two word orders of the
Arabic verbal sentence, the genitive and the nisba after a verbal noun, and the prepositions that mark its object.
"""

from dataclasses import dataclass, field, replace

from discourse.language.normalization import normalize_words

__all__ = ["Cue", "Mention", "Sentence", "Tie", "read_sentence"]


def _words(text: str) -> frozenset[str]:
    return frozenset(normalize_words(text.split()))


# A preposition ends the genitive after a verbal noun and opens its object.
PREPOSITIONS = _words("على ضد مع عن من في إلى بين خلال بعد قبل حول بشأن لدى تجاه إزاء نحو عبر منذ حتى أثناء عند قرب بحق حيال")
OBJECT_MARKERS = _words("على ضد مع تجاه إزاء بحق حيال إلى عن من بين حول بشأن ضمن نحو")
AGAINST = _words("ضد بحق")
CLAUSE_WORDS = _words(
    "لكن لكنه لكنها لكنهم ولكن بينما فيما حين وحين حيث كما إذ بعدما وإن بل رغم أما وكان وكانت علما غير غداة بحجة لأن "
    "لأنها لأنه مع أنها عقب وسط إثر بعد قبل خلال"
)
CLAUSE_MARKS = frozenset("،؛:.!?؟…—–")
SUBORDINATORS = _words("إن أن بأن وأن وإن أنه أنها بأنه بأنها إنها إنه وأنها وأنه")
RELATIVES = _words("الذي التي الذين اللذين اللتين اللذان اللتان والتي والذي")
PARTICLES = _words("قد وقد لقد سوف كان كانت وكان وكانت لا لم لن ما أن بأن")
BY_WORDS = _words("قبل جانب يد أيدي شنته شنتها نفذته نفذتها تشنه تشنها ينفذها نفذها شنها بقيادة تقوده تقودها قادته قادتها")
SPEAKER_COUNTRY = _words("بلاده بلادها بلادنا بلادهم لبلاده ببلاده وبلاده دولته حكومته حكومتها قواته قواتها قواتنا جيشه لقواته")
BOTH = _words("الجانبان الجانبين الطرفان الطرفين بينهما كلاهما")
# after these the genitive is the one who acts (هجوم طالبان); after all other cues it is the one acted upon (قتل طالبان)
GENITIVE_ACTS = frozenset(
    "هجوم هجمة غارة قصف ضربة حملة عملية تهديد إنذار توعد وعيد تلويح دعم إسناد زيارة دعوة رفض رافض استنكار تنديد إدانة اتهام انتقاد "
    "إشادة ثناء ترحيب شكر امتنان قلق خشية تخوف خوف تحذير تنبيه نفي إنكار تكذيب شرط وعد انتقام مناشدة طلب اعتراض احتجاج أمل ارتياح تعهد "
    "انتصار استقبال استضافة مناورة حشد خطر اختراق تمرد زعم ادعاء اتهام تهمة".split()
)
TITLES = _words(
    "جنرال وزير مسؤول مسؤولون ناطق متحدث كاتب محلل باحث خبير خبراء محللون صحيفة شبكة قائد مبعوث سفير نائب رئيس مصدر مصادر دبلوماسي "
    "دبلوماسيون أدميرال قيادي مندوب مراسل تقرير شهود زعيم سيناتور مستشار أمين عقيد لواء"
)
BODIES = TITLES | _words(
    "وزارة خارجية داخلية دفاع حكومة سلطات سلطة جيش قوات طائرات طائرة مقاتلات مروحيات متحدثة ناطقة ممثل ممثلو مساعد مدير سكرتير عام قيادة قادة "
    "استخبارات مخابرات شرطة أجهزة جهاز دائرة إدارة بيان بعثة سفارة حلف حركة تنظيم مجلس محكمة عليا برلمان كونغرس مسلحو مسلحي مقاتلو "
    "مقاتلي عناصر جنود عسكريون عسكريين مسؤولو مسؤولي أمن أمنية عسكرية جوية برية خاصة دولية ولايات متحدة أمم جنود مشاة بحرية مقاتلة "
    "رئاسي رئاسية وكالة فدرالي فيدرالي قومي وطني دبلوماسية عاصمة مملكة جمهورية باسم بلسان على لسان مسلحون مقاتلون متمردو متمردي"
)
# these count only where the words name their object: war, arms and terror stand in every report on Afghanistan
OUTRIGHT = frozenset({"force", "designation", "sanctions", "support", "arming", "condemnation", "aid", "alliance"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an actor: words [start, end) of the sentence."""

    start: int
    end: int
    actor: str
    anaphor: bool = False


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
    topic: str | None = None
    near: bool = False  # the target is named in the sentence before
    quoted: tuple[tuple[int, int, str | None], ...] = ()
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


def _clauses(words: tuple[str, ...]) -> tuple[int, ...]:
    number, numbers = 0, []
    for word in words:
        if word in CLAUSE_MARKS or word in CLAUSE_WORDS:
            number += 1
        numbers.append(number)
    return tuple(numbers)


def read_sentence(sentence: Sentence) -> list[Tie]:
    """Tie every cue of a sentence to a holder and an object.

    A cue whose agent is the target itself is dropped: what the target does or says is not a position toward it.
    """
    sentence = replace(sentence, clauses=_clauses(sentence.words))
    sentence = _mark_opponents(sentence)
    ties = []
    for cue in sentence.cues:
        if cue.category == "opponents":
            continue
        for tie in _tie(sentence, cue):
            if tie.holder is None or tie.holder == sentence.target:
                continue
            if tie.outright or cue.category not in OUTRIGHT:
                ties.append(tie)
    return ties


def _mark_opponents(sentence: Sentence) -> Sentence:
    """Turn `the opponents of T` into a mention of its own, so that support for them counts against T."""
    mentions = list(sentence.mentions)
    for cue in sentence.cues:
        if cue.category != "opponents" or cue.pattern == "[ضد]":
            continue
        for place, mention in enumerate(mentions):
            if mention.actor == sentence.target and 0 <= mention.start - cue.end <= 2:
                mentions[place] = Mention(cue.start, mention.end, "opponents")
                break
    return replace(sentence, mentions=tuple(mentions))


def _tie(sentence: Sentence, cue: Cue) -> list[Tie]:
    holder, rule = _agent(sentence, cue)
    if cue.role == "mutual":
        if holder == sentence.target:
            other = _other_party(sentence, cue)
            return [_finish(sentence, cue, other, "other-party")] if other else []
        pair = _between(sentence, cue)
        if pair:
            return [tie for name in pair if name != sentence.target for tie in [_finish(sentence, cue, name, "between")]]
    return [_finish(sentence, cue, holder, rule)]


def _finish(sentence: Sentence, cue: Cue, holder: str | None, rule: str) -> Tie:
    thing, against, outright = _object(sentence, cue, holder)
    polarity = cue.polarity
    if thing == "opponents":
        polarity, thing = -polarity, sentence.target
    elif against and thing == sentence.target and polarity > 0:
        polarity = -1
    voice = _voice(sentence, cue, holder)
    return Tie(cue, holder, thing, voice, polarity, rule, outright)


def _resolve(sentence: Sentence, mention: Mention) -> str | None:
    """Give an anaphor such as `his country` the actor that the sentence last named before it."""
    if mention.actor != "speaker_country":
        return mention.actor
    for other in reversed(sentence.mentions):
        if other.start < mention.start and other.actor not in ("speaker_country", sentence.target, "isis"):
            first = next(m for m in sentence.mentions if m.actor not in ("speaker_country", sentence.target, "isis"))
            return first.actor
    return sentence.topic


def _agent(sentence: Sentence, cue: Cue) -> tuple[str | None, str]:
    if cue.verb:
        return _subject(sentence, cue)
    return _genitive(sentence, cue)


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
        if word in PREPOSITIONS or word in CLAUSE_MARKS or word in SUBORDINATORS or word in RELATIVES:
            return None
    return None


def _bare(word: str) -> str:
    """Take the conjunction, the article and the preposition off a word."""
    for front in ("وال", "بال", "فال", "كال", "ولل", "ال", "لل", "و", "ل", "ب", "ف"):
        if word.startswith(front) and len(word) - len(front) >= 3:
            return word[len(front) :]
    return word


def _is_body(word: str) -> bool:
    return word in BODIES or _bare(word) in BODIES


def _is_object_mention(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a mention stands after a preposition or carries one, so that it cannot be a subject."""
    before = sentence.words[mention.start - 1] if mention.start else ""
    word = sentence.words[mention.start]
    return before in PREPOSITIONS or word[:2] in ("لل", "بط", "لط") or word.startswith(("بال", "ولل", "ولط", "وبط"))


def _is_subject(sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a mention can be the subject of what follows: walk left to a clause start or an `inna`."""
    if _is_object_mention(sentence, mention):
        return False
    if mention.actor == "speaker_country":
        return True
    for cue in sentence.cues:
        if not cue.verb and mention.start - 1 <= cue.end <= mention.start and cue.category != "opponents":
            return False
    for step in range(mention.start - 1, max(-1, mention.start - 8), -1):
        word = sentence.words[step]
        if word in CLAUSE_MARKS or word in CLAUSE_WORDS or word in SUBORDINATORS:
            return True
        if word in PREPOSITIONS:
            return False
        if any(m.start <= step < m.end and m.actor != mention.actor for m in sentence.mentions):
            return False
    return True


def _subject(sentence: Sentence, cue: Cue) -> tuple[str | None, str]:
    words = sentence.words
    if cue.end < len(words) and _starts_clause(sentence, cue.start):
        after = _right(sentence, cue.end, 7)
        if after is not None and not _is_object_mention(sentence, after):
            if all(_is_body(word) for word in words[cue.end : after.start]):
                return _resolve(sentence, after), "verb-subject"
        elif cue.role == "voice" and _is_title(words[cue.end]):
            return "other", "verb-title"
    place = cue.start
    if place and words[place - 1] in RELATIVES:
        nearest = [m for m in sentence.mentions if m.end <= place]
        if nearest and place - nearest[-1].end <= 4:
            return _resolve(sentence, nearest[-1]), "relative"
    before = [m for m in sentence.mentions if m.end <= place and _is_subject(sentence, m)]
    if before:
        return _resolve(sentence, before[-1]), "subject-verb"
    return sentence.topic, "topic"


def _is_title(word: str) -> bool:
    return word in TITLES or _bare(word) in TITLES


def _genitive(sentence: Sentence, cue: Cue) -> tuple[str | None, str]:
    lemma = cue.pattern.split()[0].strip("[]")
    after = _right(sentence, cue.end, 4)
    if after is not None and cue.role != "quality":
        to = sentence.words[after.start].startswith("ل") and _is_object_mention(sentence, after)
        if to and cue.category == "force":
            return _resolve(sentence, after), "of"
        if not to and (lemma in GENITIVE_ACTS or after.actor != sentence.target) and after.actor != "opponents":
            return _resolve(sentence, after), "genitive"
    for step in range(cue.end, min(len(sentence.words), cue.end + 7)):
        if sentence.words[step] in BY_WORDS:
            agent = _right(sentence, step + 1, 4)
            if agent is not None:
                return _resolve(sentence, agent), "by"
    return _subject(sentence, replace(cue, verb=True, end=cue.start, start=cue.start)) if cue.start else (sentence.topic, "topic")


def _between(sentence: Sentence, cue: Cue) -> tuple[str, str] | None:
    """Read `between A and B` after a cue of two sides."""
    for step in range(cue.end, min(len(sentence.words), cue.end + 6)):
        if sentence.words[step] in ("بين", "وبين"):
            names = [_resolve(sentence, m) for m in sentence.mentions if step < m.start <= step + 10]
            if sentence.target in names and len(names) >= 2:
                first, second = names[0], names[1]
                return (first or "", second or "")
    return None


def _other_party(sentence: Sentence, cue: Cue) -> str | None:
    """Return the side with which the target meets, talks or trades: the nearest other actor of the clause."""
    names = [(abs(m.start - cue.start), _resolve(sentence, m)) for m in sentence.mentions if abs(m.start - cue.start) <= 10]
    names = [(d, name) for d, name in names if name and name not in (sentence.target, "isis", "opponents")]
    return min(names)[1] if names else None


def _object(sentence: Sentence, cue: Cue, holder: str | None) -> tuple[str | None, bool, bool]:
    """Return what the cue is about, whether `against` marks it, and whether the words say so outright."""
    others = [m for m in sentence.mentions if _resolve(sentence, m) != holder or m.actor == sentence.target]
    after = _object_after(sentence, cue, others)
    if after is not None:
        against = any(word in AGAINST for word in sentence.words[max(cue.end, after.start - 3) : after.start + 1])
        return after.actor, against, True
    inside = [m for m in others if cue.start < m.start < cue.end]
    if inside:
        return inside[-1].actor, False, True
    before = [m for m in others if m.end <= cue.start]
    if before and sentence.words[cue.end - 1].endswith(("ها", "هم", "ه")) and not sentence.words[cue.end - 1].endswith("الله"):
        targets = [m for m in before if m.actor == sentence.target]
        if targets:
            return sentence.target, False, True
    clause = sentence.clauses[cue.start]
    close = [m for m in before if sentence.clauses[m.start] == clause and cue.start - m.end <= 4]
    if close and (cue.role == "quality" or not cue.verb):
        return close[-1].actor, False, True
    if sentence.near or any(m.actor == sentence.target for m in sentence.mentions):
        return sentence.target, False, False
    return None, False, False


def _object_after(sentence: Sentence, cue: Cue, others: list[Mention]) -> Mention | None:
    for step in range(cue.end, min(len(sentence.words), cue.end + 8)):
        for mention in others:
            if mention.start == step:
                return mention
        if sentence.words[step] in CLAUSE_MARKS or (sentence.words[step] in CLAUSE_WORDS and step > cue.end):
            return None
    return None


def _voice(sentence: Sentence, cue: Cue, holder: str | None) -> str | None:
    for start, end, speaker in sentence.quoted:
        if start <= cue.start < end:
            return speaker
    return None
