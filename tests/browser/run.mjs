// The report in a real browser: nothing a document says is executed, nothing is loaded, no rule of accessibility is broken, the keys and
// the legend work, with and without JavaScript. `tests/browser/run` installs what it needs; `tests/browser/run PAGE… --pictures DIR`
// looks at other pages and leaves pictures of them. Chromium is the one of the system, or the one that CHROMIUM names.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const made = resolve(here, "../../target/tmp/report");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const args = process.argv.slice(2);
const at = args.indexOf("--pictures");
const pictures = at < 0 ? null : resolve(args.splice(at, 2)[1]);
const pages = args.length ? args.map((page) => resolve(page)) : ["rich", "hostile", "rtl"].map((name) => join(made, `${name}.html`));
for (const page of pages) assert(existsSync(page), `${page} is missing: run cargo test --test report first`);
if (pictures) mkdirSync(pictures, { recursive: true });

const profile = mkdtempSync(join(tmpdir(), "recensio-browser-"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", `--disk-cache-dir=${profile}`,
  ],
});

/** Opens a page and takes note of everything that should not happen. */
async function open(page, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await context.newPage();
  const trouble = [];
  tab.on("request", (request) => {
    if (!request.url().startsWith("file:")) trouble.push(`request ${request.url()}`);
  });
  tab.on("console", (message) => {
    if (message.type() === "error") trouble.push(`console ${message.text()}`);
  });
  tab.on("pageerror", (error) => trouble.push(`error ${error}`));
  tab.on("dialog", (dialog) => {
    trouble.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  await tab.goto(pathToFileURL(page).href);
  await tab.waitForTimeout(200);
  return { tab, trouble, close: () => context.close() };
}

async function accessible(tab, what) {
  // The debugger puts axe into the page; the policy binds the page, not the debugger.
  const found = await tab.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
  const said = found.violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join("\n    ")}`);
  assert.equal(said.length, 0, `${what}:\n  ${said.join("\n  ")}`);
}

let checks = 0;
for (const page of pages) {
  const name = basename(page, ".html");
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 400]) {
      const { tab, trouble, close } = await open(page, { colorScheme, viewport: { width, height: 900 } });
      await tab.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
      await tab.waitForTimeout(100);
      assert.equal(await tab.evaluate(() => window.hit), undefined, `${name}: a document ran its script`);
      await accessible(tab, `${name}, ${colorScheme}, ${width}`);
      const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${name}: ${wide} pixels too wide at ${width}`);
      assert.deepEqual(trouble, [], `${name}, ${colorScheme}`);
      await close();
      if (pictures) {
        const picture = await open(page, { colorScheme, viewport: { width, height: width > 600 ? 1000 : 860 } });
        await picture.tab.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`) });
        await picture.close();
        const whole = await open(page, { colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
        await whole.tab.addStyleTag({ content: "* { content-visibility: visible !important; } aside { position: static !important; }" });
        await whole.tab.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}-full.png`), fullPage: true });
        await whole.close();
      }
      checks += 4;
    }
  }

  // Without JavaScript the legend still hides what is not wanted, and links lead to marks.
  const plain = await open(page, { javaScriptEnabled: false });
  const label = plain.tab.locator(".body .label.date").first();
  if (await label.count()) {
    assert.ok(await label.isVisible());
    await plain.tab.locator("#show-date").uncheck();
    assert.ok(!(await label.isVisible()), `${name}: dates are still labelled`);
    checks += 2;
  }
  assert.ok(!(await plain.tab.locator("#filter").isVisible()));
  await plain.close();

  // With it, the keys.
  const { tab, trouble, close } = await open(page);
  if (await tab.locator("mark[id]").count()) {
    await tab.keyboard.press("j");
    const first = await tab.locator("mark.current").getAttribute("id");
    await tab.keyboard.press("j");
    assert.notEqual(await tab.locator("mark.current").getAttribute("id"), first);
    await tab.keyboard.press("k");
    assert.equal(await tab.locator("mark.current").getAttribute("id"), first);
    assert.match(await tab.locator("#status").textContent(), /^1 of \d+ · ./);
    await tab.keyboard.press("Enter");
    // The address changes a moment after the key.
    const led = await tab.waitForFunction(() => location.hash.length > 1, null, { timeout: 5000 }).catch(() => null);
    assert.ok(led, `${name}: Enter leads nowhere`);
    await tab.keyboard.press("Escape");
    assert.equal(await tab.locator("mark.current").count(), 0);
    checks += 5;
  }
  await tab.keyboard.press("?");
  assert.ok(await tab.locator("#help").isVisible());
  await accessible(tab, `${name}, help`);
  await tab.keyboard.press("Escape");
  await tab.keyboard.press("/");
  await tab.keyboard.type("nothing has these words");
  await tab.waitForTimeout(400);
  assert.equal(await tab.locator(".passage:visible").count(), 0);
  await tab.keyboard.press("Escape");
  await tab.waitForTimeout(50);
  assert.ok(await tab.locator(".passage:visible").count());
  assert.deepEqual(trouble, []);
  checks += 4;
  await close();
}

// The names of things in a page are found by the links of a copy as well: `report.html#…` opens what is folded.
const folded = await open(pages[0]);
const target = await folded.tab.evaluate(() => document.querySelector("details.dropped li[id]")?.id);
if (target) {
  await folded.tab.evaluate((id) => (location.hash = id), target);
  await folded.tab.waitForTimeout(100);
  assert.ok(await folded.tab.locator(`[id="${target}"]`).isVisible(), "a link into a fold does not open it");
  checks += 1;
}
await folded.close();

// And our tests would notice: the same hostile text, unescaped and without a policy, does run.
const control = await (await browser.newContext()).newPage();
await control.setContent("<img src=x onerror='window.hit=1'>");
await control.waitForTimeout(200);
assert.equal(await control.evaluate(() => window.hit), 1, "the control did not run: the test proves nothing");

await browser.close();
rmSync(profile, { recursive: true, force: true });
console.log(`${pages.length} pages, ${checks + 1} checks`);
