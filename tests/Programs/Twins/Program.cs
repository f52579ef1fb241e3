// The setting 'twins:case' says which program this is.
using System.Text.Json;
using Pulumi;
using Twins;

var settings = JsonSerializer.Deserialize<Dictionary<string, string>>(Environment.GetEnvironmentVariable("PULUMI_CONFIG")!)!;
var name = settings["twins:case"];
return name switch
{
    StackCase.Name => await Deployment.RunAsync<StackCase>(),
    OptionCases.TransformStack => await Deployment.RunAsync(
        () => Task.FromResult(Case.All[name]()), new StackOptions { ResourceTransformations = [OptionCases.Tagged] }),
    "rejects" => await Deployment.RunAsync(FailureCases.RejectAsync),
    _ => await Deployment.RunAsync(Case.All[name]),
};
