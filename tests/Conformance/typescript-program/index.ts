import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

interface AccountArgs {
  length: pulumi.Input<number>;
}

/** A component with a typed interface. */
class Account extends pulumi.ComponentResource {
  readonly password: pulumi.Output<string>;

  constructor(name: string, args: AccountArgs, options?: pulumi.ComponentResourceOptions) {
    super("conformance:index:Account", name, {}, options);
    this.password = new random.RandomPassword(`${name}-password`, { length: args.length }, { parent: this }).result;
    this.registerOutputs({ password: this.password });
  }
}

const account = new Account("boss", { length: new pulumi.Config().requireNumber("length") });

export const password = account.password;
export const greeting = "hello";
