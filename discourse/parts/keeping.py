"""Tables of a corpus in parts in a cache, under the keys that they have in one piece."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from discourse.cache import Cache, digest_table
from discourse.plan import Plan
from discourse.sources.parted import PartedCorpus, ordered_columns

__all__ = ["Keeping"]


class Keeping:
    """What of the tables stands in a cache, and where what is made is kept.

    The key of the corpus is the digest of DOCUMENTS with their texts, which are read for it: that of the record of a
    chart. Tables of documents have no texts here, and are kept beside those that have.

    Parameters
    ----------
    cache : Cache
        The folder.
    plan : Plan
        The steps.
    given : mapping of str to object
        What no step makes, the documents aside.
    corpus : PartedCorpus
        The documents.
    order : sequence of str
        The steps, in an order in which they can run.
    """

    def __init__(
        self, cache: Cache, plan: Plan, given: Mapping[str, Any], corpus: PartedCorpus, order: Sequence[str]
    ) -> None:
        self._cache, self._plan, self._corpus, self._order = cache, plan, corpus, order
        # one piece counts its repeated lines as it marks them, so its tables are named as made without
        keys = cache.keys({"repeated": None, **given}, plan.given())
        kinds = {"text": "str"} | {name: str(column.dtype) for name, column in corpus.documents.items()}
        keys["documents"] = digest_table(corpus.digest, [kinds[name] for name in ordered_columns(corpus.documents)])
        self._keys: dict[str, str] = {}
        for name in order:
            self._keys[name] = cache.key(name, plan.steps[name], [keys[read] for read in plan.reads(name)])
            keys.setdefault(name, self._keys[name])

    def find(self, wanted: Iterable[str], made: dict[str, Any]) -> list[str]:
        """Put what stands in the cache among the tables made, and return the steps that are still to run, in order.

        Steps that run over parts make what they read of a part anew there; so these are not looked for.
        """
        needed, within = set(wanted), set[str]()
        for name in reversed(self._order):
            if name in within or (name in needed and not self._load(name, made)):
                for read in self._plan.reads(name):
                    in_parts = self._plan.is_per_document(name) and self._plan.is_per_document(read)
                    (within if in_parts else needed).add(read)
        return [name for name in self._order if name in needed | within and name not in made]

    def keep(self, name: str, table: Any) -> None:
        """Keep what was made."""
        self._cache.keep(self._key(name, table), table)

    def _load(self, name: str, made: dict[str, Any]) -> bool:
        if self._cache.load(f"{self._keys[name]}-ids", name, made):
            return True
        found = self._cache.load(self._keys[name], name, made)
        if found and self._is_of_documents(made[name]):
            made[name] = made[name].drop(columns="text")
        return found

    def _key(self, name: str, table: Any) -> str:
        return f"{self._keys[name]}-ids" if self._is_of_documents(table) else self._keys[name]

    def _is_of_documents(self, table: Any) -> bool:
        return isinstance(table, pd.DataFrame) and set(self._corpus.documents) <= set(table)
