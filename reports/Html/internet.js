const doorStates = { open: ["fail", "Open"], limited: ["waived", "Some networks"], unknown: ["undecided", "Not known"], closed: ["pass", "Closed"] };

function doorBadge(state) {
  const [status, word] = doorStates[state];
  return h("span", { class: `badge s-${status}` }, h("span", { "aria-hidden": "true" }, words[status][0]), ` ${word}`);
}

const resourceOr = (stack, entry, text) => entry.resource === undefined ? text : link(address(stack, "resource", stack.resources[entry.resource].urn), text);

// By which way a workload's hosts are reached: the rule that names them, else the way of the subnets.
function wayOut(stack, hosts) {
  const { allowed, ways } = stack.internet;
  const rules = allowed.filter(rule => rule.hosts.some(host => hosts.includes(host)));
  if (rules.length > 0) return rules.map((rule, index) => [index > 0 ? ", " : "firewall rule ", resourceOr(stack, rule, rule.rule)]);
  return [...new Set(ways.filter(way => way.way.endsWith(": every host")).map(way => way.way))].join(", ") || "not known";
}

function internet(stack) {
  const { addresses, entrances, doors, ways, allowed } = stack.internet;
  const closed = doors.filter(door => door.state === "closed").length;
  const out = (stack.connections?.edges ?? []).filter(edge => edge.toZone === "to the internet");
  const hostsOf = name => stack.connections.ends.find(end => end.name === name).detail;
  const waysIn = [...new Set(entrances.map(each => each.way.join(" → ")))];
  return [
    h("p", { class: "lead" }, "What the internet reaches and by which way, and what goes out to it, as the plan has it. What cannot be followed is called not known, never closed."),
    h("section", {}, h("h2", {}, "What comes in"), h("h3", {}, "Public addresses"),
      table("Public addresses", ["Address", "Who has it", "Lets something in"], addresses.map(each => [
        resourceOr(stack, each, each.name), each.use || "nobody", each.letsIn === undefined ? "not known" : each.letsIn ? "yes" : "no"]), "There is no public address."),
      entrances.length === 0 ? h("p", { class: "none" }, "Nothing answers to the internet.") : waysIn.map(way => [
        h("h3", { class: "way" }, way),
        table(`What answers by ${way}`, ["Host", "Paths", "Port", "From", "Asks for", "Leads to"], entrances.filter(each => each.way.join(" → ") === way).map(each => [
          h("span", { class: "break" }, resourceOr(stack, each, each.host)), each.paths.length > 0 ? each.paths.map(path => h("div", {}, h("code", {}, path))) : "all",
          h("span", { class: "nowrap" }, each.port), each.from, each.asks || "nothing", h("span", { class: "break" }, each.target)]), "")])),
    doors.length > 0 && h("section", {}, h("h2", {}, "Services of Azure"),
      h("p", {}, `Each has a name on the internet. ${closed} of ${doors.length} answer in the network only.`),
      table("Services of Azure", ["Service", "What it is", "On the internet"], doors.map(door => [toResource(stack, door.resource), door.kind, doorBadge(door.state)]), "")),
    h("section", {}, h("h2", {}, "What goes out"),
      h("p", {}, "Network policies know addresses and ports; hosts are known to a firewall only, and it sees nodes, not pods. So a workload that may connect to one of these hosts reaches all that its subnet may."),
      stack.connections && h("h3", {}, "Workloads"), stack.connections && table("Workloads that connect to the internet", ["Who", "Hosts", "Ports", "By", "What for"], out.map(edge => [
        h("span", { class: "break" }, edge.from), hostsOf(edge.to).map(host => h("div", { class: "wrap" }, host)), h("span", { class: "nowrap" }, edge.ports),
        wayOut(stack, hostsOf(edge.to)), edge.why]), "No workload does."),
      allowed.length > 0 && h("h3", {}, "Rules of firewalls"), allowed.length > 0 && table("What firewalls let out", ["Rule", "From", "Hosts", "Ports", "What for"], allowed.map(rule => [
        resourceOr(stack, rule, rule.rule), rule.from.join(", "), rule.hosts.map(host => h("div", { class: "wrap" }, host)), rule.ports.join(", "), rule.why]), ""),
      h("h3", {}, "Subnets"), table("Ways of subnets", ["Subnet", "Addresses", "Way out", "By host"], ways.map(way => [
        toResource(stack, way.resource), way.prefix || "not known", way.way, way.byHost ? "yes" : "no"]), "There are no subnets.")),
  ];
}
