"""Prototype engine."""
from __future__ import annotations
from dataclasses import dataclass, field
from discourse.reading.stance.composing import compose, load_composition
from discourse.reading.stance.shapes import OWN_COUNTRY, Mention
from discourse.reading.stance.words import FIGHTERS
from discourse.language.arabic.normalization import DEFAULT_NORMALIZER as N

def NW(s): return frozenset(N(w) for w in s.split())
HARD = frozenset('،؛:.!?؟…—–')
QUOT = frozenset('"«»“”')
SENT = frozenset('؛.!?؟…')
THAT = NW('أن إن أنه أنها أنهم إنه إنها إنهم إننا أننا أنني إنني بأن بأنه بأنها بأنهم بأننا فإن فإنه فإنها وأن وإن وأنه وأنها وأنهم وإنه وإنها وإنهم وأننا وإننا')
THAT_PRON = NW('أنه أنها أنهم إنه إنها إنهم بأنه بأنها بأنهم فإنه فإنها وأنه وأنها وأنهم وإنه وإنها وإنهم فإنهم لأنها لأنه لأنهم وهي وهو وهم هي هم هؤلاء وهؤلاء فهي فهم لكنها لكنهم ولكنها غيرها')
WE = NW('إننا أننا أنني إنني بأننا وأننا وإننا بأنني وإنني نحن ونحن لأننا لكننا فنحن')
CAUSE = NW('لأن لأنه لأنها لأنهم لأننا بسبب بعدما وبعدما')
RELAT = NW('الذي التي الذين اللذين اللتين اللذان اللتان والتي والذي والذين من ما ممن مما بمن بما لمن لما')
RELAT0 = NW('الذي التي الذين اللذين اللتين اللذان اللتان والتي والذي والذين')
TIME = NW('عندما حين حينما بعدما قبلما منذ وقبل وبعد')
CONTRAST = NW('لكن لكنه لكنها لكنهم ولكن ولكنه ولكنها بل إلا بينما فيما أما وأما غير بيد')
CONCESS = NW('رغم برغم بالرغم الرغم ورغم صحيح')
COND = NW('إذا لو شرط')
PREP = NW('على ضد مع عن من في إلى بين خلال بعد قبل حول بشأن لدى تجاه إزاء نحو عبر منذ حتى أثناء عند قرب بحق حيال وفي ومن وعلى وإلى وعن ومع وبين وسط داخل وراء دون بدون أمام')
OBJ_PRON = NW('معها معهم بها بهم عليها عليهم إليها إليهم لها لهم ضدها ضدهم عنها عنهم فيها منها منهم نحوها تجاهها حيالها إزاءها')
NEG = NW('لا لم لن ليس ليست لسنا ليسوا ولا ولم ولن وليس وليست فلا فلم فلن غير دون بدون عدم وعدم بلا بعدم لعدم')
BEFORE = NW('قبل قبلما وقبل')
RELIEF = NW('إعفاء استثناء رفع تخفيف تعليق إلغاء إنهاء وقف تجميد إعفاءات استثناءات الإعفاء الاستثناء')
LIGHT = ('اجر', 'يجر', 'تجر', 'عقد', 'يعقد', 'تعقد', 'وقع', 'يوقع', 'توقع', 'ابرم', 'تبادل', 'يتبادل', 'جر', 'يجري', 'تجري', 'شهد', 'انعقد', 'التق')
YEARS = NW('عام عاما سنة سنوات أعوام عقد عقدين عقود سنين عامين سنتين')
PAST = NW('التسعينات التسعينيات الثمانينات الثمانينيات آنذاك حينها حينذاك وقتذاك سابقا')
NOW = NW('اليوم الآن حاليا راهنا الراهن حالياً')
BECAUSE = NW('بعد بسبب إثر عقب جراء نتيجة مع ظل وسط بعدما لأن إذ حيث من يد أيدي')
WITHOUT = NW('بلا بدون دون غياب بغياب تغيب يغيب استبعاد إقصاء غير')
REQUEST = NW('مطلب مطالب مطالبة مطالبه مطلبها مطالبها طلب طلبات')
TOLD = NW('علما يذكر يشار الجدير يذكر وذكر تذكر وذكرت')
COPULA = NW('كان كانت تكون يكون ليس ليست بات باتت أصبح أصبحت صار صارت يعد تعد يعتبر تعتبر تبقى يبقى تظل يظل غير')
ALLEGED = NW('مزعوم مزعومة المزعوم المزعومة مفترض مفترضة المفترض المفترضة')
TEXTS = NW('قرار قرارا مشروع قانون قانونا خطة نص بيان اتفاق اقتراح مبادرة مسودة إجراء تدبير')
SCOURGES = ('ارهاب', 'داعش', 'مخدر', 'تطرف', 'مهرب', 'تهريب', 'افيون')
def _stem(x):
    for f in ('وال', 'بال', 'فال', 'كال', 'ولل', 'ال', 'لل'):
        if x.startswith(f): return x[len(f):]
    return x[1:] if x[:1] in 'بلو' and len(x) > 4 else x
HIDE = NW('تخف يخف تخفي يخفي أخفى أخفت يخفوا يكتم تكتم يتردد تتردد يترددوا تخلو تخل يخل يخلو')
SUFFERED = NW('مقتل قتل اغتيال خطف اختطاف احتجاز أسر إصابة جرح إعدام اعتقال سجن')
ATTACKS = NW('هجوم هجمات هجمة هجومين هجوما اعتداء اعتداءات تفجير تفجيرات عملية عمليات مجزرة مجازر غارات اجتياح تقدم')
PURPOSE = NW('السلام سلام المصالحة مصالحة التسوية تسوية التعاون تعاون العلاقات الاستقرار استقرار التجارة التجاري الاقتصاد الاقتصادي الاستثمار مكافحة محاربة الحوار المفاوضات التفاوض الإرهاب المعلومات صيغة مشاورات محادثات مباحثات')
SIGNED = ('وقع', 'برم', 'ابرم', 'صادق', 'قع')
DEALS = NW('اتفاق اتفاقية اتفاقيات اتفاقات عقد عقود مذكرة مذكرات صفقة صفقات معاهدة بروتوكول')
INNA = NW('إن وإن فإن بإن لأن')
STILL = NW('زال زالت يزال تزال يزالون زالوا نزال مازال مازالت لايزال لاتزال')
TAKEN_BY = NW('لدى قبل يد أيدي جانب بيد')
NOT_ONLY = NW('فقط وحده فحسب شك سيما')
SAVE = NW('سوى')
ASKED = NW('سئل سئلت سأل سؤال أسئلة سؤالا وسئل سأله سألته لبحث بحث ناقش مناقشة لمناقشة تناول تناولت بحثا بحثت ناقشا ناقشت')
WISHES = frozenset({'demand','opposes','concern','denial','accusation','intends','considers','calls_for','threat','alert','distrust','cutting','welcomes','affirms'})
JUDGING = frozenset({'conduct', 'quality'})

@dataclass
class Seg:
    start: int; end: int; kind: str

@dataclass
class Event:
    cue: object; seg: int; made: str | None = None; cat: str = ''; toward: bool = False; agent: str | None = None; how: str = ''; patient: str | None = None; outright: bool = True
    ops: list = field(default_factory=list); parent: 'Event|None' = None; voice: str | None = None; agent_own: bool = False

@dataclass
class Evidence:
    holder: str; code: int; category: str; ops: tuple; voice: str | None; rule: str; outright: bool; start: int; end: int; background: bool = False; person: str | None = None

from discourse.reading.grammar.parsing import parse
from discourse.reading.stance.shapes import Cue as Made

def segment(words, tokens):
    """finite clauses of a sentence: their stretches, and the clause of each word"""
    from dataclasses import replace as put
    full = parse(words, tokens)
    keep = [c for c in full if c.kind in ('verb', 'nominal') or c.relation in ('main',)]
    number = {c.number: k for k, c in enumerate(keep)}
    by = {c.number: c for c in full}
    def up(n):
        seen = 0
        while n is not None and n not in number and seen < 9: n = by[n].parent; seen += 1
        return None if n is None or n not in number else number[n]
    segs = [put(c, parent=up(c.parent)) for c in keep]
    segs = [put(c, parent=None if c.parent == k else c.parent) for k, c in enumerate(segs)]
    of = [0]*len(words)
    for k in sorted(range(len(segs)), key=lambda k: (segs[k].start, -segs[k].end)):
        for i in range(max(0, segs[k].start), min(len(words), segs[k].end)): of[i] = k
    # words of the clauses left out belong to the clause around them
    for c in sorted(full, key=lambda c: c.start):
        if c.number in number: continue
        k = up(c.number)
        if k is None: continue
        for i in range(max(0, c.start), min(len(words), c.end)):
            if not any(x.start <= i < x.end for x in segs): of[i] = k
        if segs[k].end <= c.start and not any(segs[k].end < x.start <= c.start for x in segs) or segs[k].start <= c.start <= segs[k].end: segs[k] = put(segs[k], end=max(segs[k].end, c.end))
    if not segs: segs = [Empty]
    return segs, of

from discourse.reading.grammar.model import Clause as _C
Empty = _C(0, 0, 0, -1, 'nominal')

def group(c): return 'judgement' if c.role in ('conduct', 'quality', 'fate', 'fight') else 'act'

class Reader:
    """Reads one sentence."""
    def __init__(self, s, state):
        from dataclasses import replace as put
        self.s = s; self.words = s.words; self.m = s.mentions; self.state = state; self.target = s.target
        self.segs, self.seg = segment(self.words, self.s.tokens)
        finite = {c.predicate for c in self.segs if c.kind == 'verb'}
        self.cues = self._cues([put(c, verb=(c.verb or c.start in finite and c.pattern in s.verbal) and not (c.pattern in s.nouns and self.words[c.start].lstrip('وف')[:1] in 'لب' and len(self.words[c.start]) > 4)) for c in s.cues])
        self.verbs = {c.start for c in self.cues if c.verb} | set(s.verbs)
        self.pred = {c.predicate: c for c in self.segs if c.predicate >= 0}
        self.verbs |= {c.predicate for c in self.segs if c.kind == 'verb'}
        self.subjects = {}; self.subject_mention = {}

    def _cues(self, cues):
        out = []
        for c in sorted(cues, key=lambda c: (c.start, -(c.end-c.start))):
            if any(o.start <= c.start and o.end >= c.end and (o.end-o.start) > (c.end-c.start) and (group(o) == group(c) or o.category in ('delisting', 'neutrality', 'denial')) for o in cues): continue
            if any(o.start == c.start and o.end == c.end and o.category == c.category for o in out): continue
            if c.verb and c.start and self.words[c.start-1] in INNA: continue
            if c.role == 'fight':
                if not any(m.start >= c.start and m.start < c.end + 6 and m.actor in self.s.roles.militants for m in self.m): continue
                from dataclasses import replace as put
                c = put(c, role='conduct')
            if any(m.start <= c.start and c.end <= m.end and not m.anaphor for m in self.m): continue
            if c.category == 'force' and any(_stem(x).startswith(SCOURGES) for x in self.words[c.start:c.end+2]) and not any(m.start < c.end + 2 and m.end > c.start and m.actor == self.target and not m.anaphor for m in self.m): continue
            if any(o.category == 'delisting' and o.end - 1 <= c.start <= o.end + 3 for o in cues) and c.category in ('sanctions', 'designation', 'enmity'): continue
            out.append(c)
        return out

    # voices
    def voice(self, place):
        best = None
        for a, b, who in self.s.quoted:
            if a <= place < b and (best is None or b-a <= best[1]-best[0]): best = (a, b, who)
        if best is None: return None
        return best[2] or '?'

    def actor(self, m):
        if m is None: return None
        if m.actor != OWN_COUNTRY: return m.actor
        v = self.voice(m.start)
        if v and v != '?': return v
        for o in self.m:
            if o.start < m.start and o.actor not in (OWN_COUNTRY, 'private') and o.actor not in self.s.roles.militants: return o.actor
        return self.state.speaker

    def mention_at(self, place):
        return next((m for m in self.m if m.start <= place < m.end), None)

    def oblique(self, m):
        before = self.words[m.start-1] if m.start else ''
        if before in QUOT and m.start > 1: before = self.words[m.start-2]
        return bool(m.marked) or before in PREP

    def antecedent(self, place, voice, judged=False):
        """who a pronoun at place stands for; of the one judged the target is thought first"""
        w = self.words[place]
        form = 'f' if w.endswith(('ها', 'هي')) else 'p' if w.endswith(('هم', 'هؤلاء', 'هما')) else 'm'
        before = [m for m in self.m if m.end <= place and m.actor != 'private' and not m.actor.startswith('in_') and m.actor != OWN_COUNTRY]
        fits = [m for m in before if self._fits(m, form)]
        t_here = any(self.actor(m) == self.target for m in fits)
        if voice and voice != '?' and not judged:
            mine = [m for m in before if self.actor(m) == voice]
            if form == 'p': pass
            elif mine:
                g = self.s.gender(mine[0]) or self.s.gender(mine[-1])
                if g == form or (g is None and form == 'm'): return voice
                if g is None and not t_here: return voice
            elif not t_here and not fits:
                g = self.state.gender
                if g in (form, None) : return voice
        others = [m for m in fits if self.actor(m) != voice]
        if judged and self.target != voice:
            if others and self.actor(others[-1]) not in (self.target,) and not any(self.actor(m) == self.target for m in others): return self.actor(others[-1])
            if t_here or self.state.salient: return self.target
        if others: return self.actor(others[-1])
        if voice is None and fits: return self.actor(fits[-1])
        if voice and not self.state.salient: return voice
        return self.target if self.state.salient and form != 'm' else voice

    def _fits(self, m, form):
        g = self.s.gender(m)
        if form == 'p': return self.actor(m) == self.target or g != 'f' and not m.person
        return g is None or g == form

    def subject(self, place, depth=0):
        """actor that is the subject of the verb at place; (actor, how). actor None: a stranger; how '' when nothing."""
        if place in self.subjects: return self.subjects[place]
        self.subjects[place] = (None, '')
        got = self.subjects[place] = self._subject(place, depth)
        return got

    def _subject(self, place, depth):
        w = self.words; verb = w[place]
        bare = verb.lstrip('وف') if len(verb) > 3 else verb
        if bare[:1] == 'س' and len(bare) > 4: bare = bare[1:]
        v = self.voice(place)
        if v and (bare[:1] == 'ن' and len(bare) >= 4 and bare[:2] not in ('نف', 'نق', 'نش', 'نج', 'ند', 'نظ', 'نه', 'نص', 'نب', 'نع', 'نس', 'نح') or bare.endswith('نا')):
            return v, 'we'
        near = self._near_subject(place, bare, v)
        if near is not None: return near
        c = self.pred.get(place)
        if c is None:
            c = self.segs[self.seg[place]]
            if c.kind != 'verb' and c.subject is None or c.predicate == place: pass
        p = c.subject
        if p is not None:
            got = self._who(p, place, v)
            if got is not None: return got
        seg = c
        left = self._left(place, self.segs[self.seg[place]]) if p is None else None
        if left: return left
        if c.relation == 'relative':
            for m in reversed(self.m):
                if c.start - 3 <= m.end <= c.start and not m.actor.startswith('in_'): return self.actor(m), 'relative'
        if p is not None and not p.pronoun: return None, 'stranger'
        k = c
        hops = 0
        while k.parent is not None and hops < 6:
            k = self.segs[k.parent]; hops += 1
            if v is not None and self.voice(max(k.predicate, k.start)) != v: break
            if k.predicate >= 0 and k.predicate != place:
                a, how = self.subject(k.predicate, depth + 1) if depth < 6 else (None, '')
                if a: return a, 'carried'
        if v is not None: return v, 'voice'
        if self.state.speaker and not any(m.end <= place for m in self.m): return self.state.speaker, 'topic'
        return None, ''

    def _near_subject(self, place, bare, v):
        """the actor right behind the verb that agrees with it, or the pronoun right before"""
        w = self.words
        j = place - 1
        while j >= 0 and (w[j] in NEG or w[j] in NW('قد سوف لقد')): j -= 1
        if j >= 0 and w[j] in THAT_PRON and w[j] not in NW('لكنها غيرها'):
            return self.antecedent(j, v), 'pronoun'
        if j >= 0 and w[j] in WE: return v or self.state.speaker, 'we'
        m = next((m for m in self.m if m.end == j + 1), None)
        if m is not None and not m.actor.startswith('in_') and m.actor not in ('private', 'opponents') and not self.oblique(m) and m.start and (self.words[m.start-1] in THAT or self.words[m.start-1] in HARD):
            self.subject_mention[place] = m
            return self.actor(m), 'sv'
        she = bare.endswith('ت') or bare[:1] == 'ت' and not bare.endswith(('وا', 'ون'))
        i = place + 1
        while i < len(w) and w[i] in QUOT: i += 1
        m = self.mention_at(i)
        if m is not None and m.start == i and not m.marked and not m.actor.startswith('in_') and m.actor != 'private':
            g = self.s.gender(m)
            bound = any(c.start <= place and i < c.end for c in self.cues)
            if g == 'f' and she or g == 'm' and not she or (g is None and m.actor != self.target):
                if not (bare.endswith(('ها', 'هم')) and len(bare) > 4) :
                    self.subject_mention[place] = m
                    return self.actor(m), 'vs'
        return None

    def _who(self, p, place, v):
        """actor of a phrase"""
        w = self.words
        if p.pronoun and p.end - p.start == 1 and (w[p.start] in THAT_PRON or w[p.start] in OBJ_PRON or p.start == place):
            if p.start == place: return None
            a = self.antecedent(p.start, v)
            return (a, 'pronoun') if a else None
        if any(x in WE for x in w[p.start:p.end]): return v or self.state.speaker, 'we'
        end = p.end
        for m in self.m:
            if m.start < p.start or m.start >= end + (m.start == end and not self.oblique(m) and end < len(w) and w[end] not in HARD): continue
            if m.actor.startswith('in_'): continue
            self.subject_mention[place] = m
            return self.actor(m), ('carried' if p.pronoun else 'vs')
        if end + 1 < len(w) and w[end] == 'من':
            m = self.mention_at(end + 1)
            if m is not None and m.actor == self.target: return self.target, 'vs'
        # an apposition behind a comma
        if end < len(w) and w[end] == '،':
            for m in self.m:
                if end < m.start <= end + 6 and not any(x in HARD for x in w[end+1:m.start]) and not m.actor.startswith('in_') and not any(end < x <= m.start for x in self.verbs):
                    self.subject_mention[place] = m
                    return self.actor(m), 'vs'
        back = self.state.short(w[p.head])
        if back: return back, 'short'
        return None, 'stranger'

    def _left(self, place, seg):
        w = self.words
        for i in range(max(0, seg.start), min(seg.start+2, place)):
            if w[i] in WE: return self.voice(place) or self.state.speaker, 'we'
        for m in self.m:
            if seg.start <= m.start < place and not m.actor.startswith('in_'):
                if self.oblique(m): 
                    continue
                if any(c.start < m.start <= c.end + 1 and c.start >= seg.start and not c.verb for c in self.cues): continue
                if any(x in self.verbs and x < m.start for x in range(seg.start, m.start)): continue
                self.subject_mention[place] = m
                return self.actor(m), 'sv'
        for i in range(seg.start, min(seg.start+2, place)):
            if w[i] in THAT_PRON: return self.antecedent(i, self.voice(place)), 'pronoun'
        return None

    # events
    def read(self):
        evs = []
        for c in self.cues:
            e = Event(c, self.seg[c.start]); e.voice = self.voice(c.start)
            evs.append(e)
        self.events = evs
        self._constructs(); evs = self.events
        for e in evs: self._ops(e) if not (e.made and e.cue.role == 'quality') else None
        for e in evs: self._parent(e)
        for e in evs: self._said(e)
        for e in evs:
            seen, q = {id(e)}, e
            while q.parent is not None:
                if id(q.parent) in seen: q.parent = None; break
                q = q.parent; seen.add(id(q))
        for e in evs: self._agent(e)
        for e in evs: self._patient(e)
        out = []
        for e in evs: out += self._evidence(e)
        return out

    def _constructs(self):
        """it is on X to: an obligation that the speaker lays on X"""
        w = self.words; TO = NW('أن ألا أل')
        for i, x in enumerate(w):
            bare = x.lstrip('وف') if x[:1] in 'وف' else x
            who = None; end = None
            if bare in NW('على ل') or (bare in NW('ينبغي يجب يتعين') and False):
                for m in self.m:
                    if i < m.start <= i + 3 and m.end < len(w) and any(y in TO for y in w[m.end:m.end+2]) and not any(y in PREP or y in HARD for y in w[i+1:m.start]):
                        who, end = self.actor(m), m.end
            elif bare in NW('عليها عليهم عليه') and i + 1 < len(w) and w[i+1] in TO:
                who, end = self.antecedent(i, self.voice(i)), i + 1
            if who is None or end is None: continue
            if i and any(c.start <= i < c.end for c in self.cues): continue
            cat = 'demand' if who == self.target else 'calls_for'
            c = Made(i, end, cat, '', -1 if cat == 'demand' else 1, 1.0, 'act' if cat == 'demand' else 'attitude', False)
            e = Event(c, self.seg[i]); e.voice = self.voice(i); e.made = who
            self.events.append(e)
        for k in self.segs:
            if k.kind != 'verb' or k.predicate < 0 or not w[k.predicate].lstrip('وفسيتن').startswith(SIGNED): continue
            span = range(k.predicate + 1, min(k.end, k.predicate + 16))
            deal = next((i for i in span if _stem(w[i]) in DEALS or _stem(w[i]).rstrip('ا') in DEALS), None)
            if deal is None or any(o.cue.category == 'agreement' and o.cue.start <= deal < o.cue.end for o in self.events): continue
            c = Made(k.predicate, k.predicate + 1, 'agreement', '', 1, 2.0, 'act', True)
            e = Event(c, self.seg[k.predicate]); e.voice = self.voice(k.predicate)
            self.events = [o for o in self.events if o.cue.category not in ('trade', 'cooperation') or not (k.predicate <= o.cue.start < k.end)]
            self.events.append(e)
        for m in self.m:
            if self.actor(m) != self.target: continue
            k = self.segs[self.seg[m.start]]
            before = w[max(0, m.start-4):m.start]
            if any(x in WITHOUT or x[1:] in WITHOUT for x in before) and any(x in NEG for x in w[max(0, m.start-14):m.start-1]) :
                c = Made(m.start, m.end, 'good_quality', '', 1, 1.0, 'quality', False)
                e = Event(c, self.seg[m.start]); e.voice = self.voice(m.start); e.made = self.target; e.patient = self.target
                self.events = [o for o in self.events if not (m.start - 12 <= o.cue.start < m.start and o.cue.category in ('contact', 'dialogue', 'agreement', 'mediation', 'cooperation'))]
                self.events.append(e)
                break
        self.events.sort(key=lambda e: e.cue.start)

    def _ops(self, e):
        c, w = e.cue, self.words
        seg = self.segs[e.seg]
        own = self.pred.get(c.start)
        before = w[max(seg.start, c.start-4):c.start]
        ops = []
        clause = own if own is not None else seg
        names = set(clause.operators)
        light = own is None and seg.predicate >= 0 and seg.predicate < c.start and not any(o.cue.start <= seg.predicate < o.cue.end for o in self.events)
        subject_of = own is None and seg.kind == 'verb' and seg.subject is not None and seg.subject.start <= c.start < max(seg.subject.end, seg.predicate if seg.subject.start < seg.predicate else 0) and not any(o.cue.start <= seg.predicate < o.cue.end for o in self.events)
        if own is None and not light and not subject_of: names = set()
        near = [x for x in before[-3:]]
        direct = any(x in NEG for x in near) and not any(x in NOT_ONLY for x in w[max(seg.start, c.start-3):c.end+2])
        if own is None and near and any(x in NEG for x in near):
            i = max(k for k in range(max(seg.start, c.start-3), c.start) if w[k] in NEG)
            if any(k in self.verbs and k != c.start for k in range(i, c.start)) and not light: direct = False
            if any(o is not e and i < o.cue.start < c.start for o in self.events): direct = False
        if direct and near:
            i = max((k for k in range(max(seg.start, c.start-3), c.start) if w[k] in NEG), default=-1)
            if i >= 0 and any(o is not e and o.cue.start <= i < o.cue.end - 1 and o.cue.end <= c.start for o in self.events): direct = False
        if any(x in NEG for x in w[c.start:c.end]): direct = False; names.discard('negation')
        if any(w[k] in HIDE and k and w[k-1] in NEG for k in range(seg.start, c.start)): direct = False; names.discard('negation')
        if any(x in SAVE for x in w[seg.start:c.start]): direct = False; names.discard('negation')
        if 'still' in names or any(x in STILL for x in w[max(seg.start, c.start-5):c.start]): direct = False; names.discard('negation')
        if 'no_longer' in names: ops.append('no_longer')
        elif 'not_yet' in names: ops.append('negation')
        elif ('negation' in names or direct) : ops.append('negation')
        elif c.end < len(w) and any(c.start <= k < c.end and w[k] in NEG for k in range(c.start, c.end)) and False: pass
        if 'stop' in names: ops.append('stop')
        if 'if' in names or seg.relation == 'condition' or any(x in COND for x in before): ops.append('if')
        if 'question' in names or ('؟' in w[c.end:] and self.s.title): ops.append('question')
        if c.role == 'conduct' or c.category in ('recognition', 'dialogue', 'contact'):
            k = e.seg; early = False
            for _ in range(3):
                x = self.segs[k]
                if x.relation == 'time' and any(y in BEFORE for y in w[max(0, x.start-1):x.start+2]): early = True
                if x.parent is None: break
                k = x.parent
            if early or seg.relation == 'time' and any(x in BEFORE for x in w[max(0,seg.start-1):seg.start+2]) or (not c.verb and any(x in BEFORE for x in before[-2:])): ops.append('condition')
        if c.category in ('sanctions', 'designation') and any(x in RELIEF or x[1:] in RELIEF for x in w[max(0, c.start-5):c.start]): ops.append('relief')
        if c.category in ('support', 'arming') and any(x in ALLEGED for x in w[c.end:c.end+3]): ops.append('alleged')
        if 'must' in names: ops.append('demand' if c.role in ('conduct',) else 'calls_for')
        if 'may' in names: ops.append('may')
        if 'would' in names: ops.append('would')
        # a condition that hangs on its clause
        if 'if' not in ops and c.role == 'act' and c.category in ('recognition','delisting','support','cooperation','dialogue','agreement','accreditation','trade','force'):
            for k, x in enumerate(self.segs):
                if x.relation == 'condition' and x.parent is not None and x.start >= c.end and (x.parent == e.seg): ops.append('if'); break
        # a topic: asked about, to discuss
        i = c.start - 1
        while i >= seg.start and w[i].startswith('ال') is False and i > c.start - 2: i -= 1
        back = w[max(seg.start, c.start-4):c.start]
        if not c.verb and any(x in ASKED for x in back): ops.append('question')
        e.ops = ops

    def _said(self, e):
        """who says or thinks it, by the verb of saying above it; not said: neither"""
        if e.cue.category == 'affirms' or e.made: return
        k = e.seg; best = None
        for hop in range(4):
            here = [o for o in self.events if o.cue.category == 'affirms' and o.cue.verb and o.seg == k and o.cue.start < e.cue.start and o is not e]
            if here and (hop or e.cue.role in ('quality',)): best = here[-1]; break
            up = self._above(k)
            if up is None or self.segs[k].relation not in ('complement', 'apposition', 'coordinated'): break
            k = up
        if best is None: return
        if 'negation' in best.ops: e.ops.append('unsaid'); return
        a, how = self.subject(best.cue.start)
        verb = self.words[best.cue.start].lstrip('وف')
        masculine = not verb.startswith('ت') and not verb.endswith('ت')
        if e.voice == self.target and a in (None, self.target) and masculine and best.cue.end < len(self.words) and self.mention_at(best.cue.end) is not None:
            a = self.state.speaker; how = 'vs'
        if how in ('vs', 'sv', 'short', 'relative', 'stranger') and a != e.voice:
            if a is None and how == 'stranger' and e.voice: e.voice = '?'
            elif a == 'private': e.voice = '?'
            elif a is not None: e.voice = a

    def _above(self, k):
        """the clause that a clause depends on; a coordinated complement stands beside the one before"""
        c = self.segs[k]
        if c.parent is None: return None
        marker = self.words[c.marker] if c.marker is not None else ''
        if c.relation == 'complement' and marker[:1] in 'وف' and marker[:1]:
            p = self.segs[c.parent]
            while p.relation == 'complement' and p.parent is not None and self.words[p.marker][:1] == 'و' if p.marker is not None else False: p = self.segs[p.parent]
            if p.relation == 'complement' and p.parent is not None: return p.parent
        return c.parent

    def _parent(self, e):
        c = e.cue; best = None
        path = {}
        k, rel = e.seg, []
        path[k] = ()
        for _ in range(6):
            up = self._above(k)
            if up is None: break
            r = self.segs[k].relation
            rel.append(r)
            if r == 'relative' and self.segs[k].marker is not None and self.words[self.segs[k].marker] in NW('ما مما بما عما'): r = 'complement'
            if r == 'relative' and self.segs[k].start and any(x in TEXTS or x[2:] in TEXTS for x in self.words[max(0, self.segs[k].start-3):self.segs[k].start]): r = 'complement'
            if r == 'cause' and self.segs[k].start and any(o.cue.end in (self.segs[k].start, self.segs[k].start - 1) and o.cue.category in ('criticism', 'welcomes', 'condemnation', 'concern') for o in self.events): r = 'complement'
            if r not in ('complement', 'coordinated', 'apposition') : break
            if r == 'coordinated':
                if self.segs[up].relation not in ('complement', 'purpose') and self.segs[k].kind == 'verb': break
                k = up
                if self.segs[k].kind != 'verb': path[k] = tuple(rel)
                continue
            k = up
            path[k] = tuple(rel)
        for o in self.events:
            if o is e or o.cue.start >= c.start: continue
            if o.cue.role != 'attitude' and o.cue.category not in ('concern','criticism','condemnation','demand','distrust','cutting'): continue
            if o.cue.category in ('affirms','neutrality'): continue
            if o.seg not in path: continue
            gap = self.words[o.cue.end:c.start]
            if len(gap) > 24 or any(x in SENT or x == ':' for x in gap): continue
            if any(x.cue.category == 'affirms' and x.cue.verb and o.cue.end <= x.cue.start < c.start and self.words[x.cue.start][:1] in 'وف' for x in self.events): continue
            if c.category == 'denial' and o.cue.category == 'accusation': continue
            if not o.cue.verb and o.cue.pattern in self.s.adjectives and not any(x in THAT for x in gap) and len(gap) > 1: continue
            if not o.cue.verb and o.made is None and any(x in self.verbs and x != c.start and self.words[x-1] not in THAT for x in range(o.cue.end, c.start)): continue
            if o.seg == e.seg:
                if '،' in gap and len(gap) > 6: continue
                if c.verb and o.cue.verb and o.made is None: continue
            best = o
        if best is None and not c.verb and self.words[c.start][:1] == 'و':
            prior = [o for o in self.events if o.cue.end <= c.start <= o.cue.end + 12 and o.seg == e.seg and not o.cue.verb and o.parent is not None]
            if prior: e.parent = prior[-1].parent; return
        if best is None or best.seg != e.seg:
            o = self._predicate_of(e)
            if o is not None:
                e.parent = o
                return
        e.parent = best

    def _same_complement(self, k, up):
        return self.segs[up].relation == 'complement'

    def _predicate_of(self, e):
        """the attitude that is said of a noun: recognition is premature"""
        c = e.cue
        if c.verb or c.role in JUDGING: return None
        seg = self.segs[e.seg]
        if any(seg.start <= x < c.start for x in self.verbs): return None
        if any(o.cue.role == 'attitude' and seg.start <= o.cue.start < c.start for o in self.events): return None
        for o in self.events:
            k = o.cue
            if k.start <= c.start or k.start - c.end > 9: continue
            if o.seg != e.seg and not (k.start == self.segs[o.seg].start and not any(x in HARD for x in self.words[c.end:k.start])): continue
            if k.role != 'attitude' and k.category not in ('good_quality','bad_quality','cutting') : continue
            if k.category in ('affirms','accusation','neutrality'): continue
            if k.verb and not (self._passive(k) or k.category in ('considers','calls_for','denial','condition')): continue
            return o
        return None

    def _agent(self, e):
        c = e.cue; w = self.words; seg = self.segs[e.seg]
        if e.made:
            e.patient = e.made; a = self._governor_subject(e) if not e.voice else e.voice
            e.agent, e.how, e.agent_own = a, 'construct', True
            return
        if c.verb:
            e.agent, e.how = self.subject(c.start)
            e.agent_own = e.how in ('vs', 'sv', 'short')
            if self._passive(c): e.agent, e.how, e.agent_own = None, 'passive', False
            return
        if c.role == 'quality': return
        # noun: what follows
        gen = None
        for m in self.m:
            if m.start < c.end: continue
            if m.start > c.end + 2: break
            if any(o is not e and c.end <= o.cue.start < m.start for o in self.events): break
            if m.start >= seg.end and m.start > c.end: break
            between = w[c.end:m.start]
            if any(x in PREP or x in HARD or x in THAT or x in OBJ_PRON for x in between): break
            if m.marked: break
            if m.actor.startswith('in_'): break
            gen = m; break
        if gen is not None:
            a = self.actor(gen)
            later = [m for m in self.m if gen.end <= m.start < seg.end and (self.oblique(m) or True) and self.actor(m) != a]
            nisba = gen.start == c.end and self.s.nisba(gen)
            if a != self.target and _stem(w[c.start]).rstrip('ا') in SUFFERED and c.role in ('act', 'conduct', 'fate'): e.patient = a; return
            if a == self.target and (c.category in WISHES or _stem(w[c.start]) in ATTACKS and not (c.end < len(w) and w[c.end] in NW('على ضد'))): e.agent, e.how, e.agent_own = a, 'genitive', True; return
            if a == self.target and c.role in ('act', 'fate') and not nisba and not any(self.oblique(m) for m in later):
                e.patient = a
            elif a == self.target and c.category in ('contact','dialogue','recognition','support','arming','delisting','force','sanctions','designation','invitation','condemnation','criticism') and not any(self.oblique(m) for m in later):
                e.patient = a
            else:
                e.agent, e.how, e.agent_own = a, 'genitive', True
                return
        for i in range(c.end, min(c.end + 3, len(w))):
            if (w[i] in TAKEN_BY or i == c.end and w[i] == 'من') and c.role == 'act':
                m = next((m for m in self.m if i < m.start <= i + 2), None)
                if m: e.agent, e.how, e.agent_own = self.actor(m), 'by', True; return
        word = w[c.start]
        if word.endswith(('ها', 'هم', 'ه')) and not word.endswith('ة') and len(word) > 4:
            a = None
            before = [m for m in self.m if m.end <= c.start and not m.actor.startswith('in_')]
            s = self._governor_subject(e)
            if s: a = s
            elif before: a = self.actor(before[-1])
            else: a = self.state.speaker
            if c.role == 'conduct' or e.patient is None and a == self.target:
                e.agent, e.how = a, 'possessive'; e.agent_own = True
                return
            e.agent, e.how = a, 'possessive'; e.agent_own = True
            return
        a = self._governor_subject(e)
        e.agent, e.how = a, 'governor'
        if a == self.target and c.role == 'act' and e.patient != self.target:
            other = next((self.actor(m) for m in self.m if seg.start <= m.start < c.start and not m.actor.startswith('in_') and self.actor(m) not in (self.target, None, 'private', 'opponents') and m.actor not in self.s.roles.militants and not self.oblique(m)), None)
            if other: e.agent, e.how, e.agent_own = other, 'benefactor', True

    def _governor_subject(self, e):
        """subject of the clause in which a noun stands"""
        c = e.cue; k = e.seg
        v = self.voice(c.start)
        if e.parent is not None and e.parent.agent is None and not e.parent.how: self._agent(e.parent)
        if e.parent is not None and e.parent.agent and (self.voice(e.parent.cue.start) == v or True):
            if e.parent.cue.category in ('accusation',):
                return self._accused(e.parent)
            return e.parent.agent
        seg = self.segs[k]
        vs = [x for x in sorted(self.verbs) if seg.start <= x < c.start]
        for x in reversed(vs):
            a, how = self.subject(x)
            if a: return a
        l = self._left(c.start, seg)
        if l and l[0] != self.target: return l[0]
        if v: return v if v != '?' else None
        if k > 0:
            vs = [x for x in sorted(self.verbs) if x < c.start]
            for x in reversed(vs):
                a, how = self.subject(x)
                if a: return a
        return self.state.speaker if self.state.speaker != self.target else None

    def _accused(self, e):
        c = e.cue
        for m in self.m:
            if m.start >= c.end and m.start < c.end + 8 and m.actor != 'private':
                a = self.actor(m)
                if a == self.target and c.role != 'conduct' and not c.verb: break
                if a != e.agent: return a if a != self.target or c.verb else None
        if c.verb: return None
        for a in (e.parent.agent if e.parent is not None else None, self.voice(c.start), self.state.home):
            if a and a not in (e.agent, '?', self.target): return a
        return None

    def _accused_of(self, e):
        m = next((m for m in self.m if e.cue.end <= m.start <= e.cue.end + 3), None)
        return self.actor(m) if m is not None and (m.marked == 'ل' or m.start and self.words[m.start-1] in NW('ل إلى ضد')) else None

    def _passive(self, c):
        t = self.s.tokens[c.start] if c.start < len(self.s.tokens) else ''
        return 'ُ' in t[:3]

    def _patient(self, e):
        c = e.cue; w = self.words; seg = self.segs[e.seg]
        if e.made: return
        if c.role in JUDGING or c.role == 'quality': return self._appraised(e)
        if e.patient: return
        agent = e.agent
        end = seg.end
        cands = [m for m in self.m if m.start >= c.end - (1 if c.end-c.start>1 else 0) and m.start < end and not m.actor.startswith('in_')]
        inside = [m for m in self.m if c.start <= m.start < c.end]
        for m in inside + cands:
            a = self.actor(m)
            if a == agent and not (a == self.target and c.role == 'fate'): continue
            if m.start > c.end + 12: break
            if a in self.s.roles.militants and a != self.target and c.category != 'force':
                if any(self.actor(x) == self.target for x in cands): continue
            e.patient = a
            if m.anaphor and a == self.target and w[m.start] in FIGHTERS: e.outright = False
            if a == 'private' : e.patient = None; continue
            # opponents before target
            if a not in (self.target, 'opponents') :
                t = next((x for x in cands if x.start > m.start and x.start <= c.end + 12 and self.actor(x) == self.target and w[x.start-1] in NW('مع بين وبين من ضد') ), None)
                if t is None and c.category in MUTUAL and a in self.s.roles.militants: t = next((x for x in self.m if seg.start <= x.start < c.start and self.actor(x) == self.target and agent != self.target), None)
                if t is not None and c.category in ('dialogue','contact','cooperation','agreement','mediation','reassurance','trade','calls_for'): e.patient = self.target
            return
        # topicalised object / pronoun
        word = w[c.start]
        pron = (c.verb and word.endswith(('ها', 'هم')) and len(word) > 4) or any(x in OBJ_PRON for x in w[c.end:min(end, c.end+6)])
        if pron:
            a = self.antecedent(c.start, agent if agent else e.voice)
            if a and a != agent: e.patient = a; return
        if c.category in ('trade', 'cooperation', 'accreditation') and any(self.actor(m) == self.target for m in self.m) and agent != self.target: e.patient = self.target; return
        k = self.pred.get(c.start)
        if c.verb and k is not None and k.object is not None and not k.object.pronoun and not (c.start <= k.object.head < c.end): return
        if not c.verb and c.end < seg.end and w[c.end].startswith('ال') and not w[c.start].lstrip('وبلف').startswith('ال') and not self.mention_at(c.end) and c.end - c.start == 1 and c.category not in ('dialogue', 'contact', 'cooperation'): return
        # target as subject of a passive or nominal clause before
        for m in self.m:
            if seg.start <= m.start < c.start and self.actor(m) == self.target and agent != self.target and (c.verb or c.role == 'attitude' or c.category in ('designation', 'sanctions', 'delisting')):
                e.patient = self.target; e.outright = True; return
        if e.patient is None and e.parent is not None and e.parent.patient == self.target and e.parent.agent != self.target and agent != self.target and c.role in ('act', 'attitude'): e.patient = self.target; return
        if c.category in ('criticism', 'concern', 'condemnation', 'welcomes') and any(x in THAT or x in CAUSE for x in w[c.end:c.end+2]):
            k = next((x for x in self.segs if x.start >= c.end and x.start <= c.end + 2), None)
            if k is not None and k.subject is not None and not k.subject.pronoun and not any(k.subject.start <= m.start < k.subject.end + 1 and self.actor(m) == self.target for m in self.m): return
        # following clauses when joined by 'that'
        if e.patient is None and (self.state.salient or self.state.about and e.voice and e.voice != '?') and agent != self.target:
            near = any(self.actor(m) == self.target for m in self.m)
            if c.category in ('contact', 'dialogue', 'agreement', 'trade', 'invitation') and not e.agent_own and not (c.category == 'dialogue' and e.voice and e.voice not in ('?', self.target) and near): return
            if e.voice and e.voice != '?' and e.voice != self.target and (near or c.role in ('attitude',) or c.category in ('criticism','condemnation','concern','distrust','demand','reassurance','threat')):
                e.patient = self.target; e.outright = False

    def _appraised(self, e):
        c = e.cue; w = self.words; seg = self.segs[e.seg]
        if c.verb or (c.role == 'conduct' and e.agent and e.how in ('genitive', 'possessive')):
            e.patient = e.agent
            if c.verb and e.agent not in (None, self.target, 'private') and e.how in ('vs', 'sv', 'carried', 'we', 'voice', 'pronoun'):
                t = next((m for m in self.m if c.start < m.start <= c.end + 4), None)
                if t is not None and self.actor(t) == self.target and (not self.oblique(t) or t.marked) and not any(o is not e and o.cue.start == c.start and o.cue.role in ('act', 'attitude') for o in self.events): e.patient = self.target; e.toward = True; return
            k = self.pred.get(c.start)
            if c.verb and k is not None and k.subject is not None and k.subject.pronoun and (e.how in ('pronoun', 'carried')) and self.words[k.subject.start] in THAT_PRON:
                e.patient = e.agent = self.antecedent(k.subject.start, e.voice, True)
            e.outright = e.how not in ('topic','voice')
            if e.how in ('voice', 'topic', '', 'stranger') and e.voice and e.voice not in ('?', self.target) and (self.state.salient or self.state.about) and not any(self.actor(m) not in (self.target, e.voice) and not m.actor.startswith('in_') and m.actor != 'private' for m in self.m if m.end <= c.start and m.start >= c.start - 12): e.patient = self.target; e.outright = False
            return
        v = e.voice
        best = None
        if c.role == 'quality' and c.pattern in self.s.adjectives and c.start > seg.start:
            b = w[c.start-1]
            near = self.mention_at(c.start-1)
            if near is None and b not in THAT and b not in THAT_PRON and b not in HARD and b not in NEG and b not in QUOT and not (c.start-1 in self.verbs) and b not in COPULA and b not in PREP:
                if c.start - 1 > seg.start or self.segs[e.seg].kind == 'verb':
                    if b.startswith('ال') == w[c.start].lstrip('وب').startswith('ال') and not (c.start - 1 == seg.start + 1 and w[seg.start] in THAT): return
        k = self.segs[e.seg]
        if k.subject is not None and not k.subject.pronoun and (k.predicate == c.start or k.predicate < 0 or k.kind == 'nominal'):
            m = next((m for m in self.m if k.subject.start <= m.start < k.subject.end and not m.actor.startswith('in_') and m.actor != 'private'), None)
            if m is not None and (self.actor(m) != v or v is None): best = self.actor(m)
        for m in self.m if best is None else ():
            if m.actor.startswith('in_') or m.actor == 'private': continue
            if seg.start <= m.start and m.end <= c.start:
                a = self.actor(m)
                if a != v or v is None: best = a if best is None or not self.oblique(m) else best
        if best is None:
            for i in range(seg.start, c.start):
                if w[i] in THAT_PRON: best = self.antecedent(i, v, True); break
        if best is None:
            for m in self.m:
                if m.start >= c.end and m.start <= c.end + 3 and m.start < seg.end and (v is None or self.actor(m) != v): best = self.actor(m); break
        if best is None and self.words[seg.start][:1] == 'و' or best is None and c.start and self.words[c.start][:1] == 'و':
            prior = [o for o in self.events if o.cue.end <= c.start <= o.cue.end + 10 and o.cue.role in ('quality', 'conduct') and o.patient]
            if prior: best = prior[-1].patient; e.outright = prior[-1].outright
        if best is None and e.parent is not None and e.parent.patient: best = e.parent.patient
        if best is None:
            b = [m for m in self.m if m.end <= c.start and not m.actor.startswith('in_') and (self.actor(m) != v)]
            if b and c.role == 'quality': best = self.actor(b[-1]); e.outright = False
        if best is None and c.role == 'quality' and (self.state.salient or self.state.about and v and v != '?'): best = self.target; e.outright = False
        e.patient = best

    def _evidence(self, e):
        c = e.cue; out = []
        T = self.target
        cat = e.cat = c.category
        if e.patient == 'opponents' and c.role == 'fate' and cat.startswith('fate'):
            cat = e.cat = 'fate_bad' if cat == 'fate_good' else 'fate_good'; e.patient = T
        if cat == 'accusation':
            who = e.patient if c.verb else self._accused_of(e)
            if who == T and e.agent not in (None, T, '?', 'private') and 'negation' not in e.ops:
                return self._chain(e, e.agent, -2, 'accuses') if e.parent is None else []
            return []
        if cat in ('affirms', 'opponents'): return []
        if cat in ('denial',) : pass
        patient = e.patient
        ops = list(e.ops)
        role = c.role
        if patient == 'opponents':
            code = compose(cat, ops)
            if code is None or role != 'act' or cat not in ('support', 'arming', 'agreement', 'cooperation', 'recognition', 'force', 'accreditation', 'trade', 'invitation', 'welcomes'): return []
            flipped = {2: -2, 1: -1, 0: 0, -1: 1, -2: 1}[code]
            if 'negation' in ops: flipped = 0
            holder = e.agent or e.voice
            return self._chain(e, holder, flipped, 'enemies')
        circ = cat in ('alert', 'concern')
        if patient != T and not circ and cat != 'denial' and not (e.agent == T and cat in MUTUAL): return []
        if cat == 'concern' and patient != T:
            if not self._circumstance(e): return []
        elif circ and patient != T:
            if not (any(self.actor(m) == T for m in self.m) or self.state.salient and e.agent_own): return []
            if not any(self.actor(m) == T for m in self.m): e.outright = False
        if cat == 'concern' and patient == T and not e.outright and not any(self.actor(m) == T for m in self.m): return []
        if circ and patient == T and not e.outright and cat == 'concern' and any(m.start >= c.end and m.start < c.end + 8 and self.actor(m) not in (T, None) and m.actor in self.s.roles.militants for m in self.m): return []
        if cat in ('condition', 'considers') and patient != T: return []
        if role == 'fate' and c.verb and e.agent == T and self.s.slots.get(c.pattern) == 'object' and not self._passive(c): return []
        if role == 'fate' and c.verb and patient == T and e.agent not in (None, T, 'private') and e.how in ('vs', 'sv', 'short', 'carried', 'we', 'pronoun', 'voice') and any(m.start >= c.start and self.actor(m) == T for m in self.m) and 'question' not in ops:
            cat = 'force' if c.polarity < 0 else 'support'; role = 'act'; e.agent_own = True
            return self._chain(e, e.agent, compose(cat, ops), cat)
        if role == 'fate' and e.parent is None: return []
        if e.toward:
            cat = {'violence': 'hostility', 'bad_conduct': 'cutting', 'good_conduct': 'cooperation', 'partnership': 'support', 'good_quality': 'cooperation', 'enmity': 'hostility', 'bad_quality': 'criticism'}[cat]; role = 'act'
            if e.agent != T: return self._chain(e, e.agent, compose(cat, ops), cat)
        kids = [o for o in self.events if o.parent is e]
        if (role == 'attitude' and any(k.patient == T for k in kids) or cat == 'demand' and any(k.patient == T and k.cue.role in ('conduct', 'fate', 'quality') for k in kids)) and cat not in ('welcomes',): return []
        if role == 'attitude' and cat in ('calls_for','intends','affirms') : return []
        if cat == 'denial':
            h = e.agent if c.verb or e.agent_own else (e.voice or e.agent)
            if 'negation' in ops or h in (None, T, '?', 'private') or any(k.cue.role == 'act' for k in kids): return []
            return [Evidence(h, 0, 'denial', (), h, 'denial', False, c.start, c.end, self._background(e))]
        if cat == 'dialogue' and e.parent is None and not ops and (not c.verb and self._light(e) or any(self.words[c.start].lstrip('وفس').startswith(x) for x in LIGHT)) and not self.words[c.start].lstrip('وال').startswith('حوار'): cat = 'contact'
        if cat == 'contact' and not ops and e.parent is None and any(x in PURPOSE or x[1:] in PURPOSE for x in self.words[c.end:]) and patient == T and e.outright: cat = 'purpose'
        holder = e.agent if role not in JUDGING and role != 'quality' else e.voice
        if role in ('conduct', 'quality', 'fate'):
            holder = e.voice if e.voice != '?' else None
            if role == 'fate': holder = None
        if holder == T:
            if cat in MUTUAL and e.parent is None or cat in MUTUAL and e.parent.agent != T and e.parent.cue.category in ('welcomes','affirms','criticism','concern'):
                other = next((self.actor(m) for m in self.m if seg_has(self, e, m) and self.actor(m) not in (T, None, 'private', 'opponents') and not m.actor.startswith('in_') and m.actor not in self.s.roles.militants), None)
                if other and not ops and (c.verb or self._light(e)): return self._chain(e, other, compose(cat, ops), 'other party')
            return []
        if holder is None and role == 'act' and e.how in ('passive', 'stranger', ''): holder = e.voice if e.how != 'stranger' else None
        if not c.verb and e.how == 'genitive' and e.parent is None:
            k = self.segs[e.seg]
            if 0 <= k.predicate < c.start and self.subject(k.predicate)[0] == T and cat not in ('force', 'threat', 'sanctions', 'condemnation', 'criticism'): return []
        if cat == 'support' and any(x in REQUEST or x[1:] in REQUEST for x in self.words[c.end:c.end+4]): cat = 'cooperation'
        if role == 'act' and not c.verb and not e.agent_own and e.parent is None and e.voice and cat in ('sanctions', 'force') and not self.s.title and e.how != 'passive':
            if not ops: return []
        return self._chain(e, holder, compose(cat, ops), cat)

    def _chain(self, e, holder, code, rule):
        out = []; T = self.target
        ops = list(e.ops)
        c = e.cue
        def add(h, code, rule, ev):
            if h in (None, T, '?', 'private', 'opponents', OWN_COUNTRY) or code is None: return
            if h in self.s.roles.militants: return
            v = self.voice(ev.cue.start)
            hs = [h] + ([x for x in self._joined(ev) if x not in (None, T, h, 'private', 'opponents')] if ev.agent == h and ev.cue.verb else [])
            for h in hs:
                out.append(Evidence(h, code, c.category, tuple(ops), v, rule, e.outright, c.start, c.end, self._background(e)))
        p = e.parent; outer = None
        irreal = False; q = p
        while q is not None:
            if q.cue.category in ('intends','calls_for','demand','opposes','considers','condition','distrust') : irreal = True
            q = q.parent if q.parent is not q else None
        own = holder if (e.agent_own and not irreal) or p is None or e.cue.role in ('conduct','quality') else None
        if p is None:
            add(holder, code, rule, e); return out
        own_code = code
        cat = e.cat or e.cue.category
        # ancestors
        chain = list(e.ops); q = p; owner = None; seen = 0
        flip = rule == 'enemies'
        result = code
        while q is not None and seen < 4:
            op = q.cue.category
            if op == 'demand' and q.patient != T: op = 'calls_for'
            if op == 'cutting': op = 'stop'
            if flip and result is not None:
                result = {'calls_for': result, 'intends': result, 'welcomes': result, 'opposes': 0 if result < 0 else -1, 'denial': 0, 'considers': 0}.get(op, result)
            else:
                chain.append(op)
                result = compose(cat, chain)
            for x in q.ops:
                if not flip:
                    chain.append(x); result = compose(cat, chain)
            owner = q; seen += 1
            q = q.parent
        outer = owner.agent
        if p.cue.category == 'accusation':
            b = e.agent if e.agent_own and e.agent != p.agent else self._accused(p)
            if b:
                v = p.agent
                if p.parent is not None and p.parent.cue.category == 'denial' or 'negation' in p.ops: code2 = 0
                else: code2 = own_code
                if b not in (None, T, '?', 'private') and code2 is not None:
                    ops = chain
                    own_word = self.voice(p.cue.start) == b
                    if own_word: code2 = 0
                    out.append(Evidence(b, code2, c.category, tuple(chain), b if own_word else (v or '?'), 'denial' if own_word else 'accusation', e.outright, c.start, c.end, self._background(e)))
            return out
        if p.cue.category == 'denial':
            b = e.agent if e.agent else outer
            if b in (None, T): b = outer
            ops = chain
            v = p.agent if p.agent and p.agent != b else self.voice(c.start)
            if 'negation' in p.ops:
                if b not in (None, T, '?', 'private') and own_code is not None: out.append(Evidence(b, own_code, c.category, tuple(e.ops), p.agent or '?', 'accusation', e.outright, c.start, c.end, self._background(e)))
                return out
            if b not in (None, T, '?', 'private') and result is not None:
                out.append(Evidence(b, result, c.category, tuple(chain), v if v and v != '?' else (p.agent or None), 'denial', e.outright, c.start, c.end, self._background(e)))
            return out
        if own is not None and own != outer and own != T and e.cue.role not in ('conduct', 'quality'):
            ops = list(e.ops); add(own, own_code, rule, e)
        ops = chain
        if outer is None: outer = owner.voice
        add(outer, result, rule, e)
        return out

    def _circumstance(self, e):
        """worry about something else because of the target: after its advance, for fear of it"""
        c = e.cue
        for m in self.m:
            if m.start >= c.end and self.actor(m) == self.target:
                if any(x in BECAUSE for x in self.words[c.end:m.start]): return True
                if not any(m.start > o.start >= c.end and self.actor(o) not in (self.target, None) for o in self.m): return True
        return False

    def _light(self, e):
        k = self.segs[e.seg]
        return k.predicate >= 0 and k.predicate < e.cue.start and any(self.words[k.predicate].lstrip('وف').startswith(x) for x in LIGHT)

    def _joined(self, e):
        """actors coordinated with the agent"""
        m = self.subject_mention.get(e.cue.start)
        out = []
        while m is not None:
            n = next((x for x in self.m if 0 <= x.start - m.end <= 2 and (self.words[x.start][:1] == 'و' or any(y[:1] == 'و' for y in self.words[m.end:x.start])) and not any(y in HARD or y in PREP for y in self.words[m.end:x.start])), None)
            if n is None: break
            out.append(self.actor(n)); m = n
        return out

    def _background(self, e):
        """told of earlier years"""
        seg = self.segs[e.seg]; w = self.words; c = e.cue
        if any(x in NOW for x in w[max(0, c.start-8):c.end+4]): return False
        if 'past_perfect' in seg.operators: return True
        if seg.relation == 'concession' or any(x in CONCESS for x in w[max(seg.start, c.start-4):c.start]): return True
        if any(x in TOLD for x in w[max(0, c.start-8):c.start]) and c.category in ('designation', 'sanctions', 'enmity'): return True
        span = w[seg.start:seg.end]
        if any(x in NW('كان كانت وكان وكانت كانوا') for x in w[seg.start:c.start]) and any(x in NW('قد') for x in span): return True
        if any(x in PAST for x in span): return True
        for i in range(seg.start, seg.end):
            x = w[i]
            if x.isdigit() and len(x) == 4 and self.state.year and 1970 < int(x) < self.state.year - 1 and w[i-1] in NW('عام سنة في منذ شتاء صيف خريف ربيع أواخر أوائل'): return True
            if x in NW('قبل منذ') and any(y in YEARS for y in w[i+1:i+4]) and not any(y in NW('نحو يوم أيام أسبوع أسبوعين شهر أشهر') for y in w[i+1:i+4]) and i < c.start: return x == N('قبل')
        return False

MUTUAL = frozenset({'agreement','dialogue','contact','cooperation','trade'})
def seg_has(r, e, m):
    seg = r.segs[e.seg]
    return seg.start <= m.start < seg.end

TITLE = NW('باسم لدى في إلى لشؤون لـ على بلسان لسان من')
def _title(between):
    return all(x not in PREP or x in NW('في لدى إلى على') for x in between) and len(between) <= 6 and any(x.startswith('ال') or True for x in between)
