"""The commands of `discourse`, each a thin door on public functions; one module per kind of work."""
