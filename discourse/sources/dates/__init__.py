"""Dates of records and dates in texts."""
