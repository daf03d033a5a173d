// The data of the page: parts opened when they are needed, documents chosen by the filters, series made of them.
const opened = new Map();
const KEPT_PARTS = 60; // of the packed ones
const NO_FILTER = { source: -1, country: -1, voice: "", category: "", from: -1, to: -1 };
function partOf(name) { return document.querySelector(`script[data-part="${CSS.escape(name)}"]`); }
function plainPart(name) { return JSON.parse(partOf(name).textContent); }
// Open a packed part; the parts asked for longest ago are let go.
function openPart(name) {
  const found = opened.get(name) || unpack(partOf(name).textContent);
  opened.delete(name);
  opened.set(name, found);
  if (opened.size > KEPT_PARTS) opened.delete(opened.keys().next().value);
  return found;
}
async function unpack(text) {
  const raw = atob(text), bytes = new Uint8Array(raw.length);
  for (let n = 0; n < raw.length; n++) bytes[n] = raw.charCodeAt(n);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}
function runningSum(steps) {
  const sums = new Int32Array(steps.length);
  let sum = 0;
  for (let n = 0; n < steps.length; n++) sums[n] = sum += steps[n];
  return sums;
}
// Turn what was read into columns that can be gone through fast; the head and the core of the page.
function prepare(core) {
  const { documents } = core, nDocs = documents.period.length;
  const numbers = (values, type) => (values && values.length ? type.from(values) : new type(nDocs).fill(-1));
  core.nDocs = nDocs;
  core.period = Int32Array.from(documents.period);
  core.source = numbers(documents.source, Int32Array);
  core.country = numbers(documents.country, Int32Array);
  core.tokens = Float64Array.from(documents.tokens);
  core.unit = documents.unit ? Int32Array.from(documents.unit) : null;
  core.weight = documents.weight ? Float64Array.from(documents.weight) : null;
  for (const one of core.counts) one.doc = runningSum(one.doc);
  core.positions.doc = runningSum(core.positions.doc);
  core.byCategory = new Map(core.counts.map((one) => [`${one.lexicon}/${one.category}`, one]));
  return core;
}
// Mark the documents that the filters leave.
function chosenDocuments(core, filter) {
  const keep = new Uint8Array(core.nDocs).fill(1);
  const { source, country, from, to, category } = filter;
  if (category) {
    keep.fill(0);
    const found = core.byCategory.get(category);
    if (found) found.doc.forEach((doc, n) => { if (found.present[n]) keep[doc] = 1; });
  }
  for (let doc = 0; doc < core.nDocs; doc++) {
    const period = core.period[doc];
    if ((source >= 0 && core.source[doc] !== source) || (country >= 0 && core.country[doc] !== country) ||
      (from >= 0 && period < from) || (to >= 0 && (period > to || period < 0))) keep[doc] = 0;
  }
  return keep;
}
// What is left of a story counts as one: a copy that is filtered out takes no part of the weight with it.
function weightsAmong(unit, keep) {
  const sizes = new Int32Array(unit.length); // units are numbered from 0
  keep.forEach((kept, doc) => { sizes[unit[doc]] += kept; });
  return Float64Array.from(unit, (one) => 1 / (sizes[one] || 1));
}
function isFiltered(filter) { return Object.keys(NO_FILTER).some((name) => filter[name] !== NO_FILTER[name]); }
function periodRange(core, filter) {
  const last = core.periods.length - 1;
  return [filter.from >= 0 ? filter.from : 0, filter.to >= 0 ? Math.min(filter.to, last) : last];
}
// One point: estimate, bounds and the three n of the documents at these places of the columns.
function pointOf(core, kind, y, x, docs, scale) {
  const pick = (column) => column && docs.map((doc) => column[doc]);
  const found = ratioOf(kind, y, x, pick(core.unit), pick(core.weight), kind === "mean" ? [-2, 2] : null);
  const scaled = (value) => (value === null ? null : value * scale);
  return { estimate: scaled(found.estimate), lower: scaled(found.lower), upper: scaled(found.upper),
    nUnits: found.nUnits, few: found.estimate !== null && found.nUnits < FEW };
}
function documentsByPeriod(core, keep) {
  const groups = core.periods.map(() => []);
  for (let doc = 0; doc < core.nDocs; doc++) if (keep[doc] && core.period[doc] >= 0) groups[core.period[doc]].push(doc);
  return groups;
}
// Let the browser do what waits, so that no work holds the page for long.
function breath() { return new Promise((go) => setTimeout(go)); }
// The lines of a figure: each with its panel, its names and a point a period, made in the page.
async function computeLines(core, figure, filter) {
  const keep = chosenDocuments(core, filter), groups = documentsByPeriod(core, keep);
  const [first, last] = periodRange(core, filter);
  core = { ...core, weight: core.weight && weightsAmong(core.unit, keep) };
  return figure.kind === "positions" ? positionLines(core, filter, keep, groups, first, last)
    : countLines(core, figure, groups, first, last);
}
// Rows of positions of one holder, by basis and voice.
function positionRows(core, holder) {
  const { positions } = core, lines = new Map();
  const wanted = positions.holders.indexOf(holder);
  for (let row = 0; row < positions.doc.length; row++) {
    if (positions.holder[row] !== wanted) continue;
    const key = `${positions.basis[row]}/${positions.voices[positions.voice[row]]}`;
    if (!lines.has(key)) lines.set(key, []);
    lines.get(key).push(row);
  }
  return lines;
}
function positionLines(core, filter, keep, groups, first, last) {
  const { positions } = core, lines = [];
  for (const [key, rows] of positionRows(core, filter.holder)) {
    const [basis, voice] = [Number(key[0]), key.slice(2)];
    if (filter.voice && filter.voice !== voice) continue;
    const cells = core.periods.map(() => []);
    for (const row of rows) {
      const doc = positions.doc[row];
      if (keep[doc] && core.period[doc] >= 0) cells[core.period[doc]].push(row);
    }
    const points = [];
    for (let period = first; period <= last; period++) {
      const own = cells[period], docs = own.map((row) => positions.doc[row]);
      const y = own.map((row) => positions.value[row]);
      points.push({ period, nDocs: groups[period].length, nWith: own.length,
        ...pointOf(core, "mean", y, new Float64Array(own.length).fill(1), docs, 1) });
    }
    lines.push({ key: `${BASES[basis]}/${voice}`, panel: BASES[basis], name: voice, points });
  }
  return orderedLines(lines);
}
// Voices in the order of the printed figures: third parties last.
function orderedLines(lines) {
  const rank = (line) => `${BASES.indexOf(line.panel)}${line.name === "third_party" ? 1 : 0}${line.name}`;
  return lines.sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
}
async function countLines(core, figure, groups, first, last) {
  const rate = figure.measure === "per_1000", lines = [];
  const place = new Int32Array(core.nDocs).fill(-1);
  groups.forEach((docs) => docs.forEach((doc, n) => { place[doc] = n; }));
  const sizes = groups.map((docs) => (rate ? docs.map((doc) => core.tokens[doc]) : docs.map(() => 1)));
  let since = performance.now();
  for (const one of core.counts) {
    if (one.lexicon !== figure.lexicon) continue;
    if (performance.now() - since > 50) { await breath(); since = performance.now(); }
    const y = groups.map((docs) => new Float64Array(docs.length)), nWith = groups.map(() => 0);
    one.doc.forEach((doc, n) => {
      if (place[doc] < 0) return;
      y[core.period[doc]][place[doc]] = rate ? one.n[n] : one.present[n];
      if (one.present[n]) nWith[core.period[doc]] += 1;
    });
    const points = [];
    for (let period = first; period <= last; period++) {
      const docs = groups[period];
      points.push({ period, nDocs: docs.length, nWith: nWith[period],
        ...pointOf(core, rate ? "rate" : "share", y[period], sizes[period], docs, rate ? 1000 : 1) });
    }
    lines.push({ key: one.category, panel: one.category, name: one.category, points });
  }
  return lines;
}
// The lines as Python computed them, for the figure while nothing is filtered.
function givenLines(series, figure, holder) {
  const lines = [];
  for (const one of series) {
    const same = figure.kind === "positions" ? one.kind === "positions" && one.holder === holder
      : one.kind === "counts" && one.lexicon === figure.lexicon && one.measure === figure.measure;
    if (!same) continue;
    const points = one.period.map((period, n) => ({ period, estimate: one.estimate[n], lower: one.lower[n],
      upper: one.upper[n], nDocs: one.n_docs[n], nWith: one.n_docs_with[n], nUnits: one.n_units[n],
      few: one.estimate[n] !== null && one.n_units[n] < FEW }));
    const panel = figure.kind === "positions" ? one.basis : one.category;
    const key = figure.kind === "positions" ? `${one.basis}/${one.category}` : one.category;
    lines.push({ key, panel, name: one.category, points });
  }
  return figure.kind === "positions" ? orderedLines(lines) : lines;
}
// The documents behind a point: those that count for it, and the others of its denominator.
function documentsOfPoint(core, figure, filter, key, period) {
  const keep = chosenDocuments(core, filter), found = [], marked = new Set();
  if (figure.kind === "positions") {
    const row = positionRows(core, filter.holder).get(`${BASES.indexOf(key.split("/")[0])}/${key.split("/").slice(1).join("/")}`);
    for (const one of row || []) marked.add(core.positions.doc[one]);
  } else {
    const one = core.byCategory.get(`${figure.lexicon}/${key}`), rate = figure.measure === "per_1000";
    if (one) one.doc.forEach((doc, n) => { if (rate ? one.n[n] : one.present[n]) marked.add(doc); });
  }
  const rest = [];
  for (let doc = 0; doc < core.nDocs; doc++) {
    if (keep[doc] && core.period[doc] === period) (marked.has(doc) ? found : rest).push(doc);
  }
  return { found, rest };
}
// The positions of one document, as rows of the column table.
function positionsOf(core, doc) {
  const { positions } = core;
  let low = 0, high = positions.doc.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positions.doc[middle] < doc) low = middle + 1; else high = middle;
  }
  const rows = [];
  for (; low < positions.doc.length && positions.doc[low] === doc; low++) {
    rows.push({ holder: positions.holders[positions.holder[low]], voice: positions.voices[positions.voice[low]],
      basis: BASES[positions.basis[low]], value: positions.value[low], grade: GRADES[positions.grade[low]] || null,
      nFor: positions.n_for[low], nAgainst: positions.n_against[low],
      cue: positions.cue[low] < 0 ? null : positions.cues[positions.cue[low]] });
  }
  return rows;
}
// Id, title and address of a document.
async function headOf(head, doc) {
  const part = await openPart(`heads${Math.floor(doc / head.per_heads)}`), at = doc % head.per_heads;
  return { id: part.id[at], title: part.title[at], url: part.url[at] };
}
async function placeOfId(head, id) {
  for (let n = 0; n * head.per_heads < head.n_docs; n++) {
    const at = (await openPart(`heads${n}`)).id.indexOf(id);
    if (at >= 0) return n * head.per_heads + at;
  }
  return -1;
}
// Text and findings of a document; null where the page holds none of it.
async function readingOf(head, doc) {
  const chunk = head.chunk_of.get(doc);
  return chunk === undefined ? null : (await openPart(`texts${chunk[0]}`))[chunk[1]];
}
// Places of characters as Python counts them, in a text of JavaScript: they differ behind a letter of two units.
function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (at) => at;
  const places = [];
  let at = 0;
  for (const letter of text) { places.push(at); at += letter.length; }
  places.push(at);
  return (one) => places[Math.min(one, places.length - 1)];
}
