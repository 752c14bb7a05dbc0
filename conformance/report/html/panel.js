// The panel that a cell opens: the requirement's words, and each case with what was found and what was sent.

let opener = null;

function openCell(row, column, button) {
  const cell = row.cells[column.index];
  openPanel(row.words[column.edition] ?? Object.values(row.words)[0], column, cell.results.map((number) => data.results[number]), row.id, button);
}

function openCase(number, button) {
  const result = data.results[number];
  const row = data.rows.find((candidate) => candidate.id === result.requirement);
  openPanel(row?.words[result.edition], result, [result], result.requirement, button);
}

function openPanel(words, { run, edition, surface }, results, requirement, button) {
  const panel = document.getElementById("panel");
  const troubled = results.filter(isTrouble);
  const others = results.filter((result) => !isTrouble(result));
  panel.replaceChildren(
    el(
      "header",
      {},
      el("div", {}, el("p", { class: "muted small" }, said(data.runs[run].label), ` · edition ${edition} · ${surface}`), el("h2", { id: "panel-title" }, requirement)),
      el("button", { type: "button", class: "close", "aria-label": "Close", click: () => panel.close() }, "×"),
    ),
    el(
      "div",
      { class: "panel-body" },
      words && requirementView(words),
      results.length === 0 && el("p", { class: "notice" }, "No case of this requirement was run here: none was selected, or the run ended before."),
      troubled.map((result) => caseView(result, true)),
      others.map((result) => caseView(result, results.length === 1)),
    ),
  );
  opener = button;
  panel.showModal();
  panel.scrollTop = 0;
}

function requirementView(words) {
  const { statement, section, source, interpretation, disagreement } = words;
  const facts = { Source: source, Interpretation: interpretation, "Where the shipped extension disagrees": disagreement };
  return el(
    "section",
    { class: "requirement" },
    el("p", { class: "lead" }, levelsOf(words).map((level) => levelBadge(level)), statement),
    el("p", { class: "muted small" }, section),
    el("dl", {}, Object.entries(facts).map(([name, text]) => text && el("div", {}, el("dt", {}, name), el("dd", {}, text)))),
  );
}

function caseView(result, open) {
  return el(
    "details",
    { class: "case", open },
    el("summary", {}, badge(result.status), said(result.title, "span", { class: "title" })),
    el("p", { class: "muted small" }, said(result.case, "code"), ` ${result.place} · ${(result.seconds * 1000).toFixed(1)} ms`),
    result.why && el("p", {}, "Why it matters: ", said(result.why)),
    result.reason && said(result.reason, "p", { class: "reason" }),
    result.findings.map((finding) => [
      finding.requirement !== result.requirement &&
        el("p", { class: "small" }, levelBadge(finding.level), el("code", { class: "id" }, finding.requirement)),
      findingView(finding),
    ]),
    result.notes.map((note) => el("p", { class: "small" }, "Note: ", said(note))),
    result.requests.map((request, index) => requestView(request, index + 1, result.status !== "passed" && result.requests.length === 1)),
    result.left_out > 0 && el("p", { class: "muted small" }, `${plural(result.left_out, "request")} left out, since this page has many. The JSON report has all.`),
    el("p", { class: "rerun small" }, "Run it alone: ", said(result.rerun, "code")),
  );
}

function requestView({ method, url, status, body }, number, open) {
  const text = indentJson(data.bodies[body]);
  return el(
    "details",
    { class: "request", open: open && text.split("\n").length <= 40 },
    el("summary", {}, `Request ${number} `, el("code", {}, said(`${method} ${url}`)), el("span", { class: status < 400 ? "ok" : "refused" }, ` → ${status}`)),
    said(text, "pre", { tabindex: "0", "aria-label": `Body of request ${number}` }),
  );
}

// Adds line breaks to JSON and changes nothing else, so that what was sent is shown even if it is cut off or odd.
function indentJson(text) {
  const isJson = /^\s*[[{]/.test(text);
  if (!isJson) return text;
  let depth = 0;
  return text.replace(/"(?:[^"\\]|\\.)*"?|\{\s*\}|\[\s*\]|\s+|[[\]{},:]/g, (token) => {
    if (/^\s+$/.test(token)) return "";
    if (token === ":") return ": ";
    if (token === ",") return `,\n${"  ".repeat(depth)}`;
    if (token === "{" || token === "[") return `${token}\n${"  ".repeat(++depth)}`;
    if (token === "}" || token === "]") return `\n${"  ".repeat(Math.max(0, --depth))}${token}`;
    return token;
  });
}

function readyPanel() {
  const panel = document.getElementById("panel");
  panel.addEventListener("click", (event) => {
    if (event.target === panel) panel.close();
  });
  panel.addEventListener("close", () => {
    if (opener?.isConnected) opener.focus();
    opener = null;
  });
}
