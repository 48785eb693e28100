"use strict";

/** Bars over time as an inline SVG: one for each item, at its time; no library, no markup from data. */
function barChart(title, items, words) {
  const width = 320, height = 120, foot = 16, head = 14;
  const svg = (tag, attributes, text) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const times = items.map(item => item.time);
  const first = Math.min(...times), last = Math.max(...times);
  const most = Math.max(...items.map(item => item.value), 1e-9);
  const bar = Math.max(2, Math.min(14, width / items.length * 0.7));
  const x = time => last === first ? (width - bar) / 2 : (time - first) / (last - first) * (width - bar);
  const newest = items[items.length - 1];
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `${title} of ${items.length} backups: at most ${words(most)}, last ${words(newest.value)}` });
  chart.append(svg("line", { class: "axis", x1: 0, x2: width, y1: height - foot, y2: height - foot }));
  for (const item of items) {
    const tall = Math.max(1, item.value / most * (height - foot - head));
    const rect = svg("rect", { class: item.kind, x: x(item.time), y: height - foot - tall, width: bar, height: tall, rx: 1 });
    rect.append(svg("title", {}, `${item.name}, ${item.kind}: ${words(item.value)}`));
    chart.append(rect);
  }
  const day = time => new Date(time).toLocaleDateString(undefined, { day: "numeric", month: "short" });
  chart.append(svg("text", { x: 0, y: 9 }, words(most)));
  chart.append(svg("text", { x: 0, y: height - 4 }, day(first)));
  if (last !== first) chart.append(svg("text", { x: width, y: height - 4, "text-anchor": "end" }, day(last)));
  return chart;
}
