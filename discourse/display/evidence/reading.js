// A document: its text with what was found marked, how its position came about, and the points that it counts in.
// Turn text into spans: tints behind stretches, marks that can be focused and say what found them. One sweep over what
// begins and ends; a long text stands in blocks, one drawn a frame, so that it does not hold the page.
const PIECES = 400;
function markedText(said, start, marks, tints, attributes) {
  const units = unitsOf(said), end = start + (said ? [...said].length : 0), told = h("div", attributes);
  const begun = new Set(), inside = (one) => one.to > start && one.from < end && one.to > one.from;
  const found = [...marks, ...tints].filter(inside).sort((one, other) => one.from - other.from);
  const within = found.flatMap((one) => [one.from, one.to]).filter((at) => at > start && at < end);
  const borders = [...new Set([start, end, ...within])].sort((one, other) => one - other);
  let next = 0, place = 0, open = [];
  const draw = (into) => {
    for (let n = 0, full = false; place + 1 < borders.length && !full; place++, n++) {
      const from = borders[place], piece = said.slice(units(from - start), units(borders[place + 1] - start));
      open = open.filter((one) => one.to > from);
      while (next < found.length && found[next].from <= from) open.push(found[next++]);
      const here = open.filter((one) => one.kind), tinted = open.filter((one) => one.tint);
      for (const one of tinted) if (one.badge && !begun.has(one)) { begun.add(one); into.append(noteButton(one)); }
      let node = document.createTextNode(piece);
      if (here.length) {
        const kinds = [...new Set(here.map((one) => one.kind))], fresh = here.some((one) => !begun.has(one));
        here.forEach((one) => begun.add(one));
        node = h("mark", { class: kinds.map((kind) => `ev-is-${kind}`).join(" ") }, piece);
        if (fresh) noteOpener(node, here, here.map((one) => one.label).join("; "));
      }
      const drawn = into.appendChild(h("span", { class: tinted.map((one) => one.tint).join(" ") || null }, node));
      for (const one of open) if (one.reached && !begun.has(one)) { begun.add(one); one.reached(drawn); }
      full = n > PIECES && (n > 2 * PIECES ? /\s$/ : /\n\s*$/).test(piece);
    }
    told.append(into);
    if (place + 1 < borders.length) requestAnimationFrame(() => { if (told.isConnected) draw(h("div")); });
  };
  draw(h("div"));
  return told;
}
function noteButton(one) {
  const made = button(one.badge, null, { class: `ev-badge ${one.tint}-badge`, "aria-label": `${one.badge} ${one.label}`, title: one.label });
  return noteOpener(made, [one], null);
}
// Let an element open and close the note that says what it stands for, in the text right behind it.
function noteOpener(node, subjects, label) {
  let note = null;
  const close = () => { toggle(); node.focus(); };
  const toggle = () => {
    if (note) { note.remove(); note = null; node.setAttribute("aria-expanded", "false"); return; }
    note = h("div", { class: "ev-note", role: "group", tabindex: -1, dir: HEAD.rtl ? "rtl" : "ltr", lang: HEAD.language,
      "aria-label": say("note") }, subjects.map((one) => one.note()),
      button(say("close"), close, { class: "ev-close" }));
    note.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); close(); } });
    node.setAttribute("aria-expanded", "true");
    (node.closest("h3") || node.closest(".ev-text span") || node).after(note);
    note.focus();
  };
  node.setAttribute("aria-expanded", "false");
  node.addEventListener("click", toggle);
  if (label !== null) {
    dress(node, { role: "button", tabindex: 0, "aria-label": `${node.textContent}: ${label}` });
    node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(); } });
  }
  return node;
}
function facts(rows) {
  return h("dl", {}, rows.filter((row) => row && row[1] !== null && row[1] !== "").map(([name, value]) =>
    [h("dt", {}, name), h("dd", { dir: "auto" }, value)]));
}
function linkTo(view, to, said) { return h("a", { href: view.address(to), "data-layer": to, dir: "auto" }, said); }
// What a match, a quotation, a sentence of a position say of themselves, and what can be said against them.
function subjectsOf(view, head, reading, entries) {
  const marks = [], tints = [], titled = [], { holder } = view.filter;
  for (const row of reading.m) {
    const [inTitle, from, to, code, role, negated, hedged] = row, [lexicon, category, pattern, weight] = entries[code];
    const state = [role ? say(["", "aside", "scene"][role]) : say("counts"), negated ? say("negated") : "", hedged ? say("hedged") : ""];
    const label = [labelOf(category), ...state].filter(Boolean).join(say("comma"));
    const what = { what: "match", doc_id: head.id, start_char: inTitle ? 0 : from, end_char: inTitle ? 0 : to, category, entry: pattern,
      measured: category, choices: ["none", ...HEAD.lexicons.find((one) => one.name === lexicon).categories] };
    (inTitle ? titled : marks).push({ from, to, kind: role === 1 ? "aside" : "match", label,
      note: () => h("div", {}, h("strong", {}, say("match_of", { category: labelOf(category) })), facts([
        [say("kind_entry"), linkTo(view, `l:entry:${code}`, pattern)], [say("weight"), plainNumber(weight, 1)],
        [say("contributes"), state.filter(Boolean).join("; ")]]), correctionButton(what)) });
  }
  for (const row of reading.q) {
    const [cueFrom, cueTo, from, to, kind, rule, actor, speakerFrom, speakerTo, speaker, chain] = row;
    const label = `${say("quotation_of")} ${actor ? labelOf(actor) : say("nobody")}`;
    const what = { what: "quotation", doc_id: head.id, start_char: from, end_char: to, holder: actor || "",
      entry: rule, measured: actor || "none", choices: ["none", ...HEAD.actors] };
    const note = () => h("div", {}, h("strong", {}, label), facts([[say("speaker"), speaker], [say("chain"), chain],
      [say("kind"), say(`speech_${kind}`)], [say("kind_quotation"), linkTo(view, `l:quotation:${rule}`, rule)]]), correctionButton(what));
    tints.push({ from, to, tint: "ev-said", badge: "\u201d", label, note });
    if (cueFrom !== null) marks.push({ from: cueFrom, to: cueTo, kind: "speech", label: say("cue_of_speech") + say("comma") + label, note });
    if (speakerFrom !== null) marks.push({ from: speakerFrom, to: speakerTo, kind: "speaker", label: say("speaker") + say("comma") + label, note });
  }
  for (const row of reading.s) {
    const [sentence, from, to, own, voice, polarity, negated, , cues, codes, rules, classes, spans] = row;
    const label = say("sentence_label", { holder: labelOf(own), side: say(`side_${polarity}`), voice: labelOf(voice) });
    const what = { what: "sentence", doc_id: head.id, start_char: from, end_char: to, holder: own, target: HEAD.target, entry: rules.join("|"),
      measured: polarity, choices: ["-1", "0", "1", "none"] };
    const note = (chosen) => h("div", {}, h("strong", {}, label), facts([[say("contributes"), sentenceShare(row)],
      negated ? [say("turned"), say("yes")] : null]), h("ul", {}, cues.map((cue, n) => (chosen === undefined || chosen === n) &&
      h("li", {}, linkTo(view, `l:cue:${cue}`, cue), ": ", nameOfCode(Number(codes[n])), " \u00b7 ", bdi(classes[n]), " \u00b7 ",
        linkTo(view, `l:rule:${rules[n]}`, rules[n]))).filter(Boolean)), correctionButton(what));
    const mine = own === holder ? " ev-mine" : "";
    if (sentence >= 0) tints.push({ from, to, tint: "ev-sentence", badge: signed(polarity, 0), label, note: () => note() });
    spans.forEach((span, n) => span && (sentence < 0 ? titled : marks).push({ from: span[0], to: span[1], kind: `cue${mine}`,
      label: say("cue_label", { holder: labelOf(own), code: nameOfCode(Number(codes[n])), rule: rules[n] }), note: () => note(n) }));
  }
  return { marks, tints, titled };
}
// What a sentence adds to the position of its document.
function sentenceShare([sentence, , , , , polarity]) {
  if (sentence < 0) return say("share_headline");
  return say(polarity > 0 ? "share_for" : polarity < 0 ? "share_against" : "share_neither");
}
async function showDocument(view, panel, layer) {
  const doc = await placeOfId(HEAD, layer.rest);
  if (doc < 0) { panel.title(say("no_document")); return; }
  const [head, reading, entries] = [await headOf(HEAD, doc), await readingOf(HEAD, doc), await openPart("entries")];
  const found = reading ? subjectsOf(view, head, reading, entries) : { marks: [], tints: [], titled: [] };
  panel.title(markedText(head.title || head.id, 0, found.titled, [], { class: "ev-heading", dir: "auto" }));
  const { date, precision } = CORE.documents, address = safeAddress(head.url);
  panel.add(h("p", { class: "ev-meta" }, dayName(date[doc], precision[doc]), " \u00b7 ",
    CORE.source[doc] >= 0 ? [bdi(CORE.sources[CORE.source[doc]]), " \u00b7 "] : "", bdi(head.id),
    address ? [" \u00b7 ", h("a", { href: address, rel: "noreferrer" }, say("address"))] : ""));
  if (!reading) panel.add(h("p", {}, say("not_read", { target: labelOf(HEAD.target) })));
  else panel.add(askedFor(reading, layer.asked, found), textOf(reading, found));
  panel.add(derivation(view, doc, head, reading));
  panel.add(countsIn(view, doc));
}
// Mark the letters that the address names: the first stretch is gone to, or said to be missing; the others stand out in it.
function askedFor(reading, asked, { tints }) {
  const held = ([from, to]) => from < to && reading.p.some(([start, said]) => from >= start && to <= start + [...said].length);
  if (asked.length && !held(asked[0])) return h("p", { class: "ev-meta ev-missing" }, say("no_stretch"));
  asked.filter(held).forEach(([from, to], n) => tints.push({ from, to, tint: n ? "ev-asked-word" : "ev-asked", reached: n ? null : goTo }));
  return null;
}
// Go to a piece of text once it stands in the page.
function goTo(node) {
  dress(node, { tabindex: -1, role: "group", "aria-label": say("asked_for") });
  requestAnimationFrame(() => { node.focus({ preventScroll: true }); node.scrollIntoView({ block: "center" }); });
}
// The text as far as the page holds it; what is left out between two pieces is said.
function textOf(reading, { marks, tints }) {
  if (!reading.p.length) return h("p", {}, say(HEAD.texts === "none" ? "text_none" : "text_empty"));
  const parts = [h("p", { class: "ev-legend" }, ["match", "aside", "cue", "speech", "speaker"].map((kind) =>
    [h("mark", { class: `ev-is-${kind}` }, say(`legend_${kind}`)), " "]), h("span", { class: "ev-said" }, say("legend_said")), " ",
  h("span", { class: "ev-sentence" }, say("legend_sentence")))];
  let last = 0;
  for (const [start, said] of reading.p) {
    if (start > last) parts.push(h("p", { class: "ev-gap" }, say("gap")));
    parts.push(markedText(said, start, marks, tints, { class: "ev-text", dir: "rtl", lang: "ar" }));
    last = start + [...said].length + 1;
  }
  if (last < reading.n) parts.push(h("p", { class: "ev-gap" }, say("gap")));
  return parts;
}
// From sentences, cues, codes and rules to the position of each holder, beside the hand codes.
function derivation(view, doc, head, reading) {
  const rows = positionsOf(CORE, doc), holders = [...new Set([view.filter.holder, ...rows.map((row) => row.holder),
    ...(reading ? reading.s.map((row) => row[3]) : [])])];
  const parts = [h("h4", {}, say("derivation"))];
  for (const holder of holders) {
    const own = rows.filter((row) => row.holder === holder), sentences = reading ? reading.s.filter((row) => row[3] === holder) : [];
    if (!own.length && !sentences.length) continue;
    const cells = sentences.map((row) => [row[0] < 0 ? say("headline") : `${row[0] + 1}`, labelOf(row[4]), isolated(signed(row[5], 0)),
      row[8].map((cue, n) => h("div", {}, bdi(cue), ": ", isolated(signed(Number(row[9][n]), 0)), " \u00b7 ", bdi(row[10][n])))]);
    if (cells.length) parts.push(tableOf(say("sentences_of", { holder: labelOf(holder) }), [say("sentence"), say("voice"), say("side"), say("cues")], cells));
    for (const row of own) {
      const told = row.basis === "lexicon" ? say("came_about", { for: row.nFor, against: row.nAgainst }) : say("hand_coded");
      const what = { what: "position", doc_id: head.id, start_char: "", end_char: "", holder, target: HEAD.target, measured: row.value,
        choices: ["-2", "-1", "0", "1", "2", "none"] };
      parts.push(h("p", { class: "ev-result" }, h("strong", {}, `${labelOf(holder)}${say("comma")}${labelOf(row.basis)}: `, nameOfCode(row.value)), ` \u00b7 ${labelOf(row.voice)}`,
        row.grade ? ` \u00b7 ${say("evidence")}: ${say(`grade_${row.grade}`)}` : "", ` \u00b7 ${told} `, row.basis === "lexicon" ? correctionButton(what) : ""));
    }
    if (!own.some((row) => row.basis === "lexicon")) parts.push(h("p", {}, say("no_position", { holder: labelOf(holder) })));
  }
  if (parts.length === 1) parts.push(h("p", {}, say("no_sentences")));
  else parts.push(h("p", { class: "ev-meta" }, say("score_rule")));
  return h("section", {}, parts);
}
// The points of all figures that the document counts in.
function countsIn(view, doc) {
  const period = CORE.period[doc];
  if (period < 0) return h("p", {}, say("in_no_period"));
  const day = CORE.periods[period], items = [];
  for (const row of positionsOf(CORE, doc)) {
    items.push([`${labelOf(row.holder)}${say("comma")}${labelOf(row.basis)}${say("comma")}${labelOf(row.voice)}`,
      view.pointAddress("positions", `${row.basis}/${row.voice}`, day, row.holder)]);
  }
  for (const one of CORE.counts) {
    const at = one.doc.indexOf(doc);
    if (at < 0 || !one.present[at]) continue;
    const figure = HEAD.figures.find((other) => other.kind === "counts" && other.lexicon === one.lexicon && other.measure === "share");
    items.push([`${figure.title}: ${labelOf(one.category)}`, view.pointAddress(figure.id, one.category, day)]);
  }
  return h("section", {}, h("h4", {}, say("counts_in", { period: isolated(periodName(period)) })),
    h("ul", {}, items.map(([said, address]) => h("li", {}, h("a", { href: address }, said)))));
}
