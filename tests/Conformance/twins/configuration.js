// Settings of every kind. The stack file is that of TwinTests.
const pulumi = require("@pulumi/pulumi");
const { Probe } = require("./probe");

const config = () => new pulumi.Config("twins");

module.exports = {
  "config-plain": () => {
    new Probe("a", {
      text: config().require("text"),
      number: config().requireNumber("number"),
      count: config().getNumber("count"),
      flag: config().requireBoolean("flag"),
      list: config().requireObject("list"),
      map: config().requireObject("map"),
    });
  },
  "config-absent": () => {
    new Probe("a", {
      text: config().get("absent") ?? "default",
      flag: config().getBoolean("absent") ?? true,
      number: config().getNumber("absent") ?? 7,
      any: config().getObject("absent") ?? "nothing",
      map: { secret: config().getSecret("absent") ?? "none" },
    });
  },
  "config-secret": () => {
    new Probe("a", { text: config().requireSecret("token"), map: { token: config().getSecret("token") } });
  },
  "config-secret-kinds": () => {
    new Probe("a", {
      number: config().requireSecretNumber("number"),
      flag: config().requireSecretBoolean("flag"),
      map: config().requireSecretObject("map"),
    });
  },
  "config-secret-applied": () => {
    new Probe("a", { text: pulumi.interpolate`token=${config().requireSecret("token")}` });
  },
  "config-undecrypted-secret": () => {
    new Probe("a", { text: config().requireSecret("sealed") });
  },
  "config-nested": () => {
    const nested = config().requireObject("nested");
    new Probe("a", { text: nested.inner.name, list: nested.inner.items, any: nested });
  },
  "config-of-another-namespace": () => {
    new Probe("a", { text: new pulumi.Config("other").require("key"), map: { project: new pulumi.Config().get("text") ?? "none" } });
  },
  "config-missing": () => {
    new Probe("a", { text: config().require("gone") });
  },
  "config-not-a-number": () => {
    new Probe("a", { number: config().requireNumber("text") });
  },
  "config-not-a-flag": () => {
    new Probe("a", { flag: config().requireBoolean("text") });
  },
  "config-not-an-object": () => {
    new Probe("a", { any: config().requireObject("text") });
  },
};
