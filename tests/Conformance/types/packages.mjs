// The official packages that our schemas stand for: where the class of a type token is declared.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
export const workspace = path.dirname(here);
const modules = path.join(workspace, "node_modules");

/** The schemas of a folder such as sdk/: the schema, and the npm package with the paths of its classes. */
export function readSchemas(sdk) {
  return readdirSync(sdk)
    .filter((folder) => existsSync(path.join(sdk, folder, "types.json")))
    .sort()
    .map((folder) => {
      const list = JSON.parse(readFileSync(path.join(sdk, folder, "types.json"), "utf8"));
      const schema = JSON.parse(readFileSync(path.join(sdk, folder, "schema.json"), "utf8"));
      return { folder, npm: list.npm, paths: Object.keys(list.resources), schema };
    });
}

/** Class and module by type token. */
export function classesByToken(schemas) {
  const classes = new Map();
  for (const { npm, paths } of schemas) {
    for (const place of paths) {
      const name = place.slice(place.lastIndexOf("/") + 1);
      const folder = place.includes("/") ? place.slice(0, place.lastIndexOf("/")) : "";
      const directory = path.join(modules, npm, folder);
      const file = readdirSync(directory).find((entry) => entry.toLowerCase() === `${name.toLowerCase()}.d.ts`);
      if (file === undefined) throw new Error(`${npm} has no ${place}`);
      const module = path.posix.join(npm, folder, file.replace(/\.d\.ts$/, ""));
      const source = readFileSync(path.join(modules, `${module}.js`), "utf8");
      const token = /__pulumiType = ["'](.+?)["']/.exec(source)?.[1];
      if (token === undefined) throw new Error(`${module} names no type token`);
      classes.set(token, { name, module });
    }
  }
  return classes;
}
