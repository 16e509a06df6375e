// The findings of a check, one after the other, with what a person decides of each. Rows have one height, so that only those in sight are made,
// however many there are; what is decided is kept by the browser and saved as decisions.jsonl.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const data = JSON.parse(by("data").textContent);
  const { findings } = data;

  // What the page says, in the language of the browser where there is one.
  const spoken = (navigator.languages || [navigator.language]).map((tag) => tag.slice(0, 2)).find((tag) => data.texts[tag]) || "en";
  const texts = data.texts[spoken];
  const say = (key, values = {}) => (texts[key] || data.texts.en[key] || key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  document.documentElement.lang = spoken;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
  document.title = say("title");
  for (const finding of findings) finding.message = finding.messages[spoken] ?? finding.message;

  // Decisions: those that the check was told of, over them those that this browser keeps.
  const store = `recensio-review-${data.key}`;
  const decisions = new Map(data.decisions.map((line) => [line.finding, line]));
  const keep = () => {
    try {
      localStorage.setItem(store, JSON.stringify([...decisions.values()]));
    } catch {
      by("saved").textContent = say("not-kept");
    }
  };
  const take = (lines) => {
    for (const line of lines) {
      if (line && typeof line.finding === "string") decisions.set(line.finding, line);
    }
  };
  try {
    take(JSON.parse(localStorage.getItem(store) || "[]"));
  } catch {
    // What the browser kept cannot be read: what the check was told of stands.
  }
  const stateOf = (finding) => decisions.get(finding.id)?.decision || "open";
  const commentOf = (finding) => decisions.get(finding.id)?.comment || "";

  const list = by("list"), spacer = by("rows"), detail = by("detail"), status = by("status");
  const controls = { severity: by("severity"), rule: by("rule"), document: by("document"), language: by("language"), state: by("state"), order: by("order"), search: by("search") };
  let shown = [];
  let current = -1;

  const RANK = { error: 0, warning: 1, note: 2 };
  const folded = new WeakMap();
  const hay = (finding) => {
    if (!folded.has(finding)) {
      const { text, message, context, document: name, rule } = finding;
      folded.set(finding, `${text}\n${message}\n${context}\n${name}\n${rule}`.toLowerCase());
    }
    return folded.get(finding);
  };
  const counts = (values) => {
    const out = new Map();
    for (const value of values) if (value) out.set(value, (out.get(value) || 0) + 1);
    return [...out].sort(([a], [b]) => (a < b ? -1 : 1));
  };
  const fill = (select, values) => {
    for (const [value, count] of values) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = `${value} (${count})`;
      select.append(option);
    }
    select.closest("label").hidden = values.length < 2;
  };
  fill(controls.rule, counts(findings.map((f) => f.rule)));
  fill(controls.document, counts(findings.map((f) => f.document)));
  fill(controls.language, counts(findings.map((f) => f.language)));

  const select = () => {
    const chosen = shown[current];
    const wanted = controls.search.value.trim().toLowerCase();
    const { severity, rule, document: name, language, state } = controls;
    shown = findings.filter((finding) =>
      (!severity.value || finding.severity === severity.value)
      && (!rule.value || finding.rule === rule.value)
      && (!name.value || finding.document === name.value)
      && (!language.value || finding.language === language.value)
      && (!state.value || stateOf(finding) === state.value || finding === chosen && state.value === "open")
      && (!wanted || hay(finding).includes(wanted)));
    const place = (a, b) => a.at - b.at;
    const order = {
      place,
      severity: (a, b) => RANK[a.severity] - RANK[b.severity] || place(a, b),
      rule: (a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : place(a, b)),
    };
    shown.sort(order[controls.order.value]);
    const at = shown.indexOf(chosen);
    current = at < 0 ? (shown.length ? 0 : -1) : at;
    spacer.style.height = `${shown.length * rowHeight()}px`;
    list.setAttribute("aria-label", say("list", { n: shown.length }));
    if (at < 0) list.scrollTop = 0;
    draw(true);
    show();
    sums();
  };

  let height = 0;
  const rowHeight = () => {
    if (!height) {
      const probe = document.createElement("div");
      probe.className = "row";
      spacer.append(probe);
      height = probe.getBoundingClientRect().height || 64;
      probe.remove();
    }
    return height;
  };

  const element = (tag, className, text) => {
    const out = document.createElement(tag);
    if (className) out.className = className;
    if (text !== undefined) out.textContent = text;
    return out;
  };
  // Characters that are not seen, or that turn the direction of text, by their names.
  const visible = (text) => text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
    (c) => (c === "\n" || c === "\t" ? " " : `\\u{${c.codePointAt(0).toString(16)}}`));
  const context = (finding) => {
    const out = element("bdi", "context");
    out.dir = "auto";
    const parts = /^([^]*?)⟦([^]*?)⟧([^]*)$/.exec(finding.context);
    if (!parts) {
      out.textContent = visible(finding.context);
      return out;
    }
    out.append(visible(parts[1]), element("mark", "", visible(parts[2])), visible(parts[3]));
    return out;
  };
  const place = (finding) => `${finding.document}:${finding.line}:${finding.column}`;

  const row = (index) => {
    const finding = shown[index];
    const out = element("div", `row ${finding.severity} ${stateOf(finding)}`);
    out.id = `row-${index}`;
    out.setAttribute("role", "option");
    out.setAttribute("aria-setsize", shown.length);
    out.setAttribute("aria-posinset", index + 1);
    out.setAttribute("aria-selected", index === current);
    out.style.transform = `translateY(${index * rowHeight()}px)`;
    out.dataset.index = index;
    const head = element("p", "head");
    head.append(element("span", "sign", say(`severity-${finding.severity}`)), " ", element("span", "message", visible(finding.message)));
    const state = stateOf(finding);
    if (state !== "open") head.append(" ", element("span", "state", say(`state-${state}`)));
    const line = element("p", "line");
    line.append(context(finding));
    out.append(head, line);
    return out;
  };

  // The rows in sight, and some before and behind them.
  const SPARE = 6;
  let drawn = [0, 0];
  const draw = (anew) => {
    const from = Math.max(0, Math.floor(list.scrollTop / rowHeight()) - SPARE);
    const to = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / rowHeight()) + SPARE);
    if (!anew && drawn[0] === from && drawn[1] === to) return;
    drawn = [from, to];
    const rows = [];
    for (let index = from; index < to; index++) rows.push(row(index));
    spacer.replaceChildren(...rows);
    if (current >= from && current < to) list.setAttribute("aria-activedescendant", `row-${current}`);
    else list.removeAttribute("aria-activedescendant");
  };
  let asked = false;
  list.addEventListener("scroll", () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw(false);
    });
  }, { passive: true });
  new ResizeObserver(() => draw(true)).observe(list);

  const show = () => {
    const finding = shown[current];
    for (const button of detail.querySelectorAll("button[data-decide]")) button.disabled = !finding;
    const box = by("comment");
    box.disabled = !finding;
    if (!finding) {
      by("what").textContent = say("nothing");
      for (const id of ["where", "around", "instead", "of"]) by(id).replaceChildren();
      box.value = "";
      return;
    }
    by("what").textContent = visible(finding.message);
    by("where").textContent = place(finding) + (finding.segment ? ` · ${finding.segment}` : "");
    by("around").replaceChildren(context(finding));
    by("instead").replaceChildren(...finding.suggestions.map((text) => {
      const item = element("li");
      const bdi = element("bdi", "", visible(text));
      item.append(bdi);
      return item;
    }));
    by("instead-title").hidden = !finding.suggestions.length;
    by("of").textContent = `${finding.rule} · ${say(`severity-${finding.severity}`)}`;
    box.value = commentOf(finding);
    for (const button of detail.querySelectorAll("button[data-decide]")) {
      button.setAttribute("aria-pressed", stateOf(finding) === button.dataset.decide);
    }
  };

  const sums = () => {
    let accepted = 0, rejected = 0;
    for (const finding of findings) {
      const state = stateOf(finding);
      if (state === "accept") accepted++;
      else if (state === "reject") rejected++;
    }
    const open = findings.length - accepted - rejected;
    by("sums").textContent = say("sums", { shown: shown.length, all: findings.length, open, accepted, rejected });
    by("done").value = findings.length - open;
    by("done").max = findings.length || 1;
  };

  const go = (index) => {
    if (!shown.length) return;
    current = Math.max(0, Math.min(shown.length - 1, index));
    const top = current * rowHeight(), bottom = top + rowHeight();
    if (top < list.scrollTop) list.scrollTop = top;
    else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
    draw(true);
    show();
    status.textContent = say("at", { i: current + 1, n: shown.length, message: shown[current].message });
  };

  const undone = [];
  const put = (finding, decision, comment) => {
    undone.push([finding, decisions.get(finding.id)]);
    if (decision === "open" && !comment) decisions.delete(finding.id);
    else {
      decisions.set(finding.id, {
        finding: finding.id, decision, comment, document: finding.document, rule: finding.rule, text: finding.text,
      });
    }
    keep();
    draw(true);
    sums();
  };
  const decide = (decision) => {
    const finding = shown[current];
    if (!finding) return;
    const same = stateOf(finding) === decision;
    put(finding, same ? "open" : decision, commentOf(finding));
    status.textContent = say(`said-${same ? "open" : decision}`);
    if (!same && current + 1 < shown.length) go(current + 1);
    else show();
  };
  const undo = () => {
    const last = undone.pop();
    if (!last) return void (status.textContent = say("nothing-undone"));
    const [finding, before] = last;
    if (before) decisions.set(finding.id, before);
    else decisions.delete(finding.id);
    keep();
    sums();
    const at = shown.indexOf(finding);
    if (at >= 0) go(at);
    else select();
    status.textContent = say("undone");
  };
  const next = () => {
    for (let step = 1; step <= shown.length; step++) {
      const index = (current + step) % shown.length;
      if (stateOf(shown[index]) === "open") return go(index);
    }
    status.textContent = say("all-decided");
  };
  const lines = () => {
    const known = new Map(findings.map((finding) => [finding.id, finding.at]));
    const all = [...decisions.values()].sort((a, b) => (known.get(a.finding) ?? Infinity) - (known.get(b.finding) ?? Infinity)
      || (a.finding < b.finding ? -1 : 1));
    return all.map((line) => `${JSON.stringify(line)}\n`).join("");
  };
  const save = () => {
    const url = URL.createObjectURL(new Blob([lines()], { type: "application/x-ndjson" }));
    const link = element("a");
    link.href = url;
    link.download = "decisions.jsonl";
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    by("saved").textContent = say("saved", { n: decisions.size });
  };
  by("load").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const bad = [];
    const read = [];
    (await file.text()).split("\n").forEach((line, index) => {
      if (!line.trim()) return;
      try {
        read.push(JSON.parse(line));
      } catch {
        bad.push(index + 1);
      }
    });
    take(read);
    keep();
    select();
    by("saved").textContent = bad.length ? say("bad-lines", { lines: bad.slice(0, 5).join(", ") }) : say("loaded", { n: read.length });
    event.target.value = "";
  });

  list.addEventListener("click", (event) => {
    const target = event.target.closest(".row");
    if (target) go(Number(target.dataset.index));
  });
  for (const button of detail.querySelectorAll("button[data-decide]")) button.addEventListener("click", () => decide(button.dataset.decide));
  by("undo").addEventListener("click", undo);
  by("next").addEventListener("click", next);
  by("save").addEventListener("click", save);
  by("help-open").addEventListener("click", () => by("help").showModal());
  let typed;
  by("comment").addEventListener("input", () => {
    const finding = shown[current];
    if (!finding) return;
    const { value } = by("comment");
    clearTimeout(typed);
    typed = setTimeout(() => put(finding, stateOf(finding), value), 250);
  });
  let waiting;
  controls.search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(select, 150);
  });
  for (const control of Object.values(controls)) if (control !== controls.search) control.addEventListener("change", select);

  const page = () => Math.max(1, Math.floor(list.clientHeight / rowHeight()) - 1);
  const keys = {
    j: () => go(current + 1), ArrowDown: () => go(current + 1),
    k: () => go(current - 1), ArrowUp: () => go(current - 1),
    PageDown: () => go(current + page()), PageUp: () => go(current - page()),
    Home: () => go(0), End: () => go(shown.length - 1),
    a: () => decide("accept"), r: () => decide("reject"), u: undo, n: next, s: save,
    c: () => by("comment").focus(),
    "/": () => controls.search.focus(),
    "?": () => by("help").showModal(),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || by("help").open) return;
    const typing = event.target.matches("input, textarea, select");
    if (typing) {
      if (event.key === "Escape") list.focus();
      return;
    }
    if (event.target.matches("button") && (event.key === "Enter" || event.key === " ")) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  by("app").hidden = false;
  select();
  list.focus({ preventScroll: true });
})();
