"""Saved corpora: DOCUMENTS, TOKENS and what was worked out about their words, in a folder that is opened by memory map."""
