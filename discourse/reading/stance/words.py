"""The closed words that the rules for positions look at, in normal form; stance.yml of the language lists them."""

from discourse.language.base import load_language

__all__: list[str] = []

_WORDS, _GRAMMAR = map(load_language("arabic").words, ("stance", "grammar"))


def _words(*names: str) -> frozenset[str]:
    return frozenset(_WORDS.normal(*names))


def _lemmas(name: str) -> frozenset[str]:
    """Return lemmas as the lexicon writes them."""
    return frozenset(_WORDS[name])


# marks
CLAUSE_MARKS = frozenset('،؛:.!?؟…—–-()[]{}"“”«»')
HARD_MARKS = frozenset("،؛:.!?؟…—–")
QUOTES = frozenset('"«»“”')

# letters and endings
AND, ARTICLE, BY, FEMININE_ENDING, FOR, FOR_THE, SHE, THEN = map(
    _GRAMMAR.one, ("and", "article", "with", "feminine", "for", "for_the", "she", "then")
)
FOR_THE_JOINED = _GRAMMAR.normal("for_the", "and_for_the")
CONJUNCTIONS = _GRAMMAR.normal("conjunctions")
CONJUNCTION_LETTERS = "".join(CONJUNCTIONS)
ADJECTIVE_ENDINGS = _GRAMMAR.normal("adjective_endings")
HOLDER_ENDINGS = _GRAMMAR.normal("holders")
FRONTS = _WORDS.normal("fronts")
PREPOSITIONS_WRITTEN_ON = _words("prepositions_written_on")
NOT_OF_A_STRIKER = _words("not_of_a_striker")
BEFORE_A_CITY = _words("before_a_city")
BEFORE_TROOPS = _words("before_troops")
WITH_ARTICLE = _WORDS.normal("with_article")
BEFORE_A_VERB = _words("before_a_verb")

# lemmas
(AGAINST_ENTRY,) = (f"[{lemma}]" for lemma in _WORDS["against_lemma"])
ACCUSE, ACCUSING, ADMIT, FIGHTING, INVITED, REPELLING_STEM, WANTED_STEM = (
    _WORDS[name][0] for name in ("accuse", "accusing", "admit", "fighting", "invited", "repelling_stem", "wanted_stem")
)
ENEMY = _lemmas("enemy")
KILLING = _lemmas("killing")
RELATION = _lemmas("relation")
RIVALS = _lemmas("rivals")
WARS = _lemmas("wars")
STRIKES = _lemmas("strikes")
GENITIVE_ACTS = _lemmas("genitive_acts")

# words
OF, OR = _GRAMMAR.one("of"), _GRAMMAR.one("or")
BETWEEN = frozenset(_GRAMMAR.normal("between"))
THAT = _words("that")
SIDE = _WORDS.one("side")
ON_THE_PART_OF = _words("on_the_part_of")
FALLS_ON = _words("falls_on")
WITH_TIES = _words("with_ties")
JUDGING = _words("judging")
COPULAS = _words("copulas")
PREPOSITIONS = _words("prepositions")
AGAINST = _words("against")
AT = _words("at")
CLAUSE_WORDS = _words("clause_words")
SUBORDINATORS = _words("subordinators")
RELATIVES = _words("relatives")
PARTICLES = _words("particles")
VERB_SIGNS = _words("verb_signs")
BY_WORDS = _words("by_words")
CARRIED_OUT = _words("carried_out")
SPEAKER_COUNTRY = _words("speaker_country")
SPEECH_OPENERS = _words("speech_openers")
TITLES = _words("titles")
BODIES = _words("titles", "bodies")
FIGHTERS = _words("fighters")
MOVEMENT = _words("movement")
NOT_MOVEMENT = _words("not_movement")
MOVEMENT_IN = _words("movement_in")
TRAFFIC = _words("traffic")
GROUP_WORDS = _words("group_words")
NOT_GROUP = _words("not_group")
ITS_PEOPLE = _words("its_people")
WHO = _words("who")
FIGHTS_IT = _words("fights_it")
RULERS = _words("rulers")
THE_RULERS = _words("the_rulers")
RULERS_BEHIND = _words("rulers_behind")
STATE_BODIES = _words("state_bodies")
PEOPLE_AND_PLACES = _words("people_and_places")
TROOPS = _words("troops")
ACCUSATION = _words("accusation")
WITH = _words("with")
CONCESSIONS = _words("concessions")
PRONOUNS = _words("pronouns")
DEMANDS = _words("demands")
NO_BUT = _words("no_but")
ALLEGED = _words("alleged")
TOWARD = _words("toward")
AMONG = _words("among")
LOCATIVE = _words("locative")
MISSIONS = _words("missions")
ENDINGS = _words("endings")
UNNAMED = _words("unnamed")
CIRCUMSTANCE = _words("circumstance")
TARGETS = _words("targets")
PEACE = _words("peace")
FEMININE = _words("feminine")
UNITS = _words("units")
AIRCRAFT = _words("aircraft")
WAGED = _words("waged")
OF_THE_STATE = _words("of_the_state")
WANTED_ARMS = _words("wanted_arms")
BESIDE = _words("beside")
ABILITY = _words("ability")
ATTACKS = _words("attacks")
ENEMY_OF = _words("enemy_of")
CROWDS = _words("crowds")
