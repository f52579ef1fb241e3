using CantonInfra.Infra;
using CantonInfra.Infra.Adoption;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Stacks;
using Pulumi;

var hasWrongSettings = false;
var adoption = new ResourceAdoption();
var exitCode = await Deployment.RunAsync(
    () => Task.FromResult(Declare()), new StackOptions { ResourceTransformations = [adoption.Transform] });

return hasWrongSettings ? ExitCodes.Configuration : exitCode;

IDictionary<string, object?> Declare()
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

    adoption.Expect(settings.Adopted);
    var outputs = settings.Value switch
    {
        EnvironmentSettings environment => new EnvironmentStack(environment).Outputs,
        SubscriptionSettings subscription => new SubscriptionStack(subscription).Outputs,
        _ => new Dictionary<string, object?>(),
    };
    foreach (var missing in hasWrongSettings ? [] : adoption.Missing)
    {
        hasWrongSettings = true;
        Log.Error($"{locations.File}: canton-infra:import: this stack has no resource {missing.Resource}; './canton-infra preview --save-plan FILE' lists what it has.");
    }

    return outputs;
}
