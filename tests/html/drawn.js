"use strict";
// Appended to a page: expands it to each depth, in both directions, and records the positions of boxes and lines in the browser.
{
  const at = element => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height]; };
  const isSeen = element => element.getClientRects().length > 0 && getComputedStyle(element).visibility === "visible";
  const all = (root, what) => [...root.querySelectorAll(what)].filter(isSeen);
  const ids = element => {
    const own = folds.find(fold => fold.box === element);
    const layers = [...element.querySelectorAll(".layer")].map(layer => Number(layer.dataset.layer));
    return own ? [own.start, own.end] : [layers[0], layers.at(-1) + 1];
  };
  const corners = path => {
    const { a, b, c, d, e, f } = path.getScreenCTM();
    const numbers = path.getAttribute("d").slice(1).trim().split(/[ L,]+/).map(Number), line = [];
    for (let i = 0; i < numbers.length; i += 2) line.push([a * numbers[i] + c * numbers[i + 1] + e, b * numbers[i] + d * numbers[i + 1] + f]);
    return line;
  };
  const picture = element => ({
    entry: all(element, ".entry").map(at)[0] ?? null,
    layers: all(element, ".layer").map(layer => ({ id: Number(layer.dataset.layer), at: at(layer), round: getComputedStyle(layer).borderRadius === "50%" })),
    lines: all(element, "svg path.line:not(.tip)").filter(path => getComputedStyle(path).stroke !== "none").map(path => {
      const next = path.nextElementSibling;
      const tip = next?.matches(".tip") && getComputedStyle(next).fill !== "none" ? corners(next)[0] : null;
      return { corners: corners(path), tip, isShortcut: path.matches(".short"), isDashed: getComputedStyle(path).strokeDasharray !== "none" };
    }),
  });
  // Consecutive parts of the diagram, or of an expanded stage, and the arrows between them.
  const group = element => ({
    parts: [...element.children].filter(child => isSeen(child) && !child.matches(".way")).map(child => ({ ids: ids(child), at: at(child) })),
    ways: [...element.children].filter(child => isSeen(child) && child.matches(".way")).map(way => ({ at: at(way), isAcross: getComputedStyle(way).rotate === "-90deg" })),
  });
  // Lengths are compared in the diagram's own size.
  setZoom(1);
  const views = [];
  for (const isRight of [false, true]) {
    $("diagram").classList.toggle("right", isRight);
    for (const depth of [0, 1, 2]) {
      unfold(depth);
      for (const fold of folds) if (fold.isOpen()) fold.fillNow();
      views.push({ depth, isRight, groups: [$("diagram"), ...all(document, ".stage > .head + div")].map(group), pictures: all(document, ".picture").map(picture) });
    }
  }
  const drawn = document.createElement("pre");
  drawn.id = "drawn";
  drawn.textContent = JSON.stringify(views);
  document.body.replaceChildren(drawn);
}
