// The matrix: drawn anew whenever a filter changes, one stop for the tab key, arrows within.

function showMatrix() {
  const place = document.getElementById("matrix");
  const count = el("p", { class: "muted", role: "status", id: "matrix-count" });
  const box = el("div", { class: "scroll" });
  const redraw = () => {
    writeAddress();
    drawMatrix(box, count);
  };
  place.append(
    el("h2", { id: "matrix-title" }, "Requirements"),
    filterControls(redraw, count),
    legend(),
    box,
  );
  drawMatrix(box, count);
}

function legend() {
  return el(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    usedStatuses().map(([, { symbol, word, key }]) =>
      el("li", {}, el("span", { class: `swatch ${key}`, "aria-hidden": "true" }, symbol), word),
    ),
  );
}

function drawMatrix(box, count) {
  const columns = data.columns
    .map((column, index) => ({ ...column, index }))
    .filter((column) => lets("run", column.run) && lets("edition", column.edition) && lets("surface", column.surface));
  const rows = data.rows.filter((row) => rowMatches(row, columns));
  count.textContent = `${rows.length} of ${plural(data.rows.length, "requirement")}`;
  if (rows.length === 0 || columns.length === 0) {
    box.replaceChildren(el("p", { class: "notice" }, "Nothing matches these filters."));
    return;
  }
  const table = el(
    "table",
    { class: columns.length <= 4 ? "matrix roomy" : "matrix", role: "grid", "aria-labelledby": "matrix-title", keydown: moveWithin },
    matrixHead(columns),
    groupsOf(rows).map(([group, members]) => matrixBody(group, members, columns)),
  );
  table.querySelector(".cell")?.setAttribute("tabindex", "0");
  box.replaceChildren(table);
}

function rowMatches(row, columns) {
  const text = filters.text.trim().toLowerCase();
  if (text && !haystack(row).includes(text)) return false;
  return columns.some((column) => cellMatches(row, column));
}

function cellMatches(row, column) {
  const cell = row.cells[column.index];
  return cell !== null && lets("outcome", cell.status) && lets("level", levelOf(row, column));
}

function levelOf(row, { edition, surface }) {
  return row.words[edition]?.levels[surface] ?? levelsOf(row.words[edition] ?? Object.values(row.words)[0])[0];
}

function haystack(row) {
  row.haystack ??= [
    row.id,
    ...Object.values(row.words).flatMap((words) => [words.statement, words.section]),
    ...row.cells.flatMap((cell) => cell?.results ?? []).flatMap((number) => {
      const result = data.results[number];
      const findings = result.findings.flatMap(({ where, what, got, wanted }) => [where, what, got, wanted]);
      return [result.case, result.title, result.reason, ...findings];
    }),
  ].join("\n").toLowerCase();
  return row.haystack;
}

function groupsOf(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return [...groups];
}

function matrixHead(columns) {
  const runs = spans(columns, (column) => column.run);
  const editions = spans(columns, (column) => `${column.run} ${column.edition}`);
  return el(
    "thead",
    {},
    el(
      "tr",
      { class: "run-names" },
      el("th", { scope: "col", rowspan: "3", class: "corner" }, "Requirement"),
      runs.map((group) => {
        const { label } = data.runs[group[0].run];
        return el("th", { scope: "colgroup", colspan: group.length, class: "first" }, name(label, "span", { dir: "auto", class: "clip", title: visible(label) }));
      }),
    ),
    el("tr", {}, editions.map((group) => el("th", { scope: "colgroup", colspan: group.length, class: "first" }, group[0].edition))),
    el("tr", { class: "surfaces" }, editions.map(surfaceHeaders)),
  );
}

// An edition's columns are together wide enough for its date.
function surfaceHeaders(columns) {
  return columns.map((column, index) => {
    const header = el("th", { scope: "col", class: index === 0 ? "first" : "" }, el("span", {}, column.surface));
    header.style.minWidth = `${Math.max(34, 86 / columns.length)}px`;
    return header;
  });
}

// Columns that stand side by side under one heading.
function spans(columns, keyOf) {
  const result = [];
  for (const column of columns) {
    const last = result.at(-1);
    if (last && keyOf(last[0]) === keyOf(column)) last.push(column);
    else result.push([column]);
  }
  return result;
}

function startsGroup(columns, index) {
  const before = columns[index - 1];
  return !before || before.run !== columns[index].run || before.edition !== columns[index].edition;
}

function matrixBody(group, rows, columns) {
  return el(
    "tbody",
    {},
    el("tr", { class: "group" }, el("th", { scope: "rowgroup", colspan: columns.length + 1 }, el("span", {}, group))),
    rows.map((row) => el("tr", {}, rowHeader(row, columns), columns.map((column, index) => matrixCell(row, column, startsGroup(columns, index))))),
  );
}

function rowHeader(row, columns) {
  const editions = [...new Set(columns.map((column) => column.edition))].filter((edition) => row.words[edition]);
  const words = row.words[editions[0]] ?? Object.values(row.words)[0];
  const levels = editions.map((edition) => levelsOf(row.words[edition]));
  const same = new Set(levels.map(String)).size < 2;
  const badges = same ? levels[0]?.map((level) => levelBadge(level)) : editions.map((edition, index) => levels[index].map((level) => levelBadge(level, edition)));
  return el(
    "th",
    { scope: "row" },
    el("span", { class: "name" }, el("code", { class: "id" }, row.id.replace(/^AST-/, "")), badges),
    el("span", { class: "statement" }, words.statement),
  );
}

function matrixCell(row, column, first) {
  const cell = row.cells[column.index];
  const side = { class: first ? "first" : "" };
  if (cell === null) return el("td", side);
  const { symbol, word, key } = STATUS[cell.status];
  const failing = cell.results.filter((number) => isTrouble(data.results[number])).length;
  const tally = (failing ? `${failing} of ` : "") + plural(cell.results.length, "case");
  const label = `${row.id}, ${data.runs[column.run].label}, ${column.edition}, ${column.surface}: ${word}, ${tally}`;
  return el(
    "td",
    side,
    el(
      "button",
      {
        type: "button",
        class: `cell ${key}${cellMatches(row, column) ? "" : " dim"}`,
        tabindex: "-1",
        "aria-label": visible(label),
        title: `${word}, ${tally}`,
        "data-status": String(cell.status),
        click: (event) => openCell(row, column, event.currentTarget),
        focus: (event) => keepFocus(event.currentTarget),
      },
      el("span", { class: "symbol" }, symbol),
      el("span", { class: "word" }, ` ${word}`),
    ),
  );
}

function keepFocus(button) {
  for (const other of button.closest("table").querySelectorAll('.cell[tabindex="0"]')) other.setAttribute("tabindex", "-1");
  button.setAttribute("tabindex", "0");
}

function moveWithin(event) {
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -Infinity], End: [0, Infinity] };
  const step = steps[event.key];
  const cell = event.target.closest("td");
  if (!step || !cell || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  nextCell(cell, step)?.focus();
}

function nextCell(cell, [down, right]) {
  const rows = [...cell.closest("table").querySelectorAll("tbody tr:not(.group)")];
  if (right !== 0) {
    const cells = [...cell.parentElement.querySelectorAll(".cell")];
    const index = cells.indexOf(cell.querySelector(".cell"));
    return cells[Math.max(0, Math.min(cells.length - 1, index + right))];
  }
  for (let index = rows.indexOf(cell.parentElement) + down; rows[index]; index += down) {
    const target = rows[index].cells[cell.cellIndex]?.querySelector(".cell");
    if (target) return target;
  }
  return null;
}
