// Policies that mend: one can, one fails, and one judges what the first has left.
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("mending", {
  policies: [
    {
      name: "tags",
      description: "Every probe has an owner.",
      enforcementLevel: "remediate",
      remediateResource: (args) => {
        if (args.type !== "test:index:Probe") return undefined;
        // In place, as the official documentation has it: a copy would lose the marks of secrets.
        args.props.map = args.props.map ?? {};
        args.props.map.owner = "team";
        return args.props;
      },
    },
    {
      name: "fails",
      description: "Fails where it mends.",
      enforcementLevel: "remediate",
      remediateResource: (args) => {
        if (args.props.text === "fail") throw new Error("cannot mend");
        return undefined;
      },
    },
    {
      name: "checks",
      description: "Every probe has an owner.",
      enforcementLevel: "mandatory",
      validateResource: (args, report) => {
        if (args.type === "test:index:Probe" && args.props.map?.owner !== "team") report("no owner");
      },
    },
  ],
});
