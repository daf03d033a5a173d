"""Replication archives: what stands in them, what does not, and what is found when they are held against the texts."""

import contextlib
import hashlib
import io
import json
import random
import re
import zipfile
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from discourse.archive import archive
from discourse.archives.contents import archive_files, hide_texts
from discourse.archives.moves import compare_points, count_lost
from discourse.archives.packing import MANIFEST, METADATA, check_digests, read_archive, write_archive
from discourse.archives.points import COMPARED, points_of, read_csv
from discourse.archives.telling import still_stands, tell_verified
from discourse.archives.texts import compare_texts, digest_texts, match_documents
from discourse.cli import main
from discourse.errors import DiscourseError, SchemaError, SourceError
from discourse.lexicons.loader import lexicon_from_patterns
from discourse.sources.seeds import load_seed
from discourse.steps.making import make_tables
from discourse.study import load_study
from discourse.tables import TABLES, check
from discourse.verify import verify

REPORTS = load_seed("reports").iloc[::5].reset_index(drop=True)
OPTIONS = {"period": "year", "n_draws": 20}
CODES = pd.DataFrame({"unit_id": ["a001"], "value": ["1"], "text": ["a text that a sheet holds"]})


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Archive 42 reports once, as a ZIP, and keep the run; return the file, the run and the cache."""
    folder = tmp_path_factory.mktemp("archive")
    module, runs = import_module("discourse.archive"), []

    def kept(run, **options):
        runs.append(run)
        return archive_files(run, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "archive_files", kept)
        place = archive(
            REPORTS, folder / "a.zip", codes={"hand": CODES}, authors=["A. Writer"], published="2026-11-24",
            licence="https://example.org/terms", cache=folder / "cache", **OPTIONS,
        )  # fmt: skip
    return place, runs[0], folder / "cache"


@pytest.fixture
def unpacked(made, tmp_path):
    """The archive as a folder of its own."""
    with zipfile.ZipFile(made[0]) as packed:
        packed.extractall(tmp_path / "archive")
    return tmp_path / "archive"


@pytest.fixture
def undrawn(monkeypatch):
    """Leave the figures out, where a test looks at other things."""
    module = import_module("discourse.chart")
    monkeypatch.setattr(module, "compose", lambda tables, study, **options: ("title", [], {}))


def test_verify_spoilt_archives_are_a_finding_or_a_message(made, tmp_path, monkeypatch, project):
    monkeypatch.syspath_prepend(str(project / "benchmarks"))
    make_archive = import_module("fuzz.papers").make_archive
    whole = made[0].read_bytes()
    for seed in range(24):
        folder = tmp_path / str(seed)
        folder.mkdir()
        spoilt = make_archive(whole, folder, random.Random(seed)).path
        result = CliRunner().invoke(main, ["verify", str(spoilt)])
        assert result.exit_code in {0, 1}, (seed, result.output)
        assert "fault of discourse" not in result.output, (seed, result.output)
        with contextlib.suppress(DiscourseError):  # anything else is a fault
            verify(spoilt, REPORTS, rerun=False)


def test_verify_table_that_is_none_any_more_is_said_with_its_name(unpacked):
    table = unpacked / "tables" / "series.csv"
    header, *rows = table.read_text("utf-8").splitlines()
    table.write_text("\n".join([header, rows[0] + ",,", *rows[1:]]), "utf-8")
    with pytest.raises(SourceError) as error:
        verify(unpacked, REPORTS, rerun=False)
    assert str(error.value) == (
        f"`archive` is {str(unpacked)!r}, of which 1 file is not what the manifest says, and it cannot be held against "
        "a corpus (ParserWarning). First: 'tables/series.csv'. Fetch the archive again."
    )


def options_of_files(**changes):
    usual = {"texts": "none", "name": "n", "description": "d", "published": "2026-11-24", "licence": "l", "authors": []}
    return usual | changes


def test_archive_holds_what_the_contract_names(made):
    names = set(read_archive(made[0]))
    assert names >= {
        *("README.md", "documents.csv", "index.html", "provenance.json", "versions.json", "requirements.txt"),
        *("study/study.yml", "study/events.csv", "lexicons/actors.yml", "lexicons/actors.md", "lexicons/frames.yml"),
        *("lexicons/cues.yml", "lexicons/stance.yml", "codes/hand.csv", "tables/CODEBOOK.md", "tables/series.csv"),
        *("tables/position_series.csv", "tables/findings.csv", "figures/positions.png", MANIFEST, METADATA),
    }
    assert not {name for name in names if name.startswith("texts/")}


def test_archive_of_texts_none_holds_no_stretch_of_a_text_or_headline(made):
    files = read_archive(made[0])
    whole = "\n".join(content.decode("utf-8") for name, content in files.items() if not name.endswith(".png"))
    for column in ("text", "title", "coder_note"):
        for text in REPORTS[column].dropna():
            for start in range(0, max(1, len(text) - 40), 40):
                assert text[start : start + 40] not in whole, (column, text[start : start + 40])
    assert read_csv(files["codes/hand.csv"]).columns.tolist() == ["unit_id", "value"]
    assert "the document variables coder_note, speakers" in files["README.md"].decode("utf-8")


def test_archive_of_texts_sentences_holds_headlines_and_sentences_with_a_position(made):
    files = archive_files(made[1], **options_of_files(texts="sentences"))
    spans = read_csv(files["texts/sentences.csv"])
    texts = REPORTS.set_index("doc_id")["text"]
    assert len(spans) and all(
        texts[row.doc_id][row.start_char : row.end_char] == row.text for row in spans.itertuples()
    )
    assert read_csv(files["documents.csv"])["title"].tolist() == REPORTS.sort_values("doc_id")["title"].tolist()
    assert "texts/documents.csv" not in files


def test_archive_of_texts_all_holds_the_texts(made):
    files = archive_files(made[1], **options_of_files(texts="all"))
    held = read_csv(files["texts/documents.csv"]).set_index("doc_id")["text"]
    assert held.to_dict() == REPORTS.set_index("doc_id")["text"].to_dict()
    assert "text" in read_csv(files["codes/hand.csv"])


def test_archive_study_is_loaded_again_as_it_was(made, unpacked):
    again = load_study(unpacked / "study" / "study.yml")
    assert again.settings() == made[1].study.settings()
    assert again.digest == made[1].study.digest


def test_archive_of_own_lexicons_actors_and_periods_is_loaded_again(tmp_path, made):
    own = lexicon_from_patterns({"trade": ["تجارة"]}, name="own")
    actors = tmp_path / "more.yml"
    actors.write_text(
        "name: more\nversion: '1'\ncategories:\n  amity:\n    label: {en: Amity}\n    entries: [حزب الوئام]\n", "utf-8"
    )
    study = load_study(
        lexicons=["frames", own], actors=["actors", actors], groups={"west": ["us", "uk"]}, holders=["west", "amity"],
        target="taliban", compare={"then": [2000, "2014-06"], "now": ["2015-01-02", 2020]}, voices=["outlet"],
        ledger=pd.DataFrame({"date": ["2015-07", "2016"], "event": ["a, b", "c"], "position": [1, None]}),
    )  # fmt: skip
    run = made[1]
    other = type(run)(run.documents, run.rejects, run.tables, study, run.page, run.figures, run.record, {})
    files = archive_files(other, **options_of_files())
    for name, content in files.items():
        if name.startswith(("study/", "lexicons/")):
            (tmp_path / "x" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "x" / name).write_bytes(content)
    again = load_study(tmp_path / "x" / "study" / "study.yml")
    assert again.holders == ("west", "amity") and again.compare == study.compare and again.voices == study.voices
    assert again.actors.digest == study.actors.digest
    assert again.lexicons[1].entries["pattern"].tolist() == ["تجارة"]
    pd.testing.assert_frame_equal(again.ledger, study.ledger)


def test_archive_two_lexicons_in_files_of_one_name_are_an_error(made):
    one, other = (lexicon_from_patterns({"a": [word]}, name="own") for word in ("تجارة", "سلاح"))
    study = load_study(lexicons=[one], stance="stance")
    object.__setattr__(study, "lexicons", (one, other))
    run = made[1]
    with pytest.raises(SchemaError) as caught:
        archive_files(
            type(run)(run.documents, run.rejects, run.tables, study, "", {}, run.record, {}), **options_of_files()
        )
    assert str(caught.value) == ("`study` holds two lexicons in files of the name 'own.yml'. Rename one of the files.")


def test_archive_metadata_is_an_ro_crate(made):
    files = read_archive(made[0])
    content = json.loads(files[METADATA])
    assert content["@context"] == "https://w3id.org/ro/crate/1.2/context"
    entities = {entity["@id"]: entity for entity in content["@graph"]}
    assert len(entities) == len(content["@graph"])
    about, root = entities[METADATA], entities["./"]
    assert about["@type"] == "CreativeWork" and about["about"] == {"@id": "./"}
    assert about["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert root["@type"] == "Dataset" and root["datePublished"] == "2026-11-24" and root["name"] and root["description"]
    assert entities[root["license"]["@id"]]["@id"] == "https://example.org/terms"
    assert entities[root["author"]["@id"]] == {"@id": "#author-1", "@type": "Person", "name": "A. Writer"}
    parts = {part["@id"] for part in root["hasPart"]}
    assert parts == set(files) - {METADATA, MANIFEST}
    for name in parts:
        entity = entities[name]
        assert entity["@type"] == "File" and entity["encodingFormat"] and entity["name"]
        assert entity["contentSize"] == str(len(files[name]))
        assert entity["sha256"] == hashlib.sha256(files[name]).hexdigest()
    assert entities["figures/positions.png"]["encodingFormat"] == "image/png"
    run = entities["#run"]
    assert run["instrument"] == {"@id": "#discourse"}
    assert {"@id": "documents.csv"} in run["object"] and {"@id": "tables/series.csv"} in run["result"]
    assert {part["@id"] for part in run["object"] + run["result"]} == parts
    linked = re.findall(r'"@id": "([^"]+)"', files[METADATA].decode("utf-8"))
    assert {name for name in linked if not name.startswith("https://w3id")} == set(entities)


def test_archive_versions_are_those_that_are_installed(made):
    files = read_archive(made[0])
    versions = json.loads(files["versions.json"])
    assert versions["packages"]["pandas"] == pd.__version__ and versions["packages"]["numpy"] == np.__version__
    lines = files["requirements.txt"].decode("utf-8").splitlines()
    assert f"pandas=={pd.__version__}" in lines and lines == sorted(lines)
    assert {"pytest", "ruff"} & set(versions["packages"]) == set()


def test_archive_digests_are_those_of_the_files(made):
    files = read_archive(made[0])
    for line in files[MANIFEST].decode("utf-8").splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(files[name]).hexdigest() == digest
    assert check_digests(files)["state"].eq("equal").all()


def test_archive_twice_gives_the_same_bytes_and_a_folder_holds_the_same_files(made, tmp_path):
    again = archive_files(
        made[1], texts="none", name="Russia's position toward the Taliban",
        description=json.loads(read_archive(made[0])[METADATA])["@graph"][1]["description"], published="2026-11-24",
        licence="https://example.org/terms", authors=["A. Writer"],
    )  # fmt: skip
    assert write_archive(again, tmp_path / "b.zip").read_bytes() == made[0].read_bytes()
    folder = write_archive(again, tmp_path / "b")
    assert read_archive(folder) == read_archive(made[0])


def test_archive_without_a_day_is_dated_by_its_newest_text(made, undrawn, tmp_path):
    newest = REPORTS["date"].max().strftime("%Y-%m-%d")
    place = archive(REPORTS, tmp_path / "a.zip", cache=made[2], **OPTIONS)
    assert json.loads(read_archive(place)[METADATA])["@graph"][1]["datePublished"] == newest


@pytest.mark.parametrize("day", ["2026-13-01", "yesterday", 20261124])
def test_archive_published_on_no_day_is_an_error(tmp_path, day):
    with pytest.raises(SchemaError) as caught:
        archive(REPORTS, tmp_path / "a.zip", published=day)
    assert str(caught.value) == f"`published` is {day!r}; it must be a day such as '2026-11-24'."


def test_archive_codes_that_are_no_table_or_no_name_are_an_error(tmp_path):
    with pytest.raises(SchemaError) as caught:
        archive(REPORTS, tmp_path / "a.zip", codes={"../x": CODES})
    assert str(caught.value) == "`codes` has the name '../x'; a file is named by letters, digits, '-' and '_'."
    with pytest.raises(SchemaError) as caught:
        archive(REPORTS, tmp_path / "a.zip", codes={"x": [1]})
    assert str(caught.value) == "`codes` has a list for 'x'; it must be a pandas DataFrame."


def test_archive_of_a_report_asks_for_its_corpus(tmp_path):
    (tmp_path / "provenance.json").write_text("{}", "utf-8")
    with pytest.raises(SourceError) as caught:
        archive(tmp_path, tmp_path / "a.zip")
    assert str(caught.value).startswith(
        f"`corpus` is {str(tmp_path)!r}, a report, which holds no texts to take digests"
    )


FILES = {"a.txt": b"a", "b/c.txt": b"c", METADATA: b'{"#discourse"}'}


@pytest.mark.parametrize("name", ["x.zip", "x"])
def test_write_archive_replaces_its_own_and_nothing_else(tmp_path, name):
    place = write_archive(FILES, tmp_path / name)
    write_archive({**FILES, "a.txt": b"other"}, place)
    assert read_archive(place)["a.txt"] == b"other"


def test_write_archive_leaves_other_files_of_the_folder(tmp_path):
    place = write_archive(FILES, tmp_path / "x")
    (place / "mine.txt").write_text("mine", "utf-8")
    (place / "b" / "mine.txt").write_text("mine", "utf-8")
    write_archive({"d.txt": b"d", METADATA: FILES[METADATA]}, place)
    assert {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()} == {
        "d.txt", METADATA, MANIFEST, "mine.txt", "b/mine.txt",
    }  # fmt: skip


def test_write_archive_never_over_what_is_not_its_own(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.txt").write_text("mine", "utf-8")
    with pytest.raises(SourceError) as caught:
        write_archive(FILES, tmp_path / "x")
    assert str(caught.value) == (
        f"`out` is {str(tmp_path / 'x')!r}, which is no archive of this library. Name another place."
    )
    (tmp_path / "y.zip").write_text("mine", "utf-8")
    with pytest.raises(SourceError) as caught:
        write_archive(FILES, tmp_path / "y.zip")
    assert str(caught.value).endswith("which is no archive of this library. Name another place.")
    (tmp_path / "z.txt").write_text("mine", "utf-8")
    with pytest.raises(SourceError) as caught:
        write_archive(FILES, tmp_path / "z.txt")
    assert str(caught.value).endswith("which is a file; name a folder, or a file that ends in '.zip'.")
    assert (tmp_path / "x" / "a.txt").read_text("utf-8") == (tmp_path / "y.zip").read_text("utf-8") == "mine"
    write_archive(FILES, tmp_path / "y.zip", overwrite=True)
    assert read_archive(tmp_path / "y.zip")["a.txt"] == b"a"


def test_write_archive_never_over_one_that_was_changed_or_a_file_beside_it(tmp_path):
    place = write_archive(FILES, tmp_path / "x")
    (place / "new.txt").write_text("mine", "utf-8")
    with pytest.raises(SourceError) as caught:
        write_archive({**FILES, "new.txt": b"n"}, place)
    assert str(caught.value) == (
        f"`out` is {str(place)!r}, which holds 'new.txt' of another origin: the archive would replace them. Name "
        "another place."
    )
    (place / "a.txt").write_text("edited", "utf-8")
    with pytest.raises(SourceError) as caught:
        write_archive(FILES, place)
    assert str(caught.value) == (
        f"`out` is {str(place)!r}, an archive of which 1 files were changed since it was written. First: 'a.txt'. Name "
        "another place."
    )


@pytest.mark.parametrize("name", ["x", "x.zip"])
def test_write_archive_that_fails_leaves_the_old_one(tmp_path, monkeypatch, name):
    place = write_archive(FILES, tmp_path / name)

    def fail(*args, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(import_module("discourse.archives.packing"), "put_in_place", fail)
    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(SourceError) as caught:
        write_archive({**FILES, "a.txt": b"other"}, place)
    assert "No space left on device" in str(caught.value)
    assert read_archive(place) == {**FILES, MANIFEST: read_archive(place)[MANIFEST]}
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_read_archive_of_what_is_none_is_an_error(tmp_path):
    with pytest.raises(SourceError) as caught:
        read_archive(tmp_path / "a.zip")
    assert str(caught.value).endswith("there is no such file or folder. Check the path.")
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(SourceError) as caught:
        read_archive(tmp_path / "a.zip")
    assert str(caught.value).endswith("which cannot be read: File is not a zip file. Fetch it again.")
    (tmp_path / "x").mkdir()
    with pytest.raises(SourceError) as caught:
        read_archive(tmp_path / "x")
    assert str(caught.value).endswith("which holds no 'manifest-sha256.txt': it is no archive of this library.")


def test_read_archive_with_a_damaged_part_is_an_error(tmp_path):
    place = write_archive(FILES, tmp_path / "a.zip")
    with zipfile.ZipFile(place) as packed:
        entry = packed.infolist()[0]
    content = bytearray(place.read_bytes())
    content[entry.header_offset + 30 + len(entry.filename)] = 0xFF  # the first byte of what is packed
    place.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_archive(place)
    assert str(caught.value) == (
        f"`archive` is {str(place)!r}, which cannot be read: Error -3 while decompressing data: invalid block type. "
        "Fetch it again."
    )


def test_hide_texts_drops_a_column_of_which_a_value_has_more_than_eight_words():
    table = pd.DataFrame(
        {"a": ["one two three four five six seven eight"], "b": ["1 2 3 4 5 6 7 8 9"], "text_2": ["x"]}
    )
    assert hide_texts(table).columns.tolist() == ["a"]


def two():
    return pd.DataFrame(
        {"doc_id": ["b", "a"], "text": ["قالت موسكو", "مُوسكو"], "title": ["t", None], "source": "x",
         "date": pd.to_datetime(["2015-01-02", "2015-01-03"]), "date_precision": "day", "url": ["u1", "u2"],
         "country": ["NA", "EG"], "position": [1.0, np.nan]}
    )  # fmt: skip


def archived_two():
    table = read_csv(digest_texts(two()).to_csv(index=False).encode())
    return table.assign(date=pd.to_datetime(table["date"]))


def test_digest_texts_by_hand():
    table = digest_texts(two())
    assert table.columns.tolist() == [
        "doc_id", "date", "date_precision", "source", "n_characters", "sha256", "sha256_normal", "sha256_title", "url",
        "country", "position",
    ]  # fmt: skip
    assert table["doc_id"].tolist() == ["a", "b"]
    assert table["sha256"][0] == hashlib.sha256("مُوسكو".encode()).hexdigest()
    assert table["sha256_normal"][0] == hashlib.sha256("موسكو".encode()).hexdigest()
    assert table["n_characters"].tolist() == [6, 10]
    assert pd.isna(table["sha256_title"][0])


@pytest.mark.parametrize(
    ("column", "value", "state"),
    [
        ("text", "مُوسكو", "equal"),
        ("text", " موسكو ", "respelled"),
        ("text", "كابل", "changed"),
        ("title", "new", "changed"),
        ("date", pd.Timestamp("2016-01-01"), "recoded"),
        ("country", "QA", "recoded"),
        ("position", 2.0, "recoded"),
    ],
)
def test_compare_texts_tells_what_differs(column, value, state):
    documents = two()
    documents.loc[documents["doc_id"].eq("a"), column] = value
    told = compare_texts(match_documents(documents, archived_two()), archived_two())
    assert told["state"].tolist() == [state, "equal"]


def test_compare_texts_missing_and_new():
    documents = pd.concat([two().iloc[:1], two().iloc[:1].assign(doc_id="z", text="آخر", url="u9")])
    told = compare_texts(match_documents(documents, archived_two()), archived_two())
    assert told.to_numpy().tolist() == [["a", "missing"], ["b", "equal"], ["z", "new"]]


@pytest.mark.parametrize(
    ("changes", "known"),
    [
        ({"doc_id": ["x", "y"], "url": ["v1", "v2"]}, ["b", "a"]),  # by the digest of the text
        ({"doc_id": ["x", "y"], "text": ["آخر", "غيره"]}, ["b", "a"]),  # by the address
        ({"doc_id": ["x", "y"], "text": ["آخر", "غيره"], "url": ["v1", "v2"]}, ["x", "y"]),
        ({"doc_id": ["a", "y"]}, ["a", "y"]),  # a name that is known is never given away
    ],
)
def test_match_documents_knows_a_document_by_name_digest_or_address(changes, known):
    assert match_documents(two().assign(**changes), archived_two())["doc_id"].tolist() == known


def test_match_documents_takes_from_the_archive_what_the_corpus_lacks():
    bare = two()[["doc_id", "text"]].assign(
        date=pd.Series([pd.NaT, pd.NaT], dtype="datetime64[us]"), date_precision=None, source=None, title=["t", None]
    )
    found = match_documents(bare, archived_two())
    assert found["country"].tolist() == ["NA", "EG"]
    assert found["date"].tolist() == two()["date"].tolist()
    assert compare_texts(found, archived_two())["state"].tolist() == ["equal", "equal"]


def point(**changes):
    usual = {"item": "p", "n": 4, "estimate": 0.5, "lower": 0.0, "upper": 1.0, "n_missing": 0, "n_changed": 0}
    return pd.DataFrame([usual | changes])


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "equal"),
        ({"estimate": 0.5 + 0.9e-9}, "equal"),
        ({"estimate": 0.5 + 1.1e-9}, "moved"),
        ({"upper": 0.9}, "moved"),
        ({"n": 3}, "moved"),
        ({"estimate": np.nan}, "moved"),
    ],
)
def test_compare_points_noise_of_machines_is_no_move(changes, state):
    found = compare_points(point(), point(**changes), edited=False, code=False, elsewhere=False)
    assert found["state"].tolist() == [state]
    assert found["cause"].tolist() == [None if state == "equal" else "unknown"]


@pytest.mark.parametrize(
    ("lost", "options", "cause"),
    [
        ({"n_missing": 1}, {}, "missing"),
        ({"n_missing": 1, "n_changed": 2}, {"code": True, "elsewhere": True, "edited": True}, "missing|changed|code"),
        ({}, {"elsewhere": True}, "corpus"),
        ({}, {"elsewhere": True, "edited": True}, "edited"),
        ({}, {"code": True}, "code"),
    ],
)
def test_compare_points_names_what_may_have_moved_it(lost, options, cause):
    asked = {"edited": False, "code": False, "elsewhere": False} | options
    assert compare_points(point(**lost), point(n=1), **asked)["cause"].tolist() == [cause]


def test_compare_points_gone_and_new():
    told = compare_points(point(), point(item="q"), edited=False, code=False, elsewhere=False)
    assert told[["item", "state"]].to_numpy().tolist() == [["p", "gone"], ["q", "new"]]


def test_count_lost_of_every_point_knows_its_documents(made):
    files = read_archive(made[0])
    documents = read_csv(files["documents.csv"])
    documents["date"] = pd.to_datetime(documents["date"])
    tables = {name[7:-4]: read_csv(files[name]) for name in files if re.fullmatch(r"tables/\w+\.csv", name)}
    gone = dict.fromkeys(documents["doc_id"], "missing")
    for name in COMPARED:
        if name in tables and name != "company":
            lost = count_lost(name, tables[name], documents, tables, gone, freq="YS")
            held = tables[name]["hold"].notna() if "hold" in tables[name] else False
            assert (lost["n_missing"].eq(lost["n"]) | held).all(), name


def test_verify_against_the_same_texts_moves_nothing(made):
    found = verify(made[0], REPORTS, cache=made[2])
    check(found, "VERIFIED")
    assert found["state"].eq("equal").all()
    assert still_stands(found)
    kinds = found.groupby("kind", observed=True).size()
    assert kinds["text"] == len(REPORTS)
    assert tell_verified(found)[-2:] == [
        f"{len(REPORTS)} texts: {len(REPORTS)} equal.",
        f"None of {kinds['point']:,} points moves.",
    ]


@pytest.fixture(scope="module")
def again(made, tmp_path_factory):
    """Verify an archive with an edited table against a corpus that lost three documents and changed one."""
    folder = tmp_path_factory.mktemp("again") / "archive"
    with zipfile.ZipFile(made[0]) as packed:
        packed.extractall(folder)
    place = folder / "tables" / "naming.csv"
    lines = place.read_text("utf-8").splitlines()
    row = next(n for n, line in enumerate(lines) if line.startswith("2016-01-01,russia,"))
    cells = lines[row].split(",")
    cells[6] = "0.123"  # the estimate
    place.write_text("\n".join([*lines[:row], ",".join(cells), *lines[row + 1 :], ""]), "utf-8")
    documents = REPORTS.drop(index=[3, 11, 30]).reset_index(drop=True)
    place = documents.index[documents["doc_id"].eq(REPORTS["doc_id"][20])][0]
    documents.loc[place, "text"] = "رحبت موسكو باتفاق طالبان على الحوار."
    return verify(folder, documents), documents, folder


def test_verify_names_the_edited_file_the_missing_and_the_changed_texts(again):
    found = again[0]
    off = found.loc[found["state"].ne("equal") & found["kind"].isin(["file", "text"])]
    assert dict(zip(off["item"], off["state"], strict=True)) == {
        "tables/naming.csv": "changed",
        REPORTS["doc_id"][20]: "changed",
        **{REPORTS["doc_id"][n]: "missing" for n in (3, 11, 30)},
    }


def test_verify_moves_the_points_that_move_and_no_others(again, made):
    found, documents, _ = again
    files, study = read_archive(made[0]), load_study(**OPTIONS)
    fresh = make_tables(documents, COMPARED, study=study)
    expected = {("naming", "measure=share; category=russia; period=2016-01-01")}
    for name, table in fresh.items():
        old = points_of(read_csv(files[f"tables/{name}.csv"])).set_index("item")
        new = points_of(read_csv(table.to_csv(index=False).encode())).set_index("item")
        for item in old.index.union(new.index):
            if item not in old.index or item not in new.index:
                expected.add((name, item))
                continue
            values = [frame.loc[item, ["n", "estimate", "lower", "upper"]].to_numpy(float) for frame in (old, new)]
            if not np.allclose(*values, rtol=1e-12, atol=1e-12, equal_nan=True):
                expected.add((name, item))
    moved = found.loc[found["kind"].eq("point") & found["state"].ne("equal")]
    assert set(zip(moved["table"], moved["item"], strict=True)) == expected
    assert len(expected) > 20


def test_verify_says_why_a_point_moves(again):
    points = again[0].loc[lambda table: table["kind"].eq("point")].set_index(["table", "item"])
    edited = points.loc[("naming", "measure=share; category=russia; period=2016-01-01")]
    assert (edited["cause"], edited["estimate_archived"]) == ("edited", 0.123)
    years = {n: REPORTS["date"].dt.year[n] for n in (3, 11, 30, 20)}
    for n in (3, 11, 30):
        row = points.loc[("attention", f"period={years[n]}-01-01; country={REPORTS['country'][n]}")]
        assert row["state"] in ("moved", "gone") and row["cause"].startswith("missing") and row["n_missing"] >= 1
    causes = set(points["cause"].dropna())
    assert causes <= {"missing", "changed", "missing|changed", "corpus", "edited"}
    both = points.loc[points["n_missing"].gt(0) & points["state"].eq("moved")]
    assert (both["n_archived"] - both["n_found"]).max() >= 1


def test_verify_in_sentences_names_all(again):
    told = "\n".join(tell_verified(again[0]))
    assert "1 changed (tables/naming.csv)" in told
    assert f"1 changed ({REPORTS['doc_id'][20]})" in told
    assert "3 missing (" in told
    assert re.search(r"\d+ of [\d,]+ points move: ", told)
    assert not still_stands(again[0])


def test_verify_without_a_run_says_which_points_rest_on_missing_pages(made):
    documents = REPORTS.drop(index=[3, 11, 30]).reset_index(drop=True)
    found = verify(made[0], documents, rerun=False)
    points = found.loc[found["kind"].eq("point")]
    assert set(points["state"]) == {"equal", "affected"}
    gone = REPORTS.loc[[3, 11, 30]]
    attention = points.loc[points["table"].eq("attention") & points["state"].eq("affected")]
    assert attention["n_missing"].sum() == 3
    assert set(attention["item"]) == {
        f"period={row.date.year}-01-01; country={row.country}" for row in gone.itertuples()
    }
    assert points["estimate_found"].isna().all()
    assert "points rest on texts that are missing or changed" in "\n".join(tell_verified(found))


def test_verify_of_a_bare_corpus_takes_dates_and_codes_from_the_archive(made):
    found = verify(made[0], REPORTS[["doc_id", "text", "title"]], cache=made[2])
    assert found["state"].eq("equal").all()


def test_verify_says_that_other_versions_may_have_moved_a_point(unpacked, made):
    place = unpacked / "versions.json"
    versions = json.loads(place.read_text("utf-8"))
    versions["packages"]["numpy"] = "0.1"
    place.write_text(json.dumps(versions), "utf-8")
    found = verify(unpacked, REPORTS.drop(index=[3]), cache=made[2])
    row = found.loc[found["item"].eq("numpy")].iloc[0]
    assert (row["kind"], row["state"], row["cause"]) == ("version", "changed", f"0.1, now {np.__version__}")
    assert set(found.loc[found["kind"].eq("point"), "cause"].dropna()) <= {"missing|code", "corpus|code", "code"}


@pytest.mark.parametrize("name", ["documents.csv", "study/study.yml", "versions.json"])
def test_verify_of_an_archive_that_lacks_a_part_is_an_error(unpacked, name):
    (unpacked / name).unlink()
    with pytest.raises(SourceError) as caught:
        verify(unpacked, REPORTS)
    assert str(caught.value) == f"`archive` is {str(unpacked)!r}, which lacks {name!r}. Fetch the archive again."


def test_verify_never_reads_a_study_from_outside_the_archive(made, tmp_path):
    files = read_archive(made[0])
    evil = {**files, "study/../../evil.yml": b"x", "/etc/evil.yml": b"x"}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in evil.items():
            packed.writestr(name, content)
    (tmp_path / "a.zip").write_bytes(buffer.getvalue())
    found = verify(tmp_path / "a.zip", REPORTS, cache=made[2])
    assert found.loc[found["state"].eq("new"), "item"].tolist() == ["/etc/evil.yml", "study/../../evil.yml"]
    assert not list(tmp_path.rglob("evil.yml"))


def run(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def test_command_verify_ends_with_0_where_nothing_moves_and_with_1_where_something_does(made, unpacked, tmp_path):
    whole = run("verify", made[0])
    assert whole.exit_code == 0, whole.output
    n = len(check_digests(read_archive(made[0])))
    assert whole.output.startswith(f"{n} files: {n} equal.")
    (unpacked / "tables" / "flow.csv").write_text("stage,n\n", "utf-8")
    broken = run("verify", unpacked, "--out", tmp_path / "told.csv")
    assert broken.exit_code == 1
    assert f"{n} files: {n - 1} equal, 1 changed (tables/flow.csv)." in broken.output
    told = pd.read_csv(tmp_path / "told.csv")
    assert told.loc[told["state"].eq("changed") & told["kind"].eq("file"), "item"].tolist() == ["tables/flow.csv"]
    assert told.columns.tolist() == [column.name for column in TABLES["VERIFIED"].columns]


def test_command_verify_with_a_corpus_names_what_is_missing(made, tmp_path):
    REPORTS.drop(index=[3]).to_json(tmp_path / "corpus.jsonl", orient="records", lines=True, date_format="iso")
    found = run("verify", made[0], tmp_path / "corpus.jsonl", "--no-rerun")
    assert found.exit_code == 1
    assert f"1 missing ({REPORTS['doc_id'][3]})" in found.output


def test_command_archive_writes_and_replaces_its_own_and_no_other(made, undrawn, tmp_path):
    corpus = tmp_path / "corpus.parquet"
    REPORTS.to_parquet(corpus)
    codes = tmp_path / "codes.csv"
    CODES.to_csv(codes, index=False)
    asked = ["archive", corpus, "--out", tmp_path / "a.zip", "--period", "year", "--draws", 20, "--cache", made[2]]
    first = run(*asked, "--codes", codes)
    assert first.exit_code == 0, first.output
    assert "codes/codes.csv" in read_archive(tmp_path / "a.zip")
    assert "discourse verify" in first.output
    assert run(*asked).exit_code == 0
    (tmp_path / "mine.zip").write_text("mine", "utf-8")
    refused = run("archive", corpus, "--out", tmp_path / "mine.zip")
    assert refused.exit_code == 2
    assert "was not written by `discourse archive`" in refused.output
    assert run("archive", corpus, "--out", corpus).exit_code == 2
