"""Reported speech: who says what, by which cue, where."""

import numpy as np
import pandas as pd

from discourse import tables
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.reading.matching.matches import locate
from discourse.reading.speech.attributions import read_attribution
from discourse.reading.speech.clauses import read_verb
from discourse.reading.speech.contents import settle
from discourse.reading.speech.participles import SAYING, read_noun, read_participle, read_saying
from discourse.reading.speech.resolution import Speaker, last_day, named_rows, read_mentions, resolve
from discourse.reading.speech.sentence_stream import Corpus, prepare, sentences_of
from discourse.reading.speech.sentences import NO_CUE, Found, Reader, Sentence
from discourse.reading.speech.words import (
    AND,
    COLON,
    EXTENT,
    FOR,
    NAMED,
    ON,
    PAST_BEFORE,
    PERSON,
    SOURCE,
    STOP,
    WORDS,
    is_sayer,
)
from discourse.sources.cleaning.boilerplate import mask_tokens

__all__ = ["find_quotations"]

_BARE = 40  # characters of a sentence that is speech by its marks alone
_BY = frozenset(WORDS["by_with_for_written"])
_STRETCH = WORDS["stretch"][0]
_HEADLINE = 4  # words that a headline of the form "speaker: words" needs behind the colon


def find_quotations(
    documents: pd.DataFrame,
    tokens: pd.DataFrame,
    *,
    actors: Lexicon | None = None,
    lexicon: Lexicon | None = None,
    boilerplate: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find the reported speech of DOCUMENTS, as QUOTATIONS.

    One row is one cue with what it reports: a verb (قال، نفت), a participle (مشيرا إلى), a verbal noun with its holder
    (إعلان الوزارة أن), or an attribution (بحسب، وفقا ل). The cue stands without و or ف. Content begins at the
    complementizer (أن، إن، بأن) where there is one, and inside the marks where it is wholly quoted; otherwise it runs
    to the next coordinate cue or the end of the sentence. A speaker is the one written in the same sentence; a pronoun
    or an ellipsis (وأضاف) leaves ``speaker`` null, and ``actor`` and ``side`` then come from the statement before. A
    claim with two layers (قال فلان، بحسب الوكالة) has two rows. Nothing is dropped for want of a speaker.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS; reads ``doc_id``, ``text``, and ``date`` and ``agency`` where they are there.
    tokens : DataFrame
        TOKENS of the same documents, by ``tokenize``.
    actors : Lexicon, optional
        Who the speakers are: entries with ``side``, ``person``, ``from``, ``to``; the built-in "actors" by default.
    lexicon : Lexicon, optional
        Reporting verbs and attributions; the built-in "speech" by default.
    boilerplate : DataFrame, optional
        SPANS to leave out (headlines, captions, links), as ``find_boilerplate`` returns them.

    Returns
    -------
    DataFrame
        QUOTATIONS, sorted by doc_id, content_start_char, cue_start_char. ``chain`` holds the sources between speaker
        and outlet, nearest first, joined by " < "; a further column ``verb`` holds the entry of the speech
        lexicon that the cue belongs to (null for an attribution without a verb).

    Raises
    ------
    SchemaError
        ``documents`` or ``tokens`` lack a column, or a document of ``tokens`` is not in ``documents``.

    Notes
    -----
    Rules over words and marks, no model: docs/method-speech.md lists them with their measured errors. Sentences without
    a word that can report are never looked at; the work on a sentence is linear in its length, and marks are paired in
    one pass over a document.

    Examples
    --------
    >>> from discourse.language.tokens import tokenize
    >>> text = "نفت وزارة الخارجية الروسية تسليح طالبان. وأضافت أن «الاتهامات باطلة ولا دليل عليها»، بحسب وكالة تاس."
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    >>> found = find_quotations(documents, tokenize(documents))
    >>> found["cue"].tolist(), found["side"].tolist()
    (['نفت', 'أضافت', 'بحسب'], ['russia', 'russia', 'other'])
    >>> found["speaker"].isna().tolist(), found["kind"].tolist()
    ([False, True, False], ['indirect', 'direct', 'direct'])
    """
    _check(documents, tokens)
    lexicon = load_lexicon("speech") if lexicon is None else lexicon
    actors = load_lexicon("actors") if actors is None else actors
    if boilerplate is not None and len(boilerplate):
        tokens = tokens.loc[~mask_tokens(tokens, boilerplate)].reset_index(drop=True)
    located = locate(tokens, actors)
    corpus, reader = prepare(tokens, lexicon, *named_rows(located, actors, len(tokens)))
    ids = tokens["doc_id"].cat.categories.astype(str).tolist()
    texts = dict(zip(documents["doc_id"].astype(str), documents["text"], strict=True))
    rows, speakers = _collect(corpus, reader, ids, texts)
    days = last_day(documents)
    resolved = resolve(
        speakers,
        read_mentions(located, actors),
        corpus.norms,
        corpus.codes,
        corpus.document,
        [days.get(name) for name in ids],
    )
    return _table(rows, resolved, documents)


def _check(documents: pd.DataFrame, tokens: pd.DataFrame) -> None:
    tables.need(documents, "documents", ["doc_id", "text"], table="DOCUMENTS")
    tables.check(tokens, "TOKENS")
    known = set(documents["doc_id"].astype(str))
    missing = [name for name in tokens["doc_id"].cat.categories.astype(str) if name not in known]
    if missing:
        raise tables.SchemaError(
            f"`tokens` has {len(missing)} documents that `documents` lacks. First: {tables.first_three(missing)}. "
            "Pass the documents that the tokens were cut from."
        )


def _collect(corpus: Corpus, reader: Reader, ids: list[str], texts: dict[str, str]) -> tuple[list[dict], list[Speaker]]:
    """Read the wanted sentences, document by document."""
    rows: list[dict] = []
    speakers: list[Speaker] = []
    for document, first, sentence in sentences_of(corpus, ids, texts):
        text = texts[ids[document]]
        found = _read_sentence(sentence, reader)
        if first == 0 or corpus.document[first - 1] != document:
            found += _read_headline(sentence)
        if not found:
            found = _read_bare(sentence)
        for item in found:
            rows.append(_row(item, sentence, ids[document], text))
            begin, stop = item.speaker or (0, 0)
            nested = sentence.inside(item.place) is not None
            rule = "self" if item.rule == "first person" and nested else item.rule
            speakers.append(Speaker(document, first + begin, first + stop, rule, nested))
    _note_relays(rows)
    return rows, speakers


def _read_sentence(sentence: Sentence, reader: Reader) -> list[Found]:
    """Read the cues of one sentence from left to right, then settle where each content ends."""
    found: list[Found] = []
    after = 0
    for place, form_number in enumerate(sentence.form):
        source = sentence.flags[place] & SOURCE or sentence.norm[place] == ON and sentence.word(place + 1) == EXTENT
        if place < after or form_number < 0 and not source and sentence.norm[place] not in SAYING:
            continue
        item = read_attribution(sentence, place, reader) if source else None
        if item is not None:
            after = item.place + 1
        elif sentence.norm[place] in SAYING:
            item = read_saying(sentence, place, reader, found)
        elif form_number >= 0:
            form = reader.forms[form_number]
            if form.form in ("past", "present"):
                item = read_verb(sentence, place, form, reader, found)
            elif form.form == "participle":
                item = read_participle(sentence, place, form, reader, found)
            else:
                item = read_noun(sentence, place, form, reader, found)
        if item is not None:
            found.append(item)
    settle(sentence, found)
    return [item for item in found if item.content is not None]


def _read_headline(sentence: Sentence) -> list[Found]:
    """Read a first line of the form "speaker: words" whose speaker is an actor of the lexicon."""
    colon = next((k for k, flag in enumerate(sentence.flags[:6]) if flag & COLON), -1)
    words = len(sentence.norm) - colon - 1
    if colon < 1 or words < _HEADLINE or sentence.flags[-1] & STOP or not sentence.flags[0] & (NAMED | PERSON):
        return []
    item = Found(colon, sentence.start[colon], sentence.end[colon], NO_CUE, "headline", "headline", speaker=(0, colon))
    item.kind, item.content = "direct", (sentence.start[colon + 1], sentence.end[-1])
    return [item]


def _read_bare(sentence: Sentence) -> list[Found]:
    """Read a sentence that stands wholly in marks without a cue: the last speaker goes on, or nobody is named."""
    span = sentence.opens.get(0)
    if span is None or span.end - span.start < _BARE or span.start > sentence.start[0] + 6:
        return []
    rest = [k for k, char in enumerate(sentence.start) if char >= span.stops]
    if any(sentence.norm[k].isalnum() for k in rest):
        return []
    item = Found(
        0, span.opens, span.start, NO_CUE, "bare", "marks alone", content=(span.start, span.end), kind="direct"
    )
    item.cue_end = sentence.end[0]
    return [item]


def _row(item: Found, sentence: Sentence, doc_id: str, text: str) -> dict:
    first = last = name = None
    if item.speaker:
        first, last = sentence.start[item.speaker[0]], sentence.end[item.speaker[1] - 1]
        by_rule = text[item.cue_start : item.cue_start + 4] in _BY
        if item.form == "attribution" and by_rule and text[first] == FOR:
            first += 1  # وفقا لمسؤول: the preposition is no part of the name
        word = sentence.norm[item.speaker[0]]
        if sentence.word(item.speaker[0] - 1) in PAST_BEFORE and word.startswith(FOR) and word[1:2] != FOR:
            first += 1  # سبق لمسؤولين أن
        if item.rule == "before" and word.startswith(AND) and (word[1:2].isdigit() or is_sayer(word[1:])):
            first += 1
        name = text[first:last]
    begin, end = item.content or (0, 0)
    chain = text[sentence.start[item.chain[0]] : sentence.end[item.chain[1] - 1]] if item.chain else None
    if chain and item.form == "verb" and item.rule != "relay":
        chain = chain.removeprefix(FOR).removeprefix(_STRETCH).strip()
    return {
        "doc_id": doc_id, "cue": text[item.cue_start : item.cue_end], "cue_start_char": item.cue_start,
        "cue_end_char": item.cue_end, "speaker": name, "speaker_start_char": first, "speaker_end_char": last,
        "kind": item.kind, "content_start_char": begin, "content_end_char": end,
        "strength": item.cue.category, "verb": item.cue.pattern.strip("[]") or None, "chain": chain, "rule": item.rule,
    }  # fmt: skip


def _table(
    rows: list[dict], resolved: tuple[list[str | None], list[str | None]], documents: pd.DataFrame
) -> pd.DataFrame:
    names = tables.TABLES["QUOTATIONS"].by_name
    frame = pd.DataFrame(rows, columns=[*(name for name in names if name not in ("actor", "side")), "verb"])
    frame["actor"], frame["side"] = resolved
    if "agency" in documents:
        agency = documents.set_index(documents["doc_id"].astype(str))["agency"].reindex(frame["doc_id"]).to_numpy()
        credited = pd.notna(agency) & (agency != "none")
        chain = frame["chain"].to_numpy(object)
        joined = [f"{c} < {a}" if isinstance(c, str) else a for c, a in zip(chain, agency, strict=True)]
        frame["chain"] = np.where(credited, joined, chain)
    for name in ("actor", "side", "strength", "kind", "rule", "doc_id", "verb"):
        frame[name] = frame[name].astype("category")
    for name in ("cue", "speaker", "chain"):
        frame[name] = frame[name].astype("str")
    return tables.conform(frame[[*names, "verb"]], "QUOTATIONS")


def _note_relays(rows: list[dict]) -> None:
    """Note the source that passes a statement on (بحسب ما نقلت وكالة) in the chain of the row with the same content."""
    for before, row in zip(rows, rows[1:], strict=False):
        if row["rule"] == "attribution" and row["speaker"] and row["doc_id"] == before["doc_id"]:
            if row["content_start_char"] == before["content_start_char"]:
                known = before["chain"]
                before["chain"] = f"{known} < {row['speaker']}" if known else row["speaker"]
