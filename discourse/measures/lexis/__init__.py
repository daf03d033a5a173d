"""Words themselves: how often, beside what, in which documents, and between which sets of documents they differ."""
