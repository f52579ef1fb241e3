// Asks a page single things: node ask.mjs PAGE RESULT QUESTIONS, a JSON list of { hash, script }. CHROME_PATH names the browser.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [page_, resultFile, questions] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const answers = [];
for (const { hash, script } of JSON.parse(questions)) {
  const context = await browser.newContext({ offline: true, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${pathToFileURL(page_).href}${hash}`);
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  answers.push(String(await page.evaluate(script)));
  await context.close();
}

await browser.close();
writeFileSync(resultFile, JSON.stringify(answers));
