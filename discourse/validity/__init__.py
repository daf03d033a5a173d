"""Whether it can be believed: agreement and validation."""
