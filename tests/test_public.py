"""The public face, frozen: a name that comes or goes is a decision, written here and in the changelog."""

import inspect

import pytest

import discourse

PUBLIC = """
Claim CodingForm DiscourseError Finding Lexicon LexiconError Normalizer Plan Provenance ResourceError SavedCorpus
SchemaError SourceError Study Table adjudicate annotate_morphology apply_corrections archive audit_corrections
audit_lexicon body_start breaks calibrate caption chart check check_file check_plan choose_period cite_estimate code
codebook collocate_lines collocate_network combine_lexicons compare_collocates compare_lexicons compare_positions
compare_speech compare_with_draw compare_word_paths concordance_page concordance_table conform congruence_network
contrast contrast_scaled correct_by_period count_answers count_by_period count_code_pairs count_company count_coverage
count_documents count_matches count_ngrams count_tokens count_voices count_words describe_change drop_spans event_study
evidence extend_lexicon filter_concordance find_agencies find_boilerplate find_candidates find_clauses find_collocates
find_disagreements find_duplicate_pairs find_duplicates find_frames find_matches find_periods find_positions
find_quotations find_scopes find_smallest_flip find_statements find_word_documents fit_ordinal flow_of_records
grade_evidence group_rejects hydrate judge_claim key_events keyness keyness_lines krippendorff_alpha kwic
leave_corrected_out leave_one_out leave_rules_out leave_seeds_out lexicon_from_patterns link_concordance link_pages
load_lexicon load_reading load_seed load_study make_tables mark_concordance mask_tokens measure_agreement
measure_dispersion measure_presentation normalize_words open_corpus open_parted plan_codes plot_attention plot_change
plot_collocate_contrasts plot_collocate_network plot_collocates plot_company plot_correction plot_coverage
plot_disagreement plot_dispersion plot_events plot_finding plot_flow plot_keyness plot_network plot_positions
plot_scaled plot_series plot_specifications plot_word_shift position_by_period predict_ordinal provenance
publication_date quote_spans read_addresses read_codes read_coding read_coding_sheet read_corrections read_dna
read_documents read_events read_hydrated read_resumable read_sources read_statements resolve_dates sample_concordance
sample_for_coding save_corpus save_figure scale_by_period scale_documents scale_words score_against_codes
score_positions select_stories shift_lines show_concordance sort_concordance split_words state_claim study_names
tell_columns tell_findings term_lines tidy_codes tokenize trend try_specifications validate verify weigh_common
weigh_specifications word_claim word_shift write_codes write_coding_sheet write_corrections write_dna write_graph
write_table write_validation_card
""".split()


def test_public_names_are_frozen():
    assert sorted(discourse.__all__) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_public_name_loads_and_documents_itself(name):
    value = getattr(discourse, name)
    assert value.__module__.startswith("discourse.")
    text = inspect.getdoc(value)
    assert text
    if inspect.isfunction(value):
        parameters = inspect.signature(value).parameters
        undocumented = [parameter for parameter in parameters if parameter not in text]
        assert undocumented == []


def test_public_unknown_name_raises():
    with pytest.raises(AttributeError, match="^module 'discourse' has no attribute 'tokenise'$"):
        _ = discourse.tokenise


def test_public_names_are_listed_by_dir():
    assert set(PUBLIC) <= set(dir(discourse))
