"""A plan run over the parts of a corpus, here or on many machines: the tables are those of the corpus in one piece."""
