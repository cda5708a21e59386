// Draws networks with Mermaid itself, in Chromium. It needs Node, and mermaid and playwright-core in node_modules.
//   node mermaid.mjs BINARY [FOLDER for pictures]
// All networks at stage level, some at block level in both directions, a few at layer level; one more that is beyond the limits
// of Mermaid, must be folded and say so. It prints a line a diagram; exit 1 if one is not drawn.
import { chromium } from "playwright-core";
import { execFileSync } from "node:child_process";

const [binary, pictures] = process.argv.slice(2);
const run = (...args) => execFileSync(binary, args, { maxBuffer: 1 << 28 }).toString();
const names = JSON.parse(run("list", "--format", "json")).map(net => net.name);
const some = ["resnet18", "resnet50", "resnet152", "resnest50d", "resnet1202_cifar", "resnet20_fashion", "resnetv2_50", "res2net50_26w_4s",
  "skresnet50", "seresnet50", "resnetrs50", "resnetv2_152x4_bit", "resnetblur50"];
const cases = [
  ...names.map(name => [name, "stage", "down"]),
  ...some.flatMap(name => [[name, "block", "down"], [name, "block", "right"]]),
  ...["resnet18", "resnet50", "resnest50d"].map(name => [name, "layer", "down"]),
];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1600, height: 1200 } });
await page.setContent("<!doctype html><body><div id=out></div></body>");
await page.addScriptTag({ path: "node_modules/mermaid/dist/mermaid.min.js" });
await page.evaluate(() => mermaid.initialize({ startOnLoad: false, securityLevel: "strict" }));
const draw = text => page.evaluate(async text => {
  try {
    const { svg } = await mermaid.render("g" + Math.random().toString(36).slice(2), text);
    document.getElementById("out").innerHTML = svg;
    return svg.includes('aria-roledescription="error"') || svg.includes("Maximum text size") ? "an error is drawn" : "";
  } catch (error) { return String(error).split("\n")[0]; }
}, text);
let failed = 0;
for (const [name, level, direction] of cases) {
  const text = run("export", name, "--to", "mermaid", "--level", level, "--direction", direction);
  const wrong = await draw(text);
  failed += wrong !== "";
  console.log(name, level, direction, text.length, "characters", (text.match(/-->|\.->/g) ?? []).length, "edges", wrong || "drawn");
  if (!wrong && pictures && level !== "stage") await page.locator("#out svg").screenshot({ path: `${pictures}/${name}-${level}-${direction}.png` });
}
const folded = run("export", "resnet152", "--to", "mermaid", "--level", "layer", "--unfolded");
const wrong = await draw(folded);
console.log("resnet152 layer unfolded:", wrong || "drawn folded");
if (wrong || !/^%% drawn as /m.test(folded)) failed += 1;
await browser.close();
console.log(failed ? `${failed} failed` : `all ${cases.length} drawn`);
process.exit(failed ? 1 : 0);
