// The rules as a pack of the official policy SDK.
const { PolicyPack } = require("@pulumi/policy");
const rules = require("./rules");

new PolicyPack("guardrails-for-comparison", {
  policies: Object.entries(rules).map(([name, check]) => ({
    name,
    description: name,
    enforcementLevel: "mandatory",
    validateResource: (args, report) => check(args.type, args.props, report),
  })),
});
