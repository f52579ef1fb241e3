using CantonInfra.Infra;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Stacks;
using Pulumi;

var hasWrongSettings = false;
var exitCode = await Deployment.RunAsync(() =>
{
    var run = Deployment.Instance;
    var locations = SettingLocations.Read(run.RootDirectory, run.ProjectName, run.StackName);
    var settings = StackSettings.Read(new StackConfig(), locations, run.StackName);

    // All at once: a stack file with three mistakes should not take three runs.
    hasWrongSettings = settings.Value is null;
    foreach (var error in settings.Errors)
    {
        Log.Error(error.ToString());
    }

    return settings.Value switch
    {
        EnvironmentSettings environment => new EnvironmentStack(environment).Outputs,
        SubscriptionSettings subscription => new SubscriptionStack(subscription).Outputs,
        _ => new Dictionary<string, object?>(),
    };
});

return hasWrongSettings ? ExitCodes.Configuration : exitCode;
