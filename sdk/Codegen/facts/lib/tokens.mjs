// How a package family names its nested types in tokens. The npm names follow the schema's names, with known changes.

const families = {
  // azure-native: inputs carry the suffix Args, the module is the folder.
  plain: (pkg, modules, side, parts, name) => {
    const bare = side === "input" && name.endsWith("Args") ? name.slice(0, -"Args".length) : name;
    return `${pkg}:${parts.join("/") || "index"}:${bare}`;
  },
  // kubernetes: same name on both sides, folders map to API groups.
  kubernetes20: (pkg, modules, side, parts, name) => {
    const folder = parts.join("/");
    return `${pkg}:${modules[folder] ?? (folder || "index")}:${name}`;
  },
  // Bridged providers: module and name are repeated.
  tfbridge20: (pkg, modules, side, parts, name) => `${pkg}:${parts.join("/") || "index"}/${name}:${name}`,
};

export function tokenNamer(list) {
  const family = families[list.compatibility];
  if (!family) throw new Error(`compatibility '${list.compatibility}' is none of ${Object.keys(families).join(", ")}`);
  return (side, dotted) => {
    const parts = dotted.split(".");
    const name = parts.pop();
    return family(list.schema.name, list.modules ?? {}, side, parts, name);
  };
}
