"""How far matching by declared forms and matching by camel-tools' lemmas agree."""

import pandas as pd

from discourse.lexicons.loader import Lexicon
from discourse.reading.matching.matches import find_matches

__all__ = ["compare_word_paths"]


def compare_word_paths(tokens: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """Count, by category, the matches that both ways of finding an entry's words give, and those of one alone.

    Parameters
    ----------
    tokens : DataFrame
        TOKENS with ``lemma`` and ``pos`` (``annotate_morphology``).
    lexicon : Lexicon
        Its literal entries match alike on both ways; its entries by lemma need not.

    Returns
    -------
    DataFrame
        One row per category, and one "all": ``n_forms``, ``n_lemmas``, ``n_both`` (same document, place and category)
        and ``agreement`` = n_both / (n_forms + n_lemmas - n_both), null where neither matches.
    """
    key = ["doc_id", "start", "end", "category"]
    forms = find_matches(tokens, lexicon)[key]
    lemmas = find_matches(tokens, lexicon, words="lemmas")[key]
    both = forms.merge(lemmas, on=key)
    table = pd.DataFrame(
        {
            "n_forms": forms["category"].value_counts(),
            "n_lemmas": lemmas["category"].value_counts(),
            "n_both": both["category"].value_counts(),
        }
    ).fillna(0)
    table = table.reindex(sorted(lexicon.categories), fill_value=0).astype("int64")
    table.loc["all"] = table.sum()
    union = table["n_forms"] + table["n_lemmas"] - table["n_both"]
    table["agreement"] = (table["n_both"] / union).where(union > 0)
    return table.rename_axis("category").reset_index()
