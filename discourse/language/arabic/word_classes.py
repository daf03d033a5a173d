"""Classes of words, as bits, and the words of syntax.yml and news_words.yml that belong to them."""

from functools import cache
from importlib.resources import files

from discourse.language.arabic.normalization import DEFAULT_NORMALIZER as normal
from discourse.language.words import read_words

__all__ = ["MARKS", "Class", "classes", "lists"]


class Class:
    """Classes of words, as bits."""

    COMMA = 1 << 0
    STOP = 1 << 1
    COLON = 1 << 2
    DASH = 1 << 3
    QUOTE = 1 << 4
    BRACKET = 1 << 5
    THAT = 1 << 6
    WITH_PRONOUN = 1 << 7  # a complementizer with the subject on it: أنه
    BARE_THAT = 1 << 8  # أن, إن, بأن
    RELATIVE = 1 << 9
    LOOSE_RELATIVE = 1 << 10  # ما, من: also other words
    PURPOSE = 1 << 11
    CAUSE = 1 << 12
    TIME_CLAUSE = 1 << 13
    CONDITION = 1 << 14
    CONCESSION = 1 << 15
    MAIN = 1 << 16  # لكن, بل, كما
    OR = 1 << 17
    QUESTION = 1 << 18
    PREPOSITION = 1 << 19
    PRONOUN_PHRASE = 1 << 20  # فيه, لها
    COMPOUND = 1 << 21  # بسبب, باسم: a preposition that was a noun
    NEGATOR = 1 << 22
    NOT = 1 << 23  # ليس and its forms
    ALREADY = 1 << 24
    FUTURE = 1 << 25
    WISH = 1 << 26
    EXCEPT = 1 << 27
    PRONOUN = 1 << 28
    DEMONSTRATIVE = 1 << 29
    QUANTIFIER = 1 << 30
    TITLE = 1 << 31
    ADVERB = 1 << 32
    TIME_NOUN = 1 << 33
    ADJECTIVE = 1 << 34
    NUMBER = 1 << 35
    DEFINITE = 1 << 36  # has the article
    POSSESSED = 1 << 37  # a noun with a pronoun behind it
    ACCUSATIVE = 1 << 38
    NOUN = 1 << 39  # no verb by its ending or article
    LIKE_VERB = 1 << 40  # a common noun that is written like a verb
    NISBA = 1 << 41
    FEMININE = 1 << 42
    PLURAL = 1 << 43
    FOREIGN = 1 << 44
    MASCULINE = 1 << 46  # of a relative
    EXISTENTIAL = 1 << 47
    FUSED = 1 << 48  # a loose relative with a preposition in it: مما
    LIKE_PARTICIPLE = 1 << 49
    PLACE = 1 << 50  # the name of a country or a city
    COMMON = 1 << 51  # a common noun
    ATTRIBUTE = 1 << 52  # ذات, ذو
    QUANTITY = 1 << 53  # عدد، مئات: من and what is counted follow
    OBLIQUE_PLURAL = 1 << 54  # ـين
    REFLEXIVE = 1 << 55
    PERHAPS = 1 << 56
    YET = 1 << 57  # بعد
    COUNTERFACTUAL = 1 << 58  # لو
    ASKS = 1 << 59  # the question mark
    COMPARATIVE = 1 << 60  # أكثر
    NISBA_ADVERB = 1 << 61  # رسميا
    GUESSED = 1 << 62  # the preposition may be a letter of the word
    BEGINS_ENTRY = 1 << 63  # an entry of several words may begin with it
    OBLIGES = 1 << 64  # عليه أن
    SPEAKERS = 1 << 65  # إننا
    WHOLE = 1 << 66  # its first letter is no clitic: كلينتون
    EITHER = 1 << 67  # a common noun of either gender, as far as is known
    RESULT = 1 << 68  # مما
    SHORTENED = 1 << 69  # a title of one letter before a full stop
    NOMINATIVE = 1 << 70  # المسؤولون, الطرفان
    DEED = 1 << 71  # an adverb that is a verbal noun: ردا
    YA = 1 << 45  # as a verb it begins with the ي of the present


C = Class
MARKS = {
    **dict.fromkeys("،,;؛", C.COMMA), **dict.fromkeys(".!؟?…۔", C.STOP), **dict.fromkeys("-–—/", C.DASH),
    **dict.fromkeys("()[]{}", C.BRACKET), **dict.fromkeys("\"'«»“”„‘’‹›`", C.QUOTE), ":": C.COLON,
}  # fmt: skip
_CLOSED = {
    "that": C.THAT, "that_with_pronoun": C.WITH_PRONOUN, "bare_that": C.BARE_THAT, "relatives": C.RELATIVE,
    "loose_relatives": C.LOOSE_RELATIVE, "fused_relatives": C.FUSED, "result_relatives": C.RESULT,
    "purpose": C.PURPOSE, "cause": C.CAUSE,
    "time": C.TIME_CLAUSE,
    "condition": C.CONDITION, "concession": C.CONCESSION, "main_again": C.MAIN, "or_and": C.OR,
    "questions": C.QUESTION, "prepositions": C.PREPOSITION, "preposition_with_pronoun": C.PRONOUN_PHRASE,
    "compound_prepositions": C.COMPOUND, "negators": C.NEGATOR, "negation_not": C.NOT, "already": C.ALREADY,
    "future": C.FUTURE, "wish": C.WISH, "except": C.EXCEPT, "pronouns": C.PRONOUN, "demonstratives": C.DEMONSTRATIVE,
    "adverbs": C.ADVERB, "masculine_relatives": C.MASCULINE, "plural_relatives": C.PLURAL,
    "feminine_relatives": C.FEMININE,
    "existentials": C.EXISTENTIAL, "attributes": C.ATTRIBUTE,
    "perhaps": C.PERHAPS, "speakers": C.SPEAKERS, "obliges": C.OBLIGES, "yet": C.YET, "would": C.COUNTERFACTUAL,
}  # fmt: skip
_OPEN = {
    "quantifiers": C.QUANTIFIER, "titles": C.TITLE, "time_nouns": C.TIME_NOUN, "adjectives": C.ADJECTIVE,
    "nouns_like_verbs": C.LIKE_VERB, "numbers": C.NUMBER, "places": C.PLACE, "nouns": C.COMMON,
    "quantities": C.QUANTITY, "shortened_titles": C.TITLE | C.SHORTENED,
    "reflexives": C.REFLEXIVE, "comparatives": C.COMPARATIVE,
    "plural_nouns": C.COMMON | C.PLURAL, "feminine_nouns": C.FEMININE,
}  # fmt: skip


_SEEN = {
    "nouns": C.COMMON, "nouns_either": C.COMMON | C.EITHER, "plural_nouns": C.COMMON | C.PLURAL,
    "adjectives": C.ADJECTIVE,
    "nouns_like_verbs": C.LIKE_VERB, "whole_words": C.WHOLE,
}  # fmt: skip


@cache
def lists() -> dict:
    """Return the lists of syntax.yml."""
    return dict(read_words(files("discourse.language.arabic") / "syntax.yml"))


@cache
def classes(closed: bool) -> dict[str, int]:
    """Return the classes of each word of the closed lists, or of the open ones."""
    found: dict[str, int] = {}
    for name, flag in (_CLOSED if closed else _OPEN).items():
        for word in lists()[name]:
            found[normal(word)] = found.get(normal(word), 0) | flag
    if not closed:
        seen = read_words(files("discourse.language.arabic") / "news_words.yml")
        for name, flag in _SEEN.items():
            for word in seen[name]:
                found[word] = found.get(word, 0) | flag
    return found
