"""What of a text is not its story: boilerplate, copies, agency lines."""
