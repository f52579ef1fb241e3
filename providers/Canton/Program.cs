using CantonInfra.Canton.Provider;
using CantonInfra.ProviderSdk;

return await ProviderProcess.RunAsync(args, () => new CantonProvider(TimeProvider.System));
