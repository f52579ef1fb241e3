const svgSpace = "http://www.w3.org/2000/svg";

function drawing(text) {
  const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  svg.setAttribute("role", "group");
  return svg;
}

// What is drawn becomes a link.
function linked(element, target) {
  const anchor = document.createElementNS(svgSpace, "a");
  anchor.setAttribute("href", target);
  element.replaceWith(anchor);
  anchor.append(element);
}

function picture(stack) {
  const svg = drawing(stack.topology);
  for (const group of svg.querySelectorAll("g[data-resource]")) {
    const index = Number(group.getAttribute("data-resource"));
    const resource = stack.resources[index];
    if (["fail", "fault", "undecided", "waived"].includes(resource.status)) group.classList.add(`s-${resource.status}`);
    const title = group.querySelector(":scope > text.t");
    if (title) linked(title, address(stack, "resource", resource.urn));
  }
  return svg;
}

// What the topology is made of: the first that a stack has is shown where an address names none.
const topologies = {
  connections: ["Connections", stack => connections(stack)],
  internet: ["Internet", stack => internet(stack)],
  places: ["Places", stack => places(stack)],
};

function topologiesOf(stack) {
  const { entrances, addresses, doors, ways } = stack.internet;
  return Object.keys(topologies).filter(name => name === "places" || (name === "connections" ? stack.connections ?? stack.connectionsProblem : entrances.length + addresses.length + doors.length + ways.length > 0));
}

views.topology = (stack, item) => {
  const names = topologiesOf(stack);
  const current = names.includes(item) ? item : names[0];
  return [
    h("h1", {}, "Topology"),
    names.length > 1 && h("nav", { class: "tabs", "aria-label": "Parts of the topology" }, h("ul", {}, names.map(name =>
      h("li", {}, h("a", { href: address(stack, "topology", name), "aria-current": name === current ? "page" : false }, topologies[name][0]))))),
    topologies[current][1](stack),
  ];
};

function framed(svg, label) {
  const frame = h("div", { class: "picture", tabindex: "0", role: "region", "aria-label": label }, svg);
  const zoom = h("button", { type: "button", class: "more", "aria-pressed": "false", onclick: () => zoom.setAttribute("aria-pressed", String(frame.classList.toggle("whole"))) }, "Actual size");
  return [zoom, frame];
}

function places(stack) {
  const svg = picture(stack);
  return [
    h("p", { class: "lead" }, "Where everything stands. Each resource is drawn or counted once; names lead to the resource."),
    framed(svg, `Places of ${stack.name}`),
    h("ul", { class: "legend keys" }, [["internet", "public addresses"], ["network", "virtual network"], ["cluster", "cluster"], ["group", "resource group"], ["service", "outside of places"]]
      .map(([kind, text]) => h("li", {}, h("span", { class: `dot k-${kind}`, "aria-hidden": "true" }), text))),
  ];
}
