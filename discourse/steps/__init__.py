"""The steps from a corpus to its tables: one function a table; its parameters name what it reads.

What no step makes is given: DOCUMENTS, REJECTS, and the parts of the study (``Study.given``). ``discourse plan`` draws
the whole; docs/architecture.md shows it.
"""
