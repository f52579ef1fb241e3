function scoreCards(stack) {
  return h("ul", { class: "cards" }, stack.scores.map(score => h("li", { class: "card" },
    h("h3", {}, link(address(stack, "controls", "", { framework: score.framework }), frameworkTitles.get(score.framework))),
    h("p", { class: "figure" }, percent(score)),
    bar(controlParts(stack, score.framework)),
    legend(controlParts(stack, score.framework)))));
}

function controlParts(stack, framework) {
  const controls = stack.controls.filter(control => control.framework === framework && control.status !== "notApplicable");
  return controlStates.map(status => [status, controls.filter(control => control.status === status).length]);
}

function attention(stack) {
  const rules = stack.rules.filter(rule => rule.findings.length > 0 && rule.status !== "waived");
  const duties = stack.duties.filter(duty => duty.status !== "pass");
  const rows = [
    ...rules.map(rule => [badge(rule.status), toRule(stack, rule), rule.title, severity(rule.severity), `${rule.findings.length} of ${rule.findings.length + rule.passed.length}`]),
    ...duties.map(duty => [badge(duty.status), link(address(stack, "evidence"), duty.id), duty.title, "", ""]),
  ];
  const order = ["fault", "fail", "overdue", "undecided", "manual"];
  const rank = row => order.findIndex(status => row[0].classList.contains(`s-${status}`));
  return table("What needs attention", ["Status", "Rule or duty", "What must hold", "Severity", "Checks"], rows.sort((left, right) => rank(left) - rank(right)), "Nothing does.");
}

views.overview = stack => stack ? stackOverview(stack) : [
  h("h1", {}, `Compliance of ${data.project}`),
  h("p", { class: "lead" }, `As of ${data.asOf}. A check is one rule on one resource. A score is the share that passes of what applies, rounded down: what is undecided, waived, manual or overdue applies and does not pass.`),
  h("section", {}, h("h2", {}, "All stacks"), bar(parts(data.checks)), legend(parts(data.checks))),
  h("ul", { class: "cards" }, data.stacks.map(each => h("li", { class: "card" },
    h("h3", {}, link(address(each, "overview"), each.name)),
    h("p", { class: "figure" }, percent(each.checks), h("small", {}, " of checks pass")),
    bar(parts(each.checks)),
    legend(parts(each.checks)),
    h("p", { class: "quiet" }, each.scores.map(score => `${score.framework} ${percent(score)}`).join(" · "))))),
];

function stackOverview(stack) {
  const protectedCount = stack.resources.filter(resource => resource.protected).length;
  return [
    h("h1", {}, stack.name),
    h("p", { class: "lead" }, `As of ${data.asOf}. Judged by ${stack.packs.join(", ") || "no policy pack"}.`),
    scoreCards(stack),
    h("section", {}, h("h2", {}, "Checks"),
      h("p", {}, h("strong", {}, percent(stack.checks)), " of the checks that apply pass."), bar(parts(stack.checks)), legend(parts(stack.checks))),
    h("section", {}, h("h2", {}, "What needs attention"), attention(stack)),
    h("section", {}, h("h2", {}, "At a glance"), facts([
      ["Resources", link(address(stack, "resources"), stack.resources.length)],
      ["Protected from deletion", protectedCount],
      ["Regions with data", [...new Set(stack.residency.map(store => store.region).filter(Boolean))].join(", ") || "none"],
      ["Recovery promise", stack.recovery.promise || null],
      ["Hosts that the internet reaches", stack.internet.entrances.length > 0 ? link(address(stack, "topology", "internet"), new Set(stack.internet.entrances.map(each => each.host)).size) : null],
      ["Connections in the cluster", stack.connections ? link(address(stack, "topology", "connections"), stack.connections.edges.length) : null],
      ["People's rights", stack.access.filter(row => row.person).length],
      ["Workloads' rights", stack.access.filter(row => !row.person).length],
      ["Waivers in use", stack.checks.waived],
    ])),
  ];
}
