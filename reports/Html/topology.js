const svgSpace = "http://www.w3.org/2000/svg";

function picture(stack) {
  const svg = document.importNode(new DOMParser().parseFromString(stack.topology, "image/svg+xml").documentElement, true);
  svg.setAttribute("role", "group");
  for (const group of svg.querySelectorAll("g[data-resource]")) {
    const index = Number(group.getAttribute("data-resource"));
    const resource = stack.resources[index];
    if (["fail", "fault", "undecided", "waived"].includes(resource.status)) group.classList.add(`s-${resource.status}`);
    const title = group.querySelector(":scope > text.t");
    if (title) {
      const anchor = document.createElementNS(svgSpace, "a");
      anchor.setAttribute("href", address(stack, "resource", resource.urn));
      title.replaceWith(anchor);
      anchor.append(title);
    }
  }
  return svg;
}

views.topology = stack => {
  const svg = picture(stack);
  const frame = h("div", { class: "picture", tabindex: "0", role: "region", "aria-label": `Topology of ${stack.name}` }, svg);
  const zoom = h("button", { type: "button", class: "more", "aria-pressed": "false", onclick: () => {
    const isWhole = frame.classList.toggle("whole");
    zoom.setAttribute("aria-pressed", String(isWhole));
  } }, "Actual size");
  return [
    h("h1", {}, "Topology"),
    h("p", { class: "lead" }, "Where everything stands. Each resource is drawn or counted once; names lead to the resource."),
    zoom,
    frame,
    h("ul", { class: "legend keys" }, [["internet", "public addresses"], ["network", "virtual network"], ["cluster", "cluster"], ["group", "resource group"], ["service", "outside of places"]]
      .map(([kind, text]) => h("li", {}, h("span", { class: `dot k-${kind}`, "aria-hidden": "true" }), text))),
  ];
};
