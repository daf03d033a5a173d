"""Clauses: who does what to whom, inside which clause."""
