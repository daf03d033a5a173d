"""Numbers: counts, series, intervals, networks, sensitivity."""
