"""Steps from DOCUMENTS to what each of them says: tokens, mentions, frames, speech, positions."""

from collections.abc import Iterable, Mapping

import pandas as pd

from discourse.language.tokens import tokenize
from discourse.lexicons.actors import aliases_of, group_of, read_roles
from discourse.lexicons.loader import Lexicon
from discourse.measures.codes import select_codes
from discourse.measures.counts import count_matches, count_tokens
from discourse.measures.evidence import add_grades
from discourse.measures.periods import choose_period
from discourse.plan import per_document, read_in_parts
from discourse.reading.frames import find_frames
from discourse.reading.grammar.clauses import find_clauses
from discourse.reading.matching.matches import find_matches
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.positions import find_positions
from discourse.reading.stance.scores import score_positions
from discourse.reading.stance.statements import find_statements
from discourse.sources.cleaning.boilerplate import drop_spans, find_boilerplate
from discourse.sources.cleaning.duplicates import cluster_stories
from discourse.sources.cleaning.repetition import find_repeated, number_lines
from discourse.sources.cleaning.stories import find_runs, number_words
from discourse.tables import PERIODS, TABLES

Groups = Mapping[str, tuple[str, ...]]


def freq(documents: pd.DataFrame, period: str | None) -> str:
    """Period of all series, as pandas writes it: the one asked for, or the finest with enough documents."""
    return PERIODS[period].freq if period else choose_period(documents)


@per_document
def tokens(documents: pd.DataFrame) -> pd.DataFrame:
    """Words and marks of every text."""
    return tokenize(documents)


@per_document
def lines(documents: pd.DataFrame) -> pd.DataFrame:
    """Short lines of every text, as numbers."""
    return number_lines(documents)


def repeated(lines: pd.DataFrame) -> pd.DataFrame:
    """Lines that an outlet prints in several texts."""
    return find_repeated(lines)


@per_document
def spans(documents: pd.DataFrame, repeated: pd.DataFrame | None, boilerplate: str) -> pd.DataFrame:
    """Menus, tickers and captions: where they stand; none where they are kept."""
    return find_boilerplate(documents, repeated=repeated) if boilerplate == "drop" else _no_spans()


@per_document
def body_tokens(tokens: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Tokens of the story alone."""
    return drop_spans(tokens, spans)


@read_in_parts(find_runs)
@per_document
def story_words(documents: pd.DataFrame, body_tokens: pd.DataFrame, copies: str) -> pd.DataFrame | None:
    """Words of every story as numbers, where copies are looked for."""
    return None if copies == "keep" else number_words(documents, body_tokens)


def clusters(documents: pd.DataFrame, story_words: pd.DataFrame | Iterable[pd.DataFrame] | None) -> pd.DataFrame | None:
    """Near-identical copies, document by document, where copies are looked for."""
    return None if story_words is None else cluster_stories(documents, story_words)


def units(documents: pd.DataFrame, clusters: pd.DataFrame | None) -> pd.DataFrame:
    """Documents; where some are copies, with the cluster that is drawn for them and the weight they count with."""
    if clusters is None or not clusters["n_in_cluster"].gt(1).any():
        return documents
    found = clusters.set_index("doc_id").reindex(documents["doc_id"].astype(str))
    sizes = found["n_in_cluster"].to_numpy()
    return documents.assign(copy_cluster=found["cluster"].astype(str).to_numpy(), copy_weight=1 / sizes)


@per_document
def mentions(body_tokens: pd.DataFrame, actors: Lexicon) -> pd.DataFrame:
    """Mentions of actors."""
    return find_matches(body_tokens, actors)


@per_document
def named(
    documents: pd.DataFrame, mentions: pd.DataFrame, holders: tuple[str, ...], groups: Groups, target: str
) -> pd.DataFrame:
    """Which documents name each holder, the target, and both: one row a document, by doc_id."""
    ids = documents["doc_id"].astype(str).sort_values(ignore_index=True)
    found = {
        name: ids.isin(
            mentions.loc[mentions["category"].isin(groups.get(name, (name,))), "doc_id"].astype(str).unique()
        )
        for name in (*holders, target)
    }
    marked = pd.DataFrame(found).set_index(pd.Index(ids, name="doc_id"))
    return marked.assign(both=marked[list(holders)].any(axis=1) & marked[target])


@per_document
def subject(documents: pd.DataFrame, mentions: pd.DataFrame, actors: Lexicon, target: str, scope: str) -> pd.DataFrame:
    """Documents read for speech and positions: those that name the target, by any actor that it stands for."""
    if scope == "all":
        return documents
    about = mentions.loc[mentions["category"].isin(group_of(target, actors)), "doc_id"].astype(str).unique()
    return documents.loc[documents["doc_id"].astype(str).isin(about)]


@per_document
def subject_tokens(body_tokens: pd.DataFrame, subject: pd.DataFrame) -> pd.DataFrame:
    """Tokens of these documents."""
    rows = body_tokens["doc_id"].isin(subject["doc_id"]).to_numpy()
    own = body_tokens.loc[rows].assign(doc_id=lambda table: table["doc_id"].cat.remove_unused_categories())
    return own.reset_index(drop=True)


@per_document
def frames(documents: pd.DataFrame, body_tokens: pd.DataFrame, lexicons: tuple, actors: Lexicon) -> pd.DataFrame | None:
    """Frames of each document, where a lexicon of frames is charted."""
    chosen = next((lexicon for lexicon in lexicons if lexicon.name == "frames"), None)
    return None if chosen is None else find_frames(body_tokens, documents, lexicon=chosen, actors=actors)


@per_document
def match_counts(body_tokens: pd.DataFrame, lexicons: tuple) -> pd.DataFrame:
    """Matches of every entry of each lexicon in each document, whatever stands around them."""
    parts = [_match_counts(body_tokens, lexicon).assign(lexicon=lexicon.name) for lexicon in lexicons]
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


@per_document
def counts(body_tokens: pd.DataFrame, frames: pd.DataFrame | None, lexicons: tuple) -> pd.DataFrame:
    """What series count, in each document: frames that are present, matches of the other lexicons."""
    parts = []
    for lexicon in lexicons:
        if lexicon.name == "frames" and frames is not None:
            part = frames.merge(count_tokens(body_tokens), on="doc_id", how="left", validate="many_to_one")
        else:
            part = _match_counts(body_tokens, lexicon).assign(present=lambda table: table["n_matches"].gt(0))
        columns = {"lexicon": lexicon.name, "present": part["present"].astype("int8")}
        parts.append(part.assign(**columns, category=part["category"].astype(str)))
    named = ["lexicon", "doc_id", "category", "present", "n_matches", "n_tokens"]
    return pd.concat([part[named] for part in parts], ignore_index=True)


def _match_counts(body_tokens: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    return count_matches(find_matches(body_tokens, lexicon), body_tokens)


@per_document
def clauses(documents: pd.DataFrame, body_tokens: pd.DataFrame) -> pd.DataFrame:
    """Who does what to whom, clause by clause."""
    return find_clauses(documents, body_tokens)


@per_document
def quotations(subject: pd.DataFrame, tokens: pd.DataFrame, spans: pd.DataFrame, actors: Lexicon) -> pd.DataFrame:
    """Who is quoted, with which words, on what; a headline that begins its text is read too."""
    own = tokens.loc[tokens["doc_id"].isin(subject["doc_id"]).to_numpy()]
    own = own.assign(doc_id=own["doc_id"].cat.remove_unused_categories()).reset_index(drop=True)
    return find_quotations(subject, own, actors=actors, boilerplate=spans)


@per_document
def position_sentences(
    subject: pd.DataFrame,
    subject_tokens: pd.DataFrame,
    quotations: pd.DataFrame,
    actors: Lexicon,
    stance: Lexicon,
    target: str,
    holders: tuple[str, ...],
    groups: Groups,
    voices: tuple[str, ...] | None,
) -> pd.DataFrame:
    """Who takes which side toward the target, sentence by sentence."""
    found = find_positions(subject, subject_tokens, quotations=quotations, target=target, actors=actors, stance=stance)
    if voices is not None:
        found = found.loc[found["voice"].isin(voices)].reset_index(drop=True)
    roles = read_roles(actors)
    named = {actor: roles.holder_of(actor) for actor in roles.counts_as if actor not in holders}
    named |= {actor: name for name, members in groups.items() for actor in members}
    if not named:
        return found
    told = found["holder"].astype(object).map(lambda holder: named.get(str(holder), holder))
    return found.assign(holder=told.astype("category"))[told.notna().to_numpy()].reset_index(drop=True)


@per_document
def document_positions(position_sentences: pd.DataFrame) -> pd.DataFrame:
    """Position of every holder in each document and voice, with the grade of its evidence."""
    return add_grades(score_positions(position_sentences), position_sentences)


@per_document
def positions(document_positions: pd.DataFrame, holders: tuple[str, ...]) -> pd.DataFrame:
    """Positions of the holders that the study asks for."""
    return document_positions.loc[document_positions["holder"].isin(holders)].reset_index(drop=True)


def hand_codes(documents: pd.DataFrame, holders: tuple[str, ...], target: str, actors: Lexicon) -> pd.DataFrame | None:
    """Codes that the corpus carries for these holders and this target, where it does."""
    coded = [name for name in ("position_holder", "position_target") if name in documents]
    aliases = aliases_of(actors)
    documents = documents.assign(
        **{
            name: documents[name].astype(object).map(lambda one: aliases.get(one, one) if isinstance(one, str) else one)
            for name in coded
        }
    )
    found = [select_codes(documents, holder=holder, target=target).assign(holder=holder) for holder in holders]
    filled = [part for part in found if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else None


@per_document
def statements(
    subject: pd.DataFrame, subject_tokens: pd.DataFrame, position_sentences: pd.DataFrame, target: str
) -> pd.DataFrame:
    """Statements for discourse networks: actor, concept, agreement, date."""
    return find_statements(subject, subject_tokens, positions=position_sentences, target=target)


def events(ledger: pd.DataFrame) -> pd.DataFrame:
    """Dated facts that stand under the axis."""
    return ledger


def _no_spans() -> pd.DataFrame:
    return pd.DataFrame({column.name: [] for column in TABLES["SPANS"].columns})
