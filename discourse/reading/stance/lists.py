"""The closed words of the reading of positions, in normal form; positions.yml of the language lists them."""

from discourse.language.base import load_language

__all__: list[str] = []

_WORDS, _GRAMMAR = map(load_language("arabic").words, ("positions", "grammar"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORDS.normal(name))


def _letters(name: str) -> str:
    """Return single letters as one string, for ``strip``."""
    return "".join(_WORDS.normal(name))


# marks
LABEL_MARKS = frozenset("،()[]-–—")
COMMA, QUESTION_MARK = "،", "؟"
SENTENCE_MARKS = frozenset("؛.!?؟…:")
DAMMA = "\u064f"  # on the first letters of a verb: the passive

# clauses and pronouns
THAT = _words("that")
BECAUSE = _words("because")
BARE_THAT = _words("bare_that")
HE_SHE_THEY = _words("he_she_they")
BUT_SHE = _words("but_she")
WE = _words("we")
WITH_HIM = _words("with_him")
PREPOSITIONS = _words("prepositions")
BEFORE_THE_VERB = _words("before_the_verb")
WHAT = _words("what")
TEXTS = _words("texts")
CONDITIONS = _words("conditions")
BEFORE = _words("before")
BETWEEN_OR_AGAINST = _words("between_or_against")
ON_OR_AGAINST = _words("on_or_against")
TO_OR_AGAINST = _words("to_or_against")
FOR_OR_ON = _words("for_or_on")
ON_HIM = _words("on_him")
TO_DO = _words("to_do")

# what turns an act around
NEGATORS = _words("negators")
NOT_ONLY = _words("not_only")
SAVE = _words("save")
HIDE = _words("hide")
STILL = _words("still")
WITHOUT = _words("without")
RELIEF = _words("relief")
DOUBTED = _words("doubted")
ASKED = _words("asked")
REQUESTS = _words("requests")
FORMATS = _words("formats")
BANNED = _WORDS.normal("banned")
HEADS_OF_A_NOUN = _words("heads_of_a_noun")
CIRCUMSTANCES = _words("circumstances")

# acts
LIGHT = _WORDS.normal("light")
DIALOGUE_STEM = _WORDS.one("dialogue_stem")
SIGNED = _WORDS.normal("signed")
DEALS = _words("deals")
ATTACKS = _words("attacks")
SUFFERED = _words("suffered")
SCOURGES = _WORDS.normal("scourges")
REASONS = _words("reasons")
PLANNED = _words("planned")
EASED = tuple(_WORDS.normal("eased"))
PREVENTED = _words("prevented")
KEPT = _words("kept")
LATTER = _words("latter")
LACK = _words("lack")
TALKS = _WORDS.normal("talks")
OFFICE_PLACES = _words("office_places")
SEEN = _words("seen")
DESCRIBES = _WORDS.normal("describes")
WISHES = _words("wishes")
NOR = _words("nor")
WORRIES = _words("worries")
GIVING_UP = _words("giving_up")
ENDING = _words("ending")
OFFERED = _WORDS.normal("offered")
OCCASIONS = _words("occasions")
WITH = _words("with")
FACING = _words("facing")
FIGHTING_IT = _words("fighting_it")
KEEPS_FROM = _words("keeps_from")
WONDERS = _words("wonders")
STOPS_SHORT = _words("stops_short")
ALTHOUGH = _words("although")
ALTHOUGH_THAT = _words("although_that")
RECEIVED = _WORDS.normal("received")
DID_IT = tuple(_WORDS.normal("did_it"))
THEIRS = _words("theirs")
ANSWERS = _words("answers")
CHARGES = _words("charges")
AGREED = tuple(_WORDS.normal("agreed"))
PURPOSES = _words("purposes")
TAKEN_BY = _words("taken_by")
TALKED = _words("talked")
COPULAS = _words("copulas")

# time
YEARS = _words("years")
PAST = _words("past")
NOW = _words("now")
TOLD = _words("told")
HAD = _words("had")
ALREADY = _words("already")
AGO = _words("ago")
AGO_ONLY = _words("ago_only")
DAYS = _words("days")
IN_YEAR = _words("in_year")
CONCESSIONS = _words("concessions")

# persons and sides
PRIVATE = _words("private_people")
FORMER = _words("former_officials")
OFFICES = _words("offices")
HEADS = _words("heads")
FIRST_NAMES_OF_WOMEN = _WORDS.normal("first_names_of_women")

# letters as they are written onto a word
ACCUSATIVE = _GRAMMAR.one("accusative")
ARTICLE_LETTERS = "".join(_GRAMMAR.normal("and", "article"))
ARTICLES = _WORDS.normal("articles")
PARTICLES_WRITTEN_ON = _WORDS.normal("particles_written_on")
PARTICLES_BEFORE_A_NOUN = _WORDS.normal("particles_before_a_noun")
PARTICLES_BEFORE_AN_OFFICE = _WORDS.normal("particles_before_an_office")
NOUN_FRONTS = "".join(PARTICLES_BEFORE_AN_OFFICE)
NOUN_PREPOSITIONS = _WORDS.normal("noun_prepositions")
CONJUNCTION_OR_WITH = _letters("conjunction_or_with")
BEFORE_A_FINITE_VERB = _letters("before_a_finite_verb")
CONJUNCTION_OR_WILL = _letters("conjunction_or_will")
NATIONALITY_ENDINGS = _WORDS.normal("nationality_endings")
HER = _WORDS.normal("her")
THEM = _WORDS.normal("them")
HER_OR_THEM = _WORDS.normal("her_or_them")
OBLIQUE_PLURAL = _WORDS.one("oblique_plural")
TAKEN_UP = _WORDS.normal("taken_up")
OFFICE_HOLDERS = _WORDS.normal("office_holders")
THEY = _WORDS.normal("they")
WILL = _WORDS.one("will")
OWNED_ENDINGS = tuple(_WORDS.normal("owned_endings"))
ON_ENDING = _WORDS.one("on_ending")
BEFORE_GIVEN_NAMES = _words("before_given_names")
WITH_BEGINNING = _WORDS.one("with_beginning")
SUBJUNCTIVE_BEGINNING = _WORDS["subjunctive_beginning"][0]
WE_LETTER = _WORDS.one("we_letter")
US = _WORDS.one("us_ending")
NO_WE = _WORDS.normal("no_we")
WOMANS_ENDING = _WORDS.one("womans_ending")
