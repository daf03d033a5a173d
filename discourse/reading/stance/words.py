"""The closed words that the rules for positions look at, in normal form; position_words.yml lists them."""

from importlib.resources import files

import yaml

from discourse.language.arabic.normalization import normalize_words

__all__: list[str] = []

_LISTS = yaml.safe_load((files("discourse.reading.stance") / "words.yml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(normalize_words(_LISTS[name].split()))


CLAUSE_MARKS = frozenset('،؛:.!?؟…—–-()[]{}"“”«»')
HARD_MARKS = frozenset("،؛:.!?؟…—–")
QUOTES = frozenset('"«»“”')
GENITIVE_ACTS = frozenset(_LISTS["genitive_acts"].split())
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
BODIES = _words("titles") | _words("bodies")
FIGHTERS = _words("fighters")
MOVEMENT = _words("movement")
NOT_MOVEMENT = _words("not_movement")
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
ENDINGS = _words("endings")
UNNAMED = _words("unnamed")
CIRCUMSTANCE = _words("circumstance")
TARGETS = _words("targets")
PEACE = _words("peace")
FEMININE = _words("feminine")
UNITS = _words("units")
AIRCRAFT = _words("aircraft")
STRIKES = frozenset(_LISTS["strikes"].split())
WARS = frozenset(_LISTS["wars"].split())
WAGED = _words("waged")
OF_THE_STATE = _words("of_the_state")
RIVALS = frozenset(_LISTS["rivals"].split())
WANTED_ARMS = _words("wanted_arms")
BESIDE = _words("beside")
ABILITY = _words("ability")
ATTACKS = _words("attacks")
ENEMY_OF = _words("enemy_of")
CROWDS = _words("crowds")
