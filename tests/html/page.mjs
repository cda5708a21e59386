// Promise: the exported page folds, searches, sorts, shows a layer and compares, by mouse and keyboard, without an error in
// the console and without a request. It needs Node, playwright-core and Chromium:
//   node tests/html/page.mjs PAGE.html [FOLDER for pictures]
import { pathToFileURL } from "node:url";
import { statSync } from "node:fs";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const [page_file, pictures] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
const wrong = [];
page.on("console", message => message.type() === "error" && wrong.push(message.text()));
page.on("pageerror", error => wrong.push(String(error)));
page.on("request", request => { if (!/^(file|data):/.test(request.url())) wrong.push("request " + request.url()); });
const picture = name => pictures && page.screenshot({ path: `${pictures}/${name}.png` });

await page.goto(pathToFileURL(page_file).href);
const paint = await page.evaluate(() => new Promise(done => {
  const seen = () => performance.getEntriesByName("first-contentful-paint")[0];
  const wait = () => seen() ? done(seen().startTime) : setTimeout(wait, 20);
  wait();
}));
await picture("opened");
// Rows are written as the table is scrolled, and after the last key of a search in a large table.
const rows = async () => { await page.waitForTimeout(300); return Number((await page.locator("#count").innerText()).split(" of ")[0]); };
const all = await rows();
assert.ok(all > 10, "the table has the layers");

await page.click("[data-depth='0']");
assert.equal(await page.locator(".block:visible").count(), 0, "folded to stages");
await page.locator(".stage > .head").nth(2).click();
assert.ok(await page.locator(".block:visible").count() > 0, "a stage unfolds");
await page.locator(".block:visible > .head").first().press("Enter");
assert.ok(await page.locator(".block .layer:visible").count() > 3, "a block unfolds by keyboard");
await page.locator(".block .layer:visible").first().click();
assert.match(await page.locator("#details dl").innerText(), /class/, "a click shows the layer");
await picture("chosen");

await page.keyboard.press("/");
await page.keyboard.type("conv stride 2");
const found = await rows();
assert.ok(found > 0 && found < all, "search narrows the table");
await picture("searched");
await page.keyboard.press("Escape");
assert.equal(await rows(), all, "escape ends the search");
await page.selectOption("#kind", "convolution");
assert.ok(await rows() < all, "a kind filters");
await page.selectOption("#kind", "");

await page.locator("#heads button", { hasText: "parameters" }).click();
const counts = (await page.locator("#rows tr td:nth-child(6)").allInnerTexts()).map(text => Number(text.replaceAll(",", "")));
assert.ok(counts.every((count, i) => i === 0 || counts[i - 1] >= count), "sorted by parameters");
await page.locator("#rows tr").first().press("Enter");
assert.equal(await page.locator("#rows tr.chosen").count(), 1, "a row is chosen by keyboard");
await page.locator("body").press("j");
await page.keyboard.press("+");
assert.notEqual(await page.locator("#zoom").innerText(), "100 %");
await page.keyboard.press("0");
await page.keyboard.press("3");
await picture("layers");
await page.click("#theme");
await picture("other-theme");
if (await page.locator("#comparison:visible").count()) {
  assert.ok(await page.locator("#compared tr").count() > 5);
  await page.locator("#comparison").scrollIntoViewIfNeeded();
  await picture("comparison");
}

// The first paint is within a second, also of the largest pages.
assert.ok(paint < 1000, `first paint after ${paint} ms`);

// Printed: a PDF with pages, in colour.
await page.emulateMedia({ media: "print" });
const printed = await page.pdf({ printBackground: true, ...(pictures && { path: `${pictures}/print.pdf` }) });
assert.ok(printed.subarray(0, 5).toString() === "%PDF-" && printed.length > 10_000, "printed");

// On a phone: a tap shows the layer in a sheet at the lower edge, and two fingers make the diagram larger.
const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
phone.on("pageerror", error => wrong.push(String(error)));
await phone.goto(pathToFileURL(page_file).href + "#conv1");
const sideways = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
assert.ok(sideways <= 0, `the page is ${sideways} pixels wider than the phone`);
if (pictures) await phone.screenshot({ path: `${pictures}/phone.png` });
await phone.locator(".layer:visible").first().tap();
assert.match(await phone.locator("#details dl").innerText(), /class/, "a tap shows the layer");
const sheet = await phone.locator("#details").boundingBox();
assert.ok(sheet.y > 200 && sheet.y + sheet.height <= 845, `a sheet at the lower edge: ${JSON.stringify(sheet)}`);
if (pictures) await phone.screenshot({ path: `${pictures}/tapped.png` });
await phone.keyboard.press("Escape");
const zoomed = async () => Number((await phone.locator("#zoom").innerText()).replace(/[^0-9.]/g, ""));
const before = await zoomed();
const fingers = await phone.context().newCDPSession(phone);
const area = await phone.locator(".layer:visible").first().boundingBox();
const middle = { x: Math.min(area.x + area.width / 2, 200), y: Math.min(area.y, 300) };
const touch = (type, apart) => fingers.send("Input.dispatchTouchEvent", {
  type, touchPoints: apart === undefined ? [] : [{ x: middle.x - apart, y: middle.y, id: 1 }, { x: middle.x + apart, y: middle.y, id: 2 }] });
await touch("touchStart", 30);
for (const apart of [45, 60, 75, 90]) await touch("touchMove", apart);
await touch("touchEnd");
assert.ok(await zoomed() > before, `pinched: from ${before} to ${await zoomed()}`);
assert.deepEqual(wrong, []);
console.log(`${page_file}: ${all} layers, ${Math.round(statSync(page_file).size / 1000)} kB, first paint after ${Math.round(paint)} ms`);
await browser.close();
