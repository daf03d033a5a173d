"""The same work done by this library and by its peers: `make bench` runs it, benchmarks/RESULTS.md shows it."""
