// The numbers that a page shows: node numbers.mjs PAGE RESULT. CHROME_PATH names the browser.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, result] = process.argv.slice(2);
const address = pathToFileURL(file).href;
const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
const legend = element => Object.fromEntries([...element.querySelectorAll("li")].map(item => item.textContent.trim().split(" ")).map(([count, ...word]) => [word.join(" "), Number(count)]));
await page.addInitScript(`window.legendOf = ${legend}`);
const goto = async hash => { await page.goto(`${address}${hash}`); await page.waitForSelector("h1"); };
await goto("");
const stacks = await page.evaluate(() => JSON.parse(document.getElementById("data").textContent).stacks.map(stack => stack.name));
const shown = {};
for (const stack of stacks) {
  const own = shown[stack] = {};
  await goto(`#/${stack}/overview`);
  Object.assign(own, await page.evaluate(() => {
    const section = title => [...document.querySelectorAll("section")].find(each => each.querySelector("h2")?.textContent === title);
    return {
      frameworks: [...document.querySelectorAll(".card")].map(card => ({ title: card.querySelector("h3").textContent, figure: card.querySelector(".figure").textContent, parts: legendOf(card.querySelector(".legend")) })),
      checks: legendOf(section("Checks").querySelector(".legend")),
      percent: section("Checks").querySelector("strong").textContent,
      attention: [...section("What needs attention").querySelectorAll("tbody tr")].map(row => row.children[1].textContent),
      facts: Object.fromEntries([...section("At a glance").querySelectorAll("dl > div")].map(pair => [pair.querySelector("dt").textContent, pair.querySelector("dd").textContent])),
    };
  }));
  for (const view of ["controls", "rules", "findings", "resources", "access"]) {
    await goto(`#/${stack}/${view}`);
    own[view] = await page.locator(".count").textContent();
  }
  await goto(`#/${stack}/evidence`);
  own.duties = await page.locator("article.duty").count();
}

await browser.close();
writeFileSync(result, JSON.stringify(shown));
