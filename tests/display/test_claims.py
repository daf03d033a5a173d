"""Claims in words, and the specification curve."""

import re

import pandas as pd
import pytest

from discourse.display.claims import change_words, finding_words, word_claim
from discourse.display.specification_plots import plot_specifications
from discourse.errors import SchemaError
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.measures.claims.claim import state_claim
from discourse.measures.claims.flips import find_smallest_flip
from discourse.measures.claims.specifications import try_specifications

SIDES = {"first": {"period": [2015, 2020]}, "second": {"period": 2022}}


@pytest.fixture(scope="module")
def documents():
    texts = ["داعش"] * 2 + [""] * 10 + ["الإرهاب"] * 8 + ["داعش الإرهاب", "داعش"] + [""] * 2
    own = [" ".join(f"{10 * n + k}" for k in range(6)) for n in range(len(texts))]
    return pd.DataFrame(
        {
            "doc_id": [f"d{n:03}" for n in range(24)],
            "text": [f"{words} {text}" for words, text in zip(own, texts, strict=True)],
            "date": pd.to_datetime([f"{2015 + n // 12}-{1 + n % 12:02}-01" for n in range(24)]),
            "date_precision": "day",
            "source": [f"outlet {n % 3}" for n in range(24)],
            "title": None,
        }
    )


@pytest.fixture(scope="module")
def made(documents):
    lexicon = lexicon_from_patterns({"terror": ["إرهاب", "داعش"]}, name="own")
    claim = state_claim(
        measure="share", category="terror", lexicon="own", direction="higher", first={"period": 2015},
        second={"period": 2016},
    )  # fmt: skip
    table = try_specifications(claim, documents, lexicon=lexicon, n_specifications=60)
    return claim, table, find_smallest_flip(claim, documents, lexicon=lexicon)


def test_word_claim_says_measure_sides_and_direction():
    claim = state_claim(measure="share", category="recognition", direction="higher", **SIDES)
    assert word_claim(claim) == "The share of reports with Recognition is higher in 2022 than in 2015 to 2020."
    assert word_claim(claim, language="ar") == "نسبة التقارير التي فيها الاعتراف أعلى في 2022 منها في 2015 إلى 2020."


def test_word_claim_of_positions_says_whose_toward_whom_and_in_whose_words():
    claim = state_claim(measure="mean_position", holder="russia", target="taliban", direction="lower", **SIDES)
    assert word_claim(claim) == (
        "The mean position of Russia toward the Taliban, by the lexicon measure, in the voice of Russia is lower in "
        "2022 than in 2015 to 2020."
    )
    everyone = state_claim(**claim.parts() | {"voice": "all", "basis": "hand"})
    assert "by hand codes, in the voice of all is lower" in word_claim(everyone)


def test_word_claim_of_two_categories_names_both():
    claim = state_claim(
        measure="per_1000", direction="higher", first={"period": 2022, "category": "arming"},
        second={"period": 2022, "category": "diplomacy"}, lexicon="frames",
    )  # fmt: skip
    assert word_claim(claim).startswith("Matches of either category per 1,000 words are higher in ")


def test_change_words_in_both_languages():
    changes = (
        "copies: keep; periods: earlier side to 2019, later side from 2021; outlets: without ahram; without entry: داعش"
    )
    assert change_words(changes, "en") == (
        "copies: kept; periods: earlier side to 2019, later side from 2021; outlets: without ahram; without entry: داعش"
    )
    assert change_words("periods: earlier side to 2019-10, later side from 2021-01", "ar") == (
        "الفترات: الطرف السابق إلى \u20662019-10\u2069، الطرف اللاحق من \u20662021-01\u2069"
    )
    assert change_words("without rule: trade", "ar") == "من دون القاعدة: trade"


def test_plot_specifications_draws_every_estimate_in_order_and_marks_the_base(made):
    claim, table, flips = made
    figure = plot_specifications(table, claim, flips=flips)
    measures = list(dict.fromkeys(table["measure"].astype("str")))
    assert len(figure.axes) == 2 * len(measures)
    for axes, measure in zip(figure.axes[: len(measures)], measures, strict=True):
        own = table.loc[table["measure"].eq(measure)]
        points = [point for drawn in axes.collections if drawn.get_offsets().any() for point in drawn.get_offsets()]
        scale = 100 if measure == "share" else 1
        heights = sorted(height for _, height in points)
        assert len(points) >= len(own)
        assert heights[0] == pytest.approx(scale * own["difference"].min())
        assert heights[-1] == pytest.approx(scale * own["difference"].max())
    names = [text.get_text() for text in figure.axes[len(measures)].get_yticklabels()]
    assert names[0] == "denominator: reports"
    assert "left out: entry: إرهاب" in names


def test_plot_specifications_words_that_stand_for_it_say_what_was_found(made):
    claim, table, flips = made
    said = str(plot_specifications(table, claim, flips=flips).get_label())
    assert said.startswith("The share of reports with terror is higher in 2016 than in 2015.")
    assert f"Holds in {table['holds'].sum()} of 60 specifications" in said
    assert "as stated: +66.67 [" in said
    assert "Fragile: without entry: إرهاب takes 100% of the difference away." in said
    assert "The direction turns after without entry: إرهاب (no smaller set does)." in said
    arabic = str(plot_specifications(table, claim, flips=flips, language="ar").get_label())
    assert "ينقلب الاتجاه بعد: من دون المدخل: إرهاب (ولا تكفي مجموعة أصغر)." in arabic


def test_plot_specifications_says_what_was_not_tried_and_of_how_many_a_draw_is(made):
    claim, table, _ = made
    kept = "outlets: held constant (1 document left on a side)"
    told = table.assign(not_tried=[kept, *[None] * (len(table) - 1)], n_possible=900)
    figure = plot_specifications(told, claim)
    assert "Not tried: outlets: held constant (1 report left on a side)." in str(figure.get_label())
    assert figure.axes[0].get_title(loc="left").startswith("60 specifications, a seeded draw of 900, by their estimate")
    arabic = plot_specifications(told, claim, language="ar")
    assert "لم يُجرَّب: وسائل الإعلام: مثبتة (يبقى في أحد الطرفين: تقرير واحد)." in str(arabic.get_label())
    all_of_them = plot_specifications(table.assign(n_possible=len(table)), claim)
    assert all_of_them.axes[0].get_title(loc="left").startswith("60 specifications, by their estimate")
    assert "Not tried" not in str(all_of_them.get_label())


def test_plot_specifications_read_back_from_csv_says_the_same(made, tmp_path):
    claim, table, _ = made
    table.to_csv(tmp_path / "table.csv", index=False)
    again = plot_specifications(pd.read_csv(tmp_path / "table.csv"), claim)
    assert str(again.get_label()) == str(plot_specifications(table, claim).get_label())


def test_plot_specifications_names_of_outlets_are_not_cut(made):
    claim, table, _ = made
    outlet = "مجموعة الرؤية الاستراتيجية روسيا - العالم الإسلامي، النسخة العربية"
    long = table.assign(outlets=["all", f"without {outlet}", *["all"] * (len(table) - 2)])
    named = [text.get_text() for axes in plot_specifications(long, claim).axes for text in axes.get_yticklabels()]
    assert f"outlets: without {outlet}" in named


def test_finding_words_in_arabic_numbers_and_their_interval_are_isolated_each(made):
    claim, table, flips = made
    said = finding_words(table, flips, claim, "ar")[0]
    assert re.search("\u2066\\+66\\.67\u2069 \\[من \u2066\\S+\u2069 إلى \u2066\\S+\u2069\\]", said)
    unturned = flips.assign(size=pd.NA, changes="", at_least=11).astype({"size": "Int64"})
    assert "(يلزم 11 تغييرا أو أكثر)" in finding_words(table, unturned, claim, "ar")[-1]


def test_plot_specifications_of_another_claim_is_refused(made):
    claim, table, flips = made
    other = state_claim(**claim.parts() | {"direction": "lower"})
    with pytest.raises(SchemaError, match="^`specifications` was made for another claim: its digest is"):
        plot_specifications(table, other)
    with pytest.raises(SchemaError, match="^`flips` was made for another claim"):
        plot_specifications(table, claim, flips=flips.assign(claim="x"))


def test_plot_specifications_without_estimate_is_refused(made):
    claim, table, _ = made
    with pytest.raises(SchemaError, match="^`specifications` has no row with an estimate"):
        plot_specifications(table.assign(difference=float("nan")), claim)
    with pytest.raises(SchemaError, match="^`language` is 'fr'"):
        plot_specifications(table, claim, language="fr")
