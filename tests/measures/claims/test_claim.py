"""Claims: stated whole or refused with a sentence, known by a digest."""

import pytest

from discourse.errors import SchemaError
from discourse.measures.claims.claim import state_claim
from discourse.provenance import provenance

STATED = {
    "measure": "share", "category": "terror", "direction": "higher", "first": {"period": [2015, 2016]},
    "second": {"period": 2020},
}  # fmt: skip
POSITIONS = {
    "measure": "mean_position", "holder": "russia", "target": "taliban", "direction": "lower",
    "first": {"period": "2015-03"}, "second": {"period": ["2016-01", "2016-06"], "source": ["b", "a"]},
}  # fmt: skip


def written(tmp_path, text):
    path = tmp_path / "claim.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_state_claim_file_and_arguments_give_one_claim(tmp_path):
    path = written(
        tmp_path,
        "direction: higher\nmeasure: share\ncategory: terror\nfirst: {period: [2015, 2016]}\nsecond: {period: 2020}\n",
    )
    assert state_claim(path) == state_claim(**STATED)
    assert state_claim(path).digest == state_claim(**STATED).digest


def test_state_claim_parts_state_the_same_claim_again():
    for stated in (STATED, POSITIONS):
        claim = state_claim(**stated)
        assert state_claim(**claim.parts()) == claim


def test_state_claim_defaults_are_written_out():
    claim = state_claim(**POSITIONS)
    assert (claim.basis, claim.voice, claim.level, claim.sign) == ("lexicon", "russia", 0.95, -1)
    assert dict(claim.second.values) == {"source": ("a", "b")}
    assert state_claim(**STATED).lexicon == "frames"


@pytest.mark.parametrize(
    "change",
    [{"direction": "lower"}, {"second": {"period": 2021}}, {"level": 0.9}, {"note": "why"}, {"category": "calm"},
     {"choices": {"copies": "keep"}}],
)  # fmt: skip
def test_claim_digest_changes_with_the_text(change):
    assert state_claim(**STATED | change).digest != state_claim(**STATED).digest


def test_claim_digest_does_not_hang_on_the_order_of_keys():
    turned = dict(reversed(list(STATED.items())))
    assert state_claim(**turned).digest == state_claim(**STATED).digest


def test_claim_stands_in_provenance_by_its_digest():
    claim = state_claim(**STATED)
    assert provenance(inputs={"claim": claim}).inputs == {"claim": claim.digest}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"measure": "mean"}, "^`measure` is 'mean'; it must be one of 'mean_position', 'per_1000', 'share'"),
        ({"direction": "up"}, "^`direction` is 'up'; it must be one of 'higher', 'lower'"),
        ({"basis": "hand"}, "^`basis` is 'hand'; it must be one of 'frames', 'matches'"),
        ({"level": 1}, "^`level` is 1; it must lie between 0 and 1"),
        ({"second": {"period": [2015, 2016]}}, r"^Both sides of the claim are the same \(2015–2016\)"),
        ({"second": {}}, "^`second` is {}; it must say what lies on this side"),
        ({"second": 2016}, "^`second` is 2016; it must say"),
        ({"second": {"period": "soon"}}, "cannot be read; write '2021', '2021-08' or '2021-08-15'"),
        ({"second": {"period": [2021, 2020]}}, "period that ends before it begins"),
        ({"second": {"period": 2020, "source": None}}, "^`second, source` is None; it must be one value or a list"),
        ({"category": None}, "^The claim of share lacks `category`: say which category of the lexicon"),
        ({"holder": "russia"}, "^The claim of share gives `holder`, which says nothing of it"),
        ({"second": {"voice": "russia"}}, "^The claim of share gives `second, voice`"),
        ({"choices": ["copies"]}, "^`choices` is .'copies'.; it must name choices with their values"),
        ({"choices": {"zz": "x"}}, "^`choices` is 'zz'; it must be one of 'boilerplate', 'copies'"),
        ({"choices": {"copies": "some"}}, "^`choices, copies` is 'some'; it must be one of 'cluster', 'keep'"),
        ({"measure": None}, "^The claim lacks 'measure'; it needs a measure, two sides"),
    ],
)  # fmt: skip
def test_state_claim_what_is_no_claim_is_refused(change, said):
    with pytest.raises(SchemaError, match=said):
        state_claim(**STATED | change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"target": None}, "^The claim of mean_position lacks `target`: say whose position toward whom"),
        ({"category": "terror"}, "^The claim of mean_position gives `category`, which says nothing"),
        ({"first": {"category": "terror"}}, "^The claim of mean_position gives `first, category`"),
    ],
)
def test_state_claim_of_positions_what_is_missing_is_named(change, said):
    with pytest.raises(SchemaError, match=said):
        state_claim(**POSITIONS | change)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "measure: share\nmesure: share\nperiod: 1\n",
            "^The claim has 2 unknown keys, 'mesure', 'period'; it may have",
        ),
        ("- share\n", "^`file` 'claim.yml' holds no keys; a claim has measure, category"),
        ("", "^`file` 'claim.yml' holds no keys"),
        ("measure: share\nmeasure: per_1000\n", "line 2: the key 'measure' stands twice in one mapping"),
        ("first: {period: 2015, period: 2016}\n", "line 1: the key 'period' stands twice in one mapping"),
        ("measure: [share\n", "^`file` 'claim.yml' cannot be read as UTF-8 YAML: "),
    ],
)
def test_state_claim_bad_file_is_refused(tmp_path, text, said):
    with pytest.raises(SchemaError, match=said):
        state_claim(written(tmp_path, text))


def test_state_claim_absent_file_and_file_beside_arguments_are_refused(tmp_path):
    with pytest.raises(SchemaError, match="no such file"):
        state_claim(tmp_path / "none.yml")
    with pytest.raises(SchemaError, match="^`file` and `note` are both given; a claim is stated in one place"):
        state_claim(written(tmp_path, "measure: share\n"), note="why")
