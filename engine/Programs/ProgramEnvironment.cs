using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CantonInfra.Engine.Projects;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Programs;

/// <summary>The environment in which language hosts start a program.</summary>
internal static class ProgramEnvironment
{
    private const string Loopback = "127.0.0.1,localhost,::1";

    /// <summary>The variables of a program that runs in a preview.</summary>
    public static ImmutableSortedDictionary<string, string?> Create(StackConfiguration configuration, string engineAddress, int parallel)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string?>(StringComparer.Ordinal);
        variables["PULUMI_MONITOR"] = engineAddress;
        variables["PULUMI_ENGINE"] = engineAddress;
        variables["PULUMI_PROJECT"] = configuration.Project.Name;
        variables["PULUMI_STACK"] = configuration.Stack;
        variables["PULUMI_ORGANIZATION"] = StackConfiguration.Organization;
        variables["PULUMI_ROOT_DIRECTORY"] = configuration.Project.RootDirectory;
        variables["PULUMI_PWD"] = configuration.Project.ProgramDirectory;
        variables["PULUMI_DRY_RUN"] = "true";
        variables["PULUMI_QUERY_MODE"] = "false";
        variables["PULUMI_PARALLEL"] = parallel.ToString(CultureInfo.InvariantCulture);
        variables["PULUMI_CONFIG"] = Json(writer =>
        {
            writer.WriteStartObject();
            foreach (var entry in configuration.Entries.Values)
            {
                // A secret that this machine cannot decrypt goes as the mark for an unknown, the only one the wire has.
                writer.WriteString(entry.Key.ToString(), entry.Text ?? Signatures.Unknown);
            }

            writer.WriteEndObject();
        });
        variables["PULUMI_CONFIG_SECRET_KEYS"] = Json(writer =>
        {
            writer.WriteStartArray();
            foreach (var entry in configuration.Entries.Values.Where(entry => entry.IsSecret))
            {
                writer.WriteStringValue(entry.Key.ToString());
            }

            writer.WriteEndArray();
        });

        // The official .NET SDK would send even its calls to the engine through a proxy.
        AddNoProxy(variables, "no_proxy");
        AddNoProxy(variables, "NO_PROXY");
        return variables.ToImmutable();
    }

    private static void AddNoProxy(ImmutableSortedDictionary<string, string?>.Builder variables, string name)
    {
        var present = Environment.GetEnvironmentVariable(name);
        variables[name] = string.IsNullOrEmpty(present) ? Loopback : $"{present},{Loopback}";
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
