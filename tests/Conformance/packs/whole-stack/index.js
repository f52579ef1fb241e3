// Policies over all resources.
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("whole-stack", {
  policies: [
    {
      name: "counts",
      description: "Counts resources.",
      enforcementLevel: "advisory",
      validateStack: (args, report) => {
        const probes = args.resources.filter((resource) => resource.type === "test:index:Probe");
        report(`${probes.length} probes`);
      },
    },
    {
      name: "edges",
      description: "Sees parents and dependencies.",
      enforcementLevel: "mandatory",
      validateStack: (args, report) => {
        for (const resource of args.resources.filter((candidate) => candidate.type === "test:index:Probe")) {
          for (const dependency of resource.dependencies) report(`${resource.name} after ${dependency.name}`, resource.urn);
          for (const [property, dependencies] of Object.entries(resource.propertyDependencies)) {
            for (const dependency of dependencies) report(`${resource.name}.${property} from ${dependency.name}`, resource.urn);
          }
          if (resource.parent) report(`${resource.name} under ${resource.parent.name}`, resource.urn);
        }
      },
    },
  ],
});
