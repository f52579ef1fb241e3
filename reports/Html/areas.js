views.access = stack => {
  const planes = [...new Set(stack.access.map(row => row.plane))].sort();
  return [
    h("h1", {}, "Access review"),
    h("p", { class: "lead" }, "Who may do what, of all that the stack grants. Rights that somebody granted by hand are not here; a refresh of the deployment shows them."),
    filtered([
      { name: "who", label: "Who", choices: [["people", "people"], ["workloads", "workloads"]] },
      { name: "plane", label: "Plane", choices: planes.map(plane => [plane, plane]) },
      { name: "q", label: "Text" },
    ], ({ who, plane, q }) => {
      const text = q.toLowerCase();
      const found = stack.access.filter(row => (!who || row.person === (who === "people")) && (!plane || row.plane === plane)
        && (!text || Object.values(row).join("\n").toLowerCase().includes(text)));
      return { text: `${found.length} of ${stack.access.length} rights`, content: accessTables(stack, found) };
    }),
  ];
};

function accessTables(stack, rows) {
  return [[true, "People"], [false, "Workloads"]].map(([isPerson, title]) => {
    const own = rows.filter(row => row.person === isPerson);
    if (own.length === 0) return null;
    return h("section", {}, h("h2", {}, title), table(`${title}' rights`, ["Who", "Duty", "Plane", "Role", "Scope", "What for"],
      own.map(row => [h("span", { class: "break" }, row.who), row.duty, row.plane, row.role, h("span", { class: "break" }, row.scope), row.why]), ""));
  });
}

views.responsibility = stack => [
  h("h1", {}, "Shared responsibility"),
  h("p", { class: "lead" }, "What Azure answers for, what this platform covers, and what the customer must do. The status is that of the platform's requirements."),
  table("Shared responsibility", ["Area", "Azure", "This platform", "Customer", "Status"], stack.responsibility.map(row =>
    [row.area, row.provider || "–", [row.platform, h("span", { class: "quiet" }, ` (${row.requirements.join(", ")})`)], row.customer, badge(row.status)]), ""),
];

views.recovery = stack => [
  h("h1", {}, "Recovery"),
  stack.recovery.promise
    ? h("p", { class: "lead" }, `Promised: ${stack.recovery.promise}. `, stack.recovery.kept === undefined ? "Whether the settings keep it is not known." : stack.recovery.kept ? "The settings keep it." : "The settings do not keep it.")
    : h("p", { class: "lead" }, "The stack promises nothing."),
  h("section", {}, h("h2", {}, "Objectives"), table("Recovery objectives", ["Failure of", "What is lost and how long it takes"],
    stack.recovery.objectives.map(each => [each.failure, each.objective]), "The stack states no objectives.")),
  h("section", {}, h("h2", {}, "Database servers"), table("Database servers", ["Server", "Backups kept", "Copy in another region", "Standby"],
    stack.recovery.servers.map(each => [each.server, each.backupDays ? `${each.backupDays} days` : "–", each.geoRedundantBackup || "–", each.highAvailability || "–"]), "There are none.")),
  h("section", {}, h("h2", {}, "The test"), stack.duties.filter(duty => duty.id === "recovery-test").map(duty => dutyCard(stack, duty, "h3"))),
];

views.data = stack => {
  const regions = [...new Set(stack.residency.flatMap(store => [store.region, store.copyRegion]).filter(Boolean))].sort();
  return [
    h("h1", {}, "Data residency"),
    h("p", { class: "lead" }, "Which data is in which region, and where copies go."),
    h("ul", { class: "regions" }, regions.map(region => {
      const own = stack.residency.filter(store => store.region === region);
      const copies = stack.residency.filter(store => store.copyRegion === region);
      return h("li", { class: "card" }, h("h2", {}, region),
        own.length > 0 && h("ul", { class: "plain" }, own.map(store => h("li", {}, toResource(stack, store.resource), h("span", { class: "quiet" }, ` ${store.data}`)))),
        copies.length > 0 && [h("h3", {}, "Copies from elsewhere"), h("ul", { class: "plain" }, copies.map(store => h("li", {}, toResource(stack, store.resource), h("span", { class: "quiet" }, ` from ${store.region}`))))]);
    })),
    table("Stores of data", ["Store", "Data", "Region", "Copies in", "Encryption key"],
      stack.residency.map(store => [toResource(stack, store.resource), store.data, store.region || "known after deployment", store.copyRegion || "–", store.key || "–"]), "The stack keeps no data."),
  ];
};
