// Throws in a policy.
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("throwing", {
  policies: [
    {
      name: "throws",
      description: "Throws.",
      enforcementLevel: "advisory",
      validateResource: (args) => {
        if (args.type === "test:index:Probe") throw new Error("the policy is broken");
      },
    },
  ],
});
