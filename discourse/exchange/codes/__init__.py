"""Hand codes made in other tools, read and written: one module a format."""
