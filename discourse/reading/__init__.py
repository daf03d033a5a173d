"""What a text says: matches, concordance, frames, quotations, positions, statements."""
