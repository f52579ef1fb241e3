// Writes sdk/<Package>/schema.json from the official npm packages' typings, for the types that sdk/<Package>/types.json
// lists. `--check` compares instead of writing. Further arguments are package folders; without any, all of them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema } from "./lib/build.mjs";
import { differences, render } from "./lib/write.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const sdk = path.resolve(here, "..", "..");

function main(args) {
  const check = args.includes("--check");
  const wanted = args.filter((a) => !a.startsWith("-"));
  const folders = wanted.length > 0 ? wanted : readdirSync(sdk).filter((f) => existsSync(path.join(sdk, f, "types.json"))).sort();
  let stale = 0;
  for (const folder of folders) stale += run(folder, check) ? 1 : 0;
  if (stale > 0) {
    console.error(`${stale} of ${folders.length} schemas differ from the typings: run 'npm run facts' and commit the result.`);
    return 1;
  }
  return 0;
}

function run(folder, check) {
  const directory = path.join(sdk, folder);
  const list = readJson(path.join(directory, "types.json"));
  const overridesFile = path.join(directory, "overrides.json");
  const overrides = existsSync(overridesFile) ? readJson(overridesFile) : {};
  const text = render(build(folder, list, overrides));
  const file = path.join(directory, "schema.json");
  const committed = existsSync(file) ? readFileSync(file, "utf8") : "{}\n";
  const schema = JSON.parse(text);
  const count = (bag) => Object.keys(bag ?? {}).length;
  const summary = `${count(schema.resources)} resources, ${count(schema.functions)} functions, ${count(schema.types)} types`;
  if (committed === text) {
    console.log(`${folder}: up to date (${summary})`);
    return false;
  }
  if (!check) {
    writeFileSync(file, text);
    console.log(`${folder}: written (${summary})`);
    return false;
  }
  console.error(`${folder}: differs`);
  const found = differences(JSON.parse(committed), schema);
  for (const line of found.length > 0 ? found : ["(only the layout or order of the text)"]) console.error(`  ${line}`);
  return true;
}

function build(folder, list, overrides) {
  const packageDirectory = installed(list.npm, here);
  try {
    return buildSchema(list, overrides, packageDirectory);
  } catch (error) {
    throw new Error(`${folder}: ${error.message}`, { cause: error });
  }
}

// The package in the nearest node_modules, as Node itself looks for it.
function installed(name, from) {
  const directory = path.join(from, "node_modules", ...name.split("/"));
  if (existsSync(directory)) return directory;
  if (path.dirname(from) === from) throw new Error(`${name} is not installed: run 'npm ci' in sdk/Codegen/facts`);
  return installed(name, path.dirname(from));
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`${file}: ${error.message}`, { cause: error });
  }
}

process.exitCode = main(process.argv.slice(2));
