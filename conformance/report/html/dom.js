// Elements of the page are made here and nowhere else: text is only ever text.

function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const data = JSON.parse(document.getElementById("data").textContent);

const STATUS = {
  "errored": { symbol: "E", word: "errored", key: "errored" },
  "must failed": { symbol: "✕", word: "must failed", key: "must" },
  "should failed": { symbol: "!", word: "should failed", key: "should" },
  "known": { symbol: "≈", word: "known failure", key: "known" },
  "passed": { symbol: "✓", word: "passed", key: "passed" },
  "not applicable": { symbol: "–", word: "not applicable", key: "na" },
  "null": { symbol: "·", word: "no result", key: "none" },
};

/** The statuses that the page has a cell of, each with what to call it. */
function usedStatuses() {
  const used = new Set(data.rows.flatMap((row) => row.cells.filter(Boolean).map((cell) => String(cell.status))));
  return Object.entries(STATUS).filter(([status]) => used.has(status));
}

function isTrouble({ status }) {
  return status !== "passed" && status !== "not applicable";
}

function plural(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

// Text of an implementation may turn the direction of writing: it does so within itself only.
function said(text, name = "bdi", attributes = {}) {
  return el(name, attributes, visible(text));
}

// A long dotted name may break after its dots.
function name(text, tag = "bdi", attributes = {}) {
  const parts = visible(text).split(/(?<=[a-z_][._/:-])(?=[a-z_])/i);
  return el(tag, attributes, parts.flatMap((part, index) => (index ? [el("wbr"), part] : [part])));
}

function visible(text) {
  return String(text).replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function badge(status) {
  const { symbol, word, key } = STATUS[status];
  return el("span", { class: `badge ${key}` }, el("span", { "aria-hidden": "true" }, symbol), ` ${word}`);
}

/** The levels of a requirement on its surfaces, the highest first. */
function levelsOf(words) {
  return [...new Set(Object.values(words.levels))].sort();
}

function levelBadge(level, edition = "") {
  return el("span", { class: `level ${level}-level` }, edition ? `${level} ${edition}` : level);
}
