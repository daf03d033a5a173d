"""Dictionaries: the loader and the lexicons themselves, each with its card."""
