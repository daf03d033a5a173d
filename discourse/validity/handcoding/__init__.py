"""Hand coding item by item: the file of what was coded, who codes now, what comes next. Nothing here draws.

A coding file is JSON Lines to which lines are only ever added: first what is coded, then one line an item saved. The
last line of a coder on a unit counts, the earlier ones stay as history.
"""
