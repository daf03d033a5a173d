// "This is wrong": what a reader holds against a finding, kept in the browser and saved as a table.
const COLUMNS = ["doc_id", "what", "start_char", "end_char", "holder", "target", "category", "entry", "measured", "corrected", "coder",
  "why", "date"];
let corrections = [];

// The store may be closed to pages opened from a disk: then corrections live as long as the page.
function stored(write) {
  try {
    if (write) localStorage.setItem(HEAD.key, JSON.stringify(corrections));
    else return JSON.parse(localStorage.getItem(HEAD.key) || "[]");
  } catch { if (write) return false; }
  return write ? true : [];
}
function loadCorrections() {
  const found = stored(false);
  corrections = Array.isArray(found) ? found.filter((one) => one && typeof one === "object" && typeof one.doc_id === "string") : [];
  tellCorrections();
}
// A cell as a spreadsheet program takes it: nothing that it would run; a number stays one.
function cellOf(value) {
  const said = value === null || value === undefined ? "" : String(value);
  const risky = /^[=+\-@\t\r]/.test(said) && !/^-?\d+(\.\d+)?$/.test(said);
  const guarded = risky ? `'${said}` : said;
  return /[",\n\r]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
function correctionsTable(rows) {
  return "\ufeff" + [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => row[name]))].map((row) => row.map(cellOf).join(",")).join("\r\n") + "\r\n";
}
function tellCorrections() {
  const place = document.getElementById("ev-corrections");
  if (!place) return;
  const items = corrections.map((one, n) => h("li", {}, bdi(one.doc_id), ` \u00b7 ${say(`what_${one.what}`)} \u00b7 `, bdi(one.entry || one.holder || one.category),
    `: ${one.measured} / `, bdi(one.corrected), ` (${one.coder}) `, button(say("take_back"), () => {
      corrections.splice(n, 1);
      stored(true);
      tellCorrections();
      document.querySelector("#ev-corrections summary").focus();
    }, { "aria-label": `${say("take_back")}: ${one.doc_id}` })));
  const wasOpen = place.querySelector("details") && place.querySelector("details").open;
  place.replaceChildren(corrections.length === 0 ? "" : h("details", { open: wasOpen || null },
    h("summary", {}, say("corrections_n", { n: corrections.length })), h("p", {}, say("corrections_kept")),
    button(say("download"), downloadCorrections, { class: "ev-download" }), h("ul", {}, items)));
}
function downloadCorrections() {
  const address = URL.createObjectURL(new Blob([correctionsTable(corrections)], { type: "text/csv;charset=utf-8" }));
  const link = h("a", { href: address, download: "corrections.csv", hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
function correctionButton(what) {
  const made = button(say("wrong"), () => {
    const form = correctionForm(what, () => { form.remove(); made.hidden = false; made.focus(); });
    made.hidden = true;
    made.after(form);
    form.querySelector("select, input").focus();
  }, { class: "ev-wrong", "aria-label": `${say("wrong")}: ${say(`what_${what.what}`)}` });
  return made;
}
let fields = 0;

function correctionForm(what, close) {
  const number = ++fields, field = (name, input) => h("p", {}, h("label", { for: `ev-f${number}-${name}` }, say(`field_${name}`)), " ", input);
  const id = (name) => ({ id: `ev-f${number}-${name}`, required: true });
  const value = what.choices ? h("select", id("corrected"), what.choices.filter((one) => one !== String(what.measured)).map((one) =>
    h("option", { value: one }, choiceTold(what, one)))) : h("input", { ...id("corrected"), placeholder: say("hint_actor") });
  const who = h("input", { ...id("coder"), value: corrections.length ? corrections.at(-1).coder : "" }), why = h("input", id("why"));
  const said = h("p", { role: "status" });
  const save = (event) => {
    event.preventDefault();
    const row = Object.fromEntries(COLUMNS.map((name) => [name, what[name] === undefined ? "" : what[name]]));
    Object.assign(row, { corrected: value.value.trim(), coder: who.value.trim(), why: why.value.trim(), date: new Date().toISOString().slice(0, 19) });
    if (!row.corrected || !row.coder || !row.why) { said.textContent = say("all_fields"); return; }
    corrections.push(row);
    const kept = stored(true);
    tellCorrections();
    close();
    document.getElementById("ev-status").textContent = say(kept ? "kept" : "kept_not");
  };
  return h("form", { class: "ev-form", onsubmit: save, "aria-label": say("wrong") }, h("p", {}, say("measured_is", { value: choiceTold(what, String(what.measured)) })),
    field("corrected", value), field("coder", who), field("why", why), said,
    h("button", { type: "submit" }, say("save")), " ", button(say("cancel"), close));
}
function choiceTold(what, one) {
  if (one === "none" || one === "") return say(what.what === "match" ? "none_match" : what.what === "quotation" ? "nobody" : "none_position");
  if (what.what === "position") return nameOfCode(Number(one));
  if (what.what === "sentence") return say(`side_${one}`);
  return labelOf(one);
}
