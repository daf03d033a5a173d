"""Who says what: cues, marks, speakers, contents and quotations."""
