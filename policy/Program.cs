using CantonInfra.Policy;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;

return await PolicyPackProcess.RunAsync(
    args, () => Guardrails.Create(LimitsFile.Load(Path.Combine(AppContext.BaseDirectory, LimitsFile.Name))));
