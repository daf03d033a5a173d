"""Claims: what is held before the numbers are seen, and what would change it."""
