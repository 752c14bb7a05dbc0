// The filters of the matrix: what is chosen, in the page's address too, and the controls.

const filters = { level: new Set(), outcome: new Set(), edition: new Set(), surface: new Set(), run: new Set(), text: "" };

function filterChoices() {
  return [
    { name: "level", title: "Level", choices: ["must", "should"].map((level) => [level, level]) },
    { name: "outcome", title: "Outcome", choices: usedStatuses().map(([status, { word }]) => [status, word]) },
    { name: "edition", title: "Edition", choices: distinct(data.columns.map((column) => column.edition)) },
    { name: "surface", title: "Surface", choices: distinct(data.surfaces) },
    { name: "run", title: "Implementation", choices: data.runs.map((run, index) => [String(index), run.label]) },
  ].filter(({ choices }) => choices.length > 1);
}

function distinct(values) {
  return [...new Set(values)].map((value) => [value, value]);
}

function filterControls(changed, count) {
  const groups = filterChoices().map(({ name, title, choices }) =>
    el(
      "fieldset",
      { class: "filter" },
      el("legend", {}, title),
      choices.map(([value, word]) => chip(name, value, word, changed)),
    ),
  );
  const search = el("input", {
    type: "search",
    id: "filter-text",
    placeholder: "Requirement, case or finding",
    value: filters.text,
    input: (event) => {
      filters.text = event.target.value;
      changed();
    },
  });
  const clear = el("button", { type: "button", class: "clear", click: () => clearFilters(changed) }, "Clear filters");
  return el(
    "form",
    { class: "filters", role: "search", "aria-label": "Filter the matrix", submit: (event) => event.preventDefault() },
    el("div", { class: "search" }, el("label", { for: "filter-text", class: "muted" }, "Text"), search, count, clear),
    foldedWhenNarrow(el("details", { class: "choices" }, el("summary", {}, "More filters"), el("div", {}, groups))),
  );
}

function foldedWhenNarrow(details) {
  const wide = matchMedia("(min-width: 641px)");
  details.open = wide.matches;
  wide.addEventListener("change", () => (details.open = wide.matches));
  return details;
}

function chip(name, value, word, changed) {
  const status = name === "outcome" ? STATUS[value] : null;
  return el(
    "button",
    {
      type: "button",
      class: "chip",
      "data-filter": name,
      "data-value": value,
      "aria-pressed": String(filters[name].has(value)),
      click: (event) => {
        if (!filters[name].delete(value)) filters[name].add(value);
        event.currentTarget.setAttribute("aria-pressed", String(filters[name].has(value)));
        changed();
      },
    },
    status && el("span", { class: `swatch ${status.key}`, "aria-hidden": "true" }, status.symbol),
    said(word),
  );
}

function clearFilters(changed) {
  for (const chosen of Object.values(filters)) if (chosen instanceof Set) chosen.clear();
  filters.text = "";
  document.getElementById("filter-text").value = "";
  for (const button of document.querySelectorAll(".chip")) button.setAttribute("aria-pressed", "false");
  changed();
}

function isFiltered() {
  return filters.text !== "" || Object.values(filters).some((chosen) => chosen.size > 0);
}

function lets(name, value) {
  return filters[name].size === 0 || filters[name].has(String(value));
}

function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  for (const [name, chosen] of Object.entries(filters)) {
    if (chosen instanceof Set) for (const value of address.getAll(name)) chosen.add(value);
  }
  filters.text = address.get("text") ?? "";
}

function writeAddress() {
  const address = new URLSearchParams();
  for (const [name, chosen] of Object.entries(filters)) {
    if (chosen instanceof Set) for (const value of chosen) address.append(name, value);
  }
  if (filters.text) address.set("text", filters.text);
  history.replaceState(null, "", isFiltered() ? `#${address}` : location.pathname + location.search);
}
