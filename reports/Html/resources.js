function resourceLine(stack, index) {
  const resource = stack.resources[index];
  return [toResource(stack, index), h("span", { class: "type" }, resource.type), ["pass", "notApplicable"].includes(resource.status) ? null : badge(resource.status)];
}

// Children are made when they are asked for: a stack may have thousands.
function branch(stack, index, depth) {
  const children = stack.children[index];
  const item = h("li", {});
  const line = h("div", { class: "line" });
  if (children.length > 0) {
    const toggle = h("button", { type: "button", class: "toggle", "aria-expanded": "false", "aria-label": `Show what is in ${stack.resources[index].name}` }, h("span", { "aria-hidden": "true" }, "▸"));
    let list = null;
    const open = () => {
      list ??= item.appendChild(h("ul", {}, children.slice(0, 300).map(child => branch(stack, child, depth + 1)),
        children.length > 300 ? h("li", { class: "quiet" }, `and ${children.length - 300} more; narrow them with the filters`) : null));
      list.hidden = false;
      toggle.setAttribute("aria-expanded", "true");
    };
    toggle.addEventListener("click", () => {
      if (toggle.getAttribute("aria-expanded") === "true") {
        list.hidden = true;
        toggle.setAttribute("aria-expanded", "false");
      } else {
        open();
      }
    });
    line.append(toggle);
    item.append(line);
    if (depth < 1) open();
  } else {
    item.append(line);
  }
  append(line, [resourceLine(stack, index), children.length > 0 ? h("span", { class: "quiet" }, ` ${children.length}`) : null]);
  return item;
}

views.resources = stack => {
  const counts = new Map();
  for (const resource of stack.resources) counts.set(resource.type, (counts.get(resource.type) ?? 0) + 1);
  const types = [...counts.keys()].sort();
  const regions = [...new Set(stack.resources.map(resource => resource.region).filter(Boolean))].sort();
  return [
    h("h1", {}, "Resources"),
    filtered([
      { name: "status", label: "Status", choices: ["fault", "fail", "undecided", "waived", "pass", "notApplicable"].map(status => [status, words[status][1]]) },
      { name: "type", label: "Type", choices: types.map(type => [type, `${shortType(type)} (${counts.get(type)})`]) },
      { name: "region", label: "Region", choices: regions.map(region => [region, region]) },
      { name: "q", label: "Name, type or property" },
    ], ({ status, type, region, q }) => {
      if (!status && !type && !region && !q) {
        return { text: `${stack.resources.length} resources`, content: h("ul", { class: "tree" }, stack.roots.map(index => branch(stack, index, 0))) };
      }
      const text = q.toLowerCase();
      const found = stack.resources.filter(resource => (!status || resource.status === status) && (!type || resource.type === type)
        && (!region || resource.region === region) && (!text || resource.text.includes(text)));
      return {
        text: `${found.length} of ${stack.resources.length} resources`,
        content: found.length === 0 ? h("p", { class: "none" }, "No resource is like that.")
          : paged(found, resource => h("li", {}, h("div", { class: "line" }, resourceLine(stack, resource.index))), 100, () => h("ul", { class: "tree flat" })),
      };
    }),
  ];
};

function ancestors(stack, index) {
  const path = [];
  for (let parent = stack.resources[index].parent; parent !== undefined; parent = stack.resources[parent].parent) path.unshift(parent);
  return path;
}

function value(json) {
  if (json === "[secret]" || json === "[unknown]") return h("span", { class: "mark" }, json === "[secret]" ? "secret" : "known after deployment");
  if (Array.isArray(json)) {
    return json.length === 0 ? h("span", { class: "quiet" }, "none")
      : json.every(item => typeof item !== "object" || item === null) ? json.map((item, index) => [index > 0 ? ", " : "", value(item)])
        : h("ol", { class: "values" }, json.map(item => h("li", {}, value(item))));
  }
  if (json !== null && typeof json === "object") {
    const entries = Object.entries(json);
    return entries.length === 0 ? h("span", { class: "quiet" }, "none")
      : h("dl", { class: "values" }, entries.map(([name, item]) => h("div", {}, h("dt", {}, name), h("dd", {}, value(item)))));
  }
  return String(json);
}

const resourceLinks = (stack, indexes) => indexes.length === 0 ? h("p", { class: "none" }, "None.")
  : paged(indexes, index => h("li", {}, toResource(stack, index), h("span", { class: "quiet" }, ` ${stack.resources[index].type}`)), 50, () => h("ul", { class: "plain" }));

views.resource = (stack, item) => {
  const resource = stack.resources.find(each => each.urn === item);
  if (!resource) return missing("resource", item);
  const path = ancestors(stack, resource.index);
  return [
    h("p", { class: "path" }, link(address(stack, "resources"), "Resources"), path.map(index => [" / ", toResource(stack, index)])),
    h("h1", {}, resource.name),
    h("p", {}, badge(resource.status), " ", h("code", {}, resource.type)),
    facts([
      ["Kind", resource.kind], ["Region", resource.region], ["Protected from deletion", resource.protected ? "yes" : "no"],
      ["Declared in", resource.file ? h("code", {}, `${resource.file}:${resource.line}`) : null], ["URN", h("code", { class: "urn" }, resource.urn)],
    ]),
    h("section", {}, h("h2", {}, "Findings"), findingList(stack, stack.findingsOf[resource.index])),
    h("section", {}, h("h2", {}, "Rules that it keeps"), stack.passedOf[resource.index].length === 0 ? h("p", { class: "none" }, "No rule is about it.")
      : h("ul", { class: "plain" }, stack.passedOf[resource.index].map(index => h("li", {}, toRule(stack, stack.rules[index]), h("span", { class: "quiet" }, ` ${stack.rules[index].title}`))))),
    h("section", {}, h("h2", {}, "Properties"), h("div", { class: "properties" }, value(resource.properties))),
    stack.children[resource.index].length > 0 && h("section", {}, h("h2", {}, "In it"), resourceLinks(stack, stack.children[resource.index])),
    h("section", {}, h("h2", {}, "Depends on"), resourceLinks(stack, resource.dependencies ?? [])),
    h("section", {}, h("h2", {}, "Is needed by"), resourceLinks(stack, stack.dependants[resource.index])),
  ];
};
