"""Seeded scaling: documents on an axis between two lists of seed words, by which words keep the same company."""
