"""Hostile inputs for every format and every command, by seed."""
