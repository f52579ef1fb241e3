// Deterministic text of a schema, and what two schemas differ in.

const leading = ["name", "displayName", "version", "description", "type", "$ref", "oneOf"];
const trailing = ["properties", "required", "inputProperties", "requiredInputs", "stateInputs", "aliases", "enum", "provider", "resources", "functions", "types"];
const unsorted = new Set(["enum", "oneOf", "aliases", "environment"]);

export function render(schema) {
  return `${layout(order(schema))}\n`;
}

function order(value, key) {
  if (Array.isArray(value)) {
    const items = value.map((item) => order(item));
    return unsorted.has(key) || items.some((i) => typeof i === "object") ? items : [...items].sort();
  }
  if (value === null || typeof value !== "object") return value;
  const keys = Object.keys(value)
    .filter((k) => value[k] !== undefined && !isEmpty(value[k]))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(keys.map((k) => [k, order(value[k], k)]));
}

function isEmpty(value) {
  return Array.isArray(value) && value.length === 0;
}

function rank(key) {
  if (leading.includes(key)) return leading.indexOf(key) - leading.length;
  return trailing.includes(key) ? trailing.indexOf(key) + 1 : 0;
}

// One line for anything short: a property reads as one line of a table, and a changed fact as one line of a diff.
function layout(value, indent = "") {
  const flat = JSON.stringify(value);
  if (value === null || typeof value !== "object" || flat.length + indent.length <= 130) return spaced(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) return `[\n${value.map((v) => inner + layout(v, inner)).join(",\n")}\n${indent}]`;
  const lines = Object.entries(value).map(([k, v]) => `${inner}${JSON.stringify(k)}: ${layout(v, inner)}`);
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

function spaced(value) {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[${value.map(spaced).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}: ${spaced(v)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

/** Paths at which two parsed schemas differ, at most `limit`. */
export function differences(committed, fresh, limit = 40) {
  const found = [];
  const compare = (a, b, path) => {
    if (JSON.stringify(a) === JSON.stringify(b)) return;
    const nested = [a, b].every((v) => v !== null && typeof v === "object" && !Array.isArray(v));
    if (!nested) {
      found.push(`${path}: committed ${brief(a)}, typings ${brief(b)}`);
      return;
    }
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    for (const key of keys) compare(a[key], b[key], `${path}/${key}`);
  };
  compare(committed, fresh, "");
  const rest = found.length - limit;
  return rest > 0 ? [...found.slice(0, limit), `… and ${rest} more`] : found;
}

function brief(value) {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
