// Elements of the page, and its words and numbers: all text goes in as text, never as markup.
const BASES = ["hand", "lexicon"], GRADES = ["strong", "fair", "weak"];
const ISOLATE = "\u2066", POP = "\u2069";
let HEAD, CORE; // what the page opens with
function h(tag, attributes, ...children) {
  const made = dress(document.createElement(tag), attributes);
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined && child !== "") made.append(child);
  return made;
}
function dress(node, attributes) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  return node;
}
// A sentence or word of the page, with {names} filled in; in Arabic, numbers and days keep their direction.
function say(name, values) {
  return HEAD.words[name].replace(/\{(\w+)\}/g, (whole, key) => {
    const value = values && values[key];
    if (value === undefined || value === null) return whole;
    return typeof value === "number" ? isolated(value.toLocaleString("en-US")) : String(value);
  });
}
function isolated(said) { return HEAD.language === "ar" ? ISOLATE + said + POP : said; }
// Round as the library does: what lies halfway goes away from 0.
function rounded(value, digits) {
  const scaled = Number((Math.abs(value) * 10 ** digits).toPrecision(12));
  return Math.sign(value) * Math.round(scaled) / 10 ** digits;
}
function plainNumber(value, digits) {
  const near = rounded(value, digits);
  return (near < 0 ? "\u2212" : "") + Math.abs(near).toFixed(digits);
}
function signed(value, digits) {
  const near = rounded(value, digits);
  return (near > 0 ? "+" : "") + plainNumber(near, digits);
}
// An estimate of a figure as it is read: signed positions, percent, rates.
function measured(figure, value) {
  if (value === null) return "\u2013";
  if (figure.kind === "positions") return signed(value, 2);
  return figure.measure === "share" ? `${plainNumber(value * 100, 0)}%` : plainNumber(value, 2);
}
// What a table of names holds for a name, and nothing that every object has.
function own(table, name) { return table && Object.hasOwn(table, name) ? table[name] : undefined; }
function labelOf(name) { return own(HEAD.labels, name) || String(name).replaceAll("_", " "); }
function nameOfCode(code) {
  return `${isolated(signed(code, Number.isInteger(code) ? 0 : 1))} ${HEAD.codes[code] || ""}`.trim();
}
// A day as precisely as it is known.
function dayName(day, precision) {
  if (day === null || day === undefined) return say("no_date");
  return isolated(new Date(day * 86400000).toISOString().slice(0, [10, 7, 4][precision || 0]));
}
function periodName(period) {
  if (CORE.undated) return say("all_documents_short");
  const first = CORE.periods[period];
  if (HEAD.period === "year") return first.slice(0, 4);
  return HEAD.period === "month" ? first.slice(0, 7) : `${first.slice(0, 4)}-Q${Math.ceil(Number(first.slice(5, 7)) / 3)}`;
}
// An address that may be a link: of the web, and of nothing that runs.
function safeAddress(address) { return typeof address === "string" && /^https?:\/\//i.test(address) ? address : null; }
function button(said, press, more) { return h("button", { type: "button", onclick: press, ...more }, said); }
function bdi(said, attributes) { return h("bdi", attributes, said === null || said === undefined ? "" : String(said)); }
// Rows as a real table; the first column heads the row.
function tableOf(caption, heads, rows) {
  const cells = (row) => row.map((cell, n) => (n ? h("td", { dir: "auto" }, cell) : h("th", { scope: "row", dir: "auto" }, cell)));
  const look = rows.length > 200 ? "ev-wide ev-long" : "ev-wide";
  return h("div", { class: look, tabindex: 0, role: "region", "aria-label": caption },
    h("table", {}, h("caption", {}, caption),
    h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, cells(row))))));
}
