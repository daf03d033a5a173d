// The page: filters, figure and table, and below them what a point, an event, an entry or a document leads to.
// The state stands in the address: filters, then one layer behind the other, such as a point and a document of it.
const START = "#ev:";
const state = { figure: "", holder: "", filter: { ...NO_FILTER }, days: 30, path: [] };
let focusPoint = () => false, trail = [], drawnFor = "", shownFor = null, turn = 0, lines = [], linesFor = "";
function addressOf(path, changes) {
  const now = { figure: state.figure, holder: state.holder, days: state.days, filter: state.filter, ...changes };
  const told = new URLSearchParams();
  if (now.figure !== HEAD.figures[0].id) told.set("figure", now.figure);
  if (now.holder !== HEAD.holders[0]) told.set("holder", now.holder);
  if (now.days !== 30) told.set("days", now.days);
  for (const [name, value] of Object.entries(now.filter)) {
    if (value === NO_FILTER[name]) continue;
    const names = { source: CORE.sources, country: CORE.countries, from: CORE.periods, to: CORE.periods }[name];
    told.set(name, names ? names[value] : value);
  }
  return START + [told.toString(), ...path.map(encodeURIComponent)].join("/");
}
// Read the address; what it names and the page does not have is left out.
function readAddress() {
  const [told, ...path] = location.hash.startsWith(START) ? location.hash.slice(START.length).split("/") : [""];
  const given = new URLSearchParams(told), filter = { ...NO_FILTER };
  const figure = HEAD.figures.find((one) => one.id === given.get("figure")) || HEAD.figures[0];
  const known = { source: CORE.sources, country: CORE.countries, from: CORE.periods, to: CORE.periods };
  for (const [name, names] of Object.entries(known)) if (given.has(name)) filter[name] = names.indexOf(given.get(name));
  if (CORE.byCategory.has(given.get("category"))) filter.category = given.get("category");
  if (CORE.positions.voices.includes(given.get("voice"))) filter.voice = given.get("voice");
  const holder = HEAD.all_holders.includes(given.get("holder")) ? given.get("holder") : HEAD.holders[0];
  Object.assign(state, { figure: figure.id, holder, filter, days: Number(given.get("days")) || 30, path: path.map(decoded) });
}
function decoded(text) { try { return decodeURIComponent(text); } catch { return text; } }
// A layer: its kind, the page of a list, of a document the letters that are asked for (a stretch and a word of it), the rest.
function layerOf(text) {
  const found = /^([a-z])(-?\d*)((?:@\d+-\d+)*):([\s\S]*)$/.exec(text) || ["", "", "", "", ""];
  const page = Number(found[2]) || 1, asked = [...found[3].matchAll(/(\d+)-(\d+)/g)].map(([, from, to]) => [Number(from), Number(to)]);
  return { kind: found[1], page: found[1] === "p" ? page : Math.max(1, page), asked, rest: found[4], text };
}
function withPage(text, page) { return text.replace(/^([a-z])-?\d*:/, `$1${page === 1 ? "" : page}:`); }
function go(path, changes) { location.hash = addressOf(path, changes); }
function replace(path, changes) { location.replace(addressOf(path, changes)); }
// One layer up: back where the reader came from, or up where the address was opened as it is.
function leave() {
  const above = addressOf(state.path.slice(0, -1));
  if (trail.length > 1 && sameButPage(trail.at(-2), above)) history.back();
  else location.hash = above;
}
function sameButPage(one, other) {
  const plain = (text) => decoded(text).split("/").map((part) => part.replace(/^([a-z])-?\d+:/, "$1:")).join("/");
  return plain(one) === plain(other);
}
const FIGURE = () => HEAD.figures.find((one) => one.id === state.figure);
// The lines of the figure as it is filtered: those of Python where they are there, else made in the page.
async function findLines() {
  const asked = addressOf([]);
  if (asked === linesFor) return;
  const figure = FIGURE(), given = isFiltered(state.filter) ? [] : givenLines(HEAD.series, figure, state.holder);
  const found = given.length ? given : await computeLines(CORE, figure, { ...state.filter, holder: state.holder });
  if (asked === addressOf([])) [lines, linesFor] = [found, asked];
}
// What figure, lists and documents ask of the page.
function makeView() {
  const figure = FIGURE(), filter = { ...state.filter, holder: state.holder };
  const [first, last] = periodRange(CORE, state.filter), n = last - first + 1;
  const days = CORE.undated ? [0, 1] : [...CORE.periods, HEAD.end].map(dayOf), begin = days[first], span = days[last + 1] - begin;
  const axis = { n, first, at: (day, box) => box.x + box.width * (day - begin) / span,
    x: (period, box) => axis.at((days[period] + days[period + 1]) / 2, box) };
  const positions = figure.kind === "positions";
  const nameOfPanel = (panel) => (positions && HEAD.all_holders.length > 1 ? `${labelOf(state.holder)}: ` : "") + labelOf(panel.name);
  return {
    figure, filter, lines, axis, rtl: HEAD.rtl, words: { ledger: say("ledger") }, days: state.days, nameOfCode, nameOfPanel,
    events: CORE.undated ? [] : HEAD.events.filter((one) => one.day >= begin && one.day < begin + span),
    label: figure.title, nameOfPeriod: periodName, idOfPeriod: (period) => CORE.periods[period],
    nameOfPoint: (line, point) => pointName(figure, line, point),
    nameOfEvent: (event) => `${dayName(event.day, event.precision)}: ${event.event}`,
    open: (layer) => go([layer]), tell: tellPoint, turn: (page) => replace([...state.path.slice(0, -1), withPage(state.path.at(-1), page)]),
    address: (layer, instead) => addressOf([...(instead ? state.path.slice(0, -1) : state.path), layer]),
    setDays: (n_days) => replace(state.path, { days: n_days }),
    pointAddress: (id, key, day, holder) => addressOf([`p:${key}@${day}`], { figure: id, holder: holder || state.holder, filter: NO_FILTER }),
  };
}
function lineName(figure, { name }) {
  return figure.kind === "positions" && name === state.holder ? say("own_words", { holder: labelOf(name) }) : labelOf(name);
}
// A point as it is read out: "2021, Russia, hand codes: +0.61 [0.27, 0.93], n 18".
function pointName(figure, line, point) {
  const names = [isolated(periodName(point.period)), lineName(figure, line)];
  if (figure.kind === "positions") names.push(labelOf(line.panel));
  const bounds = `${measured(figure, point.estimate)} [${measured(figure, point.lower)}, ${measured(figure, point.upper)}]`;
  const n = figure.kind === "positions" ? say("n_positions", counted(point.nUnits, CORE.unit))
    : say("n_counts", { ...counted(point.nDocs), with: point.nWith });
  return `${names.join(say("comma"))}: ${isolated(bounds)}${say("comma")}${n}${point.few ? `${say("comma")}${say("few")}` : ""}`;
}
function counted(n, stories) {
  return { n, unit: n === 1 ? say(stories ? "story" : "report") : say(stories ? "stories" : "reports") };
}
function tellPoint(said, mark) {
  const tip = document.getElementById("ev-tip"), place = document.getElementById("ev-figure");
  tip.textContent = said;
  tip.hidden = !said;
  if (!mark) return;
  const box = (mark.querySelector(".ev-hit") || mark).getBoundingClientRect(), around = place.getBoundingClientRect();
  const left = Math.min(Math.max(0, box.left - around.left - tip.offsetWidth / 2), around.width - tip.offsetWidth);
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${box.top - around.top - tip.offsetHeight - 6}px`;
}
async function drawAll() {
  const view = makeView(), figure = view.figure, place = document.getElementById("ev-figure");
  const drawing = document.getElementById("ev-drawing");
  const drawn = await drawFigure(drawing, view);
  if (!drawn) return view;
  focusPoint = leadKeyboard(drawn, view);
  document.getElementById("ev-title").textContent = figure.title;
  document.getElementById("ev-told").textContent = [...(figure.kind === "positions" ? HEAD.findings : []), say("figure_help")].join(" ");
  const notes = [say(CORE.unit ? "explain_units" : "explain")];
  if (isFiltered(state.filter)) notes.push(say("filtered"));
  if (!chosenDocuments(CORE, state.filter).includes(1)) notes.unshift(say("none_left"));
  if (CORE.undated) notes.push(say("undated"));
  document.getElementById("ev-notes").textContent = notes.join(" ");
  const few = figure.kind === "positions";
  const names = few ? [...new Set(view.lines.map((line) => line.name))] : [];
  document.getElementById("ev-key").replaceChildren(...names.map((name) => {
    const n = view.lines.filter((one) => one.panel === view.lines.find((line) => line.name === name).panel).findIndex((one) => one.name === name);
    const mark = svg("svg", { width: 22, height: 12, "aria-hidden": "true" }, svg("g", { class: `ev-point ev-l${n % 5}` },
      svg("path", { d: "M0 6H22", class: `ev-line ev-l${n % 5}` }), svg("path", { d: SHAPES[n % 5], class: "ev-mark", transform: "translate(11 6)" })));
    return h("span", {}, mark, " ", lineName(figure, { name }));
  }));
  const rows = () => view.lines.flatMap((line) => line.points.filter((point) => point.estimate !== null).map((point) => {
    const bounds = `[${measured(figure, point.lower)}, ${measured(figure, point.upper)}]`;
    const link = h("a", { href: addressOf([`p:${line.key}@${CORE.periods[point.period]}`]) }, isolated(measured(figure, point.estimate)));
    return [isolated(periodName(point.period)), (few ? labelOf(line.panel) + say("comma") : "") + lineName(figure, line), link,
      isolated(bounds), `${point.nUnits}`, `${point.nWith}`, `${point.nDocs}`];
  }));
  const table = document.getElementById("ev-table"), fill = () => {
    if (!table.querySelector("table")) table.append(tableOf(figure.title, ["period", "line", "estimate", "interval", "n_units", "n_with", "n_docs"].map((name) => say(`head_${name}`)), rows()));
  };
  table.querySelectorAll(":scope > :not(summary)").forEach((one) => one.remove());
  table.ontoggle = fill;
  place.fillTable = fill;
  if (table.open) fill();
  return view;
}
function option(value, said, chosen) { return h("option", { value, selected: value === chosen }, said); }
// The filters; what a corpus has only one of is no filter.
function drawControls() {
  const { filter } = state, place = document.getElementById("ev-controls");
  const used = document.activeElement && place.contains(document.activeElement) ? document.activeElement.id : "";
  const parts = [];
  const add = (name, options, chosen, change) => {
    if (options.length < 2) return;
    const made = h("select", { id: `ev-by-${name}`, onchange: () => change(made.value) }, options.map(([value, said]) => option(value, said, String(chosen))));
    parts.push(h("span", {}, h("label", { for: `ev-by-${name}` }, say(`filter_${name}`)), made));
  };
  const set = (name, number) => (value) => replace(state.path, { filter: { ...state.filter, [name]: number ? Number(value) : value } });
  const every = (value) => [[String(value), say("every")]];
  add("figure", HEAD.figures.map((one) => [one.id, one.title]), state.figure, (value) => replace([], { figure: value }));
  add("holder", HEAD.all_holders.map((one) => [one, labelOf(one)]), state.holder, (value) => replace([], { holder: value }));
  const voices = [...new Set([...positionRows(CORE, state.holder).keys()].map((key) => key.slice(2)))].sort();
  add("voice", [...every(""), ...voices.map((one) => [one, labelOf(one)])], filter.voice, set("voice"));
  add("source", [...every(-1), ...CORE.sources.map((one, n) => [String(n), one])], filter.source, set("source", true));
  add("country", [...every(-1), ...CORE.countries.map((one, n) => [String(n), labelOf(one)])], filter.country, set("country", true));
  add("category", [...every(""), ...[...CORE.byCategory.keys()].map((key) => [key, labelOf(key.slice(key.indexOf("/") + 1))])], filter.category, set("category"));
  const periods = CORE.periods.map((one, n) => [String(n), periodName(n)]);
  add("from", [...every(-1), ...periods], filter.from, set("from", true));
  add("to", [...every(-1), ...periods], filter.to, set("to", true));
  parts.push(button(say("clear"), () => replace(state.path, { filter: { ...NO_FILTER } }), { disabled: !isFiltered(filter), id: "ev-clear" }));
  place.replaceChildren(...parts);
  if (used && document.getElementById(used)) document.getElementById(used).focus();
}
const SHOWN = { p: showPoint, e: showEvent, a: showAll, x: showEntries, l: showLines, d: showDocument };
// What the last layer of the path leads to; the layers above it stand in a line as links.
async function drawLayers(view, before) {
  const panel = document.getElementById("ev-panel"), mine = ++turn, { path } = state;
  if (!path.length) {
    panel.hidden = true;
    panel.replaceChildren();
    const left = before && before.length ? withPage(before[0], 1) : null;
    if (left && !focusPoint(left)) focusOpener(document.getElementById("ev"), left);
    return;
  }
  const shown = JSON.stringify([state.holder, path]); // a document hangs on no other filter: what is typed in it stays
  if (layerOf(path.at(-1)).kind === "d" && panel.dataset.shown === shown && !panel.hidden) {
    for (const link of panel.querySelectorAll("a[data-layer]")) link.href = view.address(link.dataset.layer);
    return;
  }
  const layer = layerOf(path.at(-1)), heading = h("h3", { tabindex: -1 }), body = h("div", {});
  const parts = { title: (said) => heading.replaceChildren(...[said].flat()), add: (...nodes) => body.append(...nodes.flat(Infinity).filter((one) => one)) };
  if (SHOWN[layer.kind]) await SHOWN[layer.kind](view, parts, layer);
  else parts.title(say("no_such"));
  if (mine !== turn) return; // another was asked for meanwhile
  const up = button(say(path.length > 1 ? "back_up" : "back_figure"), leave, { class: "ev-back" });
  panel.replaceChildren(up, heading, body);
  panel.dataset.shown = shown;
  panel.hidden = false;
  const grown = before && before.length > path.length && before.slice(0, path.length).every((one, n) => withPage(one, 1) === withPage(path[n], 1));
  if (before && !(grown && focusOpener(body, withPage(before[path.length], 1)))) heading.focus();
}
function focusOpener(place, layer) {
  const found = [...place.querySelectorAll("[data-layer]")].find((one) => one.dataset.layer === layer);
  if (found) found.focus();
  return Boolean(found);
}
// Bring the page to what the address says.
async function follow(first) {
  if (location.hash && !location.hash.startsWith(START) && !first) return; // a place elsewhere in the page
  const before = shownFor;
  readAddress();
  const here = addressOf(state.path);
  if (trail.length > 1 && trail.at(-2) === here) trail.pop();
  else if (trail.at(-1) !== here) trail.push(here);
  const figured = addressOf([]);
  await findLines();
  if (figured !== linesFor) return; // another state was asked for meanwhile
  let view;
  for (const link of document.querySelectorAll("#ev-links a")) link.href = addressOf([link.dataset.layer]);
  if (figured !== drawnFor) { drawControls(); view = await drawAll(); } else view = makeView();
  if (figured !== addressOf([])) return;
  drawnFor = figured;
  const focused = document.activeElement && document.getElementById("ev-controls").contains(document.activeElement);
  shownFor = state.path;
  await drawLayers(view, focused || (first && !state.path.length) ? null : before || []);
  document.getElementById("ev").dataset.ready = here;
}
function build(root) {
  const links = [["a:", say("link_all", { n: HEAD.n_docs })], ["x:entry", say("link_entries")]];
  if (HEAD.n_undated && !CORE.undated) links.push(["a:undated", say("link_undated", { n: HEAD.n_undated })]);
  root.replaceChildren(
    h("div", { id: "ev-controls", class: "ev-controls", role: "group", "aria-label": say("filters") }),
    h("div", { id: "ev-figure", class: "ev-figure" }, h("h3", { id: "ev-title" }), h("div", { id: "ev-key", class: "ev-key" }),
      h("div", { id: "ev-drawing" }), h("div", { id: "ev-tip", class: "ev-tip", hidden: true, "aria-hidden": "true" })),
    h("p", { id: "ev-told", class: "ev-hidden" }), h("p", { id: "ev-notes", class: "ev-meta" }),
    h("details", { id: "ev-table" }, h("summary", {}, say("table"))),
    h("p", { id: "ev-links", class: "ev-links" }, links.map(([layer, said]) => [h("a", { "data-layer": layer }, said), " "])),
    h("p", { class: "ev-meta" }, HEAD.left_out), h("p", { id: "ev-status", role: "status", class: "ev-meta" }), h("div", { id: "ev-corrections" }),
    h("section", { id: "ev-panel", class: "ev-panel", "aria-label": say("panel"), hidden: true }));
  document.getElementById("ev-panel").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !event.target.closest("form, select")) leave();
  });
}
// Draw the figure for another width; a point that has the focus keeps it.
async function redraw() {
  const place = document.getElementById("ev-drawing"), width = place.clientWidth;
  if (!width || width === Number(place.dataset.width)) return;
  const at = document.activeElement && place.contains(document.activeElement) ? document.activeElement.dataset.layer : null;
  await drawAll();
  if (at) focusPoint(at);
}
async function start() {
  const root = document.getElementById("ev");
  HEAD = plainPart("head");
  CORE = prepare(await openPart("core"));
  HEAD.chunk_of = new Map(HEAD.chunks.flatMap((docs, chunk) => [...runningSum(docs)].map((doc, n) => [doc, [chunk, n]])));
  build(root);
  loadCorrections();
  window.addEventListener("hashchange", () => follow(false));
  new ResizeObserver(() => requestAnimationFrame(redraw)).observe(document.getElementById("ev-figure"));
  matchMedia("print").addEventListener("change", (event) => {
    const table = document.getElementById("ev-table");
    if (event.matches) document.getElementById("ev-figure").fillTable();
    table.open = event.matches || table.dataset.open === "1";
  });
  await follow(true);
}
start().catch((error) => {
  document.getElementById("ev").replaceChildren(h("p", { role: "alert" }, HEAD ? say("failed", { why: error.message }) : error.message));
});
