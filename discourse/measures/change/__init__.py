"""Change: contrasts, trends, breaks, and what comes before and after an event, each with how sure one can be."""
