const edgeStates = { works: ["pass", "Works"], fails: ["fail", "Denied"], undecided: ["undecided", "Not known"], undeclared: ["fail", "Not declared"] };

function edgeBadge(state) {
  const [status, word] = edgeStates[state];
  return h("span", { class: `badge s-${status}` }, h("span", { "aria-hidden": "true" }, words[status][0]), ` ${word}`);
}

// Lines of one box stand out when it is chosen; its title chooses it.
function connectionPicture(stack) {
  const svg = drawing(stack.connections.picture);
  for (const zone of svg.querySelectorAll("g[data-zone]")) {
    linked(zone.querySelector(":scope > text.t"), address(stack, "topology", "connections", { of: zone.dataset.zone }));
  }
  const choose = of => {
    svg.classList.toggle("narrowed", of !== "");
    for (const edge of svg.querySelectorAll("g.edge")) edge.classList.toggle("on", edge.dataset.from === of || edge.dataset.to === of);
    for (const zone of svg.querySelectorAll("g[data-zone]")) {
      zone.classList.toggle("on", zone.dataset.zone === of);
      zone.querySelector("a").toggleAttribute("aria-current", zone.dataset.zone === of);
    }
  };
  return { svg, choose };
}

// The pods, and below them their namespace.
function end(name) {
  const slash = name.indexOf("/");
  return slash < 0 ? name : [name.slice(slash + 1) === "*" ? "all pods" : name.slice(slash + 1), h("div", { class: "quiet" }, name.slice(0, slash))];
}

function connectionTable(edges) {
  return table("Connections", ["From", "To", "Ports", "State", "What for", "Allowed by"], edges.map(edge => [
    end(edge.from), end(edge.to), h("span", { class: "nowrap" }, edge.ports), edgeBadge(edge.state),
    [edge.why, edge.requirement && h("span", { class: "quiet" }, ` (${edge.requirement})`)], h("span", { class: "break" }, edge.policies.map(name => h("div", {}, name)))]), "No connection is like that.");
}

function connections(stack) {
  if (!stack.connections) return h("p", {}, badge("undecided"), ` ${stack.connectionsProblem ?? "The stack declares no connections."}`);
  const { edges, holds, unread, ends } = stack.connections;
  const { svg, choose } = connectionPicture(stack);
  const zones = [...new Set(edges.flatMap(edge => [edge.fromZone, edge.toZone]))].sort();
  const states = Object.keys(edgeStates).filter(state => edges.some(edge => edge.state === state));
  const declared = ends.filter(end => end.basis === "declaration").map(end => end.name);
  const status = holds === undefined ? "undecided" : holds ? "pass" : "fail";
  return [
    h("p", { class: "lead" }, "Who connects to whom: each line is all connections of one state between two namespaces, with their ports.", h("span", { class: "screen" }, " A name in the picture chooses its lines and narrows the list.")),
    h("p", {}, badge(status), status === "pass" ? " Network policies allow exactly what is declared, at both ends."
      : status === "fail" ? " Network policies allow more or less than is declared." : " Whether network policies allow exactly what is declared is not known."),
    framed(svg, `Connections of ${stack.name}`),
    h("ul", { class: "legend keys" }, [["internet", "internet"], ["cluster", "namespaces"], ["network", "addresses"]]
      .map(([kind, text]) => h("li", {}, h("span", { class: `dot k-${kind}`, "aria-hidden": "true" }), text))),
    h("h2", {}, "Every connection"),
    filtered([
      { name: "of", label: "From or to", choices: zones.map(zone => [zone, zone]) },
      { name: "state", label: "State", choices: states.map(state => [state, edgeStates[state][1]]) },
      { name: "q", label: "Text" },
    ], ({ of, state, q }) => {
      choose(of);
      const text = q.toLowerCase();
      const found = edges.filter(edge => (!of || edge.fromZone === of || edge.toZone === of) && (!state || edge.state === state)
        && (!text || `${edge.from}\n${edge.to}\n${edge.ports}\n${edge.why}\n${edge.requirement}\n${edge.policies.join("\n")}`.toLowerCase().includes(text)));
      return { text: `${found.length} of ${edges.length} connections`, content: connectionTable(found) };
    }),
    unread.length > 0 && h("section", {}, h("h2", {}, "What could not be read"), h("ul", { class: "plain" }, unread.map(reason => h("li", {}, reason)))),
    declared.length > 0 && h("section", {}, h("h2", {}, "What it rests on"),
      h("p", {}, "Of these pods only the declaration says what they are, for others deploy them or Azure does: ", declared.join(", "), ". All others are in the plan, or in what is known of their chart.")),
  ];
}
