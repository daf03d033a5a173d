"""Projects of REFI-QDA: codes within codes, users, notes, selections, variables, and what no text holds."""

import struct
import zipfile

import pytest

from discourse.errors import SourceError
from discourse.exchange.codes.reading import read_codes

NAMESPACE = "urn:QDA-XML:project:1.0"


def guid(number):
    return f"{number:08d}-0000-4000-8000-000000000000"


CODES = (
    f'<Code guid="{guid(1)}" name="position" isCodable="false"><Code guid="{guid(2)}" name="-1" isCodable="true"/>'
    f'<Code guid="{guid(3)}" name="0" isCodable="true"/></Code>'
    f'<Code guid="{guid(4)}" name="actor" isCodable="false"><Code guid="{guid(5)}" name="state" isCodable="true">'
    f'<Code guid="{{{guid(6).upper()}}}" name="russia" isCodable="true"/></Code></Code>'
    f'<Code guid="{guid(7)}" name="flat" isCodable="true"/>'
)
USERS = f'<User guid="{guid(21)}" name="Rima"/><User guid="{guid(22)}" name="Lina"/><User guid="{guid(23)}" id="7"/>'


def coding(code, user=None):
    by = f' creatingUser="{guid(user)}"' if user else ""
    return f'<Coding guid="{guid(99)}"{by}><CodeRef targetGUID="{guid(code)}"/></Coding>'


def selection(start, end, *inner, name="", user=21):
    return (
        f'<PlainTextSelection guid="{guid(98)}" name="{name}" startPosition="{start}" endPosition="{end}" '
        f'creatingUser="{guid(user)}">{"".join(inner)}</PlainTextSelection>'
    )


INSIDE = f"internal://{guid(50)}.txt"


def source(*inner, name="nahar-2.txt", path=INSIDE):
    return f'<TextSource guid="{guid(40)}" name="{name}" plainTextPath="{path}" creatingUser="{guid(22)}">\n' + (
        "\n".join(inner) + "</TextSource>"
    )


def project(*sources, notes="", variables="", cases="", origin="Tool 1", codes=CODES):
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<Project name="p" origin="{origin}" xmlns="{NAMESPACE}">'
        f"<Users>{USERS}</Users><CodeBook><Codes>{codes}</Codes></CodeBook>{variables}{cases}<Sources>{''.join(sources)}"
        f"</Sources><Notes>{notes}</Notes></Project>"
    )


@pytest.fixture
def pack(save, texts):
    def write(content, *, text=texts["nahar-2"], folder="Sources", name="p.qdpx"):
        raw = text if isinstance(text, bytes) else text.encode()
        return save(name, {"project.qde": content, f"{folder}/{guid(50).upper()}.TXT": raw})

    return write


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_read_codes_selections_users_and_notes(documents, texts, pack, rows, mark):
    notes = (
        f'<Note guid="{guid(60)}" name="Memo 1" creatingUser="{guid(21)}">'
        "<PlainTextContent>غير واضح</PlainTextContent></Note>"
        f'<Note guid="{guid(61)}" name="Memo 2"><PlainTextContent>على الترميز</PlainTextContent></Note>'
    )
    shown = source(
        selection(2, 7, "<Description>شك</Description>", coding(6, 22)),
        selection(2, 7, coding(7), f'<NoteRef targetGUID="{guid(61)}"/>'),
        selection(8, 12, coding(5), coding(7)),
        coding(2, 21),
        coding(3, 21),
        coding(3, 23),
        coding(7),
        f'<NoteRef targetGUID="{guid(60)}"/>',
    )
    place = pack(project(shown, notes=notes), text=mark + texts["nahar-2"].encode(), folder="sources")
    codes, spans, rejects = read_codes(place, documents)
    assert rows(codes) == [
        ["nahar-2", "7", "position", "0"],
        ["nahar-2", "Lina", "code", "flat"],
        ["nahar-2", "Rima", "comment", "غير واضح"],
        ["nahar-2", "Rima", "position", "-1;0"],
    ]
    assert rows(spans) == [
        ["nahar-2", 2, 7, "Lina", "actor", "state > russia", "شك", "موسكو", None],
        ["nahar-2", 2, 7, "Rima", "code", "flat", "على الترميز", "موسكو", None],
        ["nahar-2", 8, 12, "Rima", "actor", "state", None, "تنفي", None],
        ["nahar-2", 8, 12, "Rima", "code", "flat", None, "تنفي", None],
    ]
    assert rejects.empty


def test_read_variables_that_the_corpus_has_not_are_codes(documents, pack, rows):
    variables = "".join(
        f'<Variable guid="{guid(70 + n)}" name="{name}" typeOfVariable="Text"/>'
        for n, name in enumerate(("date", "tone"))
    )
    values = "".join(
        f'<VariableValue><VariableRef targetGUID="{guid(70 + n)}"/><TextValue>{value}</TextValue></VariableValue>'
        for n, value in enumerate(("2016-02-01", "hostile"))
    )
    place = pack(project(source(values), variables=f"<Variables>{variables}</Variables>"))
    assert rows(read_codes(place, documents)[0]) == [["nahar-2", "Lina", "tone", "hostile"]]


def test_read_text_of_a_pdf_and_what_has_no_text(documents, texts, pack, rows):
    pdf = (
        f'<PDFSource guid="{guid(41)}" name="nahar-2.pdf" creatingUser="{guid(21)}">'
        f'<PDFSelection guid="{guid(97)}" page="0" firstX="1" firstY="1" secondX="2" secondY="2">'
        f"{coding(7)}</PDFSelection>\n"
        f'<Representation guid="{guid(42)}" plainTextPath="internal://{guid(50)}.txt">{selection(2, 7, coding(5))}'
        f"</Representation>{coding(2)}</PDFSource>\n"
    )
    picture = f'<PictureSource guid="{guid(43)}" name="b">{coding(7)}</PictureSource>'
    case = f'<Cases><Case guid="{guid(44)}"><CodeRef targetGUID="{guid(7)}"/></Case></Cases>'
    codes, spans, rejects = read_codes(pack(project(pdf, picture, cases=case)), documents)
    assert rows(codes, "unit_id", "coder", "variable", "value") == [["nahar-2", "Rima", "position", "-1"]]
    assert rows(spans, "text", "value") == [["موسكو", "state"]]
    assert rows(rejects, "record", "reason") == [
        ["line 2", "a code on a picture, page, sound or film has no place in a text"],
        ["line 4", "a code of a picture, page, sound or film is no code of a text"],
        ["line 2", "a code of a case is no code of a document"],
    ]


def test_read_one_wrong_offset_is_one_reject(documents, pack, rows):
    shown = source(
        selection(2, 7, coding(5)),
        selection(2, 999, coding(5)),
        selection(-2, 5, coding(5)),
        selection("x", 5, coding(5)),
        selection(2, 7, coding(88)),
        selection(3, 5),
        coding(88),
        coding(7),
        coding(7),
        f'<NoteRef targetGUID="{guid(77)}"/>',
    )
    codes, spans, rejects = read_codes(pack(project(shown)), documents)
    assert rows(codes, "value") == [["flat"]]
    assert rows(spans, "text") == [["موسكو"]]
    assert rows(rejects, "record", "reason") == [
        ["line 9", "the coding names a code that the project does not hold"],
        ["line 11", "coded twice by one coder; the first is kept"],
        ["line 12", "the note that is referred to has no text in the file"],
        ["line 7", "the coding names a code that the project does not hold"],
        ["line 8", "the selection has no code"],
        ["line 4", "the span leaves the text"],
        ["line 5", "the span leaves the text"],
        ["line 6", "an offset is no whole number"],
    ]


def test_read_offsets_are_characters_unless_the_names_tell_otherwise(documents, pack, rows):
    place = pack(project(source(selection(8, 12, coding(5)))))
    assert rows(read_codes(place, documents)[1], "text", "note") == [["تنفي", None]]
    place = pack(project(source(selection(9, 13, coding(5), name="تنفي"), selection(3, 8, coding(7)))))
    units = "offsets counted in UTF-16 units"
    assert rows(read_codes(place, documents)[1], "text", "note") == [["موسكو", units], ["تنفي", units]]
    place = pack(project(source(selection(8, 12, coding(5), name="a title of my own"))))
    assert rows(read_codes(place, documents)[1], "text", "note") == [["تنفي", None]]


def test_read_line_ends_that_a_tool_counts_as_one_character(documents, pack, rows):
    shown = source(selection(29, 34, coding(5)))
    _, spans, _ = read_codes(pack(project(shown, origin="ATLAS.ti 23")), documents)
    assert rows(spans, "start_char", "text", "note") == [[30, "وكابل", None]]
    shown = source(selection(29, 34, coding(5), name="وكابل"))
    _, spans, _ = read_codes(pack(project(shown)), documents)
    assert rows(spans, "start_char", "text", "note") == [
        [30, "وكابل", "offsets counted in Unicode characters, CR LF counted as one"]
    ]


def test_read_text_within_the_project(documents, texts, save, rows):
    shown = source(coding(7)).replace(f' plainTextPath="internal://{guid(50)}.txt"', "")
    shown = shown.replace("<Coding", f"<PlainTextContent>{texts['nahar-1']}</PlainTextContent><Coding", 1)
    place = save("bare.qde", project(shown.replace("nahar-2.txt", "unknown")))
    assert rows(read_codes(place, documents)[0], "unit_id", "value") == [["nahar-1", "flat"]]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("internal://../../etc/passwd", "the text of the source is not in the file"),
        ("internal://none.txt", "the text of the source is not in the file"),
        ("relative:///texts/a.txt", "the text of the source stands outside of the file"),
        ("absolute:///etc/passwd", "the text of the source stands outside of the file"),
    ],
)
def test_read_path_that_leads_out_of_the_file_is_a_reject(documents, pack, rows, path, reason):
    codes, _, rejects = read_codes(pack(project(source(coding(7), path=path))), documents)
    assert codes.empty
    assert rows(rejects, "record", "reason") == [["line 2", reason]]


def test_read_member_outside_of_its_folder_is_not_taken(documents, texts, save, rows):
    name = f"{guid(50)}.txt"
    place = save("p.qdpx", {"project.qde": project(source(coding(7))), f"../Elsewhere/{name}": texts["nahar-2"]})
    _, _, rejects = read_codes(place, documents)
    assert rows(rejects, "reason") == [["the text of the source is not in the file"]]


@pytest.mark.parametrize(("depth", "kept"), [(100, True), (101, False)])
def test_read_codes_nested_too_deep_are_refused(documents, pack, depth, kept):
    codes = (
        "".join(f'<Code guid="{guid(n)}" name="c" isCodable="true">' for n in range(1, depth + 1)) + "</Code>" * depth
    )
    place = pack(project(source(coding(depth)), codes=codes))
    if kept:
        assert len(read_codes(place, documents)[0]) == 1
    else:
        with pytest.raises(SourceError) as error:
            read_codes(place, documents)
        assert str(error.value) == f"'{place}' has codes within one another more than 100 deep, in line 2."


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"a.qde": "<Project/>", "b.qde": "<Project/>"}, "{0} holds 2 files ending in '.qde'; a project has one."),
        ({"project.qde": ""}, "'project.qde' in {0} is not whole XML: no element found, line 1. Export it again."),
        (
            {"project.qde": f'<Project xmlns="{NAMESPACE}">\n<Users>'},
            "'project.qde' in {0} is not whole XML: no element found, line 2. Export it again.",
        ),
        (
            {"project.qde": "<Project/>"},
            "'project.qde' in {0} has the root 'Project', not a Project of REFI-QDA. Export it again.",
        ),
        (
            {"project.qde": '<!DOCTYPE a [<!ENTITY b "c">]><Project/>'},
            "'project.qde' in {0} declares a document type in line 1, which may hold entities; no export of "
            "a coding tool "
            "does. Take the declaration out if you trust the file.",
        ),
    ],
)
def test_read_broken_project_names_the_place(documents, save, members, message):
    place = save("p.qdpx", members)
    with pytest.raises(SourceError) as error:
        read_codes(place, documents)
    assert str(error.value) == message.format(f"'{place}'")


def test_read_cut_archive_is_no_whole_archive(documents, pack):
    place = pack(project(source(coding(7))))
    place.write_bytes(place.read_bytes()[:-40])
    with pytest.raises(SourceError, match=r"is no whole archive \(.*\)\. Export or copy it again\.$"):
        read_codes(place, documents)


def test_read_damaged_member_says_which(documents, pack, texts):
    place = pack(project(source(coding(7))))
    raw = place.read_bytes()
    at = raw.index(texts["nahar-2"].encode()[:12])
    place.write_bytes(raw[:at] + b"XXXX" + raw[at + 4 :])
    with pytest.raises(SourceError, match=r"^'Sources/.*\.TXT' in '.*' is damaged \(Bad CRC-32"):
        read_codes(place, documents)


def test_read_archive_with_a_name_twice_is_refused(documents, tmp_path):
    place = tmp_path / "p.qdpx"
    with zipfile.ZipFile(place, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("project.qde", "<Project/>")
        archive.writestr("project.qde", "<Project/>")
    with pytest.raises(SourceError) as error:
        read_codes(place, documents)
    assert str(error.value) == f"'{place}' holds the file 'project.qde' twice. Export it again."


def test_read_bomb_is_refused_before_it_unpacks(documents, tmp_path, monkeypatch):
    monkeypatch.setattr("discourse.exchange.codes.packed.MOST_TOTAL", 1_000_000)
    place = tmp_path / "p.qdpx"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b" " * 1_000_001)
    with pytest.raises(SourceError) as error:
        read_codes(place, documents)
    assert str(error.value) == (
        f"'{place}' unpacks to 1 files of 1,000,001 bytes; at most 50,000 of 1,000,000 are read. Export it in parts."
    )


@pytest.mark.parametrize(("size", "kept"), [(10_000, True), (9_999, False)])
def test_read_member_beyond_the_limit_is_refused(documents, pack, monkeypatch, size, kept):
    content = project(source(coding(7)))
    content += " " * (10_000 - len(content.encode()))
    place = pack(content)
    monkeypatch.setattr("discourse.exchange.codes.packed.MOST_BYTES", size)
    if kept:
        assert len(read_codes(place, documents)[0]) == 1
    else:
        with pytest.raises(SourceError) as error:
            read_codes(place, documents)
        assert str(error.value) == f"'project.qde' in '{place}' has more than 9,999 bytes."


def test_read_encrypted_archive_says_so(documents, pack):
    place = pack(project(source(coding(7))))
    raw = bytearray(place.read_bytes())
    for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + shift] |= 1
            at = raw.find(mark, at + 4)
    place.write_bytes(bytes(raw))
    with pytest.raises(SourceError, match=r"is encrypted or packed in a way that is not known"):
        read_codes(place, documents)


def test_read_archive_of_a_version_that_is_not_known_is_no_whole_archive(documents, pack):
    place = pack(project(source(coding(7))))
    raw = bytearray(place.read_bytes())
    raw[raw.rfind(b"PK\x01\x02") + 6] = 64  # 63, version 6.3, is the newest that zipfile reads
    place.write_bytes(bytes(raw))
    with pytest.raises(SourceError) as error:
        read_codes(place, documents)
    assert str(error.value) == (f"'{place}' is no whole archive (zip file version 6.4). Export or copy it again.")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_read_member_whose_bytes_are_damaged_says_which(documents, tmp_path, method):
    place = tmp_path / "p.qdpx"
    with zipfile.ZipFile(place, "w", method) as archive:
        archive.writestr("project.qde", "<Project/>" * 99)
    raw = bytearray(place.read_bytes())
    begin = 30 + len("project.qde")
    raw[begin + 12 : begin + 20] = b"\xff" * 8
    place.write_bytes(bytes(raw))
    with pytest.raises(SourceError, match=r"^'project\.qde' in '.*' is damaged \(.*\)\. Export or copy it again\.$"):
        read_codes(place, documents)


def test_read_member_that_lies_behind_every_file_says_which(documents, tmp_path):
    place = tmp_path / "p.qdpx"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("project.qde", "<Project/>")
    raw = place.read_bytes()
    begin, end = raw.rfind(b"PK\x01\x02"), raw.rfind(b"PK\x05\x06")
    head = bytearray(raw[begin:end] + struct.pack("<HHQ", 1, 8, 2**64 - 5))  # ZIP64: where the member stands
    head[30:32], head[42:46] = struct.pack("<H", 12), b"\xff" * 4
    last = bytearray(raw[end:])
    last[12:16] = struct.pack("<I", len(head))
    place.write_bytes(raw[:begin] + head + last)
    with pytest.raises(SourceError, match=r"^'project\.qde' in '.*' is damaged \(.*\)\. Export or copy it again\.$"):
        read_codes(place, documents)
