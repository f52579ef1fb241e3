using CantonInfra.Infra;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Stacks;
using Pulumi;

var hasWrongSettings = false;
var exitCode = await Deployment.RunAsync(() =>
{
    var settings = EnvironmentSettings.Read(new SettingsReader());
    if (settings.Value is { } valid)
    {
        return new EnvironmentStack(valid).Outputs;
    }

    // All at once: a stack file with three mistakes should not take three runs.
    hasWrongSettings = true;
    foreach (var error in settings.Errors)
    {
        Log.Error(error);
    }

    return new Dictionary<string, object?>();
});

return hasWrongSettings ? ExitCodes.Configuration : exitCode;
