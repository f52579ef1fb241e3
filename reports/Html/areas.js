views.access = stack => {
  const planes = [...new Set(stack.access.map(row => row.plane))].sort();
  return [
    h("h1", {}, "Access review"),
    h("p", { class: "lead" }, "Who may do what, of all that the stack grants. Not here is what somebody granted by hand, which a refresh of the deployment shows; what charts bind for their own pods in the cluster; and the roles of the tenant's directory."),
    filtered([
      { name: "who", label: "Who", choices: [["people", "people"], ["workloads", "workloads"]] },
      { name: "plane", label: "Plane", choices: planes.map(plane => [plane, plane]) },
      { name: "q", label: "Text" },
    ], ({ who, plane, q }) => {
      const text = q.toLowerCase();
      const found = stack.access.filter(row => (!who || row.person === (who === "people")) && (!plane || row.plane === plane)
        && (!text || Object.values(row).join("\n").toLowerCase().includes(text)));
      return { text: `${found.length} of ${stack.access.length} rights`, content: accessTables(found, stack.access.length > 0 ? "No right is like that." : "The stack grants nothing.") };
    }),
  ];
};

// Those who review ask of a role, not of each of its scopes: what differs in nothing else is one row.
function accessTables(rows, none) {
  if (rows.length === 0) return h("p", { class: "none" }, none);
  return [[true, "People"], [false, "Workloads"]].map(([isPerson, title]) => {
    const own = new Map();
    for (const row of rows.filter(each => each.person === isPerson)) {
      const key = JSON.stringify([row.plane, row.duty, row.who, row.role, row.why]);
      if (own.has(key)) own.get(key).scopes.push(row.scope);
      else own.set(key, { ...row, scopes: [row.scope] });
    }
    if (own.size === 0) return null;
    const lines = [...own.values()];
    const hasDuty = lines.some(row => row.duty);
    return h("section", {}, h("h2", {}, title), table(`${title}' rights`, ["Who", ...(hasDuty ? ["Duty"] : []), "Plane", "Role", "Scope", "What for"],
      lines.map(row => [h("span", { class: "break" }, row.who), ...(hasDuty ? [row.duty] : []), row.plane, row.role,
        h("span", { class: "break" }, row.scopes.map(scope => h("div", {}, scope))), row.why]), ""));
  });
}

views.responsibility = stack => [
  h("h1", {}, "Shared responsibility"),
  h("p", { class: "lead" }, "What Azure answers for, what this platform covers, and what the customer must do. Checks tell of the platform's part; of the customer's part tells recorded evidence of the duties that this stack has, and where there is no duty, only the customer's own records do. Environments and their subscription each have a stack."),
  table("Shared responsibility", ["Area", "Azure", "This platform", "Checks", "Customer", "Evidence"], stack.responsibility.map(row =>
    [row.area, row.provider || "–", [row.platform, h("span", { class: "quiet" }, ` (${row.requirements.join(", ")})`)], badge(row.status), row.customer,
      row.duties.length === 0 ? h("span", { class: "quiet" }, "not in this report") : [badge(row.customerStatus), row.duties.map(id => h("div", {}, link(address(stack, "evidence"), id)))]]), ""),
];

const standbys = { ZoneRedundant: "in another zone", SameZone: "in the same zone", Disabled: "none" };

views.recovery = stack => [
  h("h1", {}, "Recovery"),
  stack.recovery.promise
    ? h("p", { class: "lead" }, `Promised: ${stack.recovery.promise}. `, stack.recovery.kept === undefined ? "Whether the settings keep it is not known." : stack.recovery.kept ? "The settings keep it." : "The settings do not keep it.")
    : h("p", { class: "lead" }, "The stack promises nothing."),
  h("section", {}, h("h2", {}, "Objectives"), h("p", {}, "RPO is how much of the newest data can be lost, RTO how long it takes until it serves again. Computed from the settings; the test measures them."),
    table("Recovery objectives", ["What fails", "What is lost and how long it takes", "Within the promise"],
    stack.recovery.objectives.map(each => [each.title, each.objective, each.within === undefined ? "not part of it" : badge(each.within ? "pass" : "fail")]), "The stack states no objectives.")),
  h("section", {}, h("h2", {}, "Database servers"), table("Database servers", ["Server", "Backups kept", "Copy in another region", "Standby"],
    stack.recovery.servers.map(each => [each.server, each.backupDays ? `${each.backupDays} days` : "–", ({ Enabled: "yes", Disabled: "no" })[each.geoRedundantBackup] ?? "not known", standbys[each.highAvailability] ?? "not known"]), "There are none.")),
  h("section", {}, h("h2", {}, "The test"), stack.duties.filter(duty => duty.id === "recovery-test").map(duty => dutyCard(stack, duty, "h3"))),
];

// Where copies are, data is.
function dataRegions(stack) {
  return [...new Set(stack.residency.flatMap(store => [store.region, store.copyRegion]).filter(Boolean))].sort();
}

views.data = stack => {
  const regions = dataRegions(stack);
  return [
    h("h1", {}, "Data residency"),
    h("p", { class: "lead" }, "Which data is in which region, and where copies go, be it by a setting or because the service does so by itself, as vaults do. What Azure and Microsoft keep for themselves, such as bills and support cases, is not here."),
    h("ul", { class: "regions" }, regions.map(region => {
      const own = stack.residency.filter(store => store.region === region);
      const copies = stack.residency.filter(store => store.copyRegion === region);
      return h("li", { class: "card" }, h("h2", {}, region),
        own.length > 0 && h("ul", { class: "plain" }, own.map(store => h("li", {}, toResource(stack, store.resource), h("span", { class: "quiet" }, ` ${store.data}`)))),
        copies.length > 0 && [h("h3", {}, "Copies from elsewhere"), h("ul", { class: "plain" }, copies.map(store => h("li", {}, toResource(stack, store.resource), h("span", { class: "quiet" }, ` from ${store.region}`))))]);
    })),
    h("h2", {}, "Stores"),
    table("Stores of data", ["Store", "Data", "Region", "Copies in", "Encryption key"],
      stack.residency.map(store => [toResource(stack, store.resource), store.data, store.region || "known after deployment", store.copyRegion || "–", store.key || "–"]), "The stack keeps no data."),
  ];
};
