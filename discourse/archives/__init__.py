"""Replication archives: what they hold, how they are written and read, and what is compared with them."""
