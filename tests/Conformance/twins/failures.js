// Programs that go wrong.
const pulumi = require("@pulumi/pulumi");
const { Probe, TestProvider } = require("./probe");

module.exports = {
  throws: () => {
    throw new Error("it is broken");
  },
  "throws-run-error": () => {
    throw new pulumi.RunError("only this message");
  },
  "throws-in-apply": () => {
    const a = new Probe("a", { text: "a" });
    new Probe("b", {
      text: a.text.apply(() => {
        throw new pulumi.RunError("within an apply");
      }),
    });
  },
  "rejects": async () => {
    await Promise.resolve();
    throw new pulumi.RunError("rejected");
  },
  "logs-an-error": async () => {
    await pulumi.log.error("something is wrong");
  },
  "same-urn-twice": () => {
    new Probe("a");
    new Probe("a");
  },
  "unknown-function": () => {
    pulumi.runtime.invokeOutput("test:index:getThing", { name: "x" }).apply((result) => result);
  },
  "skipped-apply": () => {
    const a = new Probe("a");
    a.label.apply(() => {
      throw new pulumi.RunError("never reached");
    });
  },
};
