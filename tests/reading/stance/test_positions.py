"""Positions of documents: headlines, periods, voices, and the rule that scores them."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse.reading.stance.positions as module
from discourse import tables
from discourse.errors import SchemaError
from discourse.language.tokens import tokenize
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.composing import load_composition
from discourse.reading.stance.positions import find_positions, score_positions
from discourse.reading.stance.second import fill_gaps


def corpus(*rows):
    """Build DOCUMENTS from (text, title, date) in this order; doc_id is d0, d1 ..."""
    table = [(*row, None, "2017-05-01")[:3] if len(row) == 1 else (*row, "2017-05-01")[:3] for row in rows]
    return pd.DataFrame(
        {
            "doc_id": [f"d{place}" for place in range(len(table))],
            "text": [row[0] for row in table],
            "date": pd.to_datetime([row[2] for row in table]),
            "date_precision": "day",
            "source": "s",
            "title": [row[1] for row in table],
        }
    )


def scored(documents, **options):
    """Return (doc_id, holder) to (position, voice)."""
    tokens = tokenize(documents)
    found = find_positions(documents, tokens, quotations=find_quotations(documents, tokens))
    table = score_positions(found, **options)
    return {(str(r.doc_id), str(r.holder)): (int(r.position), str(r.voice)) for r in table.itertuples()}


def one(signed, *, codes=None, rules=None, sentence=0, voice="russia", holder="russia"):
    """Return one row of POSITIONS with these categories, each with the code of its class unless codes are given."""
    start = max(sentence, 0)
    names = [name.rstrip("!~?*^") for name in signed.split("|")]
    codes = codes or "|".join(str(load_composition().codes[name]) for name in names)
    return {
        "doc_id": "d", "sentence": sentence, "start_char": start, "end_char": start + 1, "holder": holder,
        "target": "taliban", "polarity": 1, "strength": 1.0, "negated": False, "voice": voice, "cues": "x",
        "categories": signed, "codes": codes, "rules": rules or "|".join(names),
    }  # fmt: skip


def position(*rows, **options):
    return int(score_positions(pd.DataFrame(list(rows)), **options)["position"].iloc[0])


def test_find_positions_gives_the_table_of_the_schema():
    documents = corpus(("دعت روسيا إلى الحوار مع طالبان.", "موسكو تحاور طالبان"))
    found = find_positions(documents, tokenize(documents))
    tables.check(found, "POSITIONS")
    assert found[["sentence", "start_char", "end_char"]].to_numpy().tolist() == [[-1, 0, 0], [0, 0, 31]]
    assert found["categories"].str.split("|").str[0].tolist() == ["dialogue", "dialogue"]
    per_cue = found[["cues", "categories", "codes", "rules"]].map(lambda text: text.count("|"))
    assert (per_cue.nunique(axis=1) == 1).all()


def test_find_positions_without_the_target_is_empty():
    documents = corpus(("دعت روسيا إلى الحوار مع فرنسا.",), ("طالبان سعوديان في جامعة.",))
    found = find_positions(documents, tokenize(documents))
    assert found.empty
    assert score_positions(found).empty


def test_find_positions_names_the_person_until_the_side_speaks():
    text = "دعا لافروف إلى الحوار مع طالبان. وأضاف أن بلاده ترحب بطالبان. ونفت موسكو تسليح طالبان."
    documents = corpus((text,))
    found = find_positions(documents, tokenize(documents))
    assert found["person"].fillna("-").tolist() == ["سيرغي لافروف", "سيرغي لافروف", "-"]


def test_find_positions_kabul_is_the_target_after_its_fall():
    text = "اعترفت موسكو بحكومة طالبان. وتعاونت موسكو مع الحكومة الأفغانية."
    documents = corpus((text, None, "2012-05-01"), (text, None, "2025-07-04"))
    found = find_positions(documents, tokenize(documents))
    russia = found[found["holder"] == "russia"].groupby("doc_id", observed=True)["categories"].agg("|".join)
    assert russia["d0"] == "recognition"
    assert russia["d1"] == "recognition|cooperation"


def test_find_positions_unknown_target_names_the_choices():
    documents = corpus(("نص",))
    with pytest.raises(SchemaError, match=r"^`target` is 'atlantis'; it must be one of 'afghan_gov', 'al_qaeda', "):
        find_positions(documents, tokenize(documents), target="atlantis")


def test_find_positions_order_of_documents_changes_nothing():
    documents = corpus(
        ("نفت موسكو تسليح طالبان.",), ("قصفت الطائرات الأمريكية طالبان.",), ("بدأت محادثات بين كابول وطالبان.",)
    )
    shuffled = documents.iloc[[2, 0, 1]]
    one_way = find_positions(documents, tokenize(documents))
    other_way = find_positions(shuffled, tokenize(shuffled))
    pd.testing.assert_frame_equal(one_way, other_way, check_categorical=False)


@settings(max_examples=8, deadline=None)
@given(st.text(alphabet="طالبان روسيا نفت «»\"'()،.:؟ \n\u200f٣", max_size=80))
def test_find_positions_any_text_ends_within_its_document(text):
    documents = corpus((text + " طالبان",))
    found = find_positions(documents, tokenize(documents))
    assert (found["start_char"] >= 0).all() and (found["end_char"] <= len(text) + 8).all()


def test_find_positions_long_sentence_without_stop_is_read_in_one_go():
    text = "نفت موسكو تسليح طالبان " * 500
    documents = corpus((text,))
    found = find_positions(documents, tokenize(documents))
    assert found["sentence"].unique().tolist() == [0]
    assert (found["end_char"] - found["start_char"]).max() < 1500


DOCUMENTS = [
    (("شطبت المحكمة العليا الروسية حركة طالبان من قائمة الإرهاب.", "روسيا ترفع الحظر عن طالبان"), (2, "russia")),
    (("استقبل لافروف وفد طالبان في موسكو.", "موسكو تستضيف محادثات مع طالبان"), (1, "russia")),
    (("نفت الخارجية الروسية تقارير عن تسليح طالبان.", "موسكو تنفي تسليح طالبان"), (0, "russia")),
    (("قالت الخارجية إن الاعتراف بطالبان مرهون بسلوكها.", "موسكو: الاعتراف بطالبان مشروط"), (-1, "russia")),
    (("استبعد لافروف الاعتراف بحكومة طالبان.", "لافروف يستبعد الاعتراف بطالبان"), (-1, "russia")),
    (("حذر بوتين من خطر طالبان.", "بوتين يحذر من تمدد طالبان"), (-1, "russia")),
    (("أدانت الخارجية الروسية هجوم طالبان على السفارة.", "موسكو تدين هجوم طالبان"), (-2, "russia")),
    (("اتهم الجنرال نيكولسون روسيا بتسليح طالبان.", "نيكولسون يتهم روسيا بدعم طالبان"), (2, "third_party")),
]


@pytest.mark.parametrize("place", range(len(DOCUMENTS)))
def test_score_positions_follows_the_codebook(place):
    (text, title), wanted = DOCUMENTS[place]
    assert scored(corpus((text, title)))["d0", "russia"] == wanted


def test_score_positions_balance_makes_two_even_sides_ambivalent():
    rows = one("dialogue", sentence=1), one("concern", sentence=2)
    assert position(*rows) == 0
    assert position(*rows, one("dialogue", sentence=3)) == 1


def test_score_positions_headline_and_lead_outweigh_a_sentence():
    assert position(one("concern", sentence=-1), one("dialogue", sentence=1)) == -1
    assert position(one("concern", sentence=-1), one("dialogue", sentence=1), headline_weight=1.0) == 0
    assert position(one("concern", sentence=0), one("dialogue", sentence=1), balance=0.72) == -1  # 1 of 1.4
    assert position(one("concern", sentence=0), one("dialogue", sentence=1), balance=0.71) == 0
    assert position(one("concern", sentence=0), one("dialogue", sentence=1), lead_weight=1.0, balance=0.72) == 0


def test_score_positions_claim_of_others_does_not_count_against_a_denial():
    claim = one("support", sentence=3, voice="us")
    denial = one("support~", codes="0", rules="denial denial", sentence=4)
    assert position(claim) == 2
    assert position(claim, denial) == 0
    lead = one("support", sentence=0, voice="us")
    table = score_positions(pd.DataFrame([lead, denial]))
    assert table[["position", "voice"]].to_numpy().tolist() == [[2, "third_party"]]
    solid = one("cooperation", sentence=5)
    assert position(claim, denial, solid) == 1
    assert position(claim, denial, one("cooperation*", sentence=5)) == 0  # too light an answer
    assert position(claim, denial, one("dialogue", sentence=5)) == 0  # talks are none


def test_score_positions_denial_of_arms_in_headline_or_lead_is_neither():
    other = one("recognition", sentence=5)
    for sentence, wanted in ((-1, 0), (0, 0), (1, 2)):
        denial = one("arming~", codes="0", rules="denial denial", sentence=sentence)
        assert position(denial, other) == wanted
    unarmed = one("denial", codes="0", rules="denial", sentence=0)
    assert position(unarmed, other) == 2


def test_score_positions_denied_recognition_is_against_where_most_denials_are():
    arming = one("arming~", codes="0", rules="denial denial", sentence=1)
    recognition = one("recognition~", codes="-1", rules="denial denial", sentence=2)
    assert position(recognition) == -1
    assert position(recognition, arming) == 0


def test_score_positions_own_words_go_before_what_others_claim():
    assert position(one("dialogue"), one("arming", sentence=2, voice="us"), one("arming", sentence=3, voice="us")) == 1


def test_score_positions_cue_without_object_counts_half_and_background_two_fifths():
    assert position(one("dialogue", sentence=2), one("concern*", sentence=3)) == 1
    assert position(one("dialogue*", sentence=2), one("concern*", sentence=3)) == 0
    assert position(one("dialogue^", sentence=2), one("concern", sentence=3)) == -1
    table = pd.DataFrame([one("dialogue", sentence=2), one("concern^", sentence=3), one("concern^", sentence=4)])
    assert score_positions(table, balance=0.81)["position"].tolist() == [1]
    assert score_positions(table, balance=0.79)["position"].tolist() == [0]


def test_score_positions_neutral_cues_without_object_count_only_beside_no_others():
    loose = one("dialogue*", codes="0", rules="dialogue opposes", sentence=2)
    assert position(one("trade", sentence=1), loose, loose, loose) == 1
    undecided = one("considers*", sentence=2)
    assert position(one("trade", sentence=1), undecided, undecided, undecided) == 0


def test_score_positions_counts_sentences_of_the_text_alone():
    rows = pd.DataFrame([one("dialogue", sentence=-1), one("dialogue"), one("dialogue", sentence=2)])
    table = score_positions(rows)
    assert table[["n_for", "n_against"]].to_numpy().tolist() == [[2, 0]]
    tables.check(table, "DOCUMENT_POSITIONS")


def test_find_positions_on_the_digests_reaches_its_figures(reports):
    tokens = tokenize(reports)
    found = find_positions(reports, tokens, quotations=find_quotations(reports, tokens))
    table = score_positions(found)
    russia = table[table["holder"] == "russia"].set_index(table.loc[table["holder"] == "russia", "doc_id"].astype(str))
    coded = reports.set_index("doc_id")["position"].dropna()
    both = coded.index.intersection(russia.index)
    distance = (russia.loc[both, "position"].astype(int) - coded[both].astype(int)).abs()
    assert len(both) >= 150
    assert (distance == 0).mean() >= 0.5
    assert (distance <= 1).mean() >= 0.8


def test_find_positions_tells_every_actor_apart_unless_holders_are_given():
    documents = corpus(("أعلنت الصين دعمها لطالبان.",), ("أعلنت الهند رفضها لطالبان.",))
    tokens = tokenize(documents)
    assert find_positions(documents, tokens)["holder"].tolist() == ["china", "india"]
    assert find_positions(documents, tokens, holders=["india"])["holder"].tolist() == ["other", "india"]
    assert find_positions(documents, tokens, holders=["russia"])["holder"].tolist() == ["other", "other"]


def test_find_positions_unknown_holder_lists_the_actors():
    documents = corpus(("أعلنت الصين دعمها لطالبان.",))
    with pytest.raises(SchemaError, match="`holders` is 'chine'; it must be one of 'afghan_gov', 'al_qaeda', 'central"):
        find_positions(documents, tokenize(documents), holders=["chine"])


def test_score_positions_arming_counts_among_what_others_allege_and_partnership_does_not():
    for signed, voice in (("arming", "third_party"), ("partnership", "russia")):
        table = score_positions(pd.DataFrame([one(signed, sentence=1, voice="us")]))
        assert table[["position", "voice"]].to_numpy().tolist() == [[2, voice]]


@pytest.mark.parametrize(("n_weak", "of_share"), [(3, 2), (4, 1)])
def test_score_positions_two_needs_a_quarter_of_strong_cues(n_weak, of_share):
    strong, weak = one("partnership", sentence=1), [one("dialogue", sentence=2 + n) for n in range(n_weak)]
    assert position(strong, *weak) == of_share  # 1 of 4, 1 of 5
    assert position(strong, *weak, strong_share=0.2) == 2


@pytest.mark.parametrize(("n_weak", "of_share"), [(1, -2), (2, -1)])
def test_score_positions_minus_two_needs_nearly_half_of_strong_cues(n_weak, of_share):
    against = one("sanctions", sentence=1), *(one("concern", sentence=2 + n) for n in range(n_weak))
    assert position(*against) == of_share  # 1 of 2, 1 of 3: less than 0.45
    assert position(*against, strong_share_against=0.33) == -2


def test_score_positions_weaker_side_of_four_fifths_makes_a_document_ambivalent():
    rows = [one("dialogue", sentence=1 + n) for n in range(5)] + [one("concern", sentence=6 + n) for n in range(4)]
    assert position(*rows) == 1  # four of five are not more than 0.8
    assert position(*rows, balance=0.79) == 0


def test_score_positions_cues_of_neither_side_outweigh_only_as_the_heavier():
    assert position(one("dialogue", sentence=1), one("considers", sentence=1)) == 1
    assert position(one("dialogue", sentence=1), one("considers", sentence=1), one("considers", sentence=2)) == 0
    assert position(one("dialogue", sentence=1), one("contact", sentence=1), one("contact", sentence=2)) == 1


@pytest.mark.parametrize("name", ["categories", "codes", "rules"])
def test_score_positions_without_a_column_of_cues_names_the_way(name):
    with pytest.raises(SchemaError) as error:
        score_positions(pd.DataFrame([one("dialogue")]).drop(columns=name))
    assert str(error.value) == f"`sentences` lacks the column {name!r}; make it with find_positions()."


def decide(evidence, holder):
    """Decide as the rule of score_positions does, from pairs of sentence and evidence; None where there is none."""
    mine = [(n, e) for n, e in evidence if e.holder == holder]
    denials = [(n, e) for n, e in mine if e.rule == "denial"]
    claims = [(n, e) for n, e in mine if e.voice not in (None, holder, "?") and e.rule != "denial"]
    own = [(n, e) for n, e in mine if e.voice in (None, holder, "?") and e.rule != "denial"]
    if denials:
        told = [x for x in own if x[1].category in ("arming", "support", "force") and abs(x[1].code) == 2]
        told = [x for x in told if not x[1].ops and x[1].voice == holder]
        own, claims = [x for x in own if x not in told], claims + told
    charged = [n for n, e in claims if abs(e.code) == 2]
    if denials and not charged and not any(e.outright for _, e in denials):
        leading = any(n <= 0 for n, _ in denials) and not any(e.outright and e.code for _, e in own)
        return 0 if leading or not own + claims else _weighed((own or claims) + denials)
    if not own and not claims and not denials:
        return None
    if not denials:
        headed = any(n == -1 and e.outright and abs(e.code) == 2 for n, e in claims)
        return _weighed(own + claims if headed and not any(e.outright for _, e in own) else own or claims)
    denied, first = min(n for n, _ in denials), min(charged, default=99)
    if first <= 0 and first < denied:
        return _weighed(own + claims)
    if denied <= 0 and (charged or any(e.category in ("arming", "support") for _, e in mine)):
        return 0
    solid = [_weight(n, e) for n, e in own if e.outright and e.code and e.category not in ("contact", "dialogue")]
    if max(solid, default=0) >= 1:
        return _weighed(own)
    outright = [e for _, e in denials if e.outright]
    codes = [e.code for e in outright if e.code]
    return max(set(codes), key=codes.count) if codes and len(codes) * 2 > len(outright) else 0


def _weight(sentence, evidence):
    weight = 3.0 if sentence == -1 else 1.4 if sentence == 0 else 1.0
    weight = 1.0 if evidence.background else weight
    weight *= 1.0 if evidence.outright else 0.5
    weight *= 0.7 if evidence.category.startswith(("good_", "bad_")) else 1.0
    if evidence.background:
        return weight * 0.4
    return weight * 0.5 if evidence.category == "designation" and sentence >= 2 else weight


def _stays(evidence):
    neither = evidence.rule == "denial" or evidence.category in ("considers", "neutrality")
    return evidence.outright or evidence.code or neither


def _weighed(use):
    if any(e.outright for _, e in use):
        use = [(n, e) for n, e in use if _stays(e)]
    total = dict.fromkeys((-2, -1, 0, 1, 2), 0.0)
    for n, e in use:
        if e.code or e.category != "contact":
            total[e.code] += _weight(n, e)
    favour, against = total[1] + total[2], total[-1] + total[-2]
    stronger, weaker = max(favour, against), min(favour, against)
    if not stronger or weaker > 0.8 * stronger or total[0] > stronger:
        return 0
    if favour > against:
        return 2 if total[2] >= 0.25 * favour else 1
    return -2 if total[-2] >= 0.45 * against else -1


def test_score_positions_decides_as_the_rule_on_the_evidence_of_the_digests(reports, monkeypatch):
    """The rule, written a second time over Evidence, gives the same positions."""
    seen = {}

    def gather(places, first, again, told):
        doc_id = next(iter(places.values()))[0].doc_id
        more = [(number, one.evidence) for number, one in fill_gaps(first, again)]
        denials = [(n, replace(one, rule="denial") if one.category == "denial" else one) for n, one in more]
        seen[doc_id] = [*first, *denials]
        return rows_of(places, first, again, told)

    rows_of = module._rows
    monkeypatch.setattr(module, "_rows", gather)
    documents = reports.iloc[:60]
    table = score_positions(find_positions(documents, tokenize(documents)))
    wanted = {
        (doc_id, holder): decide(evidence, holder)
        for doc_id, evidence in seen.items()
        for holder in {one.holder for _, one in evidence}
    }
    got = {(str(row.doc_id), str(row.holder)): int(row.position) for row in table.itertuples()}
    assert len(got) > 50
    assert got == {cell: code for cell, code in wanted.items() if code is not None}


def test_score_positions_order_of_rows_changes_nothing():
    rows = pd.DataFrame([one("support", voice="us"), one("denial*", sentence=2), one("arming|concern", sentence=4)])
    pd.testing.assert_frame_equal(score_positions(rows), score_positions(rows.iloc[::-1]))


def test_find_positions_of_a_sentence_without_end_shows_the_words_that_were_read():
    filler = "وصل الوفد إلى المدينة في المساء بعد رحلة طويلة " * 24
    text = filler + "وقصفت القوات الأمريكية مواقع طالبان"
    table = find_positions(corpus((text,)), tokenize(corpus((text,))))
    (row,) = table[table["holder"] == "us"].itertuples()
    assert row.cues.startswith("وقصفت")
    assert row.cues in text[row.start_char : row.end_char]


@pytest.mark.parametrize("codes", ["foo", "", "1.5", "1|1", None, 7])
def test_score_positions_codes_that_are_none_are_refused_with_their_row(codes):
    with pytest.raises(SchemaError, match="row 1"):
        score_positions(pd.DataFrame([one("dialogue"), {**one("dialogue", sentence=2), "codes": codes}]))


def test_find_positions_stance_without_a_class_of_the_composition_is_refused():
    own = lexicon_from_patterns(["[دعم]"], lemmas={"دعم": {"pos": "noun"}})
    documents = corpus(("قالت موسكو إنها تدعم طالبان.",))
    with pytest.raises(SchemaError, match="composition"):
        find_positions(documents, tokenize(documents), stance=own)


def test_find_positions_holders_that_are_one_text_are_refused():
    documents = corpus(("قالت موسكو إنها تدعم طالبان.",))
    with pytest.raises(SchemaError, match="must be a list of holders, such as \\['russia'\\]"):
        find_positions(documents, tokenize(documents), holders="russia")


def test_find_positions_tokens_of_other_documents_or_out_of_order_are_refused():
    documents = corpus(("قالت موسكو إنها تدعم طالبان.",), ("وصل الوفد.",))
    tokens = tokenize(documents)
    with pytest.raises(SchemaError, match="1 documents that `documents` lacks"):
        find_positions(documents.iloc[:1], tokens)
    with pytest.raises(SchemaError, match="out of order"):
        find_positions(documents, tokens.iloc[::-1].reset_index(drop=True))
