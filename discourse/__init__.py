"""Discourse analysis of Arabic news: tables in, tables out, an interval on every number.

Everything a notebook or a paper imports stands here; names are loaded from their module when first used, so that
``import discourse`` costs nothing that is not asked for.
"""

import sys
from importlib import import_module

__version__ = "0.1.0"

_EXPORTS = {
    "errors": ["DiscourseError", "LexiconError", "ResourceError", "SchemaError", "SourceError"],
    "tables": ["check", "codebook", "conform"],
    "provenance": ["Provenance", "provenance"],
    "writing": ["write_table"],
    "sources.documents": ["read_documents"],
    "sources.parted": ["open_parted"],
    "sources.rejects": ["group_rejects"],
    "sources.roles": ["tell_columns"],
    "sources.readers": ["read_addresses", "read_hydrated", "read_resumable", "read_sources"],
    "sources.web.hydrate": ["hydrate"],
    "sources.events": ["read_events"],
    "sources.seeds": ["load_reading", "load_seed"],
    "sources.cleaning.body": ["body_start"],
    "sources.cleaning.boilerplate": ["drop_spans", "find_boilerplate", "mask_tokens"],
    "sources.dates.text": ["publication_date", "resolve_dates"],
    "sources.cleaning.agencies": ["find_agencies"],
    "sources.cleaning.duplicates": ["find_duplicate_pairs", "find_duplicates", "select_stories"],
    "sources.cleaning.coverage": ["count_coverage", "flow_of_records"],
    "language.arabic.normalization": ["Normalizer", "normalize_words"],
    "language.tokens": ["split_words", "tokenize"],
    "language.morphology": ["annotate_morphology"],
    "lexicons.loader": ["Lexicon", "combine_lexicons", "lexicon_from_patterns", "load_lexicon"],
    "reading.matching.audit": ["audit_lexicon"],
    "reading.matching.matches": ["find_matches"],
    "reading.matching.scopes": ["find_scopes"],
    "reading.matching.concordance": ["kwic", "show_concordance"],
    "reading.matching.quoting": ["quote_spans"],
    "reading.frames": ["find_frames"],
    "reading.grammar.clauses": ["find_clauses"],
    "reading.speech.quotations": ["find_quotations"],
    "reading.stance.positions": ["find_positions", "score_positions"],
    "reading.stance.statements": ["find_statements", "read_statements"],
    "exchange.dna": ["read_dna", "write_dna"],
    "exchange.codes.reading": ["read_codes"],
    "exchange.codes.writing": ["write_codes"],
    "exchange.graphs": ["write_graph"],
    "lexicons.additions": ["extend_lexicon"],
    "measures.lexis.concordance_lines": ["filter_concordance", "mark_concordance"],
    "measures.lexis.concordance_order": ["sample_concordance", "sort_concordance"],
    "measures.lexis.frequency": ["count_words", "find_word_documents"],
    "measures.lexis.ngrams": ["count_ngrams"],
    "measures.lexis.candidates": ["find_candidates"],
    "measures.lexis.collocate_contrasts": ["compare_collocates"],
    "measures.lexis.collocates": ["find_collocates"],
    "measures.counts": ["count_matches", "count_tokens"],
    "measures.periods": ["choose_period", "count_documents", "find_periods"],
    "measures.series": ["count_by_period", "position_by_period"],
    "measures.change.contrasts": ["contrast"],
    "measures.change.holding": ["weigh_common"],
    "measures.change.trends": ["trend"],
    "measures.change.breaks": ["breaks"],
    "measures.change.events": ["event_study"],
    "measures.evidence": ["grade_evidence"],
    "measures.company": ["count_company"],
    "measures.voices": ["count_voices", "measure_presentation"],
    "measures.network": ["congruence_network"],
    "measures.lexis.keyness": ["keyness"],
    "measures.lexis.keyness_lines": ["keyness_lines"],
    "measures.lexis.shift_lines": ["shift_lines"],
    "measures.lexis.term_lines": ["collocate_lines", "term_lines"],
    "measures.lexis.dispersion": ["measure_dispersion"],
    "measures.lexis.word_shift": ["word_shift"],
    "measures.rules": ["leave_rules_out"],
    "measures.claims.claim": ["Claim", "state_claim"],
    "measures.claims.specifications": ["try_specifications"],
    "measures.claims.flips": ["find_smallest_flip"],
    "measures.claims.verdict": ["judge_claim", "weigh_specifications"],
    "measures.sensitivity": ["compare_lexicons", "leave_one_out"],
    "validity.alpha": ["krippendorff_alpha"],
    "validity.agreement": ["measure_agreement"],
    "validity.coding": ["tidy_codes"],
    "validity.disagreement": ["count_code_pairs", "find_disagreements"],
    "validity.sampling": ["sample_for_coding"],
    "validity.sampling_plan": ["check_plan"],
    "validity.sheets": ["write_coding_sheet"],
    "validity.coded_sheets": ["read_coding_sheet"],
    "validity.handcoding.reading": ["read_coding"],
    "validity.validation": ["validate"],
    "validity.correction": ["correct_by_period"],
    "validity.more_codes": ["plan_codes"],
    "validity.answers": ["count_answers", "score_against_codes"],
    "validity.calibration": ["calibrate"],
    "validity.corrections": ["read_corrections"],
    "validity.corrections_file": ["write_corrections"],
    "validity.corrected_tables": ["apply_corrections"],
    "validity.corrections_audit": ["audit_corrections"],
    "validity.corrections_effects": ["leave_corrected_out"],
    "validity.corrections_and_draw": ["compare_with_draw"],
    "validity.words": ["compare_word_paths"],
    "validity.ordinal": ["fit_ordinal", "predict_ordinal"],
    "validity.readings": ["compare_positions", "compare_speech"],
    "display.tables": ["Table"],
    "display.concordances": ["concordance_page", "concordance_table", "link_concordance"],
    "display.captions": ["caption"],
    "display.findings": ["Finding", "cite_estimate"],
    "display.answer": ["tell_findings"],
    "display.folder": ["link_pages"],
    "display.plots": [
        "key_events",
        "plot_attention",
        "plot_company",
        "plot_events",
        "plot_finding",
        "plot_positions",
        "plot_series",
        "save_figure",
    ],
    "display.change_plots": ["plot_change"],
    "display.change_words": ["describe_change"],
    "display.claims": ["word_claim"],
    "display.specification_plots": ["plot_specifications"],
    "display.lexis_plots": ["plot_dispersion", "plot_keyness"],
    "measures.scaling.scaling": ["scale_documents", "scale_words"],
    "measures.scaling.periods": ["scale_by_period"],
    "measures.scaling.contrasts": ["contrast_scaled", "leave_seeds_out"],
    "display.shift_plots": ["plot_word_shift"],
    "display.coverage_plots": ["plot_coverage", "plot_flow"],
    "display.collocate_plots": [
        "collocate_network",
        "plot_collocate_contrasts",
        "plot_collocate_network",
        "plot_collocates",
    ],
    "display.scaled_plots": ["plot_scaled"],
    "display.network_plots": ["plot_network"],
    "display.coding_plots": ["plot_correction", "plot_disagreement"],
    "display.coding_form": ["CodingForm"],
    "display.hand_coding": ["adjudicate", "code"],
    "display.validation_card": ["write_validation_card"],
    "saved.opening": ["SavedCorpus"],
    "saved.renewing": ["open_corpus"],
    "saved.saving": ["save_corpus"],
    "checking": ["check_file"],
    "study": ["Study", "load_study", "study_names"],
    "plan": ["Plan"],
    "steps.making": ["make_tables"],
    "chart": ["chart"],
    "evidence": ["evidence"],
    "archive": ["archive"],
    "verify": ["verify"],
}
_HOME = {name: module for module, names in _EXPORTS.items() for name in names}
_NAMESAKES = {f"discourse.{name}" for name, module in _HOME.items() if name == module}

__all__ = sorted(_HOME)  # noqa: PLE0605 - derived from the table above, so that a name stands once


def __getattr__(name: str) -> object:
    """Load a public name from its module when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'discourse' has no attribute {name!r}")
    value = getattr(import_module(f"discourse.{_HOME[name]}"), name)
    globals()[name] = value
    # an import binds the module `provenance` or `chart` to its name here; the name means the function
    for module in _NAMESAKES & sys.modules.keys():
        namesake = module.rpartition(".")[2]
        globals()[namesake] = getattr(sys.modules[module], namesake)
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted([*__all__, "__version__"])
