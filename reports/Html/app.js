const menu = [
  ["overview", "Overview"], ["controls", "Controls"], ["rules", "Rules"], ["findings", "Findings"], ["resources", "Resources"], ["topology", "Topology"],
  ["access", "Access"], ["responsibility", "Responsibility"], ["recovery", "Recovery"], ["data", "Data"], ["evidence", "Evidence"],
  ["waivers", "Waivers"], ["licences", "Licences"],
];
const ofAll = ["overview", "waivers", "licences"];
const within = { control: "controls", rule: "rules", resource: "resources" };
const main = document.getElementById("main");
const top_ = document.getElementById("top");

function missing(kind, item) {
  return [h("h1", {}, "Not here"), h("p", {}, `There is no ${kind} '${item}' in this stack.`)];
}

function navigation(here) {
  const current = within[here.view] ?? here.view;
  const entries = menu.filter(([view]) => here.stack || ofAll.includes(view));
  const chooser = only ? h("output", { id: "stack" }, only.name) : h("select", { id: "stack", onchange: event => {
    const stack = data.stacks.find(each => each.name === event.target.value) ?? null;
    location.hash = address(stack, stack || ofAll.includes(current) ? current : "overview");
  } }, h("option", { value: "" }, "all stacks"), data.stacks.map(stack => h("option", { value: stack.name, selected: stack === here.stack }, stack.name)));
  const theme = h("button", { type: "button", class: "theme", onclick: () => {
    const isDark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = isDark ? "light" : "dark";
  } }, "Light or dark");
  top_.replaceChildren(
    h("div", { class: "brand" }, h("p", { class: "product" }, link("#/all/overview", data.project)), h("p", { class: "quiet" }, ["Compliance report, ", h("span", { class: "nowrap" }, data.asOf)])),
    h("div", { class: "tools" }, h("label", {}, h("span", {}, "Stack"), chooser), theme, link("#print", "Whole report for printing")),
    h("nav", { "aria-label": "Views" }, h("ul", {}, entries.map(([view, title]) =>
      h("li", {}, h("a", { href: address(here.stack, view), "aria-current": view === current ? "page" : false }, title))))));
}

// Everything but the tree of resources, for paper: findings name theirs.
function whole() {
  const order = ["overview", "controls", "rules", "findings", "evidence", "responsibility", "recovery", "data", "access", "topology", "internet", "connections"];
  return [views.overview(null), ...data.stacks.flatMap(stack => order.map(view => h("article", { class: "sheet" }, h("p", { class: "path" }, stack.name), (printed[view] ?? views[view])(stack)))),
    h("article", { class: "sheet" }, views.waivers()), h("article", { class: "sheet" }, views.licences())];
}

const printed = {
  controls: stack => [h("h1", {}, "Controls"), controlSections(stack, stack.controls)],
  rules: stack => [h("h1", {}, "Rules"), table("Rules", ruleHeaders, ruleRows(stack, stack.rules), "No rule judged the stack.")],
  findings: stack => [h("h1", {}, "Findings"), overdue(stack), stack.findings.length === 0 ? h("p", { class: "none" }, "There are none.")
    : table("Findings", ["Rule", "State", "Severity", "Resource", "What"], stack.findings.map(finding => [stack.rules[finding.rule].id, badge(finding.state),
      stack.rules[finding.rule].severity, h("span", { class: "break" }, `${stack.resources[finding.resource].name} (${shortType(stack.resources[finding.resource].type)})`), finding.notes.join("\n")]), "")],
  topology: stack => [h("h1", {}, "Places"), places(stack)],
  internet: stack => [h("h1", {}, "Internet"), internet(stack)],
  connections: stack => [h("h1", {}, "Connections"), connections(stack)],
  access: stack => [h("h1", {}, "Access review"), accessTables(stack.access, "The stack grants nothing.")],
};

let isFirst = true;

function render() {
  if (location.hash === "#print") {
    navigation({ stack: only, view: "print" });
    document.title = `Compliance report of ${data.project}`;
    document.body.classList.add("printing");
    main.replaceChildren(...whole().flat(Infinity).filter(Boolean));
    return;
  }
  document.body.classList.remove("printing");
  const here = place();
  if (here.stranger) {
    navigation({ ...here, stack: only, view: "" });
    document.title = `Not here – ${data.project}`;
    main.replaceChildren(h("h1", {}, "Not here"), h("p", {}, `The stack '${here.stranger}' is not in this report.`));
    return;
  }
  const view = views[here.view] && (here.stack || ofAll.includes(here.view)) ? here.view : "overview";
  navigation({ ...here, view });
  main.replaceChildren(...[views[view](here.stack, here.item)].flat(Infinity).filter(Boolean));
  const title = main.querySelector("h1");
  document.title = `${title.textContent} – ${here.stack?.name ?? data.project}`;
  if (!isFirst) {
    title.tabIndex = -1;
    title.focus();
    scrollTo(0, 0);
  }
  isFirst = false;
}

// The address is that of the view: what skips to the report must not take it away.
document.querySelector(".skip").addEventListener("click", event => {
  event.preventDefault();
  main.focus();
});
addEventListener("hashchange", render);
render();
