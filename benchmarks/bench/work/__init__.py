"""One module a piece of work: it runs in its own process and environment, and prints what it took as JSON."""
