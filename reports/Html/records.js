function dutyCard(stack, duty, heading) {
  const evidence = duty.evidence;
  return h("article", { class: `duty s-${duty.status}` },
    h(heading, {}, duty.title), h("p", {}, badge(duty.status), " ", h("code", {}, duty.id)),
    h("p", {}, duty.instruction),
    facts([
      ["Due", duty.period], ["Evidence counts for at most", `${duty.mostDays} days`],
      ["Performed on", evidence?.performedOn], ["Performed by", evidence?.performedBy],
      ["Counts until", evidence && `${evidence.validUntil} (${evidence.daysLeft < 0 ? `${-evidence.daysLeft} days overdue` : `${evidence.daysLeft} days left`})`],
      ["Artefact", evidence?.artefact], ["SHA-256", evidence && h("code", { class: "urn" }, evidence.sha256)], ["Recorded in", evidence && h("code", {}, evidence.file)],
      ["Described in", duty.page && h("code", {}, duty.page)],
      ["Controls", duty.controls.map((name, index) => [index > 0 ? ", " : "", link(address(stack, "control", name), name.replace(":", " "))])],
    ]));
}

views.evidence = stack => [
  h("h1", {}, "Duties and evidence"),
  h("p", { class: "lead" }, "What no program can do or see. It counts while its evidence does; without evidence it is manual, after its time overdue."),
  stack.duties.length === 0 ? h("p", { class: "none" }, "There are no duties for this stack.") : stack.duties.map(duty => dutyCard(stack, duty, "h2")),
];

// Whoever has to renew a waiver or to end what it permits needs some days for that.
const soon = 14;

function daysLeft(days) {
  if (days > soon) return days;
  const [status, sign, text] = days < 0 ? ["overdue", words.overdue[0], `ended ${-days} ${days === -1 ? "day" : "days"} ago`]
    : ["undecided", "!", days === 0 ? "ends today" : `${days} ${days === 1 ? "day" : "days"}`];
  return h("span", { class: `badge s-${status}` }, h("span", { "aria-hidden": "true" }, sign), ` ${text}`);
}

views.waivers = stack => [
  h("h1", {}, "Waivers"),
  h("p", { class: "lead" }, "What is permitted for a time although a rule forbids it, in all stacks; what ends first stands first. One that has ended permits nothing."),
  table("Waivers", ["Rule", "Subject", "Owner", "Reason", "Ticket", "Last day", "Days left", "Checks that it permits here"],
    [...data.waivers].sort((left, right) => left.daysLeft - right.daysLeft).map(waiver => [(stack ?? only)?.rules.some(rule => rule.id === waiver.rule)
      ? link(address(stack ?? only, "rule", waiver.rule), waiver.rule) : waiver.rule,
    waiver.subject, waiver.owner, waiver.reason, waiver.ticket, h("span", { class: "nowrap" }, waiver.expires), daysLeft(waiver.daysLeft), waiver.uses]), "There are none."),
];

views.licences = () => [
  h("h1", {}, "Licences"),
  h("p", { class: "lead" }, "What of others is shipped with the tool, the policy pack and the provider."),
  table("Shipped packages", ["Package", "Version", "Licence", "Part of", "Copyright"], data.licences.map(each =>
    [each.name, each.version, each.licence, each.programs, each.copyright]), "Nothing of others is shipped."),
];
