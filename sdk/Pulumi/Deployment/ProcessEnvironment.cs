using System.Text.Json;

namespace Pulumi;

/// <summary>What the engine that started this process left in its environment.</summary>
internal sealed record ProcessEnvironment(string Monitor, string Engine, RunSettings Settings)
{
    /// <summary>Whether a variable is set to something that means yes.</summary>
    public static bool IsOn(string variable) => Environment.GetEnvironmentVariable(variable) is { } value
        && (value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the environment; where it cannot be used, the problem says why.</summary>
    public static ProcessEnvironment? TryRead(out string problem)
    {
        string[] required = ["PULUMI_MONITOR", "PULUMI_ENGINE", "PULUMI_PROJECT", "PULUMI_STACK", "PULUMI_DRY_RUN"];
        var missing = required.Where(name => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))).ToArray();
        if (missing.Length > 0)
        {
            problem = "This program declares infrastructure and has to be run by an engine: use './canton-infra preview --stack NAME' "
                + $"or the Pulumi CLI. (Not set: {string.Join(", ", missing)}.)";
            return null;
        }

        if (!bool.TryParse(Get("PULUMI_DRY_RUN"), out var isDryRun))
        {
            problem = $"The variable PULUMI_DRY_RUN must be 'true' or 'false', not '{Get("PULUMI_DRY_RUN")}'.";
            return null;
        }

        try
        {
            var settings = new RunSettings(Get("PULUMI_PROJECT"), Get("PULUMI_STACK"), isDryRun)
            {
                Organization = Environment.GetEnvironmentVariable("PULUMI_ORGANIZATION") is { Length: > 0 } name ? name : "organization",
                RootDirectory = Environment.GetEnvironmentVariable("PULUMI_ROOT_DIRECTORY") ?? "",
                Config = RunSettings.ParseConfig(Environment.GetEnvironmentVariable("PULUMI_CONFIG")),
                AcceptsResources = !IsOn("PULUMI_DISABLE_RESOURCE_REFERENCES"),
            };
            problem = "";
            return new ProcessEnvironment(Get("PULUMI_MONITOR"), Get("PULUMI_ENGINE"), settings);
        }
        catch (JsonException)
        {
            problem = "The variable PULUMI_CONFIG is not a JSON object.";
            return null;
        }
    }

    private static string Get(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
