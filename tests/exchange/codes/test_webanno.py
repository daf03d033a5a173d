"""Exports of INCEpTION as WebAnno TSV 3.3: units, stacks, several tokens, escapes, damaged lines."""

import pytest

from discourse.errors import SourceError
from discourse.exchange.codes.reading import read_codes

HEAD = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Frames|actor|comment\n\n\n"
FIRST = "#Text=😀 موسكو تنفي تسليح طالبـــان\\r\n#Text=وكابل تشكك\n"


def test_read_tokens_of_a_sentence_of_two_lines(documents, save, rows):
    shown = HEAD + FIRST + (
        "1-1\t0-2\t😀\t_\t_\t\n"
        "1-2\t3-8\tموسكو\trussia\t*\t\n"
        "1-3\t9-13\tتنفي\tdenial[1]\tشك\\_نعم[1]\t\n"
        "1-4\t14-19\tتسليح\tdenial[1]|arms\\|x[2]\tشك\\_نعم[1]|*[2]\t\n"
        "1-5\t20-29\tطالبـــان\t_\t_\t\n"
        "1-6\t31-36\tوكابل\t_\t_\t\n"
        "1-6.1\t32-36\tكابل\t*\t*\t\n"
    )  # fmt: skip
    _, spans, rejects = read_codes(save("nahar-2.tsv", shown), documents, coder="A")
    assert rejects.empty
    assert rows(spans) == [
        ["nahar-2", 2, 7, "A", "Frames.actor", "russia", None, "موسكو", None],
        ["nahar-2", 8, 18, "A", "Frames.actor", "denial", "شك_نعم", "تنفي تسليح", None],
        ["nahar-2", 13, 18, "A", "Frames.actor", "arms|x", None, "تسليح", None],
        ["nahar-2", 31, 35, "A", "layer", "Frames", None, "كابل", None],
    ]


def test_read_layer_without_a_feature_and_layers_that_are_no_codes(documents, texts, save, rows):
    shown = (
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Mark|\n"
        "#T_SP=webanno.custom.Host|kind|ROLE_webanno.custom.Host:links_webanno.custom.Link|webanno.custom.Mark\n"
        "#T_CH=webanno.custom.Coref|referenceType|referenceRelation\n#T_RL=webanno.custom.Rel|label|BT_webanno.custom.Mark\n\n\n"
        f"#Sentence.id=s1\n#Text={texts['nahar-1']}\n"
        "1-1\t0-4\tقالت\t_\tx\tp1;p2\t1-2;1-2\tpr[1]\tc->1-1\tr\t1-2\t\n"
        "1-2\t5-10\tموسكو\t*\t_\t_\t_\t_\t_\t_\t_\t\n"
    )
    _, spans, rejects = read_codes(save("nahar-1.tsv", shown), documents)
    assert rows(spans, "variable", "value", "text") == [["Host.kind", "x", "قالت"], ["layer", "Mark", "موسكو"]]
    assert rows(rejects, "record", "reason") == [
        ["line 3", "a link to another annotation is no code"],
        ["line 4", "a chain is no code"],
        ["line 5", "a relation is no code"],
    ]


def test_read_sentences_with_a_space_between_them(documents, save, rows):
    text = "قالت موسكو. ردت كابل."
    given = documents.assign(text=[text, *documents["text"][1:]])
    shown = HEAD + (
        "#Text=قالت موسكو.\n1-1\t0-4\tقالت\t_\t_\t\n1-2\t5-10\tموسكو\ta\t*\t\n1-3\t10-11\t.\t_\t_\t\n\n"
        "#Text=ردت كابل.\n2-1\t12-15\tردت\t_\t_\t\n2-2\t16-20\tكابل\tb\t*\t\n2-3\t20-21\t.\t_\t_\t\n"
    )
    for ends in ("\n", "\r\n"):
        _, spans, _ = read_codes(save("nahar-1.tsv", shown.replace("\n", ends)), given)
        assert rows(spans, "start_char", "text", "note") == [
            [5, "موسكو", "the texts differ in spaces"],
            [16, "كابل", "the texts differ in spaces"],
        ]


@pytest.mark.parametrize("line", [0, 1, 2, 3])
def test_read_one_wrong_line_is_one_reject(documents, texts, save, rows, line):
    units = [
        "1-1\t0-4\tقالت\ta\t*\t",
        "1-2\t5-10\tموسكو\tb\t*\t",
        "1-3\t11-13\tإن\tc\t*\t",
        "1-4\t14-20\tطالبان\td\t*\t",
    ]
    good = HEAD + f"#Text={texts['nahar-1']}\n"
    moved = [*units]
    start, end = (int(one) + 3 for one in units[line].split("\t")[1].split("-"))
    moved[line] = "\t".join([units[line].split("\t")[0], f"{start}-{end}", *units[line].split("\t")[2:]])
    _, spans, rejects = read_codes(save("nahar-1.tsv", good + "\n".join(moved)), documents)
    assert rows(spans, "value") == [[one] for at, one in enumerate("abcd") if at != line]
    assert rows(rejects, "record", "reason") == [[f"line {6 + line}", "the token does not stand at its offsets"]]
    cut = [*units]
    cut[line] = cut[line][:5]
    _, spans, rejects = read_codes(save("nahar-1.tsv", good + "\n".join(cut)), documents)
    assert rows(spans, "value") == [[one] for at, one in enumerate("abcd") if at != line]
    assert rows(rejects, "record", "reason") == [[f"line {6 + line}", "the line is no token with its columns"]]


def test_read_tokens_of_one_annotation_of_which_one_is_wrong(documents, texts, save, rows):
    shown = HEAD + f"#Text={texts['nahar-1']}\n" + (
        "1-1\t0-4\tقالت\ta[1]\t*[1]\t\n1-2\t6-11\tموسكو\ta[1]\t*[1]\t\n1-3\t11-13\tإن\tc\t*\t\n1-4\t14-20\tطالبان\td\t*\t\n"
    )  # fmt: skip
    _, spans, rejects = read_codes(save("nahar-1.tsv", shown), documents)
    assert rows(spans, "value") == [["c"], ["d"]]
    assert rows(rejects, "record", "reason") == [["line 6", "the token does not stand at its offsets"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("#FORMAT=WebAnno TSV 3.1\n", "{0} is WebAnno TSV 3.1; versions 3.2 and 3.3 are read."),
        (
            HEAD + "#Text=قالت موسكو.\n1-1\t0-4\tقالت\t_\t_\t\n\n#Text=ردت\n2-1\t2-5\tردت\t_\t_\t\n",
            "{0} has a sentence in line 9 that begins at 2, where the text has 11 UTF-16 units so far. "
            "Export it again.",
        ),
        (
            HEAD + "#Text=ردت\n2-1\t900000-900003\tردت\t_\t_\t\n",
            "{0} has a sentence in line 6 that begins at 900000, where the text has 0 UTF-16 units so far. "
            "Export it again.",
        ),
    ],
)
def test_read_broken_file_names_the_line(documents, save, content, message):
    place = save("nahar-1.tsv", content)
    with pytest.raises(SourceError) as error:
        read_codes(place, documents)
    assert str(error.value) == message.format(f"'{place}'")
