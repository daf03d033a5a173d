// Lists of documents: of a point, of the days around an event, of all; a page at a time.
const PER_PAGE = 50, KINDS = ["entry", "rule", "cue", "quotation"];
// Position, evidence and first cue of a document, as a list tells them.
function positionsTold(doc, wanted) {
  const rows = positionsOf(CORE, doc).filter((row) => row.holder === wanted.holder &&
    (!wanted.basis || row.basis === wanted.basis) && (!wanted.voice || row.voice === wanted.voice));
  return rows.map((row) => {
    const parts = [`${labelOf(row.basis)}: `, nameOfCode(row.value), ` (${labelOf(row.voice)}`];
    if (row.grade) parts.push(`; ${say("evidence")}: ${say(`grade_${row.grade}`)}`);
    parts.push(")");
    const cue = row.cue && row.basis === "lexicon" ? [" ", h("q", { lang: "ar", dir: "rtl" }, row.cue)] : [];
    return h("span", { class: "ev-position" }, parts.join(""), cue);
  });
}
async function documentItem(view, doc, wanted) {
  const head = await headOf(HEAD, doc), { documents } = CORE, layer = `d:${head.id}`;
  const named = [dayName(documents.date[doc], documents.precision[doc])];
  if (CORE.source[doc] >= 0) named.push(bdi(CORE.sources[CORE.source[doc]]));
  if (CORE.country[doc] >= 0) named.push(labelOf(CORE.countries[CORE.country[doc]]));
  const meta = named.flatMap((one, n) => (n ? [" \u00b7 ", one] : [one]));
  return h("li", {}, h("a", { href: view.address(layer), "data-layer": layer, dir: "auto" }, head.title || head.id),
    h("div", { class: "ev-meta" }, meta), h("div", { class: "ev-meta" }, positionsTold(doc, wanted)));
}
// Buttons from page to page of anything that is listed.
function pagesOf(n) { return Math.max(1, Math.ceil(n / PER_PAGE)); }
function pager(view, n, page, side = 1) {
  const pages = pagesOf(n), go = (to) => () => view.turn(side * to);
  if (pages === 1) return null;
  return h("nav", { class: "ev-pager", "aria-label": say("pages") },
    button(say("previous"), go(page - 1), { disabled: page <= 1 }), " ",
    h("span", {}, say("page_of", { page, pages })), " ", button(say("next"), go(page + 1), { disabled: page >= pages }));
}
async function listOf(view, docs, asked, wanted) { // pages below 0 are those of the others of a point
  const page = Math.min(Math.abs(asked), pagesOf(docs.length)), items = [];
  const shown = docs.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  for (const doc of shown) items.push(await documentItem(view, doc, wanted));
  return [h("ol", { class: "ev-list", start: (page - 1) * PER_PAGE + 1 }, items),
    pager(view, docs.length, page, Math.sign(asked))];
}
async function showPoint(view, panel, layer) {
  const at = layer.rest.lastIndexOf("@"), key = layer.rest.slice(0, at);
  const period = CORE.periods.indexOf(layer.rest.slice(at + 1));
  const { found, rest } = documentsOfPoint(CORE, view.figure, view.filter, key, period);
  const line = view.lines.find((one) => one.key === key);
  const point = line && line.points.find((one) => one.period === period);
  panel.title(point ? view.nameOfPoint(line, point) : say("no_point"));
  if (layer.page < 0 && !rest.length) layer.page = 1;
  const positions = view.figure.kind === "positions";
  const wanted = { holder: view.filter.holder, ...(positions ? { basis: key.split("/")[0], voice: line && line.name } : {}) };
  panel.add(h("p", {}, say(positions ? "point_positions" : "point_counts", { n: found.length, rest: rest.length })));
  panel.add(await listOf(view, layer.page < 0 ? rest : found, layer.page, wanted));
  if (rest.length) {
    panel.add(button(say(layer.page < 0 ? "show_counted" : "show_rest", { n: layer.page < 0 ? found.length : rest.length }),
      () => view.turn(layer.page < 0 ? 1 : -1)));
  }
}
async function showEvent(view, panel, layer) {
  const event = HEAD.events[Number(layer.rest)], days = view.days, docs = [];
  if (!event) { panel.title(say("no_event")); return; }
  const keep = chosenDocuments(CORE, view.filter), { date } = CORE.documents;
  for (let doc = 0; doc < CORE.nDocs; doc++) {
    if (keep[doc] && date[doc] !== null && Math.abs(date[doc] - event.day) <= days) docs.push(doc);
  }
  docs.sort((one, other) => date[one] - date[other] || one - other);
  panel.title([dayName(event.day, event.precision), ": ", bdi(event.event)]);
  const told = [];
  if (event.actor) told.push(labelOf(event.actor));
  if (event.position !== null) told.push(nameOfCode(event.position));
  const link = safeAddress(event.url);
  panel.add(h("p", {}, told.join(" \u00b7 "), link ? [" ", h("a", { href: link, rel: "noreferrer" }, say("source_of_event"))] : ""));
  const choose = h("select", { id: "ev-days", onchange: () => view.setDays(Number(choose.value)) },
    [3, 7, 14, 30, 90, 180].map((n) => h("option", { value: n, selected: n === days }, say("days", { n }))));
  panel.add(h("p", {}, h("label", { for: "ev-days" }, say("window")), " ", choose));
  panel.add(h("p", {}, say("event_documents", { n: docs.length, days })));
  panel.add(await listOf(view, docs, layer.page, { holder: view.filter.holder }));
}
async function showAll(view, panel, layer) {
  const keep = chosenDocuments(CORE, view.filter), docs = [];
  const undated = layer.rest === "undated";
  for (let doc = 0; doc < CORE.nDocs; doc++) if (keep[doc] && (!undated || CORE.period[doc] < 0)) docs.push(doc);
  panel.title(say(undated ? "undated_documents" : "all_documents", { n: docs.length }));
  panel.add(await listOf(view, docs, layer.page, { holder: view.filter.holder }));
}
// All entries, rules and cues with the number of their documents: each leads to its lines.
async function showEntries(view, panel, layer) {
  const places = await openPart("places"), kind = layer.rest || "entry";
  if (!KINDS.includes(kind)) { panel.title(say("no_such")); return; }
  const rows = kind === "entry" ? (await openPart("entries")).map(([, category, pattern], n) => [n, pattern, labelOf(category), places.entry[n].length])
    : Object.entries(own(places, kind) || {}).map(([name, docs]) => [name, name, "", docs.length]);
  rows.sort((one, other) => other[3] - one[3]);
  panel.title(say("entries_title"));
  panel.add(h("p", { class: "ev-tabs" }, KINDS.map((one) => h("a", { href: view.address(`x:${one}`, true),
    "aria-current": one === kind ? "true" : null }, say(`kind_${one}`)))));
  const page = Math.min(layer.page, pagesOf(rows.length)), shown = rows.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  panel.add(tableOf(say(`kind_${kind}`), [say("kind_" + kind), ...(kind === "entry" ? [say("category")] : []), say("n_documents")],
    shown.map(([code, name, category, n]) => [h("a", { href: view.address(`l:${kind}:${code}`), "data-layer": `l:${kind}:${code}`, dir: "auto" }, name),
      ...(kind === "entry" ? [category] : []), `${n}`])));
  panel.add(pager(view, rows.length, page));
}
// The lines of an entry, a rule or a cue: keyword in context, from right to left, the node in one column.
async function showLines(view, panel, layer) {
  const at = layer.rest.indexOf(":"), kind = layer.rest.slice(0, at), code = layer.rest.slice(at + 1);
  const places = await openPart("places"), entries = await openPart("entries");
  const holding = KINDS.includes(kind) && own(places[kind], code);
  if (!Array.isArray(holding)) { panel.title(say("no_such")); return; }
  const name = kind === "entry" ? entries[Number(code)][2] : code;
  panel.title([say(`kind_${kind}`), ": ", bdi(name)]);
  const keep = chosenDocuments(CORE, view.filter), docs = holding.filter((doc) => keep[doc]);
  const page = Math.min(layer.page, pagesOf(docs.length));
  panel.add(h("p", {}, say("lines_in", { n: docs.length, all: holding.length })));
  const list = h("ol", { class: "ev-lines", dir: "rtl", start: (page - 1) * PER_PAGE + 1 });
  for (const doc of docs.slice((page - 1) * PER_PAGE, page * PER_PAGE)) {
    const [head, reading] = [await headOf(HEAD, doc), await readingOf(HEAD, doc)];
    for (const span of spansOf(kind, code, reading)) list.append(contextLine(view, doc, head, reading, span));
  }
  panel.add([list, pager(view, docs.length, page)]);
}
// Where an entry, rule or cue stands in a document: [in the title, from, to].
function spansOf(kind, code, reading) {
  if (kind === "entry") return reading.m.filter((row) => row[3] === Number(code)).map((row) => [row[0], row[1], row[2]]);
  const said = (row) => (row[0] === null ? [0, row[2], row[3]] : [0, row[0], row[1]]);
  if (kind === "quotation") return reading.q.filter((row) => row[5] === code).map(said);
  return reading.s.flatMap((row) => row[12].flatMap((span, n) => {
    if ((kind === "rule" ? row[10][n] : row[8][n]) !== code) return [];
    return [span ? [row[0] < 0 ? 1 : 0, ...span] : [row[0] < 0 ? 1 : 0, row[1], row[2]]];
  }));
}
function contextLine(view, doc, head, reading, [inTitle, from, to]) {
  const [start, said] = inTitle ? [0, head.title || ""] : reading.p.find(([first, one]) => from >= first && to <= first + [...one].length) || [0, ""];
  const units = unitsOf(said), layer = said && !inTitle ? `d@${from}-${to}:${head.id}` : `d:${head.id}`, width = 70;
  const [first, last] = [units(from - start), units(to - start)];
  const before = said.slice(Math.max(0, first - width - 1), first).replace(first > width + 1 ? /^\S*/ : "", "");
  const after = said.slice(last, last + width + 1).replace(said.length > last + width + 1 ? /\S*$/ : "", "");
  const parts = said ? [before, said.slice(first, last) || "\u2026", after] : ["", "\u2026", ""], flat = parts.map((one) => one.replace(/\s+/g, " "));
  return h("li", {}, h("a", { href: view.address(layer), "data-layer": layer, class: "ev-kwic", lang: "ar" },
    h("span", { class: "ev-pre" }, h("span", {}, flat[0])), h("span", { class: "ev-node" }, flat[1]), h("span", { class: "ev-post" }, flat[2])),
    h("div", { class: "ev-meta", dir: "auto" }, dayName(CORE.documents.date[doc], CORE.documents.precision[doc]), " \u00b7 ",
      CORE.source[doc] >= 0 ? bdi(CORE.sources[CORE.source[doc]]) : "", said ? "" : ` \u00b7 ${say("text_left_out")}`));
}
