"""Which frames a document uses: a rule over the matches of the frames lexicon, the same for every document."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from discourse.errors import LexiconError, SchemaError, first_three
from discourse.language.tokens import tokenize, word_rows
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.reading.matching.matches import locate

__all__ = ["find_frames"]

_WEAK = 1.0  # entries below this weight are general words: they count once in a document


@dataclass(frozen=True)
class _Evidence:
    """Matches in text or title: code of the document, row of ``lexicon.entries``, sentence (-1 in a title)."""

    document: np.ndarray
    entry: np.ndarray
    sentence: np.ndarray


def find_frames(
    tokens: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    *,
    lexicon: Lexicon | None = None,
    actors: Lexicon | None = None,
    threshold: float = 2.0,
    per_100_words: float = 0.1,
    repeats: int = 2,
    mentions: int = 2,
    lead: int = 2,
) -> pd.DataFrame:
    """Tell which frames each document of TOKENS uses.

    A frame is present where the entries found for it weigh enough. An entry counts at most ``repeats`` times in a
    document, a general word (weight below 1) once; title and text count alike. An entry with a ``context`` (a list of
    actors) counts only in documents that name one of these actors ``mentions`` times or more: words such as weapon or
    hostage belong to a frame of Russia's position only where Russia is spoken of. A denied frame is a frame: negation
    changes nothing.

    Longer documents mention more in passing and so need more weight; but what stands in their lead (the title and the
    first ``lead`` sentences) is not said in passing, so the lead is also judged by itself, as a document of its own.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS, as ``tokenize`` returns it; better without boilerplate (``drop_spans``), since menus and related links
        name other subjects.
    documents : DataFrame, optional
        DOCUMENTS of these tokens; its titles are read, nothing else. Without it only the text counts.
    lexicon : Lexicon, optional
        The built-in lexicon "frames" by default; any lexicon will do, its categories are the frames.
    actors : Lexicon, optional
        Whose mentions are counted for ``context``; the built-in lexicon "actors" by default.
    threshold : float
        Weight that a frame needs in a document of at most 100 words.
    per_100_words : float
        What is added to the threshold for every further 100 word tokens.
    repeats : int
        How often one entry may count in one document; at least 1.
    mentions : int
        How often the actors of a ``context`` have to be named; at least 1.
    lead : int
        How many sentences the lead has besides the title; with 0 no lead is judged by itself.

    Returns
    -------
    DataFrame
        FRAMES, dense, sorted by doc_id and category. ``n_matches`` and ``n_sentences`` count matches in the text (not
        in the title) whose context is given; ``main`` marks the present frame with the highest score when title and
        first sentence, where news puts what matters most, count once more; ties go to more sentences, then to the order
        of the lexicon. To the right: ``score`` (the weight found) and ``needed``; a frame with a score below what is
        needed is present by its lead.

    Raises
    ------
    SchemaError
        A table lacks columns, documents lack some of the tokens' documents, or an option is out of range.
    LexiconError
        A ``context`` names actors that the actors lexicon does not have.

    Notes
    -----
    Frame f is present in a document of n word tokens where the sum, over the entries of f, of weight times count (at
    most ``repeats``, or 1) reaches ``threshold + per_100_words * max(0, n - 100) / 100``, or where the same sum over
    the lead alone reaches what the formula gives for the number of words n of the lead.

    docs/method-frames.md tells how the numbers were chosen and what the rule reaches on hand-coded documents.

    Examples
    --------
    >>> import pandas as pd
    >>> from discourse.language.tokens import tokenize
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["دعت موسكو إلى مكافحة الإرهاب وإلى محادثات مع طالبان."]})
    >>> frames = find_frames(tokenize(documents))
    >>> frames.loc[frames["present"] == 1, ["category", "n_matches"]].values.tolist()
    [['counterterrorism', 1], ['diplomacy', 1]]
    """
    _check_options(threshold, per_100_words, repeats, mentions, lead)
    lexicon = lexicon or load_lexicon("frames")
    titles = _titles(tokens, documents)
    found = _evidence(tokens, titles, lexicon)
    found = _in_context(found, tokens, titles, lexicon, actors, mentions)
    doc_ids = tokens["doc_id"].cat.categories
    categories = list(lexicon.categories)
    scores = _scores(found, lexicon, len(doc_ids), repeats)
    needed = _needed(tokens, np.ones(len(tokens), bool), threshold, per_100_words)
    present = (scores > 0) & (scores >= needed[:, None] - 1e-9)
    if lead:
        last = _last_of_lead(tokens, lead)
        in_lead = _scores(_among(found, last), lexicon, len(doc_ids), repeats)
        of_lead = tokens["sentence"].to_numpy() <= last[tokens["doc_id"].cat.codes.to_numpy()]
        needed_in_lead = _needed(tokens, of_lead, threshold, per_100_words)
        present |= (in_lead > 0) & (in_lead >= needed_in_lead[:, None] - 1e-9)
    opening = _scores(_among(found, _last_of_lead(tokens, 1)), lexicon, len(doc_ids), repeats)
    n_matches, n_sentences = _counts(found, lexicon, len(doc_ids))
    document = np.repeat(np.arange(len(doc_ids)), len(categories))
    frames = pd.DataFrame(
        {
            "doc_id": pd.Categorical.from_codes(document, categories=doc_ids),
            "category": pd.Categorical(categories * len(doc_ids), categories=categories),
            "present": present.ravel().astype(np.int8),
            "n_matches": n_matches.ravel(),
            "n_sentences": n_sentences.ravel(),
            "main": _main(scores + opening, n_sentences, present).ravel().astype(np.int8),
            "score": scores.ravel(),
            "needed": np.repeat(needed, len(categories)),
        }
    )
    order = np.lexsort((frames["category"].astype("str"), frames["doc_id"].astype("str")))
    return frames.take(order).reset_index(drop=True)


def _check_options(threshold: float, per_100_words: float, repeats: int, mentions: int, lead: int) -> None:
    for name, value in (("threshold", threshold), ("per_100_words", per_100_words), ("lead", lead)):
        if not value >= 0:
            raise SchemaError(f"`{name}` is {value!r}; it must be 0 or more.")
    for name, value in (("repeats", repeats), ("mentions", mentions)):
        if not value >= 1:
            raise SchemaError(f"`{name}` is {value!r}; it must be 1 or more.")


def _titles(tokens: pd.DataFrame, documents: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the titles as TOKENS whose doc_id has the categories of ``tokens``; None where there are none."""
    if documents is None:
        return None
    doc_ids = tokens["doc_id"].cat.categories
    if "doc_id" not in documents.columns:
        raise SchemaError("`documents` lacks the column 'doc_id'; see docs/codebook.md for the table DOCUMENTS.")
    missing = doc_ids.difference(pd.Index(documents["doc_id"].astype("str")))
    if len(missing):
        raise SchemaError(
            f"`documents` lacks {len(missing)} documents of `tokens`. First: {first_three(missing)}. "
            "Pass the DOCUMENTS from which the tokens were made."
        )
    if "title" not in documents.columns:
        return None
    named = documents.loc[documents["doc_id"].isin(doc_ids) & documents["title"].notna(), ["doc_id", "title"]]
    if named.empty:
        return None
    titles = tokenize(named.rename(columns={"title": "text"}).reset_index(drop=True))
    titles["doc_id"] = titles["doc_id"].cat.set_categories(doc_ids)
    return titles


def _evidence(tokens: pd.DataFrame, titles: pd.DataFrame | None, lexicon: Lexicon) -> _Evidence:
    """Locate the entries in text and titles."""
    parts = []
    for table, in_title in ((tokens, False), (titles, True)):
        if table is None:
            continue
        located = locate(table, lexicon)
        document = table["doc_id"].cat.codes.to_numpy()[located.first].astype(np.int64)
        sentence = table["sentence"].to_numpy()[located.first].astype(np.int64)
        parts.append((document, located.entry, np.full(len(located), -1) if in_title else sentence))
    document, entry, sentence = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _Evidence(document, entry, sentence)


def _in_context(
    found: _Evidence,
    tokens: pd.DataFrame,
    titles: pd.DataFrame | None,
    lexicon: Lexicon,
    actors: Lexicon | None,
    mentions: int,
) -> _Evidence:
    """Drop the matches of entries whose context the document does not give."""
    contexts = _contexts(lexicon)
    if not contexts:
        return found
    actors = actors or load_lexicon("actors")
    wanted = {actor for context in contexts.values() for actor in context}
    unknown = sorted(wanted - set(actors.categories))
    if unknown:
        raise LexiconError(
            f"`lexicon` {lexicon.name!r} has entries whose `context` names {first_three(unknown)}; the actors lexicon "
            f"has {', '.join(sorted(actors.categories))}."
        )
    named = replace(actors, entries=actors.entries[actors.entries["category"].isin(wanted)].reset_index(drop=True))
    heard = _evidence(tokens, titles, named)
    keep = np.ones(len(found.entry), bool)
    for context in set(contexts.values()):
        of_context = named.entries["category"].isin(context).to_numpy()[heard.entry]
        counts = np.bincount(heard.document[of_context], minlength=len(tokens["doc_id"].cat.categories))
        entries = [entry for entry, other in contexts.items() if other == context]
        keep &= ~np.isin(found.entry, entries) | (counts[found.document] >= mentions)
    return _Evidence(found.document[keep], found.entry[keep], found.sentence[keep])


def _contexts(lexicon: Lexicon) -> dict[int, tuple[str, ...]]:
    """Return row of the entry -> the actors that its context names, for entries that have one."""
    if "context" not in lexicon.entries.columns:
        return {}
    given: Iterable[tuple[int, object]] = enumerate(lexicon.entries["context"])
    named = ((row, [value] if isinstance(value, str) else value) for row, value in given)
    return {row: tuple(sorted(value)) for row, value in named if isinstance(value, list)}


def _needed(tokens: pd.DataFrame, rows: np.ndarray, threshold: float, per_100_words: float) -> np.ndarray:
    """Return the weight that each document needs for the words among these rows of ``tokens``."""
    document = tokens["doc_id"].cat.codes.to_numpy()[rows & word_rows(tokens)]
    words = np.bincount(document, minlength=len(tokens["doc_id"].cat.categories))
    return threshold + per_100_words * np.maximum(0, words - 100) / 100


def _last_of_lead(tokens: pd.DataFrame, sentences: int) -> np.ndarray:
    """Return the last of the first ``sentences`` sentences that ``tokens`` holds of each document; -1 where none."""
    n_documents = len(tokens["doc_id"].cat.categories)
    sentence = tokens["sentence"].to_numpy(np.int64)
    width = sentence.max(initial=0) + 1
    document, sentence = np.divmod(np.unique(tokens["doc_id"].cat.codes.to_numpy(np.int64) * width + sentence), width)
    rank = np.arange(len(document)) - np.searchsorted(document, document)
    last = np.full(n_documents, -1)
    np.maximum.at(last, document[rank < sentences], sentence[rank < sentences])
    return last


def _among(found: _Evidence, last: np.ndarray) -> _Evidence:
    """Return the evidence of the titles and of the sentences up to ``last`` of each document."""
    keep = found.sentence <= last[found.document]
    return _Evidence(found.document[keep], found.entry[keep], found.sentence[keep])


def _scores(found: _Evidence, lexicon: Lexicon, n_documents: int, repeats: int) -> np.ndarray:
    """Return the weight found, documents by categories in the order of the lexicon."""
    weight = lexicon.entries["weight"].to_numpy(np.float64)
    at_most = np.where(weight < _WEAK, 1, repeats)
    pairs, counts = np.unique(found.document * len(weight) + found.entry, return_counts=True)
    entry = pairs % len(weight)
    scores = np.zeros((n_documents, len(lexicon.categories)))
    cells = pairs // len(weight), _codes(lexicon)[entry]
    np.add.at(scores, cells, weight[entry] * np.minimum(counts, at_most[entry]))
    return scores


def _codes(lexicon: Lexicon) -> np.ndarray:
    """Return the place of each entry's category in the lexicon."""
    return lexicon.entries["category"].map({name: code for code, name in enumerate(lexicon.categories)}).to_numpy()


def _counts(found: _Evidence, lexicon: Lexicon, n_documents: int) -> tuple[np.ndarray, np.ndarray]:
    """Return matches and sentences with a match, in the text, documents by categories."""
    text = found.sentence >= 0
    width = len(lexicon.categories)
    cell = found.document[text] * width + _codes(lexicon)[found.entry[text]]
    n_matches = np.bincount(cell, minlength=n_documents * width)
    sentences = np.unique(np.column_stack((cell, found.sentence[text])), axis=0)[:, 0]
    n_sentences = np.bincount(sentences, minlength=n_documents * width)
    return n_matches.reshape(n_documents, width), n_sentences.reshape(n_documents, width)


def _main(scores: np.ndarray, n_sentences: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Mark the present frame with the highest score, then with more sentences, then the first of the lexicon."""
    rank = np.where(present, scores + 1e-6 * np.minimum(n_sentences, 1000), -1.0)
    main = np.zeros_like(present)
    main[np.arange(len(scores)), rank.argmax(axis=1)] = True
    return main & present
