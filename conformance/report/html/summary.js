// What stands around the matrix: the verdict, a card for each run, what changed, what was found, the background.

function showVerdict() {
  const suites = [...new Set(data.runs.map((run) => run.suite))].join(", ");
  const editions = [...new Set(data.runs.flatMap((run) => run.editions))].sort().join(" and ");
  document.getElementById("verdict").append(
    el("div", { class: `mark ${data.red ? "red" : "green"}`, "aria-hidden": "true" }, data.red ? "✕" : "✓"),
    el(
      "div",
      {},
      el("p", { class: "eyebrow" }, "Assistant skill trigger · conformance"),
      said(data.headline, "h1", { dir: "auto" }),
      el("p", { class: "muted" }, `Edition ${editions}, suite ${suites}`),
      data.problems.length > 0 && el("ul", {}, data.problems.map((problem) => said(problem, "li"))),
      data.leaks.map((line) => lineView(line, [])),
    ),
  );
}

function showRuns() {
  document.getElementById("runs").append(...data.runs.map(card));
}

function card(run) {
  const outcome = run.red ? "red" : "green";
  const total = Object.values(run.counts).reduce((sum, count) => sum + count, run.not_run.length);
  const executed = total - run.not_run.length - run.counts["not applicable"];
  const bar = el("div", { class: "bar", "aria-hidden": "true" });
  for (const status of data.statuses) {
    const part = el("span", { class: STATUS[status].key });
    part.style.flexGrow = run.counts[status];
    if (run.counts[status]) bar.append(part);
  }
  return el(
    "article",
    { class: `card ${outcome}${run.superseded ? " earlier" : ""}` },
    el(
      "h2",
      {},
      el("span", { class: `dot ${outcome}`, "aria-hidden": "true" }, run.red ? "✕" : "✓"),
      el("span", {}, name(run.label), run.superseded && el("span", { class: "muted" }, " earlier")),
    ),
    said(run.words, "p", { class: "words" }),
    bar,
    el(
      "dl",
      { class: "counts" },
      data.statuses.map((status) => count(STATUS[status].word, STATUS[status].key, run.counts[status])),
      run.not_run.length > 0 && count("not run", "none", run.not_run.length),
    ),
    el("p", { class: "muted small" }, `${plural(total, "case")} planned, ${executed.toLocaleString("en")} executed`),
    run.not_run.length > 0 && folded(`${plural(run.not_run.length, "case")} not run`, list(run.not_run)),
  );
}

function count(word, key, number) {
  return el("div", { class: number ? key : "zero" }, el("dt", {}, word), el("dd", {}, number.toLocaleString("en")));
}

function list(texts) {
  return el("ul", { class: "plain" }, texts.map((text) => said(text, "li")));
}

function folded(title, ...content) {
  return el("details", {}, el("summary", {}, title), ...content);
}

function showChanges() {
  const place = document.getElementById("changes");
  for (const comparison of data.comparisons) {
    const kinds = { broken: "Broken", fixed: "Fixed", other: "Changed otherwise" };
    const counts = [
      `${comparison.broken.length} broken`,
      `${comparison.fixed.length} fixed`,
      `${comparison.lasting} failing as before`,
      comparison.new > 0 && `${comparison.new} new`,
      comparison.gone > 0 && `${comparison.gone} gone`,
    ];
    place.append(
      el(
        "article",
        { class: "block" },
        el("h2", {}, "From ", name(data.runs[comparison.earlier].label), " to ", name(data.runs[comparison.later].label)),
        el("p", {}, counts.filter(Boolean).join(" · ")),
        Object.entries(kinds).map(
          ([kind, title]) =>
            comparison[kind].length > 0 &&
            folded(`${title}: ${comparison[kind].length}`, el("ul", { class: "plain" }, comparison[kind].map(change))),
        ),
      ),
    );
  }
}

function change({ before, after, result }) {
  return el("li", {}, badge(before), " → ", badge(after), " ", caseButton(result));
}

function caseButton(number) {
  const result = data.results[number];
  return el(
    "button",
    { type: "button", class: "link", click: (event) => openCase(number, event.currentTarget) },
    said(`${result.case} · ${result.surface}`),
  );
}

const SHOWN_FAILURES = 8;

function showFailures() {
  const red = data.defects.filter((defect) => defect.red);
  if (red.length === 0) return;
  const blocks = red.map((defect, index) => defectBlock(defect, index < 3));
  const more = blocks.splice(SHOWN_FAILURES);
  document.getElementById("failures").append(
    heading("What failed", red),
    ...blocks,
    ...(more.length > 0 ? [block(`${more.length} more`, el("div", { class: "more" }, more))] : []),
  );
}

function showFolded(place, title, isMeant) {
  const defects = data.defects.filter(isMeant);
  const blocks = defects.map((defect) => defectBlock(defect, false));
  if (blocks.length > 0) document.getElementById(place).append(heading(title, defects), ...blocks);
}

function heading(title, defects) {
  const requirements = new Set(defects.flatMap((defect) => defect.requirements)).size;
  const errors = defects.filter((defect) => defect.requirements.length === 0).length;
  const counts = [requirements > 0 && plural(requirements, "requirement"), errors > 0 && plural(errors, "error")];
  return el("h2", {}, title, el("span", { class: "muted" }, ` ${counts.filter(Boolean).join(", ")}`));
}

function defectBlock({ requirements, level, status, statement, lines, results }, open) {
  return el(
    "details",
    { class: "block violation", open },
    el(
      "summary",
      {},
      level === null ? badge(status) : [levelBadge(level), el("code", { class: "id" }, requirements[0])],
      said(statement, "span", { class: "statement" }),
    ),
    lines.map((line) => lineView(line, results)),
  );
}

// A line of the digest: its words are those of every other form, with buttons where it names cases.
function lineView({ kind, text, finding }, results) {
  switch (kind) {
    case "case":
      return el("p", { class: "cases" }, said(text), " ", caseButton(results[0]));
    case "finding":
      return finding === null ? said(text, "code", { class: "reason" }) : findingView(finding);
    case "others":
      return el("p", { class: "cases small" }, "The other cases: ", results.slice(1, 13).map(caseButton), results.length > 13 && ` and ${results.length - 13} more`);
    case "note":
    case "printed":
    case "body":
      return said(text, "pre", { class: "small" });
    case "request":
    case "rerun":
      return el("p", { class: "small" }, said(text, "code"));
    default:
      return el("p", { class: kind === "why" ? "" : "muted small" }, said(text));
  }
}

function findingView({ where, what, got, wanted }) {
  return el(
    "div",
    { class: "finding" },
    el("p", {}, where && [said(where), ": "], said(what, "strong")),
    el(
      "dl",
      {},
      el("div", { class: "got" }, el("dt", {}, "got"), said(got, "dd")),
      el("div", { class: "wanted" }, el("dt", {}, "expected"), said(wanted, "dd")),
    ),
  );
}

function showBackground() {
  const reasons = data.runs.flatMap((run) =>
    Object.entries(run.reasons).map(([reason, number]) => `${plural(number, "case")} because ${run.label} ${reason}`),
  );
  const place = document.getElementById("background");
  if (reasons.length > 0) place.append(block("Not applicable, by reason", list(reasons)));
  if (data.disagreements.length > 0)
    place.append(block("Where the shipped extension disagrees with the documentation", statements("disagreement")));
  if (data.unobservable.length > 0) place.append(block("What no case can see", statements("unobservable")));
}

function block(title, ...content) {
  return el("details", { class: "block" }, el("summary", {}, title), ...content);
}

function statements(kind) {
  const words = kind === "disagreement" ? data.disagreements : data.unobservable;
  return el(
    "dl",
    { class: "statements" },
    words.map((word) =>
      el(
        "div",
        {},
        el("dt", {}, levelsOf(word).map((level) => levelBadge(level)), el("code", { class: "id" }, word.id), el("span", { class: "muted" }, word.edition)),
        el("dd", {}, word.statement),
        el("dd", { class: "muted" }, word[kind]),
      ),
    ),
  );
}

function showConditions() {
  document.getElementById("conditions").append(
    el("h2", {}, "How it was run"),
    el("ul", { class: "plain" }, data.runs.map(conditions)),
  );
}

function conditions(run) {
  const versions = Object.entries(run.environment).map(([name, version]) => `${name} ${version}`);
  const facts = [`--impl=${run.spec}`, `level ${run.level}`, `suite ${run.suite}`, ...versions, run.when];
  return el("li", {}, said(run.label, "strong"), " ", said(facts.join(" · ")));
}
