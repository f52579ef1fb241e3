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

const structureOf = page => page.evaluate(() => [...document.querySelectorAll("main h1, main h2, main h3, main caption, main thead th, main label > span, main [role]:not(table, thead, tbody, tr, th, td)")]
  .map(element => element.matches("[role]:not(th)") ? `${element.getAttribute("role")}: ${element.getAttribute("aria-label") ?? ""}`.trimEnd()
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
  ...(stack.connections ? { connections: path("topology", "connections"), internet: path("topology", "internet"), places: path("topology", "places") } : {}),
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

// Every view with the keyboard alone: Tab comes to everything that can be used, once, in the order of reading, visibly, and out again.
const longest = 250;
result.keyboard = {};
for (const [name, hash] of extent === "all" ? Object.entries(views) : []) {
  const { context, page } = await open({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await goto(page, hash);
  const all = await page.evaluate(() => {
    window.stops = [...document.querySelectorAll("a[href], button, select, input, [tabindex='0']")].filter(element => element.checkVisibility({ visibilityProperty: true }));
    return window.stops.length;
  });
  if (all > longest) { await context.close(); continue; }
  const walk = { stops: all, missed: [], unseen: [], nameless: [], order: [] };
  const at = () => page.evaluate(() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const index = window.stops.indexOf(element);
    return {
      index,
      text: `${element.tagName.toLowerCase()} ${(element.getAttribute("aria-label") ?? element.textContent).slice(0, 60)}`,
      isSeen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.height > 0
        && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });
  for (let press = 0; press < all; press++) {
    await page.keyboard.press("Tab");
    const stop = await at();
    walk.order.push(stop.index);
    if (!stop.isSeen) walk.unseen.push(stop.text);
  }
  walk.missed = await page.evaluate(order => window.stops.filter((_, index) => !order.includes(index)).map(element => element.outerHTML.slice(0, 120)), walk.order);
  walk.isInOrder = walk.order.every((index, place) => index === place);
  await page.keyboard.press("Shift+Tab");
  walk.isBack = all < 2 || (await at()).index === all - 2;
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  walk.isOut = (await at()).index <= 0;
  delete walk.order;

  // What a screen reader is told: everything that is used or jumped to has a role and a name.
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const named = ["link", "button", "combobox", "searchbox", "textbox", "table", "region", "navigation", "image", "form", "search", "heading"];
  walk.nameless = nodes.filter(node => !node.ignored && named.includes(node.role?.value) && !node.name?.value && node.role.value !== "search").map(node => node.role.value);
  walk.roles = [...new Set(nodes.filter(node => !node.ignored && named.includes(node.role?.value)).map(node => node.role.value))].sort();
  result.keyboard[name] = walk;
  await context.close();
}

{
  const { context, page } = await open({ viewport: { width: 1440, height: 900 } });
  const count = () => page.locator(".count").textContent();

  // The keyboard: the first stop skips to the report; the tree opens with the keys alone.
  await goto(page, path("resources"));
  await page.keyboard.press("Tab");
  result.checks.firstStop = await page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Enter");
  result.checks.skipped = await page.evaluate(() => document.activeElement.id);
  await page.keyboard.press("Tab");
  result.checks.afterSkip = await page.evaluate(() => document.getElementById("main").contains(document.activeElement) && document.activeElement.id !== "main");

  // A link of the menu leads to its view, whose heading is told; the arrow keys choose in fields; the space bar presses buttons.
  await page.locator("header nav a").nth(1).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.tagName === "H1");
  result.checks.told = await page.evaluate(() => document.activeElement.textContent);
  const before_ = await count();
  await page.locator("main select").first().focus();
  await page.keyboard.press("ArrowDown");
  result.checks.chosen = { before: before_, after: await count(), hash: await page.evaluate(() => location.hash) };
  await page.locator("button.theme").focus();
  const was_ = await page.evaluate(() => document.documentElement.dataset.theme);
  await page.keyboard.press("Space");
  result.checks.pressed = [was_ ?? "", await page.evaluate(() => document.documentElement.dataset.theme)];
  await page.keyboard.press("Space");
  await page.setViewportSize({ width: 700, height: 900 });
  await goto(page, path("topology", "places"));
  await page.locator(".picture").focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(300);
  result.checks.scrolled = await page.evaluate(() => { const frame = document.querySelector(".picture"); return frame.scrollWidth <= frame.clientWidth ? -1 : frame.scrollLeft; });
  await page.setViewportSize({ width: 1440, height: 900 });
  await goto(page, path("resources"));
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

  // How long each filter of each view takes: from the key to the list, layout included, and until the picture of it is on its way.
  for (const view of ["resources", "findings", "rules", "controls", "access"]) {
    await goto(page, path(view));
    const fields = await page.evaluate(() => [...document.querySelectorAll("main form select, main form input")].map(field =>
      [field.name, field.tagName === "SELECT" ? [...field.options].map(option => option.value).slice(1, 4).concat("") : ["a", "net", "encrypt", "no such thing", ""]]));
    for (const [name, values] of fields) {
      for (const text of values) {
        result.filters.push({
          view, name, text,
          ...await page.evaluate(async ([name, value]) => {
            const field = document.querySelector(`main form [name=${name}]`);
            field.value = value;
            const start = performance.now();
            field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
            document.body.getBoundingClientRect();
            const ms = performance.now() - start;
            await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
            return { ms, frame: performance.now() - start };
          }, [name, text]),
        });
      }
    }
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
