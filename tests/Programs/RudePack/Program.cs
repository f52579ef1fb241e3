using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Hosting;
using RudePack;

return await PolicyPackProcess.RunAsync(args, () =>
{
    Noise.Print("while loading");
    return args[0] == "unusable"
        ? throw new PluginStartException("limits.yaml:7: The limits are no limits.")
        : new PolicyPack("rude", "1.2.3", new NoisyRule(), new HangingRule());
});
