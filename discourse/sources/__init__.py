"""Texts in: corpora of every form become one DOCUMENTS table."""
