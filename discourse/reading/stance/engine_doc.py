"""Former places of the reading of positions, for modules that have not moved over."""

from __future__ import annotations

import os

from discourse.lexicons.loader import load_lexicon
from discourse.reading.stance import documents
from discourse.reading.stance.passage import Evidence

__all__ = ["Evidence", "decide", "find_evidence"]

_LEXICONS = {}


def find_evidence(texts, tokens, quotations=None, target=None, actors=None, stance=None):
    """Return the evidence of positions; see ``documents.find_evidence``."""
    paths = os.environ.get("STANCE_LEX")
    if stance is None and paths:
        if paths not in _LEXICONS:
            _LEXICONS[paths] = [load_lexicon(path) for path in paths.split(":")]
        stance = _LEXICONS[paths]
    return documents.find_evidence(texts, tokens, quotations, target, actors, stance)


BAL=float(os.environ.get('BAL','.6')); SHP=float(os.environ.get('SHP','.34')); SHN=float(os.environ.get('SHN','.3'))
def decide(evs, holder):
    """position of holder from list of (sentence, Evidence)"""
    mine = [(n, e) for n, e in evs if e.holder == holder]
    third = lambda e: e.voice not in (None, holder, '?')
    claims = [(n, e) for n, e in mine if third(e) and e.rule != 'denial']
    denials = [(n, e) for n, e in mine if e.rule == 'denial']
    own = [(n, e) for n, e in mine if not third(e) and e.rule != 'denial']
    if denials:
        told = [x for x in own if x[1].category in ('arming', 'support', 'force') and abs(x[1].code) == 2 and not x[1].ops and x[1].voice == holder]
        own = [x for x in own if x not in told]; claims += told
    charged = [x for x in claims if abs(x[1].code) == 2]
    if denials and not any(e.outright for n, e in denials) and not charged: denials = []
    if not own and not claims and not denials: return None
    def weight(n, e):
        w = 2.0 if n == -1 else 1.4 if n == 0 else 1.0
        if not e.outright: w *= .5
        if e.background: w *= .4
        elif e.category == 'designation' and n >= 2: w *= .5
        return w
    if denials:
        first = lambda xs: min((n for n, e in xs), default=99)
        solid = [x for x in own if x[1].outright and x[1].code and x[1].category not in ('contact', 'dialogue')]
        if charged and first(charged) < first(denials) and first(charged) <= 0 and not (first(charged) == -1 and first(denials) == 0 and False): use = own + claims
        elif solid and max(weight(*x) for x in solid) >= 1: use = own
        else:
            told = [e.code for n, e in denials if e.code and e.outright]
            return max(set(told), key=told.count) if told and len(told) * 2 > sum(e.outright for n, e in denials) else 0
    else: use = own or claims
    full = [x for x in use if x[1].outright]
    if full: use = full + [x for x in use if not x[1].outright and (x[1].code or x[1].category in ('considers', 'neutrality'))]
    pos = sum(weight(n, e) for n, e in use if e.code > 0); neg = sum(weight(n, e) for n, e in use if e.code < 0)
    zero = sum(weight(n, e) for n, e in use if e.code == 0 and e.category != 'contact')
    spos = sum(weight(n, e) for n, e in use if e.code == 2); sneg = sum(weight(n, e) for n, e in use if e.code == -2)
    if not pos and not neg: return 0
    weaker, stronger = min(pos, neg), max(pos, neg)
    if weaker > BAL*stronger or zero > stronger: return 0
    if pos > neg: return 2 if spos >= SHP*pos else 1
    return -2 if sneg >= SHN*neg else -1
