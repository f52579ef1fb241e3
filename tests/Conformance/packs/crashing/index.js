// Dies in mid-run.
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("crashing", {
  policies: [
    {
      name: "dies",
      description: "Ends its process.",
      enforcementLevel: "advisory",
      validateResource: (args) => {
        if (args.type === "test:index:Probe") process.exit(7);
      },
    },
  ],
});
