const pulumi = require("@pulumi/pulumi");

/** A resource of any inputs, with two outputs that only a provider could tell. */
class Probe extends pulumi.CustomResource {
  constructor(name, args = {}, options = {}) {
    super("test:index:Probe", name, { ...args, label: undefined, token: undefined }, options);
  }

  static get(name, id, options) {
    return new Probe(name, {}, { ...options, id });
  }
}

/** Another type of the same package. */
class Other extends pulumi.CustomResource {
  constructor(name, args = {}, options = {}) {
    super("test:deep/module:Other", name, { ...args, label: undefined }, options);
  }
}

/** A resource of another package. */
class Foreign extends pulumi.CustomResource {
  constructor(name, args = {}, options = {}) {
    super("foreign:index:Thing", name, { ...args, label: undefined }, options);
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name, options = {}, children = () => ({})) {
    super("test:index:Group", name, {}, options);
    this.registerOutputs(children(this) ?? {});
  }
}

class TestProvider extends pulumi.ProviderResource {
  constructor(name, args = {}, options = {}) {
    super("test", name, args, options);
  }
}

class ForeignProvider extends pulumi.ProviderResource {
  constructor(name, args = {}, options = {}) {
    super("foreign", name, args, options);
  }
}

module.exports = { Probe, Other, Foreign, Group, TestProvider, ForeignProvider };
