"""Arabic: normal forms, inflection and the lists of words behind them."""
