"""The evidence page: every point of a chart leads to its documents, their sentences, words and rules."""
