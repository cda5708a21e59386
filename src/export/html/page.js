"use strict";
// The diagram is nested boxes that are made when they are unfolded, so that a deep network opens at once.
const data = JSON.parse(document.getElementById("data").textContent);
const [net, other] = data.networks;
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
const boxes = new Map();   // layer id → its box, when it is unfolded
const rows = new Map();
const folds = [];          // {layers, set(open), isOpen()}
let chosen = null;

function layerBox(layer) {
  const sign = { Add: "+", Multiply: "×" }[layer.op];
  const box = make("button", { className: "layer k" + data.kinds.indexOf(layer.kind) + (sign ? " sign" : ""), title: layer.name + "\n" + layer.summary + "\n→ " + shape(layer.output) });
  if (sign) { box.textContent = sign; box.setAttribute("aria-label", layer.name + ", " + layer.summary); }
  else box.append(make("b", { textContent: layer.short }), make("small", { textContent: layer.summary }));
  box.addEventListener("click", () => choose(layer.id));
  boxes.set(layer.id, box);
  return box;
}

function foldable(kind, title, note, layers, fill) {
  const head = make("button", { className: "head", ariaExpanded: "false" }, make("b", { textContent: title }), make("small", { textContent: note }));
  const body = make("div");
  const box = make("div", { className: kind }, head, body);
  let filled = false;
  const fold = {
    layers: new Set(layers.map(layer => layer.id)),
    isOpen: () => head.ariaExpanded === "true",
    set(open) {
      if (open && !filled) { fill(body); filled = true; mark(); }
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

function fillBlock(body, layers) {
  // Both sides beside each other, then what joins them.
  const joins = layers.findIndex(layer => layer.branch === null && layer.op === "Add");
  const sided = layers.some(layer => layer.branch !== null);
  if (!sided || joins < 0) { body.append(make("div", { className: "join" }, ...layers.map(layerBox))); return; }
  const before = layers.slice(0, joins).filter(layer => layer.branch === null);
  const main = layers.filter(layer => layer.branch === "main");
  const side = layers.filter(layer => layer.branch === "shortcut");
  if (before.length) body.append(make("div", { className: "join" }, ...before.map(layerBox)));
  const right = make("div", { className: side.length ? "side" : "side identity" }, ...side.map(layerBox));
  if (!side.length) right.append(make("i", { textContent: "identity" }));
  body.append(make("div", { className: "paths" }, make("div", {}, ...main.map(layerBox)), right));
  body.append(make("div", { className: "join" }, ...layers.slice(joins).map(layerBox)));
}

function totals(layers) {
  // A line breaks between the two, not within one.
  return [short(sum(layers, "params")) + " params", short(sum(layers, "macs")) + " " + net.unit].map(text => text.replaceAll(" ", "\u00a0")).join(" · ");
}

function draw() {
  const stages = [];
  for (const layer of net.layers) {
    if (!stages.length || stages.at(-1)[0].stage !== layer.stage) stages.push([]);
    stages.at(-1).push(layer);
  }
  for (const layers of stages) {
    const blocks = [];
    for (const layer of layers) {
      if (!blocks.length || blocks.at(-1)[0].block !== layer.block) blocks.push([]);
      blocks.at(-1).push(layer);
    }
    const info = net.stats.stages.find(stage => stage.name === layers[0].stage);
    const title = layers[0].stage + (info?.paper_name ? " (" + info.paper_name + ")" : "") + (info ? ": " + info.blocks + " × " + info.block : "");
    $("diagram").append(foldable("stage", title, "→ " + shape(layers.at(-1).output) + " · " + totals(layers), layers, body => {
      for (const block of blocks) {
        if (block[0].block === null) body.append(make("div", { className: "join" }, ...block.map(layerBox)));
        else body.append(foldable("block", block[0].group, "→ " + shape(block.at(-1).output) + " · " + totals(block), block, inside => fillBlock(inside, block)));
      }
    }));
  }
}

// How far everything is unfolded: 0 stages, 1 blocks, 2 layers.
function unfold(depth) {
  for (const fold of [...folds]) if (fold.kind === "stage") fold.set(depth > 0);
  for (const fold of [...folds]) if (fold.kind === "block") fold.set(depth > 1);
}

function choose(id, scroll) {
  chosen = id;
  const layer = net.layers[id];
  // Unfolding a stage makes its blocks, which come to stand behind it in the list.
  for (let i = 0; i < folds.length; i++) if (folds[i].layers.has(id)) folds[i].set(true);
  mark();
  if (scroll) boxes.get(id)?.scrollIntoView({ block: "nearest", inline: "nearest" });
  const list = make("dl");
  const fact = (term, text) => text !== "" && text != null && list.append(make("dt", { textContent: term }), make("dd", { textContent: text }));
  fact("class", layer.op); fact("does", layer.summary); fact("kind", layer.kind); fact("branch", layer.branch);
  fact("reads", layer.reads.map(from => net.layers[from].name + " " + shape(net.layers[from].output)).join(", "));
  fact("output", shape(layer.output));
  for (const [term, text] of layer.formulas) fact(term, text);
  for (const tensor of layer.parameters) fact(tensor.name, shape(tensor.shape) || "scalar");
  $("details").replaceChildren(make("h2", { textContent: layer.name }), list);
}

function mark() {
  for (const [id, box] of boxes) box.classList.toggle("chosen", id === chosen);
  for (const [id, row] of rows) row.classList.toggle("chosen", id === chosen);
  const words = $("search").value.trim().toLowerCase();
  for (const [id, box] of boxes) box.classList.toggle("dim", words !== "" && !matches(net.layers[id], words));
}

function matches(layer, words) {
  return words.split(/\s+/).every(word => (layer.name + " " + layer.op + " " + layer.summary + " " + layer.kind + " " + (layer.branch || "") + " " + shape(layer.output)).toLowerCase().includes(word));
}

const columns = [["#", "id", 1], ["layer", "name"], ["class", "op"], ["what", "summary"], ["output", "output"], ["parameters", "params", 1], [net.unit, "macs", 1], ["RF", "receptive_field", 1]];
let sorted = ["id", 1];
function table() {
  const [key, way] = sorted;
  const words = $("search").value.trim().toLowerCase(), kind = $("kind").value;
  const value = layer => key === "output" ? (layer.output || []).reduce((a, b) => a * b, 1) : layer[key] ?? -1;
  const shown = net.layers.filter(layer => (!kind || layer.kind === kind) && matches(layer, words))
    .sort((a, b) => way * (typeof value(a) === "number" ? value(a) - value(b) : String(value(a)).localeCompare(String(value(b)))));
  $("rows").replaceChildren(...shown.map(layer => rows.get(layer.id)));
  $("count").textContent = shown.length + " of " + net.layers.length + " layers, " + number(sum(shown, "params")) + " parameters, " + number(sum(shown, "macs")) + " " + net.unit;
  document.querySelectorAll("#heads th").forEach((th, i) => th.ariaSort = columns[i][1] === key ? (way > 0 ? "ascending" : "descending") : "none");
}

function setUpTable() {
  for (const [title, key, numeric] of columns) {
    const button = make("button", { textContent: title });
    button.addEventListener("click", () => { sorted = [key, sorted[0] === key ? -sorted[1] : numeric && key !== "id" ? -1 : 1]; table(); });
    $("heads").append(make("th", { className: numeric ? "n" : "", scope: "col" }, button));
  }
  for (const layer of net.layers) {
    const row = make("tr", { tabIndex: 0 }, ...columns.map(([, key, numeric]) =>
      make("td", { className: numeric ? "n" : "", textContent: key === "output" ? shape(layer.output) : numeric ? number(layer[key]) : layer[key] ?? "" })));
    row.addEventListener("click", () => choose(layer.id, true));
    row.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(layer.id, true); }
      const next = event.key === "ArrowDown" ? row.nextElementSibling : event.key === "ArrowUp" ? row.previousElementSibling : null;
      if (next) { event.preventDefault(); next.focus(); }
    });
    rows.set(layer.id, row);
  }
  table();
}

function compare() {
  if (!other) return;
  $("comparison").hidden = false;
  const line = (term, a, b) => make("tr", {}, make("td", { textContent: term }), make("td", { className: "n", textContent: a }), make("td", { className: "n" + (a !== b ? " differs" : ""), textContent: b }));
  const facts = [["input", s => shape(s.input)], ["output", s => shape(s.output)], ["parameters", s => number(s.params)], [net.unit, s => number(s.macs)], ["activations", s => number(s.activations)], ["depth", s => number(s.depth)], ["receptive field", s => number(s.receptive_field)], ["weights, bytes", s => number(s.memory.weights)], ["peak activations, bytes", s => number(s.memory.peak_activations)]];
  const body = $("compared");
  $("first").textContent = net.stats.title; $("second").textContent = other.stats.title;
  for (const [term, of] of facts) body.append(line(term, of(net.stats), of(other.stats)));
  const stages = Math.max(net.stats.stages.length, other.stats.stages.length);
  const told = stage => stage ? stage.blocks + " × " + stage.block + " → " + shape(stage.output) + ", " + short(stage.params) + " params, " + short(stage.macs) + " " + net.unit : "none";
  for (let i = 0; i < stages; i++) body.append(line("stage " + (i + 1), told(net.stats.stages[i]), told(other.stats.stages[i])));
  const name = layer => layer.name, theirs = new Map(other.layers.map(layer => [name(layer), layer])), ours = new Map(net.layers.map(layer => [name(layer), layer]));
  for (const layer of net.layers) {
    const twin = theirs.get(name(layer));
    const mine = layer.summary + " → " + shape(layer.output), their = twin ? twin.summary + " → " + shape(twin.output) : "not there";
    if (mine !== their) body.append(line(name(layer), mine, their));
  }
  for (const layer of other.layers) if (!ours.has(name(layer))) body.append(line(name(layer), "not there", layer.summary + " → " + shape(layer.output)));
}

let zoom = 1;
function scale(factor) { zoom = factor ? Math.min(4, Math.max(.2, zoom * factor)) : 1; $("diagram").style.zoom = zoom; $("zoom").textContent = Math.round(zoom * 100) + " %"; }

draw(); setUpTable(); compare();
unfold(net.layers.length > 1500 ? 0 : 1);
// Thousands of rows are not written again at every key.
let typing;
const search = () => { table(); mark(); };
$("search").addEventListener("input", () => { clearTimeout(typing); if (net.layers.length > 1000) typing = setTimeout(search, 200); else search(); });
$("kind").addEventListener("change", table);
for (const kind of data.kinds) if (net.layers.some(layer => layer.kind === kind)) $("kind").append(make("option", { value: kind, textContent: kind }));
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
