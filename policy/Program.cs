using CantonInfra.Policy;
using CantonInfra.PolicySdk;

return await PolicyPackProcess.RunAsync(args, () => Guardrails.Load(AppContext.BaseDirectory, TimeProvider.System));
