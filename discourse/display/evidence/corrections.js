// "This is wrong": what a reader holds against a finding, kept in the browser and saved as a table.
const COLUMNS = ["doc_id", "what", "start_char", "end_char", "holder", "target", "category", "entry", "measured", "corrected", "coder",
  "why", "date"];
let corrections = [], loose = [], saved = true; // loose: what the store does not take; saved: it was downloaded
// The store may be closed to pages opened from a disk: then corrections live as long as the page.
function storedCorrections() {
  try {
    const found = JSON.parse(localStorage.getItem(HEAD.key) || "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one?.doc_id === "string") : [];
  } catch { return []; }
}
// Add to the list as it stands now, which another tab may have changed, or take back; tell whether the store has it.
function changeCorrections(added, taken) {
  const gone = JSON.stringify(taken), stays = (one) => JSON.stringify(one) !== gone;
  loose = [...loose, ...added].filter(stays);
  try {
    localStorage.setItem(HEAD.key, JSON.stringify([...storedCorrections(), ...loose].filter(stays)));
    loose = [];
  } catch { saved = false; }
  tellCorrections();
  return !loose.length;
}
function loadCorrections() {
  tellCorrections();
  window.addEventListener("storage", tellCorrections);
  window.addEventListener("beforeunload", (event) => {
    if ((loose.length && !saved) || typedForm()) event.preventDefault();
  });
}
function typedForm() {
  return [...document.querySelectorAll(".ev-form input")].some((one) => one.value !== one.defaultValue);
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
  corrections = [...storedCorrections(), ...loose];
  const items = corrections.map((one) => h("li", {}, bdi(one.doc_id), ` \u00b7 ${say(`what_${one.what}`)} \u00b7 `,
    bdi(one.entry || one.holder || one.category), `: ${one.measured} / `, bdi(one.corrected), ` (${one.coder}) `,
    button(say("take_back"), () => {
      changeCorrections([], one);
      document.querySelector("#ev-corrections summary")?.focus();
    }, { "aria-label": `${say("take_back")}: ${one.doc_id}` })));
  const wasOpen = place.querySelector("details") && place.querySelector("details").open;
  place.replaceChildren(corrections.length === 0 ? "" : h("details", { open: wasOpen || null },
    h("summary", {}, say("corrections_n", { n: corrections.length })), h("p", {}, say("corrections_kept")),
    button(say("download"), downloadCorrections, { class: "ev-download" }), h("ul", {}, items)));
}
function downloadCorrections() {
  tellCorrections();
  saved = true;
  const address = URL.createObjectURL(new Blob([correctionsTable(corrections)], { type: "text/csv;charset=utf-8" }));
  const link = h("a", { href: address, download: "corrections.csv", hidden: true });
  document.body.append(link);
  link.click(); link.remove();
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
  const others = what.choices.filter((one) => one !== String(what.measured));
  const value = h("select", id("corrected"), h("option", { value: "" }, say("choose")),
    others.map((one) => h("option", { value: one }, choiceTold(what, one))));
  const who = h("input", { ...id("coder"), value: corrections.length ? corrections.at(-1).coder : "" });
  const why = h("input", id("why"));
  const said = h("p", { role: "status" });
  const save = (event) => {
    event.preventDefault();
    const row = Object.fromEntries(COLUMNS.map((name) => [name, what[name] === undefined ? "" : what[name]]));
    Object.assign(row, { corrected: value.value.trim(), coder: who.value.trim(), why: why.value.trim(), date: new Date().toISOString().slice(0, 19) });
    if (!row.corrected || !row.coder || !row.why) { said.textContent = say("all_fields"); return; }
    const kept = changeCorrections([row]);
    close();
    document.getElementById("ev-status").textContent = say(kept ? "kept" : "kept_not");
  };
  return h("form", { class: "ev-form", onsubmit: save, "aria-label": say("wrong") }, h("p", {}, say("measured_is", { value: choiceTold(what, String(what.measured)) })),
    field("corrected", value), field("coder", who), field("why", why), said,
    h("button", { type: "submit" }, say("save")), " ", button(say("cancel"), close));
}
function choiceTold(what, one) {
  if (one === "none") return say({ match: "none_match", quotation: "nobody" }[what.what] || "none_position");
  if (what.what === "position") return nameOfCode(Number(one));
  if (what.what === "sentence") return say(`side_${one}`);
  return labelOf(one);
}
