"""Reported speech: who says what, by which cue, where."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from discourse import tables
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.reading.matching.matches import locate
from discourse.reading.speech.attributions import opens_attribution, read_attribution
from discourse.reading.speech.clauses import read_broken, read_verb
from discourse.reading.speech.contents import settle
from discourse.reading.speech.context import Context
from discourse.reading.speech.cue_forms import CueForm
from discourse.reading.speech.nouns import SAYING, read_noun, read_saying
from discourse.reading.speech.participles import read_participle
from discourse.reading.speech.passives import read_passive
from discourse.reading.speech.resolution import Speaker, last_day, named_rows, read_mentions, resolve
from discourse.reading.speech.sentence_stream import Corpus, prepare, sentences_of
from discourse.reading.speech.sentences import Found, Reader, Sentence
from discourse.reading.speech.wordless import read_behind_name, read_marks_alone
from discourse.reading.speech.words import AND, FOR, PAST_BEFORE, WORDS, is_sayer
from discourse.sources.cleaning.boilerplate import mask_tokens

__all__ = ["find_quotations"]

_BY = frozenset(WORDS["by_with_for_written"])
_STRETCH = WORDS["stretch"][0]
_READERS: dict[str, Callable[..., Found | None]] = {
    "past": read_verb, "present": read_verb, "participle": read_participle, "noun": read_noun,
    "passive": lambda s, place, form, reader, _: read_passive(s, place, form, reader),
}  # fmt: skip


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
        SPANS to leave out (captions, links, menus, the headline of a page), as ``find_boilerplate`` returns them; a
        headline with which the text begins is read.

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
    tables.need(documents, "documents", ["doc_id", "text"], table="DOCUMENTS")
    tables.check_tokens_of(tokens, documents)
    lexicon = load_lexicon("speech") if lexicon is None else lexicon
    actors = load_lexicon("actors") if actors is None else actors
    if boilerplate is not None and len(boilerplate):
        headline = (boilerplate["kind"] == "headline") & (boilerplate["start_char"] == 0)
        boilerplate = boilerplate.loc[~headline]  # one that begins its text: "speaker: words" is read as such
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


def _collect(corpus: Corpus, reader: Reader, ids: list[str], texts: dict[str, str]) -> tuple[list[dict], list[Speaker]]:
    """Read the wanted sentences, document by document."""
    rows: list[dict] = []
    speakers: list[Speaker] = []
    context = Context(-1, -1)
    for document, first, sentence in sentences_of(corpus, ids, texts):
        text = texts[ids[document]]
        found = _read_sentence(sentence, reader)
        behind_name = read_behind_name(sentence, reader, opening=sentence.before is None)
        if behind_name:
            found = behind_name + [item for item in found if item.place > behind_name[0].place]
        if not found:
            found = read_marks_alone(sentence, reader)
            if found and found[0].speaker is None:
                found[0].rows = context.speaker_for(sentence, document, first, reader)
        for item in found:
            rows.append(_row(item, sentence, ids[document], text, corpus))
            begin, stop = item.rows or [first + place for place in item.speaker or (0, 0)]
            nested = sentence.inside(item.place) is not None and item.form not in ("bare", "headline")
            rule = "self" if item.rule == "first person" and nested else item.rule
            speakers.append(Speaker(document, begin, stop, rule, nested))
        context.note(sentence, document, first, found)
    _note_relays(rows)
    return rows, speakers


def _read_sentence(sentence: Sentence, reader: Reader) -> list[Found]:
    """Read the cues of one sentence from left to right, then settle where each content ends."""
    found: list[Found] = []
    after = 0
    for place in sentence.places:
        form_number = sentence.form[place]
        source = opens_attribution(sentence, place)
        if place < after or form_number < 0 and not source and sentence.norm[place] not in SAYING:
            continue
        item = read_attribution(sentence, place, reader) if source else None
        if item is not None:
            after = item.place + 1
        elif sentence.norm[place] in SAYING:
            item = read_saying(sentence, place, reader, found)
        elif form_number >= 0:
            form = reader.forms[form_number]
            item = _READERS[form.form](sentence, place, form, reader, found)
            if item is None and form.noun >= 0 and not sentence.prefix[place]:
                item = read_noun(sentence, place, CueForm(form.noun, "noun", "", form.suffix), reader, found)
        if item is not None:
            twin = read_broken(sentence, item)
            if twin is not None:
                found.append(twin)
            found.append(item)
    settle(sentence, found)
    return [item for item in found if item.content is not None]


def _row(item: Found, sentence: Sentence, doc_id: str, text: str, corpus: Corpus) -> dict:
    first = last = name = None
    if item.rows:
        first, last = int(corpus.start[item.rows[0]]), int(corpus.end[item.rows[1] - 1])
        name = text[first:last]
    elif item.speaker:
        first, last = sentence.start[item.speaker[0]], sentence.end[item.speaker[1] - 1]
        by_rule = item.cue_start is not None and text[item.cue_start : item.cue_start + 4] in _BY
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
    cue = None if item.cue_start is None else text[item.cue_start : item.cue_end]
    return {
        "doc_id": doc_id, "cue": cue, "cue_start_char": item.cue_start,
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
