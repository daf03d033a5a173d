"""Discourse analysis of Arabic news: tables in, tables out, an interval on every number."""

__version__ = "0.1.0.dev0"
