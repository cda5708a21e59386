"use strict";
// The diagram is nested boxes that are created when they are expanded, so a deep network opens at once. The positions of boxes
// and lines in a piece are in the data; this program only draws them.
const data = JSON.parse(document.getElementById("data").textContent);
const say = (id, holes) => data.words[id].replace(/\{(\w+)\}/g, (_, name) => holes[name]);
const $ = id => document.getElementById(id);
const number = n => n == null ? "" : Number(n).toLocaleString("en-US");
const short = n => { for (const [s, u] of [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]]) if (n >= s) return (n / s).toFixed(2) + " " + u; return String(n); };
const shape = dims => (dims || []).join("×");
const make = (tag, props = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) key in element && key !== "style" ? element[key] = value : element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const sum = (layers, key) => layers.reduce((total, layer) => total + Number(layer[key]), 0);
const boxes = new Map();   // layer id → its box, if it is expanded
const rows = new Map();    // layer id → its row, once it was shown
const folds = [];          // {box, start, end, set(open), isOpen()}
let chosen = null;

// The layers of a network: each is that of its piece, with the values of its part added.
function spread(net) {
  net.layers = [];
  for (const part of net.parts) {
    part.start = net.layers.length;
    Object.assign(part, net.pieces[part.piece]);
    part.layers = part.layers.map(own => {
      const layer = Object.create(own);
      const module = layer.module = own.module.startsWith(".") ? part.group + own.module : own.module;
      layer.id = net.layers.length;
      layer.name = own.call ? module + "#" + own.call : module;
      layer.part = part;
      if (own.sees) {
        layer.fields = own.sees.map((sees, axis) => {
          const [start, end] = (part.field[axis] || part.field[0]).map((from, i) => BigInt(from) + BigInt(sees[i]));
          return { start, end, stride: sees[2], size: end - start + 1n };
        });
        layer.receptive_field = Number(layer.fields[0].size);
      }
      net.layers.push(layer);
      return layer;
    });
  }
  return net;
}
const net = spread(data.networks[0]), other = data.networks[1];

// Differences from the second network by the layer's number and by the block's or stage's name, as the comparison aligned them.
const differences = new Map();
function collect(pair) {
  const key = pair.id ?? pair.a;
  if (key != null && pair.mark !== "=") differences.set(key, pair);
  (pair.children || []).forEach(collect);
}
(data.comparison || []).forEach(collect);
const costOf = pair => pair.mark + (pair.short ? " " + pair.short : "");
function badge(key) {
  const pair = differences.get(key);
  return pair ? [make("em", { className: "badge", textContent: costOf(pair), title: [pair.word, pair.what, pair.cost].filter(Boolean).join("\n") })] : [];
}
const formulas = layer => layer.formulas.map(text => net.texts[text]).concat((layer.fields || []).map((field, axis, all) => [data.field[0][all.length > 1 ? axis + 1 : 0], data.field[1][(field.size == 1) + 2 * (field.stride == 1)].replace(/\{(\w+)\}/g, (_, name) => field[name])]));

const lines = ["line", "line short", "line short same"];

// A line through corners, with an arrowhead at its end.
function line(kind, corners, head = true) {
  const path = (name, corners) => `<path class="${lines[kind]}${name}" d="M${corners.join(" ")}"/>`;
  if (!head) return path("", corners);
  const [fromX, fromY, x, y] = corners.slice(-4);
  const [alongX, alongY] = [Math.sign(x - fromX), Math.sign(y - fromY)];
  const [backX, backY] = [x - 6 * alongX, y - 6 * alongY];
  return path("", corners) + path(" tip", [x, y, backX + 3 * alongY, backY + 3 * alongX, backX - 3 * alongY, backY - 3 * alongX]);
}

const place = ([x, y, width, height]) => `left:${x}px;top:${y}px;width:${width}px;height:${height}px`;
function layerBox(layer, { at, lines, round }) {
  const box = make("button", { className: "layer k" + data.kinds.findIndex(([kind]) => kind === layer.kind) + (round ? " sign" : layer.branch === "shortcut" ? " beside" : ""), style: place(at), title: layer.name + "\n" + layer.summary + "\n→ " + shape(layer.output) });
  if (round) { box.textContent = lines[0]; box.setAttribute("aria-label", layer.name + ", " + layer.summary); }
  else box.append(...lines.map((line, i) => make(i || lines.length < 2 ? "span" : "b", { textContent: line })));
  if (layer.fault) { box.classList.add("fault"); box.title += "\n" + layer.fault; }
  box.append(...badge(layer.id));
  box.dataset.layer = layer.id;
  box.addEventListener("click", () => choose(layer.id));
  boxes.set(layer.id, box);
  paint(layer.id, box);
  return box;
}

// The boxes and lines of a part, moved to have its main path at `lane` from the left; a line leaves it if another part follows.
function picture(part, lane) {
  const { size: [width, height], entry, boxes, again = [], edges, exit } = part.picture;
  let ways = edges.map(([kind, corners]) => line(kind, corners)).join("");
  if (part.start + part.layers.length < net.layers.length) ways += line(0, exit, false);
  const box = make("div", { className: "picture", style: `width:${width}px;height:${height}px;margin-left:${lane - exit[0]}px` });
  box.innerHTML = `<svg width="${width}" height="${height}">${ways}</svg>`;
  for (const { at, lines } of entry ? [entry, ...again] : again) box.append(make("i", { className: "entry", style: place(at), textContent: lines[0] }));
  box.append(...part.layers.map((layer, i) => layerBox(layer, boxes[i])));
  return box;
}

// An arrow between two boxes: the second has a layer that reads one of the first.
const way = lane => make("i", { className: "way", ariaHidden: "true", style: lane ? `margin-left:${lane}px` : "" });
const readsBefore = part => part.layers.some(layer => layer.reads.some(from => from < 0));

// Diagrams of many blocks that are expanded at once are created when they become visible; their room is reserved before.
const watch = new IntersectionObserver(seen => { for (const { isIntersecting, target } of seen) if (isIntersecting) target.dispatchEvent(new Event("seen")); }, { rootMargin: "600px" });

function foldable(kind, name, title, note, layers, fill, room) {
  const isBroken = layers.some(layer => layer.fault);
  const head = make("button", { className: "head" + (isBroken ? " fault" : ""), ariaExpanded: "false" }, make("b", { textContent: title }), ...badge(name), make("small", {}, ...note.map(text => make("span", { textContent: text }))));
  const body = make("div");
  const box = make("div", { className: kind }, head, body);
  let filled = false;
  const fillNow = () => {
    if (filled) return;
    filled = true;
    watch.unobserve(body);
    body.removeAttribute("style");
    fill(body);
  };
  body.addEventListener("seen", fillNow);
  const fold = {
    box, name,
    start: layers[0].id, end: layers.at(-1).id + 1,
    isOpen: () => head.ariaExpanded === "true",
    fillNow,
    set(open, later) {
      if (open && !filled) {
        if (later && room) { body.style = `width:${room[0]}px;height:${room[1]}px`; watch.observe(body); }
        else fillNow();
      }
      body.hidden = !open;
      head.ariaExpanded = String(open);
    },
    kind,
  };
  body.hidden = true;
  head.addEventListener("click", () => fold.set(!fold.isOpen()));
  folds.push(fold);
  return box;
}

// The lines under the name of a collapsible box, each in one piece.
const note = layers => ["→ " + shape(layers.at(-1).output), say("title-params", { count: short(sum(layers, "params")) }), short(sum(layers, "macs")) + " " + net.unit];

function draw() {
  const stages = [];
  for (const part of net.parts) {
    if (!stages.length || stages.at(-1)[0].stage !== part.stage) stages.push([]);
    stages.at(-1).push(part);
  }
  for (const parts of stages) {
    const layers = parts.flatMap(part => part.layers);
    const info = net.stats.stages.find(stage => stage.name === parts[0].stage);
    const title = parts[0].stage + (info?.paper_name ? " (" + info.paper_name + ")" : "") + (info ? ": " + info.blocks + " × " + info.block : "");
    if (readsBefore(parts[0])) $("diagram").append(way());
    $("diagram").append(foldable("stage", parts[0].stage, title, note(layers), layers, body => {
      const lane = parts.reduce((lane, part) => Math.max(lane, part.picture.exit[0]), 0);
      parts.forEach((part, i) => {
        if (i && readsBefore(part)) body.append(way(lane));
        if (part.block === undefined) body.append(picture(part, parts.length > 1 ? lane + 7 : lane));
        else body.append(foldable("block", part.group, part.group, note(part.layers), part.layers, inside => inside.append(picture(part, lane)), part.picture.size));
      });
    }));
  }
}

// Depth to which everything is expanded: 0 stages, 1 blocks, 2 layers.
function unfold(depth) {
  for (const fold of [...folds]) if (fold.kind === "stage") fold.set(depth > 0);
  for (const fold of [...folds]) if (fold.kind === "block") fold.set(depth > 1, true);
}

// Opens everything around a layer; an opened stage adds its blocks to the end of the list.
function reveal(id) {
  for (let i = 0; i < folds.length; i++) if (folds[i].start <= id && id < folds[i].end) folds[i].set(true);
}

const isNarrow = matchMedia("(max-width: 900px)");
const isCalm = matchMedia("(prefers-reduced-motion: reduce)");
function show(element) {
  if (!element) return;
  const behavior = isCalm.matches ? "auto" : "smooth";
  const frame = view.getBoundingClientRect(), box = element.getBoundingClientRect();
  // On a phone the lower half is the sheet's.
  const room = isNarrow.matches ? 40 : Math.max(0, (frame.height - box.height) / 2);
  view.scrollBy({ left: box.x - frame.x - (frame.width - box.width) / 2, top: box.y - frame.y - room, behavior });
  if (isNarrow.matches) scrollBy({ top: frame.y - document.querySelector("nav").offsetHeight - 4, behavior });
  else view.scrollIntoView({ block: "nearest", behavior });
}

function choose(id, scroll) {
  chosen = id;
  const layer = net.layers[id];
  reveal(id);
  mark();
  if (scroll) show(boxes.get(id));
  try { history.replaceState(null, "", "#" + encodeURIComponent(layer.name)); } catch { /* A page within a frame may have no address. */ }
  details(layer);
  $("details").classList.add("open");
}

// What an address names: a layer, a block or a stage.
function follow() {
  const name = decodeURIComponent(location.hash.slice(1));
  if (!name) return;
  const layer = net.layers.find(layer => layer.name === name);
  if (layer) return choose(layer.id, true);
  const part = net.parts.find(part => part.group === name || part.stage === name);
  if (!part) return;
  if (part.group === name) reveal(part.start);
  const fold = folds.find(fold => fold.name === name);
  fold?.set(true);
  show(fold?.box);
}

function details(layer) {
  const list = make("dl");
  const fact = (term, text) => text !== "" && text != null && list.append(make("dt", { textContent: term }), make("dd", { textContent: text }));
  fact(say("html-fault"), layer.fault); fact(say("html-class"), layer.op); fact(say("html-does"), layer.summary); fact(say("html-kind"), kindOf(layer)); fact(say("column-branch"), layer.branch && say("branch-" + layer.branch));
  fact(say("column-reads"), layer.reads.map(from => net.layers[layer.part.start + from]).map(from => from.name + " " + shape(from.output)).join(", "));
  fact(say("column-output"), shape(layer.output));
  for (const [term, text] of formulas(layer)) fact(term, text);
  const pair = differences.get(layer.id);
  if (pair) fact(other.stats.title, [pair.word, pair.b && pair.b !== pair.a ? pair.b : "", pair.what, pair.cost].filter(Boolean).join(" · "));
  for (const [name, dims] of layer.parameters) fact(layer.module + (name && "." + name), shape(dims) || say("label-scalar"));
  $("facts").replaceChildren(make("h2", { textContent: layer.name }), list);
}

const kindOf = layer => data.kinds.find(([kind]) => kind === layer.kind)?.[1] || "";
function words() { return $("search").value.trim().toLowerCase(); }
function paint(id, box, sought = words()) {
  box.classList.toggle("chosen", id === chosen);
  box.classList.toggle("dim", sought !== "" && !matches(net.layers[id], sought));
}
function mark() {
  const sought = words();
  for (const [id, box] of boxes) paint(id, box, sought);
  for (const [id, row] of rows) row.classList.toggle("chosen", id === chosen);
}

function matches(layer, sought) {
  return sought.split(/\s+/).every(word => (layer.name + " " + layer.op + " " + layer.summary + " " + layer.kind + " " + kindOf(layer) + " " + (layer.branch || "") + " " + shape(layer.output)).toLowerCase().includes(word));
}

const columns = [["#", "id", 1], [say("column-layer"), "name"], [say("html-class"), "op"], [say("column-what"), "summary"], [say("column-output"), "output"], [say("column-parameters"), "params", 1], [net.label, "macs", 1], [say("column-rf"), "receptive_field", 1]];
let sorted = ["id", 1], shown = [];
const ROWS = 1000;         // rows written at once; more are added when the table is scrolled to its end
function table() {
  const [key, way] = sorted;
  const sought = words(), kind = $("kind").value;
  const value = layer => key === "output" ? (layer.output || []).reduce((a, b) => a * b, 1) : layer[key] ?? -1;
  shown = net.layers.filter(layer => (!kind || layer.kind === kind) && matches(layer, sought))
    .sort((a, b) => way * (typeof value(a) === "number" ? value(a) - value(b) : String(value(a)).localeCompare(String(value(b)))));
  $("rows").replaceChildren();
  moreRows();
  $("count").textContent = say("html-count", { shown: shown.length, all: net.layers.length, params: number(sum(shown, "params")), macs: number(sum(shown, "macs")) + " " + net.unit });
  document.querySelectorAll("#heads th").forEach((th, i) => th.ariaSort = columns[i][1] === key ? (way > 0 ? "ascending" : "descending") : "none");
}

function rowOf(layer) {
  if (rows.has(layer.id)) return rows.get(layer.id);
  const row = make("tr", { tabIndex: 0 }, ...columns.map(([, key, numeric]) =>
    make("td", { className: numeric ? "n" : "", textContent: key === "output" ? shape(layer.output) : numeric ? number(layer[key]) : layer[key] ?? "" })));
  row.addEventListener("click", () => choose(layer.id, true));
  row.addEventListener("keydown", event => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(layer.id, true); }
    const next = event.key === "ArrowDown" ? row.nextElementSibling : event.key === "ArrowUp" ? row.previousElementSibling : null;
    if (next) { event.preventDefault(); next.focus(); }
  });
  rows.set(layer.id, row);
  row.classList.toggle("chosen", layer.id === chosen);
  return row;
}

function moreRows() {
  const from = $("rows").childElementCount;
  $("rows").append(...shown.slice(from, from + ROWS).map(rowOf));
}

function setUpTable() {
  for (const [title, key, numeric] of columns) {
    const button = make("button", { textContent: title });
    button.addEventListener("click", () => { sorted = [key, sorted[0] === key ? -sorted[1] : numeric && key !== "id" ? -1 : 1]; table(); });
    $("heads").append(make("th", { className: numeric ? "n" : "", scope: "col" }, button));
  }
  const scroll = $("rows").closest(".scroll");
  scroll.addEventListener("scroll", () => { if (scroll.scrollTop + 2 * scroll.clientHeight > scroll.scrollHeight) moreRows(); });
  table();
}

// A pair of the comparison: the first network's part, the difference with its cost, the second network's part.
function pairBox(pair) {
  const side = name => make("span", { className: name == null ? "side none" : "side k" + (pair.kind ?? ""), textContent: name ?? say("html-not-there") });
  const middle = make("span", { className: "what" }, make("b", { textContent: pair.mark, title: pair.word }), " ", make("span", { textContent: [pair.what, pair.cost].filter(Boolean).join(" · ") }));
  return [side(pair.a), middle, side(pair.b)];
}

function pairRow(pair) {
  const isSame = pair.mark === "=";
  if (!pair.children) return make("div", { className: "pair" + (isSame ? "" : " unlike") }, ...pairBox(pair));
  const row = make("details", { className: "pairs", open: !isSame }, make("summary", { className: "pair" + (isSame ? "" : " unlike") }, ...pairBox(pair)));
  // Equal neighbours are one line: a comparison is about the rest.
  let equal = [];
  const flush = () => {
    if (equal.length > 2) row.append(make("div", { className: "pair soft", textContent: `= ${equal[0].a} – ${equal.at(-1).a}` }));
    else row.append(...equal.map(pairRow));
    equal = [];
  };
  for (const child of pair.children) if (child.mark === "=") equal.push(child); else { flush(); row.append(pairRow(child)); }
  flush();
  return row;
}

function compare() {
  if (!other) return;
  $("comparison").hidden = false;
  const line = (term, a, b) => make("tr", {}, make("td", { textContent: term }), make("td", { className: "n", textContent: a }), make("td", { className: "n" + (a !== b ? " differs" : ""), textContent: b }));
  const facts = [[say("column-input"), s => shape(s.input)], [say("column-output"), s => shape(s.output)], [say("column-parameters"), s => number(s.params)], [net.label, s => number(s.macs)], [say("column-activations"), s => number(s.activations)], [say("column-depth"), s => number(s.depth)], [say("stats-receptive-field"), s => number(s.receptive_field)], [say("html-weights"), s => number(s.memory.weights)], [say("html-peak"), s => number(s.memory.peak_activations)]];
  $("first").textContent = net.stats.title; $("second").textContent = other.stats.title;
  for (const [term, of] of facts) $("compared").append(line(term, of(net.stats), of(other.stats)));
  const titles = [net.stats.title, say("column-what"), other.stats.title].map(textContent => make("b", { textContent }));
  $("aligned").append(make("div", { className: "pair titles" }, ...titles), ...data.comparison.map(pairRow));
}

// The size of the diagram: the place `at` of the window stays where it is.
let zoom = 1;
const view = $("view");
function setZoom(to, at) {
  const box = view.getBoundingClientRect();
  const [x, y] = at ? [at[0] - box.x, at[1] - box.y] : [box.width / 2, box.height / 2];
  const [left, top] = [(view.scrollLeft + x) / zoom, (view.scrollTop + y) / zoom];
  zoom = Math.min(4, Math.max(.05, to));
  $("diagram").style.zoom = zoom;
  $("zoom").textContent = Math.round(zoom * 100) + " %";
  view.scrollTo(left * zoom - x, top * zoom - y);
}
const scale = (factor, at) => setZoom(factor ? zoom * factor : 1, at);

// The whole diagram in the view, but never larger than its own size.
function fit() {
  const diagram = $("diagram");
  // Of a deep network, what is not visible yet has its room only.
  if (net.layers.length < 3000) for (const fold of [...folds]) if (fold.isOpen()) fold.fillNow();
  diagram.style.zoom = 1;
  diagram.style.minWidth = "0";
  const { width, height } = diagram.getBoundingClientRect();
  diagram.style.minWidth = "";
  setZoom(Math.min(1, view.clientWidth / width, view.clientHeight / height));
  // Small text is not shrunk in proportion everywhere.
  if (view.scrollHeight > view.clientHeight) setZoom(zoom * view.clientHeight / view.scrollHeight);
  view.scrollTo(0, 0);
}

// Moves the diagram with the mouse; a finger scrolls it by itself, and two fingers change its size.
let drag = null;
view.addEventListener("pointerdown", event => {
  if (event.pointerType === "mouse" && event.button === 0) drag = { x: event.clientX, y: event.clientY, left: view.scrollLeft, top: view.scrollTop, moved: false };
});
addEventListener("pointermove", event => {
  if (!drag) return;
  const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
  drag.moved ||= Math.hypot(x, y) > 4;
  if (drag.moved) { view.classList.add("dragged"); view.scrollTo(drag.left - x, drag.top - y); }
});
addEventListener("pointerup", () => { setTimeout(() => drag = null); view.classList.remove("dragged"); });
view.addEventListener("click", event => { if (drag?.moved) { event.stopPropagation(); event.preventDefault(); } }, true);
let pinch = null;
const spanOf = ([a, b]) => [Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), [(a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2]];
view.addEventListener("touchstart", event => { if (event.touches.length === 2) pinch = [spanOf(event.touches)[0], zoom]; }, { passive: true });
view.addEventListener("touchmove", event => {
  if (!pinch || event.touches.length !== 2) return;
  event.preventDefault();
  const [span, middle] = spanOf(event.touches);
  setZoom(pinch[1] * span / pinch[0], middle);
}, { passive: false });
view.addEventListener("touchend", () => pinch = null);

// The layers that the search finds, and steps from one to the next.
let hits = [], hit = -1;
function find() {
  const sought = words();
  hits = sought ? net.layers.filter(layer => matches(layer, sought)) : [];
  hit = -1;
  tellHits();
}
function tellHits() {
  $("hits").textContent = words() ? say("html-hits", { at: number(hit + 1), all: number(hits.length) }) : "";
  for (const id of ["previous", "next"]) $(id).disabled = !hits.length;
}
function step(by) {
  if (!hits.length) return;
  hit = (hit + by + hits.length + (hit < 0 && by < 0 ? 1 : 0)) % hits.length;
  choose(hits[hit].id, true);
  tellHits();
}
function closeDetails() { $("details").classList.remove("open"); }

draw(); setUpTable(); compare();
$("diagram").classList.toggle("right", isNarrow.matches);
unfold(isNarrow.matches || net.layers.length > 1500 ? 0 : 1);
for (const fold of [...folds]) if (net.layers.slice(fold.start, fold.end).some(layer => layer.fault)) fold.set(true);
fit();
// Thousands of rows are not written again for every key.
let typing;
const search = () => { find(); table(); mark(); };
$("search").addEventListener("input", () => { clearTimeout(typing); if (net.layers.length > 1000) typing = setTimeout(search, 200); else search(); });
$("kind").addEventListener("change", table);
addEventListener("beforeprint", () => { for (const fold of folds) if (fold.isOpen()) fold.fillNow(); });
for (const [kind, word] of data.kinds) if (net.layers.some(layer => layer.kind === kind)) $("kind").append(make("option", { value: kind, textContent: word }));
document.querySelectorAll("[data-depth]").forEach(button => button.addEventListener("click", () => unfold(Number(button.dataset.depth))));
$("in").addEventListener("click", () => scale(1.25));
$("out").addEventListener("click", () => scale(.8));
$("zoom").addEventListener("click", () => scale(0));
$("fit").addEventListener("click", fit);
$("next").addEventListener("click", () => step(1));
$("previous").addEventListener("click", () => step(-1));
$("close").addEventListener("click", closeDetails);
addEventListener("hashchange", follow);
$("flow").addEventListener("click", () => { $("diagram").classList.toggle("right"); fit(); });
$("theme").addEventListener("click", () => {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark" || !document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
});
view.addEventListener("wheel", event => { if (event.ctrlKey) { event.preventDefault(); scale(event.deltaY < 0 ? 1.1 : .9, [event.clientX, event.clientY]); } }, { passive: false });
document.addEventListener("keydown", event => {
  if (event.target.matches("input, select")) {
    if (event.key === "Escape") { $("search").value = ""; search(); event.target.blur(); }
    if (event.key === "Enter" && event.target === $("search")) step(event.shiftKey ? -1 : 1);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = { "/": () => $("search").focus(), "+": () => scale(1.25), "-": () => scale(.8), "0": () => scale(0), f: fit, n: () => step(1), p: () => step(-1), Escape: closeDetails, "1": () => unfold(0), "2": () => unfold(1), "3": () => unfold(2), j: () => choose(Math.min(net.layers.length - 1, (chosen ?? -1) + 1), true), k: () => choose(Math.max(0, (chosen ?? 1) - 1), true) };
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
find(); follow();
