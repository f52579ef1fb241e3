function ruleRows(stack, rules) {
  return rules.map(rule => [toRule(stack, rule), rule.title, badge(rule.status), severity(rule.severity), rule.level,
    `${rule.checks.pass} of ${rule.checks.pass + rule.findings.length}`]);
}

const ruleHeaders = ["Rule", "What must hold", "Status", "Severity", "Level", "Passing checks"];

function controlRow(stack, control) {
  return [toControl(stack, control), control.title, badge(control.status), control.rules.length || "", control.duties.length || "",
    control.checks.pass + control.checks.fail + control.checks.fault + control.checks.undecided + control.checks.waived === 0 ? "" : percent(control.checks)];
}

function controlSections(stack, controls) {
  return data.frameworks.map(framework => {
    const own = controls.filter(control => control.framework === framework.id);
    if (own.length === 0) return null;
    const score = stack.scores.find(each => each.framework === framework.id);
    return h("section", {}, h("h2", {}, framework.title),
      h("p", {}, h("strong", {}, percent(score)), `: ${score.passed} of ${score.applicable} controls that apply pass.`),
      bar(controlParts(stack, framework.id)), legend(controlParts(stack, framework.id)),
      table(`Controls of ${framework.title}`, ["Control", "What it is about", "Status", "Rules", "Duties", "Passing checks"],
        own.map(control => controlRow(stack, control)), ""));
  });
}

views.controls = stack => [
  h("h1", {}, "Controls"),
  h("p", { class: "lead" }, "Each control that a rule or a duty is about. Its worst part is its status."),
  filtered([
    { name: "framework", label: "Framework", choices: data.frameworks.map(framework => [framework.id, framework.title]) },
    { name: "status", label: "Status", choices: controlStates.map(status => [status, words[status][1]]) },
    { name: "q", label: "Text" },
  ], ({ framework, status, q }) => {
    const found = stack.controls.filter(control => (!framework || control.framework === framework) && (!status || control.status === status)
      && (!q || `${control.framework} ${control.id} ${control.title}`.toLowerCase().includes(q.toLowerCase())));
    return { text: `${found.length} of ${stack.controls.length} controls`, content: found.length > 0 ? controlSections(stack, found) : h("p", { class: "none" }, "No control is like that.") };
  }),
];

views.control = (stack, item) => {
  const control = stack.controls.find(each => `${each.framework}:${each.id}` === item);
  if (!control) return missing("control", item);
  const duties = stack.duties.filter(duty => control.duties.includes(duty.id));
  return [
    h("p", { class: "path" }, link(address(stack, "controls", "", { framework: control.framework }), frameworkTitles.get(control.framework))),
    h("h1", {}, `${control.id} ${control.title}`),
    h("p", {}, badge(control.status)),
    legend(parts(control.checks)),
    h("section", {}, h("h2", {}, "Rules"), table(`Rules of ${control.id}`, ruleHeaders, ruleRows(stack, control.rules.map(index => stack.rules[index])), "No rule is about it.")),
    duties.length > 0 && h("section", {}, h("h2", {}, "Duties"), duties.map(duty => dutyCard(stack, duty, "h3"))),
  ];
};

views.rules = stack => [
  h("h1", {}, "Rules"),
  filtered([
    { name: "status", label: "Status", choices: ["fault", "fail", "undecided", "waived", "pass", "notApplicable"].map(status => [status, words[status][1]]) },
    { name: "severity", label: "Severity", choices: ["critical", "high", "medium", "low"].map(text => [text, text]) },
    { name: "q", label: "Text" },
  ], ({ status, severity: grade, q }) => {
    const found = stack.rules.filter(rule => (!status || rule.status === status) && (!grade || rule.severity === grade)
      && (!q || `${rule.id} ${rule.title} ${rule.controls.join(" ")}`.toLowerCase().includes(q.toLowerCase())));
    return { text: `${found.length} of ${stack.rules.length} rules`, content: table("Rules", ruleHeaders, ruleRows(stack, found), "No rule is like that.") };
  }),
];

views.rule = (stack, item) => {
  const rule = stack.rules.find(each => each.id === item);
  if (!rule) return missing("rule", item);
  return [
    h("p", { class: "path" }, link(address(stack, "rules"), "Rules")),
    h("h1", {}, rule.title || rule.id),
    h("p", {}, badge(rule.status), " ", severity(rule.severity), " ", h("code", {}, rule.id), ` of ${rule.pack}, ${rule.level}`),
    legend(parts(rule.checks)),
    rule.rationale && h("section", {}, h("h2", {}, "Why"), h("p", {}, rule.rationale)),
    rule.remediation && h("section", {}, h("h2", {}, "What to do"), h("p", {}, rule.remediation)),
    h("section", {}, h("h2", {}, "Controls"), h("ul", { class: "tags" }, rule.controls.map(name =>
      h("li", {}, link(address(stack, "control", name), name.replace(":", " ")))))),
    h("section", {}, h("h2", {}, "Findings"), findingList(stack, rule.findings)),
    h("section", {}, h("h2", {}, "What keeps it"), rule.passed.length === 0 ? h("p", { class: "none" }, "Nothing does.")
      : paged(rule.passed, index => h("li", {}, toResource(stack, index), h("span", { class: "quiet" }, ` ${stack.resources[index].type}`)), 100, () => h("ul", { class: "plain" }))),
  ];
};

function findingList(stack, findings) {
  if (findings.length === 0) return h("p", { class: "none" }, "There are none.");
  return paged(findings, finding => {
    const rule = stack.rules[finding.rule];
    return h("li", { class: `finding s-${finding.state}` },
      h("p", {}, badge(finding.state), " ", severity(rule.severity), " ", toRule(stack, rule), finding.mandatory ? h("span", { class: "quiet" }, " stops a deployment") : null),
      h("p", { class: "subject" }, toResource(stack, finding.resource), h("span", { class: "quiet" }, ` ${stack.resources[finding.resource].type}`)),
      finding.notes.map(note => h("p", { class: "note" }, note)),
      finding.file ? h("p", { class: "quiet" }, h("code", {}, `${finding.file}:${finding.line}`)) : null);
  }, 100, () => h("ul", { class: "findings" }));
}

// A duty is nobody's check, but that its evidence counts no longer is a finding.
function overdue(stack) {
  const late = stack.duties.filter(duty => duty.status === "overdue");
  return late.length > 0 && h("ul", { class: "findings" }, late.map(duty => h("li", { class: "finding s-overdue" },
    h("p", {}, badge("overdue"), " ", link(address(stack, "evidence"), duty.id), h("span", { class: "quiet" }, ` ${duty.title}`)),
    h("p", { class: "note" }, `Its evidence of ${duty.evidence.performedOn} counted until ${duty.evidence.validUntil}. Do it again and record it in evidence/.`),
    h("p", { class: "quiet" }, h("code", {}, duty.evidence.file)))));
}

views.findings = stack => [
  h("h1", {}, "Findings"),
  h("p", { class: "lead" }, "Every check that neither passes nor is about something else, and duties that are overdue."),
  overdue(stack),
  filtered([
    { name: "state", label: "State", choices: ["fail", "fault", "undecided", "waived"].map(state => [state, words[state][1]]) },
    { name: "severity", label: "Severity", choices: ["critical", "high", "medium", "low"].map(text => [text, text]) },
    { name: "q", label: "Text" },
  ], ({ state, severity: grade, q }) => {
    const text = q.toLowerCase();
    const found = stack.findings.filter(finding => (!state || finding.state === state) && (!grade || stack.rules[finding.rule].severity === grade)
      && (!text || `${stack.rules[finding.rule].id}\n${stack.resources[finding.resource].urn}\n${finding.notes.join("\n")}`.toLowerCase().includes(text)));
    return { text: `${found.length} of ${stack.findings.length} findings`, content: findingList(stack, found) };
  }),
];
