"""Saved corpora: documents, tokens and what was worked out about words, in a folder opened by memory map."""
