// The figure: panels of lines with intervals, the ledger under the axis; one tab stop, arrows from point to point.
const SVG = "http://www.w3.org/2000/svg";
const SHAPES = ["M-4 0A4 4 0 1 0 4 0A4 4 0 1 0 -4 0Z", "M-3.6 -3.6H3.6V3.6H-3.6Z", "M0 -4.6L4.4 3.6H-4.4Z",
  "M0 -5L4.4 0L0 5L-4.4 0Z", "M0 4.6L4.4 -3.6H-4.4Z"];
const EVENT_SHAPES = { 2: 2, 1: 0, 0: 1, "-1": 3, "-2": 4 };
function svg(tag, attributes, ...children) {
  const made = dress(document.createElementNS(SVG, tag), attributes);
  for (const child of children) made.append(child);
  return made;
}
// Days since 1970 of a first day such as 2015-01-01.
function dayOf(text) { return Date.parse(`${text}T00:00:00Z`) / 86400000; }
// The top of the scale of a panel: of shares one for all panels, of rates each its own.
function topOf(lines, measure) {
  let highest = 0;
  for (const line of lines) {
    for (const point of line.points) {
      if (point.estimate !== null) highest = Math.max(highest, point.estimate, point.few ? 0 : point.upper);
    }
  }
  if (measure === "share") return [0.1, 0.2, 0.5].find((top) => highest <= top) || 1;
  const step = 10 ** Math.floor(Math.log10(highest || 1));
  return [1, 2, 5, 10].map((n) => n * step).find((top) => highest <= top);
}
// Draw panel by panel, so that a long figure does not hold the page; nothing is returned where another drawing began.
let drawings = 0;
async function drawFigure(place, view) {
  const mine = ++drawings;
  const width = Math.max(280, Math.floor(place.clientWidth));
  const wide = width >= 560, few = view.figure.kind === "positions";
  const columns = few ? 1 : Math.max(1, Math.min(3, Math.floor(width / 290)));
  const panels = [];
  for (const line of view.lines) {
    let panel = panels.find((one) => one.name === line.panel);
    if (!panel) panels.push(panel = { name: line.panel, lines: [] });
    panel.lines.push(line);
  }
  const cell = width / columns, high = few ? 190 : 132, left = few ? (wide ? 104 : 26) : 34, foot = few ? 34 : 20;
  const rows = Math.ceil(panels.length / columns), ledger = view.events.length ? 92 : 0;
  const axis = view.axis, height = rows * (high + foot) + ledger + 6;
  const drawn = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", class: "ev-svg",
    "aria-label": view.label, "aria-describedby": "ev-told", direction: "ltr" });
  const stops = [];
  let since = performance.now();
  for (const [n, panel] of panels.entries()) {
    if (performance.now() - since > 30) { await breath(); since = performance.now(); }
    if (mine !== drawings) return null;
    if (n === 0) place.replaceChildren(h("div", {}, drawn));
    const box = { x: (n % columns) * cell + left, y: Math.floor(n / columns) * (high + foot) + 20,
      width: cell - left - 12, height: high - 34 };
    const top = few ? 2 : topOf(view.figure.measure === "share" ? view.lines : panel.lines, view.figure.measure);
    drawPanel(drawn, panel, box, { ...view, top, wide, stops });
  }
  if (ledger) {
    const box = { x: left, y: rows * (high + foot) + 22, width: width - left - 12, height: 46 };
    drawLedger(drawn, box, { ...view, stops, wide });
  }
  if (!panels.length) place.replaceChildren(h("div", {}, drawn));
  place.dataset.width = place.clientWidth;
  return { drawn, stops };
}
function text(x, y, said, attributes) { return svg("text", { x, y, ...attributes }, said); }
function drawPanel(drawn, panel, box, view) {
  const positions = view.figure.kind === "positions", share = view.figure.measure === "share";
  const low = positions ? -2.2 : -0.05 * view.top, high = positions ? 2.2 : view.top * 1.03;
  const at = (value) => box.y + box.height * (1 - (Math.min(Math.max(value, low), high) - low) / (high - low));
  const begin = view.rtl ? { x: box.x + box.width, anchor: "end" } : { x: box.x, anchor: "start" };
  drawn.append(text(begin.x, box.y - 7, view.nameOfPanel(panel), { class: "ev-head", "text-anchor": begin.anchor }));
  const ticks = positions ? [-2, -1, 0, 1, 2] : [0, view.top / 2, view.top];
  for (const tick of ticks) {
    const said = positions ? (view.wide ? view.nameOfCode(tick) : signed(tick, 0)) : share ? `${tick * 100}` : `${tick}`;
    drawn.append(svg("line", { x1: box.x, x2: box.x + box.width, y1: at(tick), y2: at(tick),
      class: tick === 0 ? "ev-zero" : "ev-grid" }));
    drawn.append(text(box.x - 5, at(tick) + 3.5, said, { class: "ev-tick", "text-anchor": "end" }));
  }
  drawTime(drawn, box, view);
  const step = box.width / Math.max(1, view.axis.n), spread = Math.min(9, step / (panel.lines.length + 1));
  panel.lines.forEach((line, n) => {
    const look = `ev-l${positions ? n % 5 : 0}`, shift = (n - (panel.lines.length - 1) / 2) * spread;
    const x = (point) => view.axis.x(point.period, box) + shift;
    let path = "", last = null;
    for (const point of line.points) {
      const firm = point.estimate !== null && !point.few;
      if (firm) path += `${last === point.period - 1 ? "L" : "M"}${x(point).toFixed(1)} ${at(point.estimate).toFixed(1)}`;
      if (firm) last = point.period;
    }
    drawn.append(svg("path", { d: path, class: `ev-line ${look}` }));
    const stops = [], bars = { true: "", false: "" }, roomy = step >= 8;
    for (const { few, lower, upper, estimate, period } of line.points) {
      if (estimate !== null) bars[few] += `M${x({ period }).toFixed(1)} ${at(lower).toFixed(1)}V${at(upper).toFixed(1)}`;
    }
    for (const few of [true, false]) {
      if (bars[few]) drawn.append(svg("path", { d: bars[few], class: `ev-bar ${look}${few ? " ev-pale" : ""}` }));
    }
    for (const point of line.points) {
      if (point.estimate === null) continue;
      const mark = svg("g", { class: `ev-point ${look}${point.few ? " ev-few" : ""}`, role: "button", tabindex: -1,
        "aria-label": view.nameOfPoint(line, point) });
      mark.dataset.layer = `p:${line.key}@${view.idOfPeriod(point.period)}`;
      if (roomy) mark.append(svg("rect", { x: x(point) - Math.max(5, Math.min(12, step / 2)), y: at(point.estimate) - 12,
        width: Math.max(10, Math.min(24, step)), height: 24, class: "ev-hit" }));
      mark.append(svg("path", { d: SHAPES[positions ? n % 5 : 0], class: "ev-mark",
        transform: `translate(${x(point).toFixed(1)} ${at(point.estimate).toFixed(1)})` }));
      stops.push({ mark, layer: mark.dataset.layer, x: x(point), y: at(point.estimate) });
      drawn.append(mark);
    }
    if (stops.length) view.stops.push(stops);
  });
  if (positions) drawCounts(drawn, panel, box, view, step);
}
// The n below a panel of positions: numbers where they fit, else bars.
function drawCounts(drawn, panel, box, view, step) {
  const y = box.y + box.height + 26, most = Math.max(1, ...panel.lines.flatMap((line) => line.points.map((one) => one.nWith)));
  for (let n = 0; n < view.axis.n; n++) {
    const total = panel.lines.reduce((sum, line) => sum + (line.points[n] ? line.points[n].nWith : 0), 0);
    if (!total) continue;
    const x = view.axis.x(view.axis.first + n, box);
    if (step >= 22) drawn.append(text(x, y + 3, `${total}`, { class: "ev-n", "text-anchor": "middle" }));
    else drawn.append(svg("rect", { x: x - step * 0.4, width: step * 0.8, class: "ev-nbar",
      y: y + 5 - 12 * Math.min(1, total / most), height: 12 * Math.min(1, total / most) }));
  }
  drawn.append(text(box.x - 5, y + 3, "n", { class: "ev-tick", "text-anchor": "end" }));
}
// Names of the periods under an axis, as many as fit; time runs from left to right in both languages.
function drawTime(drawn, box, view) {
  const every = Math.max(1, Math.ceil(view.axis.n * (view.nameOfPeriod(view.axis.first).length * 7 + 14) / box.width)), bottom = box.y + box.height;
  drawn.append(svg("line", { x1: box.x, x2: box.x + box.width, y1: bottom, y2: bottom, class: "ev-axis" }));
  for (let n = 0; n < view.axis.n; n += every) {
    const x = view.axis.x(view.axis.first + n, box);
    drawn.append(svg("line", { x1: x, x2: x, y1: bottom, y2: bottom + 3, class: "ev-axis" }));
    drawn.append(text(x, bottom + 13, view.nameOfPeriod(view.axis.first + n), { class: "ev-tick", "text-anchor": "middle" }));
  }
}
function drawLedger(drawn, box, view) {
  const begin = view.rtl ? { x: box.x + box.width, anchor: "end" } : { x: box.x, anchor: "start" };
  drawn.append(text(begin.x, box.y - 9, view.words.ledger, { class: "ev-head", "text-anchor": begin.anchor }));
  drawTime(drawn, box, view);
  const stops = [];
  for (const event of view.events) {
    const x = view.axis.at(event.day, box);
    if (x < box.x - 1 || x > box.x + box.width + 1) continue;
    const known = event.position !== null, code = known ? Math.round(event.position) : 0;
    const y = box.y + box.height / 2 - code * (box.height / 5.5);
    const mark = svg("g", { class: `ev-point ev-event${known ? "" : " ev-few"}`, role: "button", tabindex: -1,
      "aria-label": view.nameOfEvent(event), "data-layer": `e:${event.number}` });
    mark.append(svg("rect", { x: x - 5, y: y - 7, width: 10, height: 14, class: "ev-hit" }));
    mark.append(svg("path", { d: known ? SHAPES[EVENT_SHAPES[code] ?? 1] : "M0 -5V5", class: "ev-mark",
      transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(0.8)` }));
    drawn.append(mark);
    stops.push({ mark, layer: `e:${event.number}`, x, y });
  }
  stops.sort((one, other) => one.x - other.x);
  if (stops.length) view.stops.push(stops);
}
// Lead the keyboard through the points: one of them is the tab stop, arrows move it, Enter opens it.
function leadKeyboard(figure, view) {
  const { drawn, stops } = figure;
  let line = 0, place = 0;
  const here = () => stops[line] && stops[line][place];
  const rest = (to) => {
    if (here()) here().mark.setAttribute("tabindex", "-1");
    [line, place] = to;
    if (here()) here().mark.setAttribute("tabindex", "0");
  };
  const find = (holds) => {
    for (let n = 0; n < stops.length; n++) {
      const at = stops[n].findIndex(holds);
      if (at >= 0) return [n, at];
    }
    return null;
  };
  const under = (event) => find((stop) => stop.mark === event.target.closest(".ev-point"));
  const nearest = (to) => {
    const x = here().x - stops[line][0].x;
    const away = (stop) => Math.abs(stop.x - stops[to][0].x - x);
    const best = stops[to].reduce((found, stop, n) => (away(stop) < away(stops[to][found]) ? n : found), 0);
    const exact = stops[to].findIndex((stop) => periodOfLayer(stop.layer) === periodOfLayer(here().layer));
    return exact >= 0 ? exact : best;
  };
  const moves = {
    ArrowRight: () => [line, Math.min(place + 1, stops[line].length - 1)], ArrowLeft: () => [line, Math.max(place - 1, 0)],
    Home: () => [line, 0], End: () => [line, stops[line].length - 1],
    ArrowDown: () => (line + 1 < stops.length ? [line + 1, nearest(line + 1)] : [line, place]),
    ArrowUp: () => (line > 0 ? [line - 1, nearest(line - 1)] : [line, place]),
  };
  if (stops.length) rest([0, 0]);
  drawn.addEventListener("keydown", (event) => {
    const mark = event.target.closest(".ev-point");
    if (!mark || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); view.open(here().layer); return; }
    if (!moves[event.key]) return;
    event.preventDefault();
    rest(moves[event.key]());
    here().mark.focus();
  });
  const tell = (event) => {
    const mark = event.target.closest(".ev-point");
    view.tell(mark ? mark.getAttribute("aria-label") : "", mark);
  };
  const around = drawn.parentNode; // a drawing that listens to the focus would be a stop of the tab key itself
  around.addEventListener("focusin", (event) => {
    const found = under(event);
    if (found) rest(found);
    tell(event);
  });
  drawn.addEventListener("pointerover", tell);
  around.addEventListener("focusout", () => view.tell("", null));
  drawn.addEventListener("pointerleave", () => view.tell("", null));
  drawn.addEventListener("click", (event) => {
    const found = under(event);
    if (found) { rest(found); here().mark.focus(); view.open(here().layer); }
  });
  return (layer) => { // focus the point of a layer
    const found = find((stop) => stop.layer === layer);
    if (found) { rest(found); here().mark.focus(); }
    return found !== null;
  };
}
function periodOfLayer(layer) { return layer.startsWith("p:") ? layer.slice(layer.lastIndexOf("@") + 1) : ""; }
