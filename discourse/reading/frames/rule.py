"""Which frames a document uses: a rule over the matches of the frames lexicon, the same for every document."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from discourse.errors import SchemaError
from discourse.language.sentences import find_openings
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.reading.frames.corrected import correct_evidence
from discourse.reading.frames.evidence import (
    Evidence,
    category_codes,
    find_evidence,
    find_scenes,
    load_senses,
    read_titles,
    rows_left_out,
    words_of,
)

__all__ = ["MENTIONS", "PASSING", "SHORT", "find_frames", "spoken_of"]

_WEAK = _GENERAL = 1.0  # entries below are general words: they count once, and together weigh no more, no frame
SHORT = 100  # words up to which a document needs no more than the threshold, in as little as one sentence
MENTIONS, PASSING = 2, 0.5  # of `find_frames`, where it is not told otherwise
_DEVELOPED = 3.0  # weight by which one sentence of a longer document develops a frame: a strong entry and another


def find_frames(
    tokens: pd.DataFrame,
    documents: pd.DataFrame | None = None,
    *,
    lexicon: Lexicon | None = None,
    senses: Lexicon | None = None,
    actors: Lexicon | None = None,
    threshold: float = 2.0,
    per_100_words: float = 0.1,
    repeats: int = 2,
    mentions: int = MENTIONS,
    lead: int = 2,
    passing: float = PASSING,
    sole: float = 1.5,
    left_out: Mapping[str, Collection[str]] | None = None,
    corrected: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Tell which frames each document of TOKENS uses.

    A frame is present where the entries found for it weigh enough. An entry counts at most ``repeats`` times in a
    document, a general word (weight below 1) once; title and text count alike. An entry with a ``context`` (a list of
    actors) counts only in documents that name one of these actors ``mentions`` times or more (once is enough in
    documents of less than 100 words): words such as weapon or hostage belong to a frame of Russia's position only where
    Russia is spoken of. A denied frame is a frame: negation changes nothing.

    What is no evidence: words in brackets, and what ``senses`` set aside (the name of a body, an idiom, a date, another
    sense). What is said in passing does not count either: a few words behind a cue such as "touched briefly on"; and a
    sentence speaks only of the frame that weighs most in it, and of others that reach ``passing`` times that weight.

    Longer documents mention more in passing: they need more weight, and evidence in two sentences or in one that
    develops it; but what stands in their lead (the title and the first ``lead`` sentences) is not said in passing, so
    the lead is also judged by itself, as a document of its own.

    A short document that reaches no threshold still tells of something: the heaviest frame alone is present where it
    weighs ``sole``. Here, and only here, count the scenes of ``senses``: words that tell a frame without its usual
    nouns (a river and a watchtower, a syringe and a field of red flowers), each once.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS, as ``tokenize`` returns it; better without boilerplate (``drop_spans``), since menus and related links
        name other subjects.
    documents : DataFrame, optional
        DOCUMENTS of these tokens; its titles are read, nothing else. Without it only the text counts.
    lexicon : Lexicon, optional
        The built-in lexicon "frames" by default; any lexicon will do, its categories are the frames.
    senses : Lexicon, optional
        What stands beside the frames: entries of weight 0 set aside what they overlap in the frame of the same name,
        the others are its scenes. The built-in senses by default where the lexicon is "frames", else none.
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
    passing : float
        Which part of the heaviest frame of a sentence another frame must weigh there for the sentence to count for it;
        with 0 every sentence counts for all its frames.
    sole : float
        Weight, scenes counted in, at which the heaviest frame of a document of at most 100 words is present though
        none reaches the threshold; with infinity none is.
    left_out : mapping of str to collection of str, optional
        doc_id to patterns of entries that this document is judged without; what they overlapped takes their place.
    corrected : DataFrame, optional
        What readers said of matches: doc_id, start, category, becomes, pattern; ``apply_corrections`` makes it.

    Returns
    -------
    DataFrame
        FRAMES, dense, sorted by doc_id and category. ``n_matches`` and ``n_sentences`` count matches in the text (not
        in the title) that are evidence; ``main`` marks the present frame with the highest score when title and
        first sentence, where news puts what matters most, count once more; ties go to more sentences, then to the order
        of the lexicon. To the right: ``score`` (the weight found) and ``needed``; a frame with a score below what is
        needed is present by its lead, or as the sole frame of a short document.

    Raises
    ------
    SchemaError
        A table lacks columns, documents lack some of the tokens' documents, or an option is out of range.
    LexiconError
        A ``context`` names actors that the actors lexicon does not have.

    Notes
    -----
    Frame f is present in a document of n word tokens where the sum, over the entries of f, of weight times count (at
    most ``repeats``, or 1) reaches ``threshold + per_100_words * max(0, n - 100) / 100`` and, where n is above 100, its
    evidence stands in two sentences at least (the title is one) or weighs 3 in one; or where the same sum over the lead
    alone reaches what the formula gives for the number of words n of the lead. General words weigh 1 together at most.

    docs/method-frames.md tells how the numbers were chosen and what the rule reaches on hand-coded documents.

    Examples
    --------
    >>> import pandas as pd
    >>> from discourse.language.tokens import tokenize
    >>> documents = pd.DataFrame({"doc_id": ["a"], "text": ["دعت موسكو إلى مكافحة الإرهاب وإلى محادثات مع طالبان."]})
    >>> frames = find_frames(tokenize(documents), documents)
    >>> frames.loc[frames["present"] == 1, ["category", "n_matches"]].values.tolist()
    [['counterterrorism', 1], ['diplomacy', 1]]
    """
    _check_options(threshold, per_100_words, repeats, mentions, lead, passing, sole)
    lexicon = lexicon or load_lexicon("frames")
    senses = senses or load_senses(lexicon)
    titles = read_titles(tokens, documents)
    words = words_of(tokens)
    asked = np.minimum(mentions, 1 + words // SHORT)
    gone = None if left_out is None else rows_left_out(left_out, tokens, lexicon)
    found = find_evidence(tokens, titles, lexicon, senses, actors, asked, gone)
    if corrected is not None:
        found, lexicon = correct_evidence(found, lexicon, tokens, corrected)
    found = found.take(spoken_of(found, lexicon, passing))
    doc_ids = tokens["doc_id"].cat.categories
    categories = list(lexicon.categories)
    scores = _scores(found, lexicon, len(doc_ids), repeats)
    needed = _needed(words, threshold, per_100_words)
    n_matches, n_sentences = _counts(found, lexicon, len(doc_ids))
    present = (scores > 0) & (scores >= needed[:, None] - 1e-9)
    present &= _developed(found, lexicon, len(doc_ids)) | (words <= SHORT)[:, None]
    first, last = _last_of_leads(tokens, (1, lead))
    if lead:
        in_lead = _scores(found.take(found.sentence <= last[found.document]), lexicon, len(doc_ids), repeats)
        of_lead = tokens["sentence"].to_numpy() <= last[tokens["doc_id"].cat.codes.to_numpy()]
        needed_in_lead = _needed(words_of(tokens, of_lead), threshold, per_100_words)
        present |= (in_lead > 0) & (in_lead >= needed_in_lead[:, None] - 1e-9)
    alone = ~present.any(axis=1) & (words <= SHORT)
    if alone.any():
        told = scores if senses is None else scores + _scenes(tokens, titles, lexicon, senses, alone)
        present |= _sole(told, sole) & alone[:, None]
    opening = _scores(found.take(found.sentence <= first[found.document]), lexicon, len(doc_ids), repeats)
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


def _check_options(
    threshold: float, per_100_words: float, repeats: int, mentions: int, lead: int, passing: float, sole: float
) -> None:
    for name, value in (("threshold", threshold), ("per_100_words", per_100_words), ("lead", lead), ("sole", sole)):
        if not value >= 0:
            raise SchemaError(f"`{name}` is {value!r}; it must be 0 or more.")
    for name, value in (("repeats", repeats), ("mentions", mentions)):
        if not value >= 1:
            raise SchemaError(f"`{name}` is {value!r}; it must be 1 or more.")
    if not 0 <= passing <= 1:
        raise SchemaError(f"`passing` is {passing!r}; it must be from 0 to 1.")


def spoken_of(found: Evidence, lexicon: Lexicon, passing: float = PASSING) -> np.ndarray:
    """Tell which matches belong to a frame that their sentence speaks of, not to one it names in passing."""
    if not passing or not len(found):
        return np.ones(len(found), bool)
    weights, place = _by_sentence(found, lexicon)
    return weights[place, category_codes(lexicon, lexicon)[found.entry]] >= passing * weights.max(axis=1)[place] - 1e-9


def _by_sentence(found: Evidence, lexicon: Lexicon) -> tuple[np.ndarray, np.ndarray]:
    """Return the weight of each frame in each sentence, an entry once, and the sentence of each match."""
    weight = lexicon.entries["weight"].to_numpy(np.float64)
    width = found.sentence.max(initial=0) + 2
    sentences, place = np.unique(found.document * width + found.sentence + 1, return_inverse=True)
    once = np.unique(place.astype(np.int64) * len(weight) + found.entry)
    sentence, entry = np.divmod(once, len(weight))
    weights = np.zeros((len(sentences), len(lexicon.categories)))
    np.add.at(weights, (sentence, category_codes(lexicon, lexicon)[entry]), weight[entry])
    return weights, place


def _developed(found: Evidence, lexicon: Lexicon, n_documents: int) -> np.ndarray:
    """Tell whether evidence stands in two sentences (the title is one), or one sentence develops it, by category."""
    weights, place = _by_sentence(found, lexicon)
    document = np.zeros(len(weights), np.int64)
    document[place] = found.document
    heaviest = np.zeros((n_documents, len(lexicon.categories)))
    np.maximum.at(heaviest, document, weights)
    n_places = np.zeros(heaviest.shape, np.int64)
    np.add.at(n_places, document, weights > 0)
    return (n_places > 1) | (heaviest >= _DEVELOPED - 1e-9)


def _needed(words: np.ndarray, threshold: float, per_100_words: float) -> np.ndarray:
    """Return the weight that documents of so many words need."""
    return threshold + per_100_words * np.maximum(0, words - SHORT) / 100


def _last_of_leads(tokens: pd.DataFrame, leads: tuple[int, ...]) -> list[np.ndarray]:
    """Return the last of the first sentences that ``tokens`` holds of each document, for such leads; -1 if none."""
    n_documents = len(tokens["doc_id"].cat.categories)
    opens = np.flatnonzero(find_openings(tokens))
    document = tokens["doc_id"].cat.codes.to_numpy(np.int64)[opens]
    sentence = tokens["sentence"].to_numpy(np.int64)[opens]
    order = np.lexsort((sentence, document))
    document, sentence = document[order], sentence[order]
    rank = np.arange(len(document)) - np.searchsorted(document, document)
    lasts = []
    for sentences in leads:
        last = np.full(n_documents, -1)
        np.maximum.at(last, document[rank < sentences], sentence[rank < sentences])
        lasts.append(last)
    return lasts


def _scores(found: Evidence, lexicon: Lexicon, n_documents: int, repeats: int) -> np.ndarray:
    """Return the weight found, documents by categories in the order of the lexicon."""
    weight = lexicon.entries["weight"].to_numpy(np.float64)
    at_most = np.where(weight < _WEAK, 1, repeats)
    pairs, counts = np.unique(found.document * len(weight) + found.entry, return_counts=True)
    entry = pairs % len(weight)
    strong, general = (np.zeros((n_documents, len(lexicon.categories))) for _ in range(2))
    cells = pairs // len(weight), category_codes(lexicon, lexicon)[entry]
    weights = weight[entry] * np.minimum(counts, at_most[entry])
    for scores, of_kind in ((strong, weight[entry] >= _WEAK), (general, weight[entry] < _WEAK)):
        np.add.at(scores, tuple(cell[of_kind] for cell in cells), weights[of_kind])
    return strong + np.minimum(general, _GENERAL)


def _scenes(
    tokens: pd.DataFrame, titles: pd.DataFrame | None, lexicon: Lexicon, senses: Lexicon, documents: np.ndarray
) -> np.ndarray:
    """Return the weight of the scenes in some documents, documents by categories: each entry once."""
    found, scenes = find_scenes(tokens, titles, lexicon, senses, documents)
    n_entries = len(scenes.entries)
    document, entry = np.divmod(np.unique(found.document * n_entries + found.entry), max(1, n_entries))
    scores = np.zeros((len(documents), len(lexicon.categories)))
    weight = scenes.entries["weight"].to_numpy(np.float64)
    np.add.at(scores, (document, category_codes(scenes, lexicon)[entry]), weight[entry])
    return scores


def _sole(scores: np.ndarray, least: float) -> np.ndarray:
    """Mark the heaviest frame of each document where it weighs enough; of two alike, the first of the lexicon."""
    sole = np.zeros(scores.shape, bool)
    sole[np.arange(len(scores)), scores.argmax(axis=1)] = True
    return sole & (scores >= max(least, 1e-9) - 1e-9)


def _counts(found: Evidence, lexicon: Lexicon, n_documents: int) -> tuple[np.ndarray, np.ndarray]:
    """Return matches and sentences with a match, in the text, documents by categories."""
    text = found.sentence >= 0
    width = len(lexicon.categories)
    cell = found.document[text] * width + category_codes(lexicon, lexicon)[found.entry[text]]
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
