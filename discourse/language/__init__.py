"""Words: normalization, tokens, inflection, morphology."""
