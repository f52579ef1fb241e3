// The data, what is derived of it once, and the address: everything that is shown can be linked to.

const data = JSON.parse(document.getElementById("data").textContent);
const only = data.stacks.length === 1 ? data.stacks[0] : null;
const checkStates = ["fail", "fault", "undecided", "waived", "pass"];
const controlStates = ["fail", "overdue", "undecided", "manual", "waived", "pass", "notApplicable"];
const frameworkTitles = new Map(data.frameworks.map(framework => [framework.id, framework.title]));

for (const stack of data.stacks) {
  stack.children = stack.resources.map(() => []);
  stack.dependants = stack.resources.map(() => []);
  stack.findingsOf = stack.resources.map(() => []);
  stack.passedOf = stack.resources.map(() => []);
  stack.roots = [];
  stack.resources.forEach((resource, index) => {
    resource.index = index;
    (resource.parent === undefined ? stack.roots : stack.children[resource.parent]).push(index);
    for (const dependency of resource.dependencies ?? []) stack.dependants[dependency].push(index);
  });
  stack.findings.forEach((finding, index) => { finding.index = index; stack.findingsOf[finding.resource].push(finding); });
  stack.rules.forEach((rule, index) => {
    rule.index = index;
    rule.findings = [];
    for (const resource of rule.passed) stack.passedOf[resource].push(index);
  });
  for (const finding of stack.findings) stack.rules[finding.rule].findings.push(finding);
  for (const rule of stack.rules) rule.status = worst(rule.checks);
  stack.resources.forEach((resource, index) => {
    const states = stack.findingsOf[index].map(finding => finding.state);
    resource.status = checkStates.find(state => states.includes(state)) ?? (stack.passedOf[index].length > 0 ? "pass" : "notApplicable");
    resource.text = `${resource.name}\n${resource.type}\n${resource.urn}\n${JSON.stringify(resource.properties)}`.toLowerCase();
  });
}

function worst(checks) {
  return ["fault", "fail", "undecided", "waived", "pass"].find(state => checks[state] > 0) ?? "notApplicable";
}

function parts(checks) {
  return checkStates.map(state => [state, checks[state]]);
}

// '#/stack/view/item?filter=value': what an address says.
function place() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  const [stack, view, ...item] = path.split("/").map(part => { try { return decodeURIComponent(part); } catch { return part; } });
  return {
    stack: data.stacks.find(each => each.name === stack) ?? only,

    // An address of a stack that is not in this report must not show another one.
    stranger: stack && stack !== "all" && !data.stacks.some(each => each.name === stack) ? stack : null,
    view: view || "overview",
    item: item.join("/"),
    filters: new URLSearchParams(query ?? ""),
  };
}

function address(stack, view, item, filters) {
  const path = [stack?.name ?? "all", view, ...(item === undefined || item === "" ? [] : [item])].map(encodeURIComponent).join("/");
  const query = new URLSearchParams(Object.entries(filters ?? {}).filter(([, value]) => value)).toString();
  return `#/${path}${query ? `?${query}` : ""}`;
}

const toRule = (stack, rule) => link(address(stack, "rule", rule.id), rule.id);
const toControl = (stack, control) => link(address(stack, "control", `${control.framework}:${control.id}`), control.id);
const toResource = (stack, index) => link(address(stack, "resource", stack.resources[index].urn), stack.resources[index].name);
const shortType = type => type.replace(/^.*[:/]/, "");

// Fields that narrow a list. What is chosen goes into the address, without leaving the field.
function filtered(fields, show) {
  const here = place();
  const values = Object.fromEntries(fields.map(field => [field.name, here.filters.get(field.name) ?? ""]));
  const result = h("div", { class: "result" });
  const count = h("p", { class: "count", role: "status" });
  const refresh = () => {
    const { text, content } = show(values);
    count.textContent = text;
    result.replaceChildren(...[content].flat(Infinity).filter(Boolean));
  };
  const changed = field => event => {
    values[field.name] = event.target.value;
    history.replaceState(null, "", address(here.stack, here.view, here.item, values));
    refresh();
  };
  const controls = fields.map(field => h("label", { class: field.choices ? "" : "wide" }, h("span", {}, field.label),
    field.choices
      ? h("select", { name: field.name, onchange: changed(field) },
        h("option", { value: "" }, "all"),
        field.choices.map(([value, text]) => h("option", { value, selected: values[field.name] === value }, text)))
      : h("input", { type: "search", name: field.name, value: values[field.name], oninput: changed(field), autocomplete: "off", spellcheck: "false" })));
  refresh();
  return [h("form", { class: "filters", role: "search", onsubmit: event => event.preventDefault() }, controls), count, result];
}
