"use strict";

const POLL = 2000, CHARTED = 60, LISTED = 30;
const OUTCOMES = {
  OK: ["good", "✓ succeeded"], FAILED: ["bad", "✗ failed"], INCOMPLETE: ["bad", "✗ incomplete"], USAGE: ["bad", "✗ wrong"],
  NOTHING_TO_RESTORE: ["bad", "✗ nothing to restore"], LOCKED: ["warn", "– another one went on"], REFUSED: ["warn", "– refused"],
};
const byId = id => document.getElementById(id);
let stamp, opened = new Set();

/** An element with properties and children; data becomes text, never markup. */
function el(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

/** Replaces what a part shows; the keyboard's focus stays on what has the same id. */
function show(id, ...children) {
  const focused = document.activeElement && document.activeElement.id;
  byId(id).replaceChildren(...children.filter(Boolean));
  if (focused && byId(focused) && document.activeElement === document.body) byId(focused).focus();
}

function bytes(number) {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (number >= 1000 && unit < units.length - 1) { number /= 1000; unit++; }
  return `${unit ? number.toFixed(number < 10 ? 1 : 0) : number} ${units[unit]}`;
}

function span(seconds) {
  if (seconds < 60) return `${seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  if (days > 0) return `${days} d ${hours % 24} h`;
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min ${Math.floor(seconds % 60)} s`;
}

const at = time => el("time", { datetime: time, title: time },
  new Date(time).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }));
const state = ([look, words]) => el("span", { class: `state ${look}` }, words);
const outcome = run => state(OUTCOMES[run.outcome] || ["warn", run.outcome]);
const number = value => value === null ? "–" : value.toLocaleString();
const line = (look, ...children) => el("p", { class: look }, ...children);
const name = run => `${run.operation}${run.kind ? " " + run.kind : ""}`;

/** A table with headers; on a narrow screen each row becomes a card, and its roles stay those of a table. */
function table(label, heads, rows) {
  const head = el("tr", { role: "row" },
    ...heads.map(([text, look]) => el("th", { role: "columnheader", scope: "col", class: look }, text)));
  return el("table", { role: "table", "aria-label": label },
    el("thead", { role: "rowgroup" }, head),
    el("tbody", { role: "rowgroup" }, ...rows.flatMap(({ cells, below }) => [
      el("tr", { role: "row" }, ...cells.map((cell, index) => el("td", {
        role: "cell", "data-name": heads[index][0], class: `${heads[index][1] || ""}${index ? "" : " first"}` },
      el("span", {}, ...[cell].flat())))),
      below && el("tr", { role: "row" }, el("td", { role: "cell", colspan: heads.length, class: "wide" }, below)),
    ].filter(Boolean))));
}

function showNow(status) {
  const run = status.running, untold = status.untold.map(place => line("bad", `Not told: ${place}`));
  if (!run) {
    show("progress");
    return announce(`idle ${status.interrupted} ${status.untold}`, line("big", "Nothing is running."), ...status.interrupted.map(id =>
      line("bad", `Run ${id} was interrupted. The next start, or `, el("code", {}, "dolmen recover"), ", ends it.")), ...untold);
  }
  const step = run.steps[run.steps.length - 1];
  announce(`${run.id} ${step ? step.step : ""} ${run.retries} ${status.untold}`,
    line("big", `${name(run)}${step ? ": " + step.step : ""}`),
    line("soft", `run ${run.id}, since `, at(run.begun), run.retries ? `, ${run.retries} retries` : ""), ...untold);
  showProgress(status, run);
}

let announced;
/** Only what has changed is put into the live region, so that it is read out once. */
function announce(what, ...children) {
  if (what !== announced) show("now", ...children);
  announced = what;
}

function showProgress(status, run) {
  const known = status.progress, parts = [];
  if (known) {
    const passed = (Date.parse(known.at) - Date.parse(known.since)) / 1000;
    const rate = passed > 0 ? known.bytesDone / passed : 0;
    const total = known.bytesTotal;
    parts.push(el("progress", { "aria-label": `progress of ${known.step}`, max: total || undefined, value: total ? known.bytesDone : undefined }));
    parts.push(line("soft", [
      total ? `${Math.floor(known.bytesDone / total * 100)} %, ${bytes(known.bytesDone)} of ${bytes(total)}` : bytes(known.bytesDone),
      rate ? `${bytes(Math.round(rate))}/s` : "",
      rate && total ? `${span((total - known.bytesDone) / rate)} left` : ""].filter(Boolean).join(" · ")));
  }
  parts.push(steps(run.steps.slice(0, -1)));
  show("progress", ...parts);
}

const steps = list => el("ul", { class: "steps" }, ...list.map(step => el("li", { class: step.failure ? "bad" : undefined },
  `${step.failure ? "✗" : step.ended ? "✓" : "…"} ${step.step}${step.ended
    ? " " + span((Date.parse(step.ended) - Date.parse(step.begun)) / 1000) : ""}`)));

function tile(title, ...children) {
  return el("section", { class: "tile" }, el("h2", {}, title), ...children);
}

function showTiles(status, runs) {
  const fresh = status.fresh, next = status.next, last = runs.find(run => run.outcome !== "LOCKED");
  show("tiles",
    tile("Newest verified backup",
      line("big", fresh.newest || "none yet"),
      fresh.newest && line("soft", `${span(fresh.ageSeconds)} old`),
      fresh.fresh !== null && el("p", {}, state(fresh.fresh ? ["good", "✓ fresh"]
        : ["bad", `✗ older than ${span(fresh.limitSeconds)}`]))),
    tile("Next backups",
      next.length ? line("big", at(next[0].time)) : line("big", "no schedule"),
      next.length ? line("soft", `${next[0].kind}; scheduled in ${next[0].zone}`) : undefined,
      ...next.slice(1, 3).map(due => line("soft", at(due.time), `, ${due.kind}`))),
    tile("Last run", ...last ? [
      el("p", { class: "big" }, name(last)), el("p", {}, outcome(last)), line("soft", at(last.ended), `, took ${span(last.seconds)}`),
    ] : [line("big", "none yet")]));
}

function showLetters(letters, busy) {
  show("letters", ...letters.length ? letters.map(letter => el("div", { class: "letter" },
    el("div", {},
      el("h3", {}, `${letter.operation || "unreadable"} ${letter.run}`),
      line("bad", `${letter.step ? letter.step + ": " : ""}${letter.failure}`),
      line("soft", `HINT: ${letter.hint}`),
      line("soft", `tried ${letter.attempts === 1 ? "once" : letter.attempts + " times"}`,
        letter.retried ? `; repeated: ${letter.retried}` : "")),
    el("button", { id: `retry-${letter.run}`, type: "button", "aria-label": `Retry ${letter.run}`,
      "aria-disabled": String(busy), onclick: () => retry(letter) }, "Retry")))
    : [line("soft", "None: no run has given up.")]);
}

async function retry(letter) {
  if (letter.operation !== "backup" && !confirm(`Repeat the ${letter.operation} of run ${letter.run}?`)) return;
  const answer = await fetch(`api/dead-letters/${letter.run}/retry`, { method: "POST", headers: { "X-Dolmen": "1" } });
  const told = await answer.json();
  byId("letters-note").textContent = answer.ok ? `Run ${letter.run} is repeated.` : `Not repeated: ${told.failure}. ${told.hint}`;
  refresh();
}

function showBackups(backups) {
  const charted = backups.filter(backup => backup.kind).slice(0, CHARTED).reverse();
  const chart = (title, value, words) => el("figure", {},
    el("figcaption", {}, el("span", {}, title), el("span", {}, `last ${words(value(charted[charted.length - 1]))}`)),
    barChart(title, charted.map(backup => ({ name: backup.label, kind: backup.kind, time: Date.parse(backup.begin), value: value(backup) })), words));
  show("charts", ...charted.length ? [
    chart("Size", backup => backup.bytes, bytes), chart("New bytes", backup => backup.newBytes, bytes),
    chart("Duration", backup => backup.seconds, span),
    el("p", { class: "key" }, el("span", {}, "full"), el("span", { class: "incremental" }, "incremental")),
  ] : [line("soft", "Nothing to draw yet.")]);
  show("backups", backups.length ? table("Backups, newest first",
    [["Label"], ["Kind"], ["Size", "number"], ["New", "number"], ["Rows", "number"], ["Segments", "number"], ["Verdict"], ["Where"], ["Age", "number"]],
    backups.slice(0, LISTED).map(backup => ({ cells: [
      backup.label, backup.kind || "–", bytes(backup.bytes), bytes(backup.newBytes), number(backup.rows), number(backup.segments),
      [state(backup.verdict === "verified" ? ["good", "✓ verified"] : ["bad", `✗ ${backup.verdict}`]),
        ...backup.warnings.map(warning => line("soft warn", warning))],
      backup.places.join(", "), span((Date.now() - Date.parse(backup.begin)) / 1000)] }))) : line("soft", "None yet."),
    backups.length > LISTED && line("soft", `and ${backups.length - LISTED} older ones: `, el("code", {}, "dolmen list")));
}

function showRuns(runs) {
  show("runs", runs.length ? table("Runs, newest first",
    [["Run"], ["What"], ["Begun by"], ["Began"], ["Took", "number"], ["Retries", "number"], ["Outcome"]],
    runs.map(run => ({
      cells: [el("button", { id: `open-${run.id}`, type: "button", class: "plain", "aria-expanded": String(opened.has(run.id)),
        onclick: () => toggle(run.id) }, run.id), name(run), run.origin, at(run.begun), span(run.seconds), number(run.retries), outcome(run)],
      below: opened.has(run.id) ? el("div", { id: `report-${run.id}`, class: "report" }, "…")
        : run.outcome !== "OK" && el("div", {}, line("bad", `${run.failedStep ? run.failedStep + ": " : ""}${run.summary}`),
          run.hint && line("soft", `HINT: ${run.hint}`)),
    }))) : line("soft", "None yet."));
  opened.forEach(showReport);
}

function toggle(id) {
  if (!opened.delete(id)) opened.add(id);
  stamp = undefined;
  refresh();
}

async function showReport(id) {
  const run = await get(`api/runs/${id}`);
  if (byId(`report-${id}`)) show(`report-${id}`, line(run.outcome === "OK" ? "" : "bad", run.summary),
    run.hint && line("soft", `HINT: ${run.hint}`),
    el("ul", {}, ...run.details.map(detail => el("li", {}, detail.trim()))), steps(run.steps),
    ...run.steps.filter(step => step.failure && step.failure !== run.summary).map(step => line("bad", `${step.step}: ${step.failure}`)));
}

async function get(path) {
  const answer = await fetch(path);
  const told = await answer.json();
  if (!answer.ok) throw new Error(`${told.failure}. ${told.hint}`);
  return told;
}

let runsKnown = [];
async function refresh() {
  try {
    const status = await get("api/status");
    byId("version").textContent = status.version;
    showNow(status);
    if (status.stamp !== stamp) {
      const [backups, runs, letters] = await Promise.all(["backups", "runs", "dead-letters"].map(part => get(`api/${part}`)));
      runsKnown = runs;
      showBackups(backups);
      showRuns(runs);
      showLetters(letters, Boolean(status.running));
      stamp = status.stamp;
    }
    showTiles(status, runsKnown);
    byId("alarm").hidden = true;
  } catch (failure) {
    byId("alarm").textContent = `No news from Dolmen: ${failure.message}`;
    byId("alarm").hidden = false;
  }
}

refresh();
setInterval(() => document.hidden || refresh(), POLL);
