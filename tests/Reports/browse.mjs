// Looks at a page as people do: node browse.mjs PAGE RESULT (all|filters) [SCREENSHOTS]. CHROME_PATH names the browser.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [page_, resultFile, extent, screenshots] = process.argv.slice(2);
const address = pathToFileURL(page_).href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const result = { looks: [], requests: [], errors: [], structure: {}, filters: [], checks: {} };
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

async function open(options) {
  const context = await browser.newContext({ ...options, offline: true });
  const page = await context.newPage();
  page.on("request", request => { if (request.url().split("#")[0] !== address) result.requests.push(request.url()); });
  page.on("pageerror", error => result.errors.push(String(error)));
  page.on("console", message => { if (["error", "warning"].includes(message.type())) result.errors.push(message.text()); });
  return { context, page };
}

async function goto(page, hash) {
  await page.goto(`${address}${hash}`);
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const structureOf = page => page.evaluate(() => [...document.querySelectorAll("main h1, main h2, main h3, main caption, main thead th, main label > span, main [role]")]
  .map(element => element.matches("[role]") ? `${element.getAttribute("role")}: ${element.getAttribute("aria-label") ?? ""}`.trimEnd()
    : `${element.tagName.toLowerCase()}: ${element.textContent}`));

async function judge(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => (await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] })).violations
    .filter(violation => ["serious", "critical"].includes(violation.impact))
    .map(violation => `${violation.id}: ${violation.help} (${violation.nodes.slice(0, 3).map(node => node.target.join(" ")).join("; ")})`));
}

const data = JSON.parse(await (async () => {
  const { context, page } = await open({});
  await goto(page, "");
  const text = await page.evaluate(() => document.getElementById("data").textContent);
  await context.close();
  return text;
})());
const stack = [...data.stacks].sort((left, right) => right.resources.length - left.resources.length)[0];
const path = (...parts) => `#/${[stack.name, ...parts].map(encodeURIComponent).join("/")}`;
const finding = stack.findings[0];
const views = {
  all: "#/all/overview",
  ...Object.fromEntries(["overview", "controls", "rules", "findings", "resources", "topology", "access", "responsibility", "recovery", "data", "evidence", "waivers", "licences"]
    .map(view => [view, path(view)])),
  control: path("control", `${stack.controls[0].framework}:${stack.controls[0].id}`),
  rule: path("rule", stack.rules[finding?.rule ?? 0].id),
  resource: path("resource", (stack.resources.find(resource => resource.name.includes("<")) ?? stack.resources[finding?.resource ?? 0]).urn),
  print: "#print",
};

if (screenshots) mkdirSync(screenshots, { recursive: true });
for (const colorScheme of extent === "all" ? ["light", "dark"] : []) {
  for (const width of [1440, 390]) {
    const { context, page } = await open({ colorScheme, viewport: { width, height: 900 } });
    for (const [name, hash] of Object.entries(views)) {
      if (name === "print" && (width === 390 || colorScheme === "dark")) continue;
      await goto(page, hash);
      if (name === "print") await page.emulateMedia({ media: "print" });
      if (screenshots) await page.screenshot({ path: join(screenshots, `${name}-${width}-${colorScheme}.png`), fullPage: name !== "print" && name !== "resources" });
      result.looks.push({
        view: name, width, colorScheme, violations: await judge(page),
        overflow: await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        text: await page.evaluate(() => document.querySelector("main").innerText.length),
      });
      if (width === 1440 && colorScheme === "light") result.structure[name] = await structureOf(page);
    }
    await context.close();
  }
}

{
  const { context, page } = await open({ viewport: { width: 1440, height: 900 } });
  const count = () => page.locator(".count").textContent();

  // The keyboard: the first stop skips to the report; the tree opens with the keys alone.
  await goto(page, path("resources"));
  await page.keyboard.press("Tab");
  result.checks.firstStop = await page.evaluate(() => document.activeElement.textContent);
  const toggle = page.locator(".tree .toggle[aria-expanded=false]").first();
  if (await toggle.count() > 0) {
    const handle = await toggle.elementHandle();
    await handle.focus();
    await page.keyboard.press("Enter");
    result.checks.opened = await handle.getAttribute("aria-expanded");
    await page.keyboard.press("Space");
    result.checks.closed = await handle.getAttribute("aria-expanded");
  }

  // A filter is in the address, and the address brings it back.
  const word = stack.resources[stack.resources.length - 1].name;
  await page.locator("input[name=q]").fill(word);
  const before = await count();
  const hash = await page.evaluate(() => location.hash);
  await goto(page, "#/all/overview");
  await goto(page, hash);
  result.checks.filter = { before, after: await count(), hash, focus: await page.evaluate(() => document.activeElement.tagName) };

  // Whatever names hold stays text.
  result.checks.injected = await page.evaluate(() => window.injected === undefined && document.querySelectorAll("main img, main iframe, main script").length === 0);
  result.checks.heading = await (async () => { await goto(page, views.resource); return page.locator("h1").textContent(); })();

  // How long a filter takes, from the key to the list, layout included.
  await goto(page, path("resources"));
  for (const text of ["a", "net", "encrypt", "no such thing", ""]) {
    result.filters.push({
      text,
      ms: await page.evaluate(value => {
        const field = document.querySelector("input[name=q]");
        field.value = value;
        const start = performance.now();
        field.dispatchEvent(new Event("input", { bubbles: true }));
        document.body.getBoundingClientRect();
        return performance.now() - start;
      }, text),
    });
  }

  // Light and dark by hand.
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const was = await background();
  await page.locator("button.theme").click();
  result.checks.theme = [was, await background()];
  await context.close();
}

await browser.close();
writeFileSync(resultFile, JSON.stringify(result, null, 2));
