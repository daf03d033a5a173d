"""Texts: what trials read of the documents, each made once: tokens, boilerplate, copies, who names whom, positions."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from discourse.errors import SchemaError, check_choice, first_three
from discourse.language.tokens import tokenize
from discourse.lexicons.actors import group_of
from discourse.lexicons.loader import Lexicon, load_lexicon
from discourse.measures.claims.choices import NORMALIZERS
from discourse.reading.matching.matches import find_matches
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.stance.positions import find_positions
from discourse.sources.cleaning.boilerplate import drop_spans, find_boilerplate
from discourse.sources.cleaning.duplicates import find_duplicates

__all__ = ["Texts"]


class Texts:
    """Tables made from the documents of a claim, each when it is first asked for.

    Parameters
    ----------
    documents : DataFrame
        DOCUMENTS, sorted by doc_id.
    target : str, optional
        Whom documents name, or toward whom positions are.
    positions : DataFrame or mapping, optional
        POSITIONS, or one for each treatment of boilerplate.
    actors : Lexicon, optional
        Of documents that name the target.
    """

    def __init__(
        self,
        documents: pd.DataFrame,
        *,
        target: str | None,
        positions: pd.DataFrame | Mapping[str, pd.DataFrame] | None,
        actors: Lexicon | None,
    ) -> None:
        self.documents, self._target = documents, target
        self._positions, self._actors = positions, actors
        self._made: dict[Any, Any] = {}

    def clusters(self) -> pd.DataFrame:
        """Return the story of each document, and its size."""
        if "clusters" not in self._made:
            tokens, _ = self.tokens_of("usual", "drop")
            found = find_duplicates(self.documents, tokens).set_index("doc_id").reindex(self.documents["doc_id"])
            story = pd.factorize(found["cluster"].astype("str"), sort=True)[0]
            self._made["clusters"] = found.assign(story=story)
        return self._made["clusters"]

    def spans(self) -> pd.DataFrame:
        """Return the boilerplate of the documents."""
        if "spans" not in self._made:
            self._made["spans"] = find_boilerplate(self.documents)
        return self._made["spans"]

    def naming(self) -> np.ndarray:
        """Tell which documents name the target, by any actor that it stands for."""
        if "naming" not in self._made:
            actors = self._actors or load_lexicon("actors")
            group = group_of(str(self._target), actors)
            check_choice("target", self._target, sorted(actors.categories))
            tokens, _ = self.tokens_of("usual", "drop")
            found = find_matches(tokens, actors)
            about = found.loc[found["category"].isin(group), "doc_id"].astype("str").unique()
            self._made["naming"] = self.documents["doc_id"].isin(about).to_numpy()
        return self._made["naming"]

    def tokens_of(self, normalisation: str, boilerplate: str) -> tuple[pd.DataFrame, Any]:
        """Return the tokens under a normalisation, with or without boilerplate, and the normal form."""
        normalizer = NORMALIZERS[normalisation]
        key = "tokens", normalisation, boilerplate if len(self.spans()) else "keep"
        if key not in self._made:
            whole = ("tokens", normalisation, "keep")
            if whole not in self._made:
                self._made[whole] = tokenize(self.documents, normalizer=normalizer)
            if key != whole:
                self._made[key] = drop_spans(self._made[whole], self.spans())
        return self._made[key], normalizer

    def positions_of(self, boilerplate: str) -> pd.DataFrame:
        """Return the positions found with or without boilerplate, or those that are given."""
        given = self._positions
        if isinstance(given, pd.DataFrame):
            return self._known(given)
        if given is not None and boilerplate in given:
            return self._known(given[boilerplate])
        if "positions" not in self._made or len(self.spans()):
            tokens, _ = self.tokens_of("usual", boilerplate)
            quotations = find_quotations(self.documents, tokens)
            found = find_positions(self.documents, tokens, quotations=quotations, target=self._target)
            self._made["positions"] = found
        return self._made["positions"]

    def _known(self, positions: pd.DataFrame) -> pd.DataFrame:
        strange = sorted(set(positions["doc_id"].astype("str")) - set(self.documents["doc_id"]))
        if strange:
            raise SchemaError(
                f"`positions` names {len(strange)} documents that `documents` lack. First: {first_three(strange)}. "
                "Pass the documents in which they were found."
            )
        return positions

    @property
    def one_version(self) -> bool:
        """Whether positions are given, for one treatment of boilerplate."""
        return isinstance(self._positions, pd.DataFrame)
