// One policy of each level, and two with settings.
const { PolicyPack, validateResourceOfType } = require("@pulumi/policy");

const onProbes = (name, enforcementLevel, check, more = {}) => ({
  name,
  description: `The policy '${name}'.`,
  enforcementLevel,
  validateResource: (args, report) => {
    if (args.type === "test:index:Probe") check(args, report);
  },
  ...more,
});

new PolicyPack(
  "levels",
  {
    policies: [
      onProbes("advises", "advisory", (args, report) => report(`advice on ${args.name}`)),
      onProbes("demands", "mandatory", (args, report) => {
        if (args.props.text === "x") report(`${args.name} must not say x`);
      }),
      onProbes("sleeps", "disabled", (args, report) => report("never")),
      onProbes("silenced", "mandatory", (args, report) => report("never either")),
      onProbes(
        "limits",
        "advisory",
        (args, report) => {
          const { most, word } = args.getConfig();
          if ((args.props.count ?? 0) > most) report(`${args.props.count} is more than ${most} ${word}`);
        },
        { configSchema: { properties: { most: { type: "number", default: 2 }, word: { type: "string", default: "things" } } } },
      ),
      onProbes("sees-options", "advisory", (args, report) => {
        if (args.opts.protect) report(`protected, ignores ${args.opts.ignoreChanges.join(",")}`);
      }),
      onProbes("sees-provider", "advisory", (args, report) => {
        if (args.provider) report(`provider ${args.provider.type} ${args.provider.name} ${args.provider.props.region ?? ""}`.trim());
      }),
      onProbes("sees-unknown", "advisory", (args, report) => {
        if (`${args.props.text}`.startsWith("seen")) report("not reached in a preview");
      }),
      {
        name: "typed",
        description: "Looks at a class of the official package.",
        enforcementLevel: "advisory",
        validateResource: validateResourceOfType(require("@pulumi/random").RandomPassword, (password, args, report) => {
          if (password.length < 64) report(`length ${password.length}`);
        }),
      },
    ],
  },
  { silenced: "disabled", limits: { word: "pieces" } },
);
