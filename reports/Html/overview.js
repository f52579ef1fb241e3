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
  const grades = ["critical", "high", "medium", "low"];
  const grade = rule => grades.indexOf(rule.severity) + 1 || grades.length + 1;
  const rules = stack.rules.filter(rule => rule.findings.length > 0 && rule.status !== "waived").sort((left, right) => grade(left) - grade(right));
  const duties = stack.duties.filter(duty => duty.status !== "pass");
  const rows = [
    ...rules.map(rule => [badge(rule.status), toRule(stack, rule), rule.title, severity(rule.severity), `${rule.findings.length} of ${rule.findings.length + rule.passed.length} do not pass`]),
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
      ["Regions with data", dataRegions(stack).join(", ") || "none"],
      ["Recovery promise", stack.recovery.promise || null],
      ["Hosts that the internet reaches", stack.internet.entrances.length > 0 ? link(address(stack, "topology", "internet"), new Set(stack.internet.entrances.map(each => each.host)).size) : null],
      ["Connections in the cluster", stack.connections ? link(address(stack, "topology", "connections"), stack.connections.edges.length) : null],
      ["People's rights", stack.access.filter(row => row.person).length],
      ["Workloads' rights", stack.access.filter(row => !row.person).length],
      ["Checks that are waived", stack.checks.waived > 0 ? link(address(stack, "findings", "", { state: "waived" }), stack.checks.waived) : 0],
    ])),
    h("section", {}, h("h2", {}, "What the words mean"), h("p", {}, "A check is one rule on one resource, or on the stack where the rule judges it as a whole. A score is the share that passes of what applies, rounded down: what is undecided, waived, manual or overdue applies and does not pass. A control is as good as its worst part."),
      h("dl", { class: "meanings" }, Object.entries(meanings).map(([status, text]) => h("div", {}, h("dt", {}, badge(status)), h("dd", {}, text))))),
  ];
}

const meanings = {
  pass: "The rule is kept, or the duty was done and its evidence counts.",
  fail: "The rule is violated.",
  fault: "The rule itself failed, so nothing is known.",
  undecided: "A value is not known before a deployment, or the rule is turned off.",
  waived: "The rule is violated, and somebody permitted that until a certain day.",
  manual: "People have to do it, and nothing is recorded yet that they did.",
  overdue: "It was done, but too long ago: its evidence counts no longer.",
  notApplicable: "It is about other things, and is not counted.",
};
