"""Tables as LaTeX: their structure, and that no sign of a text is a command."""

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.display.latex import escape_latex
from discourse.display.tables import Table
from discourse.errors import SchemaError, SourceError

FRAME = pd.DataFrame(
    {"actor": ["روسيا", "طالبان"], "who": ["us & them", "50% [a]"], "share": [-0.5, None], "n": [1200, 3]}
)


def test_to_latex_is_a_booktabs_table_with_caption_label_and_notes(tmp_path):
    table = Table(FRAME, caption="Who & whom: روسيا", notes=["Intervals: 95%."])
    text = table.to_latex(tmp_path / "a.tex", label="tab:who")
    assert text.splitlines() == [
        r"\begin{table}[htbp]",
        r"\centering",
        r"\caption{Who \& whom: \foreignlanguage{arabic}{روسيا}}",
        r"\label{tab:who}",
        r"\begin{tabular}{@{}rlrr@{}}",
        r"\toprule",
        r"\textbf{actor} & \textbf{who} & \textbf{share} & \textbf{n} \\",
        r"\midrule",
        r"\foreignlanguage{arabic}{روسيا} & us \& them & $-$0.50 & 1,200 \\",
        r"\foreignlanguage{arabic}{طالبان} & 50\% {[}a{]} & -- & 3 \\",
        r"\bottomrule",
        r"\end{tabular}",
        r"\par\smallskip{\footnotesize Intervals: 95\%.\par}",
        r"\end{table}",
    ]
    assert (tmp_path / "a.tex").read_text("utf-8") == text


def test_to_latex_in_arabic_runs_from_right_to_left_and_keeps_numbers_in_order():
    table = Table(FRAME, caption="العدد \u20662000–2026\u2069", language="ar")
    lines = table.to_latex().splitlines()
    assert lines[1] == r"\begin{otherlanguage}{arabic}" and lines[-2] == r"\end{otherlanguage}"
    assert r"\caption{العدد \foreignlanguage{english}{2000--2026}}" in lines
    first = next(line for line in lines if line.startswith("روسيا"))
    assert first == (
        r"روسيا & \foreignlanguage{english}{us \& them} & \foreignlanguage{english}{$-$0.50} & "
        r"\foreignlanguage{english}{1,200} \\"
    )


@pytest.mark.parametrize(("letters", "spec"), [(39, "ll"), (40, "p{0.79\\linewidth}l")])
def test_to_latex_a_column_of_sentences_is_broken(letters, spec):
    frame = pd.DataFrame({"text": ["a" * letters], "b": ["b"]})
    assert rf"\begin{{tabular}}{{@{{}}{spec}@{{}}}}" in Table(frame).to_latex()


def test_to_latex_shows_the_rows_that_are_shown_and_says_so():
    text = Table(pd.DataFrame({"n": range(7)}), most=5).to_latex()
    assert text.count(r"\\") == 6
    assert "5 of 7 rows shown." in text


@pytest.mark.parametrize("label", ["a b", "a}b", "", 3])
def test_to_latex_label_with_other_signs_is_an_error(label):
    with pytest.raises(SchemaError) as caught:
        Table(FRAME).to_latex(label=label)
    assert str(caught.value) == (
        f"`label` is {label!r}; it must be made of the letters A to z, digits and the signs : . _ + -, such as "
        "'tab:positions'."
    )


def test_to_latex_another_ending_is_an_error(tmp_path):
    with pytest.raises(SourceError) as caught:
        Table(FRAME).to_latex("a.txt")
    assert str(caught.value) == "`path` is 'a.txt'; it must end in '.tex'. Change the ending."


def test_escape_latex_every_special_sign():
    assert escape_latex(r"\ { } % & $ # _ ~ ^ < > |") == (
        r"\textbackslash{} \{ \} \% \& \$ \# \_ \textasciitilde{} \textasciicircum{} \textless{} \textgreater{} "
        r"\textbar{}"
    )
    assert escape_latex("--- – − `a") == "-{}-{}- -- $-$ \\textasciigrave{}a"
    assert escape_latex("a\x00b") == "a�b"


@given(st.text(alphabet=r"\{}%&$#_~^<>|`-[]*ab ا", max_size=20))
def test_escape_latex_leaves_no_command_of_the_text(text):
    shown = escape_latex(text)
    bare = re.sub(r"\\text[a-z]+\{\}|\\[{}%&$#_]|\{[\[\]*]\}|-\{\}", "", shown)
    assert not set(bare) & set(r"\{}%&$#_~^<>|`")
    assert "--" not in shown
