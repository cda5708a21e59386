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
const [net, other] = data.networks.map(spread);
const formulas = layer => layer.formulas.map(text => net.texts[text]).concat((layer.fields || []).map((field, axis, all) => [data.field[0][all.length > 1 ? axis + 1 : 0], data.field[1].replace(/\{(\w+)\}/g, (_, name) => field[name])]));

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

function foldable(kind, title, note, layers, fill, room) {
  const head = make("button", { className: "head", ariaExpanded: "false" }, make("b", { textContent: title }), make("small", {}, ...note.map(text => make("span", { textContent: text }))));
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
    box,
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
const note = layers => ["→ " + shape(layers.at(-1).output), say("html-params", { count: short(sum(layers, "params")) }), short(sum(layers, "macs")) + " " + net.unit];

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
    $("diagram").append(foldable("stage", title, note(layers), layers, body => {
      const lane = parts.reduce((lane, part) => Math.max(lane, part.picture.exit[0]), 0);
      parts.forEach((part, i) => {
        if (i && readsBefore(part)) body.append(way(lane));
        if (part.block === undefined) body.append(picture(part, parts.length > 1 ? lane + 7 : lane));
        else body.append(foldable("block", part.group, note(part.layers), part.layers, inside => inside.append(picture(part, lane)), part.picture.size));
      });
    }));
  }
}

// Depth to which everything is expanded: 0 stages, 1 blocks, 2 layers.
function unfold(depth) {
  for (const fold of [...folds]) if (fold.kind === "stage") fold.set(depth > 0);
  for (const fold of [...folds]) if (fold.kind === "block") fold.set(depth > 1, true);
}

function choose(id, scroll) {
  chosen = id;
  const layer = net.layers[id];
  // Expanding a stage creates its blocks, which come after it in the list.
  for (let i = 0; i < folds.length; i++) if (folds[i].start <= id && id < folds[i].end) folds[i].set(true);
  mark();
  if (scroll) boxes.get(id)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  const list = make("dl");
  const fact = (term, text) => text !== "" && text != null && list.append(make("dt", { textContent: term }), make("dd", { textContent: text }));
  fact(say("html-class"), layer.op); fact(say("html-does"), layer.summary); fact(say("html-kind"), kindOf(layer)); fact(say("column-branch"), layer.branch && say("branch-" + layer.branch));
  fact(say("column-reads"), layer.reads.map(from => net.layers[layer.part.start + from]).map(from => from.name + " " + shape(from.output)).join(", "));
  fact(say("column-output"), shape(layer.output));
  for (const [term, text] of formulas(layer)) fact(term, text);
  for (const [name, dims] of layer.parameters) fact(layer.module + (name && "." + name), shape(dims) || say("label-scalar"));
  $("details").replaceChildren(make("h2", { textContent: layer.name }), list);
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

function compare() {
  if (!other) return;
  $("comparison").hidden = false;
  const line = (term, a, b) => make("tr", {}, make("td", { textContent: term }), make("td", { className: "n", textContent: a }), make("td", { className: "n" + (a !== b ? " differs" : ""), textContent: b }));
  const facts = [[say("column-input"), s => shape(s.input)], [say("column-output"), s => shape(s.output)], [say("column-parameters"), s => number(s.params)], [net.label, s => number(s.macs)], [say("column-activations"), s => number(s.activations)], [say("column-depth"), s => number(s.depth)], [say("stats-receptive-field"), s => number(s.receptive_field)], [say("html-weights"), s => number(s.memory.weights)], [say("html-peak"), s => number(s.memory.peak_activations)]];
  const body = $("compared");
  $("first").textContent = net.stats.title; $("second").textContent = other.stats.title;
  for (const [term, of] of facts) body.append(line(term, of(net.stats), of(other.stats)));
  const stages = Math.max(net.stats.stages.length, other.stats.stages.length);
  const told = stage => stage ? say("html-told", { blocks: stage.blocks, block: stage.block, shape: shape(stage.output), params: short(stage.params), macs: short(stage.macs) + " " + net.unit }) : say("html-none");
  for (let i = 0; i < stages; i++) body.append(line(say("html-stage", { number: i + 1 }), told(net.stats.stages[i]), told(other.stats.stages[i])));
  const differing = [];
  const name = layer => layer.name, theirs = new Map(other.layers.map(layer => [name(layer), layer])), ours = new Map(net.layers.map(layer => [name(layer), layer]));
  for (const layer of net.layers) {
    const twin = theirs.get(name(layer));
    const mine = layer.summary + " → " + shape(layer.output), their = twin ? twin.summary + " → " + shape(twin.output) : say("html-not-there");
    if (mine !== their) differing.push([name(layer), mine, their]);
  }
  for (const layer of other.layers) if (!ours.has(name(layer))) differing.push([name(layer), say("html-not-there"), layer.summary + " → " + shape(layer.output)]);
  body.append(...differing.slice(0, 2 * ROWS).map(texts => line(...texts)));
  if (differing.length > 2 * ROWS) body.append(line(say("html-more"), number(differing.length - 2 * ROWS), ""));
}

let zoom = 1;
function scale(factor) { zoom = factor ? Math.min(4, Math.max(.2, zoom * factor)) : 1; $("diagram").style.zoom = zoom; $("zoom").textContent = Math.round(zoom * 100) + " %"; }

draw(); setUpTable(); compare();
unfold(net.layers.length > 1500 ? 0 : 1);
// Thousands of rows are not written again for every key.
let typing;
const search = () => { table(); mark(); };
$("search").addEventListener("input", () => { clearTimeout(typing); if (net.layers.length > 1000) typing = setTimeout(search, 200); else search(); });
$("kind").addEventListener("change", table);
addEventListener("beforeprint", () => { for (const fold of folds) if (fold.isOpen()) fold.fillNow(); });
for (const [kind, word] of data.kinds) if (net.layers.some(layer => layer.kind === kind)) $("kind").append(make("option", { value: kind, textContent: word }));
document.querySelectorAll("[data-depth]").forEach(button => button.addEventListener("click", () => unfold(Number(button.dataset.depth))));
$("in").addEventListener("click", () => scale(1.25));
$("out").addEventListener("click", () => scale(.8));
$("zoom").addEventListener("click", () => scale(0));
$("flow").addEventListener("click", () => $("diagram").classList.toggle("right"));
$("theme").addEventListener("click", () => {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark" || !document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
});
$("view").addEventListener("wheel", event => { if (event.ctrlKey) { event.preventDefault(); scale(event.deltaY < 0 ? 1.1 : .9); } }, { passive: false });
document.addEventListener("keydown", event => {
  if (event.target.matches("input, select")) { if (event.key === "Escape") { $("search").value = ""; table(); mark(); event.target.blur(); } return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = { "/": () => $("search").focus(), "+": () => scale(1.25), "-": () => scale(.8), "0": () => scale(0), "1": () => unfold(0), "2": () => unfold(1), "3": () => unfold(2), j: () => choose(Math.min(net.layers.length - 1, (chosen ?? -1) + 1), true), k: () => choose(Math.max(0, (chosen ?? 1) - 1), true) };
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
