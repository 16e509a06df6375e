// What the page cannot do by itself: keys, a filter, and folds that open when a link leads into them.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const status = by("status"), filter = by("filter"), help = by("help");
  const say = (text) => {
    status.textContent = text;
    status.hidden = !text;
  };

  // A mark is shown unless one of its layers is not, or the filter hides it.
  const layers = all(".layer input");
  const isShown = (mark) => {
    const off = layers.filter((box) => !box.checked).map((box) => box.id.slice("show-".length));
    return !off.some((layer) => mark.classList.contains(layer)) && !mark.closest("[hidden]");
  };
  let current = null;
  const select = (mark) => {
    if (current) current.classList.remove("current");
    current = mark;
    if (!mark) return;
    mark.classList.add("current");
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
  };
  const move = (step) => {
    const marks = all("mark[id]").filter(isShown);
    if (!marks.length) return say(status.dataset.none);
    const at = marks.indexOf(current);
    const next = at < 0 && step < 0 ? marks.length - 1 : (at + step + marks.length) % marks.length;
    select(marks[next]);
    current.scrollIntoView({ block: "center" });
    const place = status.dataset.at.replace("{i}", next + 1).replace("{n}", marks.length);
    say(`${place} · ${current.title}`);
  };
  // The row about a mark: of a date, leftover or finding its own, of a mention that of its entity.
  const row = (mark) => by(`${mark.id}-r`) || by(mark.id.replace(/-\d+$/, ""));
  addEventListener("click", (event) => {
    const mark = event.target.closest && event.target.closest("mark");
    if (!mark || !mark.title) return;
    select(mark);
    say(mark.title);
  });

  const texts = new WeakMap();
  const text = (element) => {
    if (!texts.has(element)) {
      const copy = element.cloneNode(true);
      all(".label, .gutter", copy).forEach((label) => label.remove());
      texts.set(element, copy.textContent.toLowerCase());
    }
    return texts.get(element);
  };
  const apply = () => {
    const wanted = filter.value.trim().toLowerCase();
    let shown = 0;
    for (const element of all(".passage, .row, details.dropped")) {
      element.hidden = wanted !== "" && !text(element).includes(wanted);
      if (!element.hidden) shown++;
    }
    by("matches").textContent = wanted && status.dataset.match.replace("{n}", shown);
  };
  let waiting;
  filter.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  filter.closest(".search").hidden = false;

  const reveal = () => {
    const target = by(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (target.closest("[hidden]")) {
      filter.value = "";
      apply();
    }
    target.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    "/": () => filter.focus(),
    "?": () => help.showModal(),
    d: () => {
      const folds = all("details.dropped");
      const open = folds.some((fold) => !fold.open);
      for (const fold of folds) fold.open = open;
    },
    Enter: () => {
      const target = document.activeElement === current && current && row(current);
      if (!target) return false;
      location.hash = target.id;
    },
    Escape: () => {
      filter.value = "";
      apply();
      select(null);
      say("");
      document.activeElement.blur();
    },
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const typing = event.target === filter;
    if (typing && event.key !== "Escape") return;
    const action = keys[event.key];
    if (action && action() !== false) event.preventDefault();
  });
})();
