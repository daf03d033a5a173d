// The form for coding by hand. It shows what the kernel says and tells it what the coder did; all words, codes and keys
// come from there. Text is only ever put in as text, so that nothing in it can run.

const SECONDS = 8; // after which a kernel that does not answer is said not to
const NOTHING = ["none", "no position"]; // codes that stand alone in a set

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    } else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

// Which key was pressed, whatever the layout: digits of all scripts as 0-9, letters of other scripts by their place.
function keyOf(event) {
  const key = event.key;
  if (key.length !== 1) return key;
  const point = key.codePointAt(0);
  if (point >= 0x660 && point <= 0x669) return String(point - 0x660);
  if (point >= 0x6f0 && point <= 0x6f9) return String(point - 0x6f0);
  if (key === "\u2212") return "-";
  if (key === "\u061f") return "?";
  if (/^[\x21-\x7e]$/.test(key)) return key.toLowerCase();
  const place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code || "");
  if (place) return place[1].toLowerCase();
  return event.code === "Minus" || event.code === "NumpadSubtract" ? "-" : key;
}

function isTyping(target) {
  return target.tagName === "TEXTAREA" || (target.tagName === "INPUT" && target.type === "text");
}

let count = 0;

class Form {
  constructor(model, el) {
    this.model = model;
    this.name = `discourse-${Date.now().toString(36)}-${++count}`;
    this.asked = 0;
    this.waiting = null; // number of the message that is not answered
    this.queue = []; // keys pressed meanwhile
    this.typed = ""; // a minus that waits for its digit
    this.root = make("section", { class: "discourse-coding", tabindex: -1, on: { keydown: (event) => this.onKey(event) } });
    el.append(this.root);
    this.onMessage = (message) => this.hear(message);
    model.on("msg:custom", this.onMessage);
    this.ask({ do: "open" });
  }

  end() {
    clearTimeout(this.timer);
    this.model.off("msg:custom", this.onMessage);
  }

  // ---- to and from the kernel

  ask(message) {
    const id = `${this.name}-${++this.asked}`;
    this.waiting = { id, message };
    this.sent = this.view ? JSON.stringify(this.read()) : "";
    clearTimeout(this.timer);
    if (message.do !== "open") {
      this.root.setAttribute("aria-busy", "true");
      this.timer = setTimeout(() => this.unanswered(), SECONDS * 1000);
    }
    try {
      this.model.send({ ...message, id });
    } catch {
      this.unanswered();
    }
  }

  unanswered() {
    this.waiting = null;
    this.queue = [];
    this.root.removeAttribute("aria-busy");
    if (this.words) this.say([], this.words.no_answer);
  }

  hear(message) {
    const own = this.waiting && message.id === this.waiting.id;
    const late = typeof message.id === "string" && message.id.startsWith(`${this.name}-`);
    const asIs = late && !own && !this.waiting && this.view && JSON.stringify(this.read()) === this.sent;
    const done = own ? this.waiting.message.do : asIs ? "late" : "";
    if (!own && !late && !message.view) return;
    if (own) {
      this.waiting = null;
      clearTimeout(this.timer);
      this.root.removeAttribute("aria-busy");
    }
    if (message.setup && (own || late) && !this.words) this.build(message.setup);
    if (!this.words) return;
    if (message.view) this.takeIn(message.view, done);
    if (own || late) {
      this.say(message.said || [], message.error || "");
      if (message.missing) this.focusOn(message.missing[0]);
    }
    const keys = this.queue;
    this.queue = [];
    for (const key of keys) {
      if (this.waiting) this.queue.push(key);
      else this.press(key, document.activeElement);
    }
  }

  // Show a unit; what is chosen and not saved yet stays where only the text of the same unit is new.
  takeIn(view, done) {
    const focused = this.root.contains(document.activeElement);
    const same = this.view && this.view.unit === view.unit;
    const open = this.view && JSON.stringify(this.read()) !== this.loaded;
    if (same && done === "wrong_mark") {
      this.view = view;
      this.showText(view);
      this.panel.hidden = true;
      if (focused) this.focusOn(this.active);
    } else if (done || !open) this.show(view, focused);
  }

  say(said, error) {
    const named = (values) => ({ ...values, ...(values.variables ? { variables: this.labels(values.variables) } : {}) });
    this.status.textContent = said.map(([name, values]) => fill(this.words[name] || name, named(values))).join(" ");
    this.alert.textContent = error;
    this.alert.hidden = !error;
  }

  labels(names) {
    return names.map((name) => this.variables.find((one) => one.name === name)?.label || name).join(this.rtl ? "\u060c " : ", ");
  }

  // ---- the parts that stay

  build(setup) {
    const words = (this.words = setup.words);
    this.setup = setup;
    this.variables = setup.variables;
    const rtl = setup.language === "ar";
    this.rtl = rtl;
    Object.entries({ lang: setup.language, dir: rtl ? "rtl" : "ltr", "aria-label": words.form, role: "group" }).forEach(
      ([name, value]) => this.root.setAttribute(name, value),
    );
    this.bar = make("progress", { "aria-label": words.form });
    this.progress = make("strong", { class: "done" });
    this.item = make("span", { class: "item", dir: "auto" });
    const jump = (name, key) =>
      make(
        "button",
        { type: "button", "data-go": name, "aria-keyshortcuts": key, on: { click: () => this.go(name) } },
        words[name],
        make("kbd", { "aria-hidden": true, dir: "ltr" }, key),
      );
    this.nav = make(
      "div",
      { class: "go", role: "group", "aria-label": words.go },
      jump("previous", rtl ? "→" : "←"),
      jump("next", rtl ? "←" : "→"),
      jump("uncoded", "⇧N"),
      jump("commented", "⇧C"),
      jump("unsure", "⇧U"),
      jump("disagreed", "⇧D"),
      make(
        "button",
        { type: "button", "aria-expanded": false, class: "keys", on: { click: () => this.showKeys() } },
        words.keys,
        make("kbd", { "aria-hidden": true, dir: "ltr" }, "?"),
      ),
    );
    this.keysButton = this.nav.lastElementChild;
    this.help = make("div", { class: "help", hidden: true, role: "region", "aria-label": words.keys }, this.keyList());
    this.head = make(
      "header",
      {},
      make("p", { class: "far" }, this.bar, this.progress, " · ", this.item),
      make("p", { class: "who" }, ...setup.state.map((one) => make("span", {}, one))),
      this.nav,
      this.help,
    );
    this.article = make("article", { class: "text", tabindex: 0, dir: "rtl", lang: "ar", "aria-label": words.text });
    this.panel = make("div", { class: "wrong", hidden: true, role: "group", "aria-label": words.wrong });
    this.beside = make("div", { class: "others" });
    this.fields = this.variables.map((one) => this.field(one));
    this.comment = make("textarea", { rows: 2, dir: "auto", on: { input: () => this.touched() } });
    this.unsure = make("input", { type: "checkbox", on: { change: () => this.touched() } });
    const kbd = (key) => make("kbd", { "aria-hidden": true, dir: "ltr" }, key);
    this.status = make("p", { class: "status", role: "status", "aria-live": "polite" });
    this.alert = make("p", { class: "alert", role: "alert", hidden: true });
    this.questions = make(
      "div",
      { class: "questions" },
      setup.whose ? make("p", { class: "whose", dir: "auto" }, setup.whose) : null,
      this.beside,
      ...this.fields.map((one) => one.node),
      make("label", { class: "comment" }, make("span", {}, words.comment, kbd("C")), this.comment),
      make("label", { class: "unsure" }, this.unsure, make("span", {}, words.unsure), kbd("U")),
      make(
        "button",
        { type: "button", class: "save", "aria-keyshortcuts": "Enter Control+Enter", on: { click: () => this.save() } },
        words.save,
        kbd("Enter"),
      ),
      this.status,
      this.alert,
    );
    this.root.replaceChildren(this.head, make("div", { class: "desk" }, make("div", { class: "reading" }, this.article, this.panel), this.questions));
  }

  keyList() {
    const w = this.words;
    const rows = [
      ["-2 … 2, 1 … 9, a … z", w.key_codes],
      ["Enter", w.key_enter],
      ["Ctrl Enter", w.key_save],
      ["← →, Page Up, Page Down", w.key_move],
      ["Tab", w.key_tab],
      ["T", w.key_text],
      ["C", w.key_comment],
      ["U", w.key_unsure],
      ["⇧N ⇧C ⇧U ⇧D", w.key_jump],
      ...(this.setup.blind ? [] : [["M", w.key_marks], ["W", w.key_wrong]]),
      ["⇧1, ⇧2", w.key_take],
      ["?", w.key_help],
    ];
    return make("dl", {}, ...rows.map(([key, said]) => make("div", {}, make("dt", {}, make("kbd", { dir: "ltr" }, key)), make("dd", {}, said))));
  }

  field(variable) {
    const many = variable.kind === "set";
    const kind = many ? "checkbox" : "radio";
    const name = `${this.name}-${variable.name}`;
    const differs = make("span", { class: "differs", hidden: true }, this.words.differs);
    const legend = make("legend", {}, make("bdi", {}, variable.label), differs);
    const inputs = [];
    const options = variable.codes.map((one) => {
      const input = make("input", { type: kind, name, value: one.code, on: { change: () => this.chosen(variable, one.code) } });
      inputs.push(input);
      const said = one.label === one.code ? "" : one.label;
      return make(
        "label",
        { class: "code" },
        input,
        make("kbd", { "aria-hidden": true, dir: "ltr" }, one.key),
        one.code === one.key || (many && said && !NOTHING.includes(one.code)) || (said && /^\D/.test(one.code) && said.toLowerCase() === one.code.replaceAll("_", " "))
          ? null
          : make("bdi", { class: "name" }, one.code),
        said ? make("bdi", { class: "label" }, said) : null,
      );
    });
    if (variable.kind === "text") {
      const input = make("input", { type: "text", dir: "auto", placeholder: this.words.any_text, "aria-label": variable.label, on: { input: () => this.touched() } });
      inputs.push(input);
      options.push(input);
    }
    const hint = many ? make("span", { class: "hint" }, this.words.several) : null;
    if (hint) legend.append(hint);
    const node = make(
      "fieldset",
      { "data-variable": variable.name, role: kind === "radio" && variable.kind !== "text" ? "radiogroup" : "group", "aria-label": variable.label },
      legend,
      make("div", { class: `codes ${variable.kind}` }, ...options),
    );
    node.addEventListener("focusin", () => (this.active = variable.name));
    return { variable, node, inputs, differs };
  }

  // ---- one item

  show(view, focused) {
    this.view = view;
    this.active = this.variables[0].name;
    this.bar.max = view.n;
    this.bar.value = view.n_coded;
    this.progress.textContent = fill(this.words.progress, view);
    this.item.textContent = fill(this.words.item, { place: view.place + 1, unit: `\u2068${view.unit}\u2069` });
    this.root.dataset.unit = view.unit;
    this.root.dataset.coded = view.n_coded;
    this.showText(view);
    this.showOthers(view);
    for (const field of this.fields) {
      this.setValue(field, view.values[field.variable.name] || "");
      field.differs.hidden = !view.differs.includes(field.variable.name);
    }
    this.comment.value = view.comment;
    this.unsure.checked = view.unsure;
    this.loaded = JSON.stringify(this.read());
    this.panel.hidden = true;
    this.typed = "";
    if (focused) this.article.scrollIntoView({ block: "nearest" });
    if (focused) this.focusOn((this.variables.find((one) => !view.values[one.name]) || this.variables[0]).name, true);
  }

  showText(view) {
    const about = (mark) => {
      const said = fill(this.words.measured, { what: this.words[mark.what] || mark.what, measured: mark.label });
      return mark.corrected ? `${said}; ${fill(this.words.said_wrong, { corrected: mark.corrected })}` : said;
    };
    this.about = about;
    const begun = new Set();
    const pieces = view.pieces.map(([text, over]) => {
      if (!over.length) return text;
      const first = over.filter((number) => !begun.has(number));
      over.forEach((number) => begun.add(number));
      const kinds = [...new Set(over.map((number) => view.marks[number].what))].join(" ");
      const wrong = over.some((number) => view.marks[number].corrected) ? " corrected" : "";
      const opening = first.length ? { tabindex: 0, role: "button", "aria-label": `${text}: ${over.map((n) => about(view.marks[n])).join("; ")}` } : {};
      return make("mark", { class: kinds + wrong, title: over.map((n) => about(view.marks[n])).join("\n"), ...opening, on: { click: () => this.openWrong(over) }, "data-marks": over.join(" ") }, text);
    });
    this.article.replaceChildren(
      ...[
        view.title ? make("h3", {}, view.title) : null,
        view.shown.length ? make("p", { class: "shown" }, ...view.shown.map(([name, value]) => make("bdi", { title: name }, value))) : null,
        make("div", { class: "body" }, ...pieces),
      ].filter(Boolean),
    );
    this.article.scrollTop = 0;
  }

  showOthers(view) {
    this.beside.replaceChildren();
    this.beside.hidden = !view.others.length;
    if (!view.others.length) return;
    const told = (values, variable) => {
      const value = values[variable.name];
      if (!value) return make("span", { class: "absent" }, this.words.no_code);
      const parts = variable.kind === "set" ? value.split(";") : [value];
      return make("bdi", {}, parts.map((part) => {
        const label = variable.codes.find((one) => one.code === part)?.label;
        return !label || label === part ? part : /^-?\d+$/.test(part) ? `\u2066${part}\u2069 ${label}` : label;
      }).join(this.rtl ? "\u060c " : ", "));
    };
    const coders = this.setup.adjudicates ? view.others : [{ coder: this.words.own, values: view.values, own: true }, ...view.others];
    const heads = coders.map((one) => make("th", { scope: "col" }, make("bdi", {}, one.coder), one.unsure ? ` (${this.words.unsure})` : ""));
    const rows = this.variables.map((variable) =>
      make(
        "tr",
        { class: view.differs.includes(variable.name) ? "apart" : "" },
        make("th", { scope: "row" }, make("bdi", {}, variable.label), view.differs.includes(variable.name) ? make("span", { class: "differs" }, this.words.differs) : null),
        ...coders.map((one) => make("td", {}, told(one.values, variable))),
      ),
    );
    const notes = coders.some((one) => one.comment)
      ? [make("tr", {}, make("th", { scope: "row" }, this.words.comment), ...coders.map((one) => make("td", { dir: "auto" }, one.comment || "")))]
      : [];
    let number = 0;
    const takes = coders.map((one) => {
      if (one.own) return make("td", {});
      const place = ++number;
      const key = make("kbd", { "aria-hidden": true, dir: "ltr" }, `⇧${place}`);
      return make("td", {}, make("button", { type: "button", on: { click: () => this.take(place) } }, fill(this.words.take, { coder: `\u2068${one.coder}\u2069` }), key));
    });
    this.beside.append(
      make("table", {}, make("caption", {}, this.words.others), make("thead", {}, make("tr", {}, make("td", {}), ...heads)), make("tbody", {}, ...rows, ...notes, make("tr", { class: "take" }, make("td", {}), ...takes))),
    );
  }

  take(place) {
    const other = this.view.others[place - 1];
    if (!other) return;
    for (const field of this.fields) this.setValue(field, other.values[field.variable.name] || "");
    this.touched();
    const open = this.firstMissing();
    if (open) this.focusOn(open);
    else this.questions.querySelector(".save").focus();
  }

  // ---- values

  setValue(field, value) {
    if (field.variable.kind === "text") field.inputs[0].value = value;
    else {
      const given = field.variable.kind === "set" ? value.split(";") : [value];
      for (const input of field.inputs) input.checked = given.includes(input.value);
    }
  }

  valueOf(field) {
    if (field.variable.kind === "text") return field.inputs[0].value.trim();
    return field.inputs.filter((input) => input.checked).map((input) => input.value).join(";");
  }

  read() {
    const values = {};
    for (const field of this.fields) {
      const value = this.valueOf(field);
      if (value) values[field.variable.name] = value;
    }
    return { values, comment: this.comment.value, unsure: this.unsure.checked };
  }

  touched() {
    this.status.textContent = "";
  }

  chosen(variable, code) {
    this.touched();
    if (variable.kind !== "set") return;
    const field = this.fieldOf(variable.name);
    const own = field.inputs.find((input) => input.value === code);
    if (!own.checked) return;
    const alone = NOTHING.includes(code.toLowerCase());
    for (const input of field.inputs) {
      if (input !== own && (alone || NOTHING.includes(input.value.toLowerCase()))) input.checked = false;
    }
  }

  fieldOf(name) {
    return this.fields.find((field) => field.variable.name === name);
  }

  firstMissing() {
    const order = this.fields.map((field) => field.variable.name);
    const from = Math.max(order.indexOf(this.active), 0);
    const missing = order.filter((name) => !this.valueOf(this.fieldOf(name)));
    return missing.find((name) => order.indexOf(name) > from) || missing[0];
  }

  focusOn(name, preventScroll = false) {
    const field = this.fieldOf(name);
    if (!field) return;
    this.active = name;
    (field.inputs.find((input) => input.checked) || field.inputs[0]).focus({ preventScroll });
  }

  // ---- what a coder does

  save() {
    if (this.waiting) return;
    this.status.textContent = this.words.waiting;
    this.ask({ do: "save", unit: this.view.unit, ...this.read(), whole: true, to: "next" });
  }

  go(to) {
    if (this.waiting) return;
    const now = this.read();
    if (JSON.stringify(now) === this.loaded) this.ask({ do: "go", to });
    else this.ask({ do: "save", unit: this.view.unit, ...now, whole: false, to });
  }

  enter() {
    const missing = this.firstMissing();
    const skipped = missing && missing !== this.active;
    if (skipped) this.focusOn(missing);
    else this.save();
  }

  pick(name, code) {
    const field = this.fieldOf(name);
    const input = field.inputs.find((one) => one.value === code);
    const set = field.variable.kind === "set";
    input.checked = set ? !input.checked : true;
    this.chosen(field.variable, code);
    input.focus();
    if (set) return;
    const next = this.firstMissing();
    if (next) this.focusOn(next);
  }

  showKeys(open = this.help.hidden) {
    this.help.hidden = !open;
    this.keysButton.setAttribute("aria-expanded", String(open));
  }

  nextMark() {
    const marks = [...this.article.querySelectorAll("mark[tabindex]")];
    if (marks.length) marks[(marks.indexOf(document.activeElement) + 1) % marks.length].focus();
  }

  openWrong(numbers) {
    const words = this.words;
    const back = document.activeElement;
    const about = make("p", { dir: "auto" });
    const right = make("input", { type: "text", dir: "auto", list: `${this.name}-right`, "aria-label": words.right });
    const why = make("input", { type: "text", dir: "auto", "aria-label": words.why });
    const offered = make("datalist", { id: `${this.name}-right` });
    const which = make("select", { "aria-label": words.which, on: { change: () => tell() } }, ...numbers.map((n) => make("option", { value: n }, this.about(this.view.marks[n]))));
    const tell = () => {
      const mark = this.view.marks[Number(which.value)];
      about.textContent = `${this.about(mark)}${mark.entry ? ` (${fill(words.found_by, { entry: mark.entry })})` : ""}`;
      const codes = { sentence: ["-1", "0", "1", "none"], match: ["absent"], quotation: ["none"] }[mark.what] || [];
      offered.replaceChildren(...codes.map((code) => make("option", { value: code })));
      right.placeholder = codes.join(", ");
    };
    const close = () => {
      this.panel.hidden = true;
      if (back && this.root.contains(back)) back.focus();
    };
    const send = () => {
      if (this.waiting) return;
      this.ask({ do: "wrong_mark", unit: this.view.unit, mark: Number(which.value), corrected: right.value, why: why.value });
    };
    this.panel.replaceChildren(
      make("h4", {}, words.wrong),
      numbers.length > 1 ? make("label", {}, make("span", {}, words.which), which) : about,
      make("label", {}, make("span", {}, words.right), right, offered),
      make("label", {}, make("span", {}, words.why), why),
      make("div", {}, make("button", { type: "button", class: "send", on: { click: send } }, words.save_wrong, make("kbd", { "aria-hidden": true, dir: "ltr" }, "Enter")), make("button", { type: "button", on: { click: close } }, words.close, make("kbd", { "aria-hidden": true, dir: "ltr" }, "Esc"))),
    );
    this.closeWrong = close;
    this.sendWrong = send;
    tell();
    this.panel.hidden = false;
    right.focus();
  }

  // ---- keys

  onKey(event) {
    if (event.defaultPrevented) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      if (this.words) this.type({ key: "Ctrl+Enter" }, event.target);
      return;
    }
    if (command || event.altKey) return; // JupyterLab's own, such as Ctrl+S
    event.stopPropagation(); // and none of its single keys: d d would delete the cell
    if (!this.words) return;
    const key = { key: keyOf(event), shift: event.shiftKey, code: event.code };
    if (this.type(key, event.target)) event.preventDefault();
  }

  type(key, target) {
    if (this.waiting) {
      if (key.key === "Tab" || isTyping(target)) return false;
      this.queue.push(key);
      return true;
    }
    return this.press(key, target);
  }

  // Do what a key says; true where the browser shall not do more.
  press({ key, shift, code }, target) {
    if (key === "Ctrl+Enter") {
      if (this.panel.hidden) this.save();
      else this.sendWrong();
      return true;
    }
    if (key === "Escape") return this.escape();
    if (!this.panel.hidden && this.panel.contains(target)) {
      if (key === "Enter" && target.tagName === "INPUT") {
        this.sendWrong();
        return true;
      }
      return false;
    }
    if (isTyping(target)) {
      if (key === "Enter" && target.tagName === "INPUT") {
        this.enter();
        return true;
      }
      return false;
    }
    if (key === "Tab") return false;
    if (key === "Enter") {
      if (target.tagName === "BUTTON" && !target.classList.contains("save")) return false;
      if (target.tagName === "MARK") target.click();
      else this.enter();
      return true;
    }
    const reading = target === this.article;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      this.go((key === "ArrowLeft") === this.rtl ? "next" : "previous");
      return true;
    }
    if ((key === "PageDown" || key === "PageUp") && !reading) {
      this.go(key === "PageDown" ? "next" : "previous");
      return true;
    }
    if ((key === "ArrowDown" || key === "ArrowUp") && target.type === "checkbox" && target.name) {
      const all = this.fieldOf(this.active).inputs;
      const step = key === "ArrowDown" ? 1 : -1;
      all[(all.indexOf(target) + step + all.length) % all.length].focus();
      return true;
    }
    return key.length === 1 && key !== " " && this.letter(key, shift, code);
  }

  letter(key, shift, code) {
    if (key === "?") {
      this.showKeys();
      return true;
    }
    const digit = /^Digit([1-9])$/.exec(code || "");
    if (shift && digit) {
      this.take(Number(digit[1]));
      return true;
    }
    if (shift) {
      const to = { n: "uncoded", c: "commented", u: "unsure", d: "disagreed" }[key];
      if (to) this.go(to);
      return true;
    }
    const typed = this.typed + key;
    this.typed = "";
    const field = this.fieldOf(this.active);
    const found = field.variable.codes.find((one) => one.key === typed);
    if (found) this.pick(this.active, found.code);
    else if (key === "-" && field.variable.codes.some((one) => one.key.startsWith("-"))) this.typed = "-";
    else if (key === "c") this.comment.focus();
    else if (key === "u") {
      this.unsure.checked = !this.unsure.checked;
      this.touched();
    } else if (key === "t") this.article.focus();
    else if (key === "m") this.nextMark();
    else if (key === "w" && document.activeElement.tagName === "MARK") document.activeElement.click();
    return true;
  }

  escape() {
    if (!this.panel.hidden) this.closeWrong();
    else if (!this.help.hidden) this.showKeys(false);
    else this.focusOn(this.active);
    return true;
  }
}

export default {
  render({ model, el }) {
    const form = new Form(model, el);
    return () => form.end();
  },
};
