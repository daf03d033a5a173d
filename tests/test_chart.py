import html.parser
import json
import re
from importlib import import_module

import numpy as np
import pandas as pd
import pytest

from discourse.chart import chart
from discourse.display.book import Book
from discourse.display.chapters import method_chapter
from discourse.errors import SchemaError, SourceError
from discourse.language.tokens import tokenize
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.positions import find_positions, score_positions
from discourse.sources.cleaning.boilerplate import drop_spans, find_boilerplate
from discourse.sources.documents import read_documents
from discourse.sources.seeds import load_seed
from discourse.steps.making import make_tables
from discourse.study import load_study

EVIL = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def charted(tmp_path_factory):
    """Chart 23 of the coded reports once, with few draws, for the tests that only look."""
    out = tmp_path_factory.mktemp("chart") / "build"
    reports = load_seed("reports").iloc[::9].reset_index(drop=True)
    steps = []
    flow = chart(reports, out, n_draws=50, on_step=steps.append)
    return out, flow, reports, steps


@pytest.fixture
def undrawn(monkeypatch):
    """Leave the figures out, where a test looks at tables alone."""
    # `discourse.chart` is the function as soon as the public face has loaded it; the module is asked for by name
    monkeypatch.setattr(import_module("discourse.chart"), "compose", lambda tables, facts, **_: ("title", [], {}))


def opening(page):
    """Return what a report says above its contents."""
    return re.sub('src="data:[^"]*"', "", page).partition("<nav ")[0]


def table(out, name):
    return pd.read_csv(out / "tables" / f"{name}.csv")


def test_chart_writes_what_the_contract_names(charted):
    out = charted[0]
    assert {"index.html", "figures", "tables", "provenance.json"} == {path.name for path in out.iterdir()}
    drawn = {path.stem for path in (out / "figures").glob("*.png")}
    assert drawn >= {"attention", "naming", "frames_share", "frames_rate", "positions", "events", "company"}
    assert drawn == {path.stem for path in (out / "figures").glob("*.json")}
    assert {path.suffix for path in (out / "figures").iterdir()} == {".png", ".json"}
    assert {path.stem for path in (out / "tables").iterdir()} >= {
        *("flow", "rejects", "attention", "naming", "series", "overall", "frames", "positions", "position_series"),
        *("company", "events"),
    }


def test_chart_every_figure_stands_in_the_page(charted):
    out = charted[0]
    page = (out / "index.html").read_text(encoding="utf-8")
    assert page.count("<img ") == len(list((out / "figures").glob("*.png")))
    assert {part.split(":", 1)[0] for part in page.split('src="')[1:]} == {"data"}


def test_chart_flow_adds_up(charted):
    out, flow, reports, _ = charted
    n = flow.set_index("stage")["n"]
    assert n["records read"] == n["documents kept"] + n["records rejected"] == len(reports)
    assert table(out, "flow").equals(flow)


def test_chart_series_counts_every_document_once(charted):
    out, _, reports, _ = charted
    series = table(out, "series")
    share = series[series["measure"].eq("share") & series["category"].eq("diplomacy")]
    assert share["n_docs"].sum() == len(reports)
    assert set(series["measure"]) == {"share", "per_1000"}


def test_chart_hand_codes_stand_beside_the_lexicon(charted):
    out, _, reports, _ = charted
    series = table(out, "position_series")
    assert set(series["basis"]) == {"hand", "lexicon"}
    hand = series[series["basis"].eq("hand")]
    assert hand["n_docs_with"].sum() == reports["position"].notna().sum()


def sided():
    """Give three reports in which China takes a side, and one in which Russia does, by hand and in words."""
    texts = ["أعلنت الصين دعمها لطالبان.", "أدانت الصين هجوم طالبان على كابول.", "قالت بكين إنها تعترف بحكومة طالبان."]
    return pd.DataFrame(
        {
            "doc_id": list("abcd"),
            "text": [*texts, "أعلنت روسيا دعمها لطالبان."],
            "date": pd.to_datetime(["2018-11-09", "2018-12-01", "2019-01-05", "2019-02-01"]),
            "date_precision": "day",
            "source": ["x", "x", "y", "y"],
            "title": None,
            "position": [np.nan, -1, 2, 1],
            "position_voice": [None, "china", "china", "russia"],
            "position_holder": ["china", "china", "china", "russia"],
            "position_target": ["taliban", "taliban", "taliban", "taliban"],
        }
    )


def test_chart_holder_that_was_folded_into_other_has_its_positions(tmp_path, undrawn):
    documents, _ = read_documents(sided())
    chart(documents, tmp_path / "build", holder="china", n_draws=20)
    positions = table(tmp_path / "build", "positions")
    assert positions[["doc_id", "holder", "position"]].to_numpy().tolist() == [
        ["a", "china", 2], ["b", "china", -2], ["c", "china", 2],
    ]  # fmt: skip


def test_chart_finds_the_positions_that_find_positions_finds(tmp_path, undrawn):
    texts = [
        "جدد المتحدث باسم الحركة رفض طالبان للشروط، وقال إن لقاء آخر سيعقد قريبا.",
        "أدانت روسيا هجوم طالبان على كابول.",
    ]
    titles = ["موسكو تدعو إلى الحوار مع طالبان", None]  # the holder of the first stands in its headline alone
    documents, _ = read_documents(
        pd.DataFrame({"doc_id": ["a", "b"], "text": texts, "date": "2019-02-06", "title": titles})
    )
    tokens = drop_spans(tokenize(documents), find_boilerplate(documents))
    found = find_positions(documents, tokens, quotations=find_quotations(documents, tokens))
    expected = score_positions(found).query("holder == 'russia'")
    chart(documents, tmp_path / "build", period="year", n_draws=20)
    columns = ["doc_id", "holder", "position"]
    charted = table(tmp_path / "build", "positions")[columns].astype(str)
    assert charted.to_numpy().tolist() == expected[columns].astype(str).to_numpy().tolist()
    assert charted["doc_id"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("holder", "target", "codes"),
    [("china", "taliban", ["b", "c"]), ("russia", "taliban", ["d"]), ("iran", "taliban", []), ("china", "isis", [])],
)
def test_chart_hand_codes_are_those_of_the_pair_asked_for(tmp_path, undrawn, holder, target, codes):
    documents, _ = read_documents(sided())
    chart(documents, tmp_path / "build", holder=holder, target=target, n_draws=20)
    found = []
    if (tmp_path / "build" / "tables" / "hand_codes.csv").exists():
        found = table(tmp_path / "build", "hand_codes").dropna(subset="position")["doc_id"].tolist()
    assert found == codes


def test_chart_reports_of_russia_give_another_holder_no_hand_code(tmp_path, undrawn):
    chart(load_seed("reports").iloc[::9], tmp_path / "build", holder="iran", n_draws=20)
    assert "hand" not in set(table(tmp_path / "build", "position_series")["basis"])


def test_chart_codes_without_owner_are_left_out_and_the_report_says_so(tmp_path):
    documents, _ = read_documents(sided().drop(columns=["position_holder", "position_target"]))
    chart(documents, tmp_path / "build", n_draws=20)
    assert not (tmp_path / "build" / "tables" / "hand_codes.csv").exists()
    page = (tmp_path / "build" / "index.html").read_text(encoding="utf-8")
    assert "no columns “position_holder” and “position_target”" in page


def test_chart_by_a_variable_splits_the_positions_too(tmp_path):
    documents, _ = read_documents(sided())
    chart(documents, tmp_path / "build", holder="china", by="source", period="year", n_draws=20)
    split = table(tmp_path / "build", "position_by_series").query("basis == 'lexicon' and n_docs_with > 0")
    assert split[["period", "source", "n_docs_with", "estimate"]].to_numpy().tolist() == [
        ["2018-01-01", "x", 2, 0.0], ["2019-01-01", "y", 1, 2.0],
    ]  # fmt: skip
    assert (tmp_path / "build" / "figures" / "positions_by_source.png").exists()


@pytest.mark.parametrize(
    ("holder", "language", "title"),
    [
        ("iran", "en", "Iran and the Taliban in Arabic reports"),
        ("saudi_arabia", "ar", "السعودية وطالبان في التقارير العربية"),
        ("us", "en", "The United States and the Taliban in Arabic reports"),
    ],
)
def test_chart_titles_name_the_holder_asked_for(tmp_path, holder, language, title):
    documents, _ = read_documents(sided())
    chart(documents, tmp_path / "build", holder=holder, language=language, n_draws=20)
    page = (tmp_path / "build" / "index.html").read_text(encoding="utf-8")
    page = re.sub('src="data:[^"]*"|<script.*?</script>', "", page, flags=re.DOTALL)  # texts may name whom they like
    assert f"<title>{title}" in page
    assert "Russia" not in page and "روسي" not in page


def test_chart_says_each_step(charted):
    assert charted[3][0] == "reading" and charted[3][-1] == "writing"


def test_chart_provenance_names_no_place_or_time(charted):
    out = charted[0]
    record = json.loads((out / "provenance.json").read_text(encoding="utf-8"))
    assert set(record["lexicons"]) == {"actors", "frames", "stance"}
    assert record["settings"]["period"] in {"month", "quarter", "year"}
    assert str(out) not in (out / "provenance.json").read_text(encoding="utf-8")


def test_chart_same_input_gives_the_same_bytes_in_any_order(charted, tmp_path):
    out, _, reports, _ = charted
    chart(reports.iloc[::-1].reset_index(drop=True), tmp_path / "again", n_draws=50)
    for path in sorted((out / "tables").iterdir()):
        if path.stem not in {"hand_codes"}:
            assert path.read_bytes() == (tmp_path / "again" / "tables" / path.name).read_bytes(), path.name
    for name in ("figures/frames_share.png", "figures/positions.png"):
        assert (out / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def small(**columns):
    rows = {
        "doc_id": ["a", "b", "c"],
        "text": ["أعلنت موسكو دعم الحوار مع طالبان.", "حذرت روسيا من طالبان.", "التقى كابولوف وفد طالبان."],
        "date": ["2018-11-09", "2018-12-01", None],
        "source": ["x", "x", "y"],
        "title": [EVIL, "\u202eموسكو", None],
    }
    return pd.DataFrame({**rows, **columns})


class Tags(html.parser.HTMLParser):
    """Collect the tags of a page."""

    def __init__(self, page):
        super().__init__()
        self.seen = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)


def test_chart_script_in_a_title_an_outlet_or_a_reason_is_inert(tmp_path):
    documents, rejects = read_documents(small(source=[EVIL, "x", "y"]))
    rejects = pd.DataFrame({"path": [EVIL], "record": ["line 1"], "reason": [EVIL]})
    chart(documents, tmp_path / "build", rejects=rejects, events=load_seed("events").iloc[:0], n_draws=20)
    page = (tmp_path / "build" / "index.html").read_text(encoding="utf-8")
    assert EVIL not in page
    own = re.findall("<script>(.*?)</script>", page, flags=re.DOTALL)
    assert len(own) == 1 and Tags(page).seen.count("script") == 1 + page.count('<script type="')


def test_chart_undated_document_is_kept_and_counted(tmp_path, undrawn):
    documents, _ = read_documents(small())
    flow = chart(documents, tmp_path / "build", n_draws=20, period="month").set_index("stage")["n"]
    assert flow["documents kept"] == 3
    assert flow["kept, without a date: in no period"] == 1
    assert flow["kept and in the series"] == 2
    assert table(tmp_path / "build", "overall")["n_docs"].unique().tolist() == [3]


def test_chart_corpus_without_dates_still_reports(tmp_path):
    documents, _ = read_documents(small(date=None))
    flow = chart(documents, tmp_path / "build", n_draws=20).set_index("stage")["n"]
    assert flow["kept and in the series"] == 0
    page = (tmp_path / "build" / "index.html").read_text(encoding="utf-8")
    assert "nothing is drawn over time" in page
    assert not (tmp_path / "build" / "figures" / "frames_share.png").exists()


def test_chart_arabic_report_runs_from_right_to_left(tmp_path):
    documents, _ = read_documents(small())
    events = load_seed("events").iloc[:0]
    flow = chart(documents, tmp_path / "build", language="ar", by="source", events=events, n_draws=20)
    assert flow["stage"].iloc[0] == "سجلات مقروءة"
    page = (tmp_path / "build" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl">' in page
    assert (tmp_path / "build" / "figures" / "frames_by_source.png").exists()


def test_chart_other_pair_has_no_built_in_events(tmp_path, undrawn):
    documents, _ = read_documents(small())
    chart(documents, tmp_path / "build", holder="us", n_draws=20)
    assert len(table(tmp_path / "build", "events")) == 0


def test_chart_own_lexicon_and_events(tmp_path, undrawn):
    lexicon = tmp_path / "own.yml"
    lexicon.write_text(
        "name: own\ntitle: {en: Own, ar: خاص}\nversion: 1.0.0\nlicence: CC0-1.0\n"
        "categories:\n  talk:\n    label: {en: Talk, ar: حديث}\n    entries: [حوار, لقاء]\n",
        encoding="utf-8",
    )
    events = pd.DataFrame({"date": ["2018-11"], "event": ["Talks in Moscow"], "position": [1]})
    documents, _ = read_documents(small())
    chart(documents, tmp_path / "build", lexicons=[lexicon], events=events, n_draws=20)
    assert set(table(tmp_path / "build", "series")["lexicon"]) == {"own"}
    assert table(tmp_path / "build", "events")["event"].tolist() == ["Talks in Moscow"]


def test_chart_failure_leaves_nothing_half_written(tmp_path):
    with pytest.raises(SchemaError):
        chart(small().assign(text=""), tmp_path / "build")
    assert list(tmp_path.iterdir()) == []


def test_chart_onto_a_file_raises(tmp_path, undrawn):
    (tmp_path / "build").write_text("a file")
    documents, _ = read_documents(small())
    with pytest.raises(SourceError) as error:
        chart(documents, tmp_path / "build", n_draws=20)
    assert str(error.value) == f"`out` is {str(tmp_path / 'build')!r}, which is a file; name a folder."


@pytest.mark.parametrize("entry", ["index.html", "figures/mine.png", "tables/mine.csv"])
def test_chart_onto_a_folder_of_another_origin_raises_and_leaves_it(tmp_path, undrawn, entry):
    mine = tmp_path / "project" / entry
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    documents, _ = read_documents(small())
    with pytest.raises(SourceError, match=r"of another origin: a report would replace them\. Name another folder\.$"):
        chart(documents, tmp_path / "project", n_draws=20)
    assert mine.read_text() == "mine"


def test_chart_again_replaces_its_own_files_and_keeps_those_of_the_user(tmp_path):
    documents, _ = read_documents(small())
    out = tmp_path / "build"
    chart(documents, out, n_draws=20, by="source")
    for name in ("figures/mine.png", "tables/mine.csv", "notes.txt"):
        (out / name).write_text("mine")
    assert (out / "figures" / "frames_by_source.png").exists() and (out / "tables" / "by_series.csv").exists()
    chart(documents, out, n_draws=20)
    assert not (out / "figures" / "frames_by_source.png").exists() and not (out / "tables" / "by_series.csv").exists()
    assert [(out / name).read_text() for name in ("figures/mine.png", "tables/mine.csv", "notes.txt")] == ["mine"] * 3
    assert not list(tmp_path.glob(".*.part"))


def test_chart_cache_in_the_folder_of_the_report_raises(tmp_path):
    documents, _ = read_documents(small())
    with pytest.raises(SourceError, match=r"which lies in the folder of the report"):
        chart(documents, tmp_path / "build", cache=tmp_path / "build" / "tables")


def test_chart_no_document_left_says_why(tmp_path):
    (tmp_path / "empty.csv").write_text("doc_id,text,date\na,,2015-01-01\n", encoding="utf-8")
    with pytest.raises(SchemaError) as error:
        chart(tmp_path / "empty.csv", tmp_path / "build")
    assert str(error.value) == ("`corpus` has no document left of 1 records. First: the text is empty. Give it texts.")


def test_chart_unknown_variable_raises(tmp_path):
    documents, _ = read_documents(small())
    with pytest.raises(SchemaError) as error:
        chart(documents, tmp_path / "build", by="desk")
    assert str(error.value) == "`split` is 'desk'; it must be one of 'source'."


def test_chart_unknown_holder_raises(tmp_path):
    with pytest.raises(SchemaError, match=r"^`holder` is 'mars'; it must be one of 'afghan_gov', "):
        chart("seed:article", tmp_path / "build", holder="mars")


def test_chart_copies_of_a_story_are_one_piece_of_evidence(tmp_path, undrawn):
    story = "قالت وزارة الخارجية الروسية إن موسكو تدعم الحوار مع حركة طالبان في أفغانستان."
    other = "حذر مسؤول في الحكومة من خطر تهريب المخدرات عبر الحدود إلى دول آسيا الوسطى."
    table_of_copies = pd.DataFrame({"doc_id": list("abc"), "text": [story, story, other], "date": "2018-11-09"})
    documents, _ = read_documents(table_of_copies)
    shares = {}
    for copies in ("keep", "cluster", "weight"):
        chart(documents, tmp_path / copies, n_draws=20, copies=copies)
        naming = table(tmp_path / copies, "naming").query("category == 'taliban'").iloc[0]
        shares[copies] = (round(naming["estimate"], 3), naming["n_units"], naming["n_docs"])
    assert shares == {"keep": (0.667, 3, 3), "cluster": (0.667, 2, 3), "weight": (0.5, 2, 3)}


@pytest.mark.parametrize(
    ("copies", "texts", "rows", "said"),
    [
        ("cluster", "ssx", [2, 1], "2 documents are near-identical copies; stories that they print: 1."),
        ("weight", "ssxxy", [4, 2], "4 documents are near-identical copies; stories that they print: 2."),
        ("cluster", "sx", [0], "Near-identical copies were looked for, and no two documents are copies of each other."),
        ("keep", "ssx", [], "Near-identical copies were not looked for: each document counts as a story of its own"),
    ],
)
def test_report_says_how_many_copies_and_how_they_count(copies, texts, rows, said):
    stories = {letter: " ".join(f"{letter}كلمة{n}" for n in range(40)) for letter in "sxy"}
    corpus = pd.DataFrame({"doc_id": [f"d{n}" for n in range(len(texts))], "text": [stories[one] for one in texts]})
    corpus = corpus.assign(date=pd.Timestamp("2017-05-01"), date_precision="day", source="s", title=None)
    study = load_study(copies=copies)
    tables = make_tables(corpus, ["flow", "summary"], study=study)
    _, blocks = method_chapter(Book(tables, study))
    assert str(blocks[-1]).startswith(said)
    stages = tables["flow"].set_index("stage")["n"]
    assert stages[stages.index.str.contains("copies|stories")].tolist() == rows


def test_make_tables_without_copies_has_documents_for_units():
    corpus = pd.DataFrame({"doc_id": ["a", "b"], "text": ["دعت موسكو إلى الحوار مع طالبان.", "خبر آخر"]})
    corpus = corpus.assign(date=pd.Timestamp("2017-05-01"), date_precision="day", source="s", title=None)
    made = {
        copies: make_tables(corpus, ["units", "naming"], copies=copies, n_draws=10) for copies in ("keep", "weight")
    }
    for name in ("units", "naming"):
        pd.testing.assert_frame_equal(made["keep"][name], made["weight"][name])


@pytest.mark.parametrize(("n_both", "shown"), [(0, False), (1, True), (8, True), (9, False), (10, False)])
def test_chart_shows_those_that_name_both_unless_nearly_all_do(tmp_path, undrawn, n_both, shown):
    texts = ["دعت موسكو إلى الحوار مع طالبان."] * n_both + ["دعت باريس إلى الحوار."] * (10 - n_both)
    corpus = pd.DataFrame({"doc_id": [f"d{n}" for n in range(10)], "text": texts})
    corpus = corpus.assign(date=pd.Timestamp("2017-05-01"), date_precision="day", source="s", title=None)
    chart(corpus, tmp_path / "out", n_draws=10)
    assert (tmp_path / "out" / "tables" / "subject_series.csv").exists() == shown


def test_chart_does_not_change_its_input(tmp_path, undrawn):
    documents, _ = read_documents(small())
    before = documents.copy()
    chart(documents, tmp_path / "build", n_draws=20)
    pd.testing.assert_frame_equal(documents, before)


def test_chart_opens_with_the_finding_and_its_figure(charted):
    out = charted[0]
    first = opening((out / "index.html").read_text(encoding="utf-8"))
    main = table(out, "findings").query("main")
    assert len(main) == 1 and main["basis"].tolist() == ["hand"]
    assert '<p class="finding" dir="auto">' in first and "of Russia toward the Taliban" in first
    assert "By hand codes from" in first and "in the voice of Russia" in first
    assert first.count("<img ") == 1 and (out / "figures" / "finding.png").exists()


def test_chart_flow_and_provenance_are_the_last_of_the_contents(charted):
    page = (charted[0] / "index.html").read_text(encoding="utf-8")
    headings = re.findall(r'<a href="#s\d+" dir="auto">([^<]+)</a>', page)
    assert headings[:2] == ["Look behind the numbers", "Positions of Russia toward the Taliban"]
    assert headings[-3:] == ["Method and limits", "Flow of records", "Provenance"]
    ledger = page.partition(">Ledger of events</h2>")[2]
    assert ledger.lstrip().startswith("<details>")


def spread(texts, days):
    """Give one report a text, on the days given."""
    rows = {"doc_id": [f"d{n:02}" for n in range(len(texts))], "text": texts, "date": pd.to_datetime(days)}
    return pd.DataFrame({**rows, "date_precision": "day", "source": "x", "title": None})


FOR, AGAINST = "أعلنت روسيا دعمها لطالبان.", "أدانت روسيا هجوم طالبان على كابول."
OFTEN = pd.date_range("2017-01-05", periods=16, freq="20D")


@pytest.mark.parametrize(
    ("texts", "days", "said"),
    [
        ([AGAINST] * 8 + [FOR] * 8, OFTEN, "the first third of the reports (2017-01 to 2017-04)"),
        ([FOR] * 16, OFTEN, "not distinguishable from no change"),
        ([FOR] * 3, OFTEN[:3], "too few convey it (2 reports, then 1 report)"),
        ([FOR], OFTEN[:1], "all that conveys it (1 report) stands in one period, 2017"),
        ([FOR] * 8, [OFTEN[0]] * 8, "stands in one period, 2017-01"),
        ([FOR] * 8, [None] * 8, "(8 reports) has no date that places it in a period"),
        (["الطقس جميل في القاهرة."] * 8, OFTEN[:8], "no report conveys a position that the measures find"),
    ],
)
def test_chart_finding_of_any_corpus_is_a_sentence(tmp_path, texts, days, said):
    chart(spread(texts, days), tmp_path / "build", n_draws=20, copies="keep")
    first = opening((tmp_path / "build" / "index.html").read_text(encoding="utf-8"))
    assert first.count('<p class="finding"') == 1 and said in first


def test_chart_finding_of_each_holder(tmp_path):
    texts = [AGAINST] * 8 + [FOR] * 8
    chart(spread(texts, OFTEN), tmp_path / "build", holders=["russia", "iran"], n_draws=20)
    first = opening((tmp_path / "build" / "index.html").read_text(encoding="utf-8"))
    assert first.count('<p class="finding"') == 2
    assert first.index("of Russia toward the Taliban") < first.index("of Iran toward the Taliban")
    assert table(tmp_path / "build", "findings").query("main")["holder"].tolist() == ["iran", "russia"]


def test_chart_compares_the_periods_asked_for(tmp_path, undrawn):
    texts, days = [AGAINST] * 9 + [FOR] * 7, OFTEN
    compare = {"then": ["2017-01", "2017-06"], "now": ["2017-07", 2018]}
    chart(spread(texts, days), tmp_path / "build", compare=compare, n_draws=20)
    main = table(tmp_path / "build", "findings").query("main")
    assert main[["before", "after", "n_docs_before", "n_docs_after", "estimate"]].to_numpy().tolist() == [
        ["then", "now", 9, 7, 4.0],
    ]  # fmt: skip
