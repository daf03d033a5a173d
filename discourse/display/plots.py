"""Plots: every chart of the library under one roof."""

from discourse.display.attention import plot_attention
from discourse.display.company import plot_company
from discourse.display.figures import save_figure
from discourse.display.finding_plots import plot_finding
from discourse.display.framing import plot_series
from discourse.display.standpoints import plot_positions
from discourse.display.timeline import key_events, plot_events

__all__ = [
    "key_events",
    "plot_attention",
    "plot_finding",
    "plot_company",
    "plot_events",
    "plot_positions",
    "plot_series",
    "save_figure",
]
