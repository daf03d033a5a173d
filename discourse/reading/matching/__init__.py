"""Where the entries of a lexicon stand in a corpus, and the lines around them."""
