"""Traits of actors: what loads, what is refused, and what the roles read from them are."""

import pytest

from discourse.errors import LexiconError
from discourse.lexicons.actors import Roles, group_of, read_roles, read_sides
from discourse.lexicons.loader import combine_lexicons, lexicon_from_patterns, load_lexicon

HEAD = "name: own\nversion: 1\ncategories:\n"


def write(tmp_path, *categories, name="own.yml"):
    """Write a lexicon with these categories, each as (name, traits)."""
    bodies = [
        f"  {category}:\n    traits: {traits}\n    entries: [{pattern}]\n"
        for (category, traits), pattern in zip(categories, ["حماس", "فتح", "حزب الله"], strict=False)
    ]
    path = tmp_path / name
    path.write_text(HEAD + "".join(bodies), encoding="utf-8")
    return path


def test_load_lexicon_keeps_traits_as_plain_values(tmp_path):
    lexicon = load_lexicon(write(tmp_path, ("a", "{place: true, hosts: غزة رام}"), ("b", "{group: a, state: false}")))
    assert lexicon.traits == {"a": {"place": True, "hosts": "غزة رام"}, "b": {"group": "a", "state": False}}
    assert type(lexicon.traits["a"]["hosts"]) is str
    assert load_lexicon("frames").traits == {}


@pytest.mark.parametrize(
    ("traits", "problem"),
    [
        ("{colour: red}", "unknown key in the traits of a; allowed: alias, armed, counts_as, enemy_of, group, hosts,"),
        ("{place: 1.5}", "trait place is 1.5, not one of false, true"),
        ("{militant: yes}", "trait militant is True, not one of ally, rival"),
        ("{no_side: never}", "trait no_side is 'never', not one of always, fights"),
        ("{hosts: [غزة]}", "trait hosts is ['غزة']; it takes words separated by spaces"),
        ("{hosts: ' '}", "trait hosts is ' '; it takes words separated by spaces"),
        ("{group: c}", "trait group is 'c', not one of b"),
        ("{group: a}", "trait group is 'a', not one of b"),
        ("[place]", "`traits` must be a mapping such as {place: true}"),
    ],
)
def test_load_lexicon_trait_that_cannot_be_is_refused(tmp_path, traits, problem):
    with pytest.raises(LexiconError) as error:
        load_lexicon(write(tmp_path, ("a", traits), ("b", "{}")))
    assert problem in str(error.value)


def test_combine_lexicons_adds_traits(tmp_path):
    own = load_lexicon(write(tmp_path, ("hamas", "{militant: ally}"), ("russia", "{place: true}")))
    both = combine_lexicons([load_lexicon("actors"), own])
    assert both.traits["hamas"] == {"militant": "ally"}
    assert both.traits["russia"]["place"] is True and both.traits["russia"]["hosts"].startswith("موسكو")
    assert "place" not in load_lexicon("actors").traits["russia"]


def test_read_roles_of_the_built_in_actors():
    roles = read_roles(load_lexicon("actors"))
    assert roles.states == {"pakistan", "afghan_gov"}
    assert roles.movements == {"taliban", "taliban_pakistan", "pkk"}
    assert (roles.allies, roles.rivals, roles.armed) == ({"al_qaeda"}, {"isis"}, {"nato"})
    assert roles.no_fighters == {"al_qaeda", "isis", "central_asia", "un"}
    assert roles.no_sides == {"al_qaeda", "isis", "un"}
    assert len(roles.places) == 13 and not roles.places & {"russia", "taliban", "nato", "un"}
    assert set(roles.hosts.values()) == {"russia", "us", "iran"}
    assert set(roles.international.values()) == {"nato", "other"}
    assert set(roles.soldiers.values()) == {"us"}


def test_read_roles_writes_words_in_normal_form(tmp_path):
    roles = read_roles(load_lexicon(write(tmp_path, ("a", "{hosts: إسطنبول أنقرة}"))))
    assert roles.hosts == {"اسطنبول": "a", "انقرة": "a"}


def test_read_roles_of_a_lexicon_without_traits_is_empty():
    assert read_roles(lexicon_from_patterns({"a": ["حماس"]})) == Roles()


@pytest.mark.parametrize(
    ("actor", "category", "may"),
    [
        ("al_qaeda", "alliance", True),
        ("al_qaeda", "force", False),
        ("isis", "force", True),
        ("isis", "alliance", False),
        ("russia", "condemnation", True),
    ],
)
def test_may_hold_keeps_militants_to_their_one_category(actor, category, may):
    assert read_roles(load_lexicon("actors")).may_hold(actor, category) is may


def test_group_of_is_the_target_and_those_that_name_it():
    actors = load_lexicon("actors")
    assert group_of("taliban", actors) == ("taliban", "taliban_pakistan")
    assert group_of("taliban_pakistan", actors) == ("taliban_pakistan",)
    assert group_of("isis", actors) == ("isis",)


def test_read_sides_gives_each_actor_one_of_the_codebook():
    sides = read_sides(load_lexicon("actors"))
    assert (sides["russia"], sides["nato"], sides["afghan_gov"]) == ("russia", "other", "afghan_gov")
    assert read_sides(lexicon_from_patterns({"a": ["حماس"]})) == {"a": "other"}
