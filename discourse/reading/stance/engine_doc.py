"""Prototype: documents."""
from __future__ import annotations
from collections import defaultdict
from dataclasses import dataclass, field, replace
import numpy as np, pandas as pd
from discourse.language.tokens import tokenize
from discourse.lexicons.actors import group_of, read_offices, read_roles
from discourse.lexicons.loader import load_lexicon, combine_lexicons
from discourse.reading.matching.matches import find_matches
from discourse.reading.speech.quotations import find_quotations
from discourse.reading.speech.resolution import last_day
from discourse.reading.stance import layers
from discourse.reading.stance.mentions import borders_of, hosts_of, mentions_of, with_anaphora
from discourse.reading.stance.shapes import OWN_COUNTRY, Mention
from discourse.language.arabic.normalization import DEFAULT_NORMALIZER as N
from discourse.reading.stance.engine import NW, Reader, Evidence, HARD, PREP
from discourse.reading.stance.words import FEMININE, CONJUNCTION_LETTERS

PRIVATE = NW('خبير خبراء باحث باحثة باحثون باحثين محلل محللون محللين كاتب أستاذ أكاديمي مؤرخ مستشرق مستشرقون شركة شركات تاجر تجار رجال رجل معهد جامعة متحف فنان مخرج فيلم صحافي صحفي صحافيون محارب محاربون محاربين مراقب مراقبون مراقبين طلاب طالب سائح سياح مواطن مواطنون مواطنين رهائن رهينة طيار طيارين طيارون طيارا سائق سائقين سائقون مهندس مهندسون مهندسين عمال كنيسة الكنيسة شعب الشعب لاعب لاعبون جريدة صحيفة صحف الصحف صحيفتا مجلة قناة تلفزيون إذاعة موقع وكالة وسائل إعلام إعلامي مركز مدون معلق معلقون خبيرة محام محامي حزب معارض سوق أسواق سلاح أسلحة أراضي الأراضي حدود الحدود شحنة بضائع منتجات نفط قمح غاز وقود عملة روبل لغة اللغة أصل متقاعد متقاعدون الاتحاد سوفياتي متطوع متطوعون مرتزقة جمعية منظمة مؤسسة جالية أسرة عائلة إمام مفتي حاج حجاج راكب ركاب تلميذ بنادق بندقية رصاص دبابات صنع الصنع')
FORMER = NW('سابق السابق سابقا سابقين السابقين سابقون السابقون سابقة السابقة أسبق الأسبق متقاعد المتقاعد متقاعدين المتقاعدين متقاعدون الراحل مستقل خاص خاصة الخاصة قديم قدامى القدامى')
WE_PRON = ()

def _bare(w):
    for f in ('وال','بال','كال','فال','ولل','ال','لل'):
        if w.startswith(f) and len(w)-len(f) >= 3: return w[len(f):]
    for f in 'وفبلك':
        if w.startswith(f) and len(w) > 4: return w[1:]
    return w

def privates(found, words, roles, target):
    out = []
    for m in found:
        if m.actor in (target, OWN_COUNTRY) or m.actor in roles.militants or m.actor.startswith('in_') or m.actor in roles.movements: out.append(m); continue
        head = words[m.start-1] if m.start else ''
        head2 = words[m.start-2] if m.start > 1 else ''
        after = words[m.end:m.end+2]
        nis = nisba_word(words[m.start])
        private = False
        if not m.person:
            if head in PRIVATE or _bare(head) in PRIVATE or head[:1] in 'وفبل' and head[1:] in PRIVATE: private = True
            elif nis and nisba_word(head) and (_bare(head2) in PRIVATE or head2 in PRIVATE): private = True
            if nis and after and (after[0] in FORMER or (len(after) > 1 and nisba_word(after[0]) and after[1] in FORMER)): private = True
        else:
            if head in FORMER or head2 in FORMER: private = True
        out.append(replace(m, actor='private') if private else m)
    return out

def nisba_word(w):
    b = _bare(w)
    return b.endswith(('ي','ية','يين','يون','يتان','يان'))

@dataclass
class State:
    target: str
    speaker: str | None = None
    salient: bool = False
    heads: dict = field(default_factory=dict)
    home: str | None = None
    gender: str | None = None
    year: int | None = None
    about: bool = False
    def short(self, word):
        b = _bare(word)
        return self.heads.get(b) or (self.home if b in OFFICES else None)
    def who(self, text):
        """the actor of a speaker named without one: the minister, a spokesman"""
        ws = [N(x) for x in text.split()]
        if not ws or any(x in FORMER or _bare(x) in PRIVATE for x in ws): return None
        return self.short(ws[0])

@dataclass
class Sent:
    words: tuple; tokens: tuple; mentions: tuple; cues: tuple; target: str; quoted: tuple; roles: object; title: bool; verbs: frozenset = frozenset(); adjectives: frozenset = frozenset(); verbal: frozenset = frozenset(); nouns: frozenset = frozenset(); slots: dict = field(default_factory=dict)
    def gender(self, m):
        w = self.words[m.start]
        b = w.lstrip('و')
        if m.person: return 'f' if m.person.split()[-1].endswith('ا') and m.person.split()[0].startswith('ماريا') else 'm'
        if w in FEMININE or b in FEMININE or b.endswith('ة') or m.actor == self.target: return 'f'
        return None
    def nisba(self, m): return nisba_word(self.words[m.start])

OFFICES = NW('وزير وزيرة ناطق ناطقة متحدث متحدثة رئيس مندوب سفير مبعوث نائب أمين مسؤول مسؤولون قائد دبلوماسي رئاسة وزارة خارجية داخلية حكومة برلمان جيش كرملين دوما ضابط جنرال مستشار مساعد موفد عضو مدير محكمة قاض مدع نيابة استخبارات أمن')
HEADS = NW('وزير مبعوث سفير ناطق متحدث رئيس مندوب نائب أمين قائد مدير مستشار سكرتير متحدثة ناطقة وزيرة مسؤول دبلوماسي جنرال ممثل موفد ضابط زعيم قنصل عضو محكمة وزارة سفارة خارجية كرملين دوما')
def note_heads(state, words, mentions):
    for m in mentions:
        if m.actor in ('private', OWN_COUNTRY) or m.actor.startswith('in_'): continue
        for i in range(max(0, m.start-7), m.start):
            b = _bare(words[i])
            if b in HEADS and not any(words[j] in HARD for j in range(i, m.start)):
                if not any(o.start > i and o.end <= m.start and o.actor != m.actor for o in mentions): state.heads[b] = m.actor

LEX = {}
def lexicon():
    if 's' not in LEX:
        import os
        parts = [load_lexicon(p) for p in os.environ['STANCE_LEX'].split(':')]
        LEX['s'] = parts
    return LEX['s']

def find_evidence(documents, tokens, quotations=None, target='taliban', actors=None, stance=None):
    actors = actors or load_lexicon('actors'); stance = stance or lexicon()
    heads = layers_head(documents)
    ids = about_target(tokens, actors, target) | (about_target(heads, actors, target) if heads is not None else set())
    docs = documents[documents['doc_id'].astype(str).isin(ids)]
    days = last_day(docs)
    out = defaultdict(list)
    sal = {}
    streams = {}
    if heads is not None:
        hq = find_quotations(docs.assign(text=docs['title'].fillna('').astype(str)), heads[heads['doc_id'].isin(docs['doc_id'])].assign(doc_id=lambda t: t['doc_id'].cat.remove_unused_categories()).reset_index(drop=True), actors=actors) if len(heads) else None
        hsel = heads[heads['doc_id'].astype(str).isin(ids)].reset_index(drop=True)
        for d, items in sentences(hsel, actors, stance, target, days, hq): streams.setdefault(d, []).append((True, items))
    sel = tokens[tokens['doc_id'].astype(str).isin(ids)].reset_index(drop=True)
    for d, items in sentences(sel, actors, stance, target, days, quotations): streams.setdefault(d, []).append((False, items))
    roles = read_roles(actors)
    adjectives = frozenset(f'[{k}]' for lex in (stance if isinstance(stance, list) else [stance]) for k, v in lex.lemmas.items() if v.get('pos') == 'adj')
    slots = {p: x for lex in (stance if isinstance(stance, list) else [stance]) if 'slot' in lex.entries for p, x in zip(lex.entries['pattern'], lex.entries['slot']) if isinstance(x, str)}
    nominal = frozenset(p for lex in (stance if isinstance(stance, list) else [stance]) for p in lex.entries['pattern'] if may_be_noun(p, lex.lemmas))
    verbal = frozenset(p for lex in (stance if isinstance(stance, list) else [stance]) for p in lex.entries['pattern'] if may_be_verb(p, lex.lemmas))
    for d, parts in streams.items():
        state = State(target); gap = 99; dd = days.get(d); state.year = int(str(dd)[:4]) if dd is not None else None; homestate = None
        for title, items in parts:
            for it in items:
                for m in it[3]:
                    a = m.actor.removeprefix('in_')
                    if state.home is None and a != target and a not in roles.militants and a not in roles.movements and a not in ('un','nato'): state.home = a
        count = sum(m.actor == target for title, items in parts for it in items for m in it[3])
        if not any(m.actor == target for title, items in parts for it in items for m in it[3]): continue
        state.about = count >= 3 or any(m.actor == target for title, items in parts for it in items[:2] for m in it[3])
        for title, items in parts:
            for it in items:
                number, words, toks, mens, cues, quoted, a, b = it
                seen = gap < 90
                found = with_anaphora(mens, words, target, roles, seen, homestate)
                found = privates([m for m in found], words, roles, target)
                states = [m.actor for m in found if m.actor in roles.states and not m.anaphor]
                homestate = states[-1] if states else homestate
                foes = roles.enemies_of(target, dd)
                found = [replace(m, actor='opponents') if m.actor in foes else m for m in found]
                found = opponents(found, cues, words, target)
                named = any(m.actor == target for m in found)
                state.salient = named or gap <= 2
                q = [x for x in quoted if not title or (x[0] and (words[x[0]-1] == ':' or words[max(0,x[0]-2)] == ':'))]
                note_heads(state, words, found)
                q = [(x, y, z if z and not z.startswith('~') else (theirs(z[1:], x, found, words, state) if z else None)) for x, y, z in q]
                s = Sent(words, toks, tuple(found), tuple(c for c in cues if c.category != 'opponents'), target, tuple(q), roles, title, frozenset(), adjectives, verbal, nominal, slots)
                r = Reader(s, state)
                for ev in r.read():
                    out[d].append((-1 if title else number, ev))
                gap = 0 if named else gap + 1
                if q:
                    who = [x[2] for x in q if x[2]]
                    if who: state.speaker = who[-1]
                else:
                    lead = [r.actor(m) for m in found if not r.oblique(m) and m.actor not in ('private', 'opponents', target) and not m.actor.startswith('in_') and m.actor not in roles.militants]
                    if lead and lead[0]: state.speaker = lead[0]
    return out

def may_be_noun(pattern, lemmas):
    for x in pattern.split()[0].split('|'):
        name = x.strip('[]')
        if x.startswith('[') and not name.endswith('/verb') and lemmas.get(name, {}).get('pos') in ('noun', 'adj'): return True
    return False

def theirs(text, start, found, words, state):
    """the actor of a speaker named by an office: her minister is hers"""
    ws = [N(x) for x in text.split()]
    if len(ws) > 0 and any(x.endswith(('ها', 'هم', 'ته')) and len(x) > 4 for x in ws[:3]):
        for m in found:
            if m.end <= start and not m.marked and m.actor not in ('private', OWN_COUNTRY) and not m.person and not m.actor.startswith('in_') and m.actor not in ('opponents',): return m.actor
        return state.speaker
    return state.who(text)

def may_be_verb(pattern, lemmas):
    for x in pattern.split()[0].split('|'):
        if not x.startswith('['): return True
        name = x.strip('[]')
        if name.endswith('/verb'): return True
        l = lemmas.get(name, {})
        if l.get('pos') == 'verb' or 'verb' in l: return True
    return False

def opponents(found, cues, words, target):
    mens = list(found)
    for c in cues:
        if c.category != 'opponents': continue
        if c.alone if hasattr(c, 'alone') else c.role == 'alone':
            mens = [m for m in mens if m.end <= c.start or m.start >= c.end]; mens.append(Mention(c.start, c.end, 'opponents')); mens.sort(key=lambda m: m.start); continue
        for k, m in enumerate(mens):
            if m.actor == target and 0 <= m.start - c.end <= 2:
                mens[k] = Mention(c.start, m.end, 'opponents'); break
    return mens

def with_speaker(q):
    if q is None: return None
    sp = q['speaker'].astype(object); a = q['actor'].astype(object)
    return q.assign(actor=[x if isinstance(x, str) else ('~' + y if isinstance(y, str) else None) for x, y in zip(a, sp)])

def about_target(tokens, actors, target):
    """documents that may name the target: by its own names, or by a name that is its own in some years"""
    from discourse.reading.matching.matches import locate
    group = set(group_of(target, actors))
    offices = read_offices(actors)
    rows = np.array([o.actor in group or o.successor in group or any(t.actor in group for t in o.terms) for o in offices])
    names = set(actors.entries.loc[rows, 'category'])
    part = replace(actors, categories={k: v for k, v in actors.categories.items() if k in names}, entries=actors.entries[rows].reset_index(drop=True))
    found = locate(tokens, part)
    codes = tokens['doc_id'].cat.codes.to_numpy()
    return set(tokens['doc_id'].cat.categories[np.unique(codes[found.first])].astype(str))

def layers_head(documents):
    from discourse.reading.stance.positions import _headlines
    return _headlines(documents)

def sentences(tokens, actors, stance, target, days, quotations):
    if tokens.empty: return
    roles = read_roles(actors)
    tokens = tokens.assign(doc_id=tokens['doc_id'].cat.remove_unused_categories())
    mentions = mentions_of(tokens, actors, roles, target, days)
    cues = {}
    for lex in (stance if isinstance(stance, list) else [stance]):
        for k, v in layers._cues(tokens, lex).items(): cues.setdefault(k, []).extend(v)
    quoted = layers._quoted(with_speaker(quotations))
    norm = tokens['norm'].astype(object).to_numpy(); verb = tokens['token'].astype(object).to_numpy()
    starts, ends = tokens['start_char'].to_numpy(), tokens['end_char'].to_numpy()
    document = tokens['doc_id'].cat.codes.to_numpy(); names = tokens['doc_id'].cat.categories
    number = tokens['sentence'].to_numpy()
    borders = borders_of(tokens); stops = np.r_[borders[1:], len(tokens)]
    cur, items = None, []
    for first, stop in zip(borders, stops):
        d = str(names[document[first]])
        if d != cur:
            if items: yield cur, items
            cur, items = d, []
        spans = tuple((int(np.searchsorted(starts[first:stop], a)), int(np.searchsorted(starts[first:stop], b)), who) for a, b, who in layers._overlapping(quoted.get(d), int(starts[first]), int(ends[stop-1])))
        words = tuple(norm[first:stop])
        items.append((int(number[first]), words, tuple(verb[first:stop]), [m for m in mentions.get(first, []) if m.end <= len(words)], [c for c in cues.get(first, ()) if c.end <= len(words)], spans, int(starts[first]), int(ends[stop-1])))
    if items: yield cur, items

import os
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
        at = [n for n, e in evs if e.holder == holder and e.category in ('arming', 'support')]
        if first(denials) <= 0 and (charged or at) and not (charged and first(charged) < first(denials)): return 0
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
