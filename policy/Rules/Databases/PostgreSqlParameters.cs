using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>The parameters that a stack sets on a server.</summary>
/// <param name="Own">Those that are the server's.</param>
/// <param name="HasUnclear">Whether there are others of which it is not known whose they are, or which.</param>
internal sealed record PostgreSqlParameters(ImmutableArray<StackResourceView> Own, bool HasUnclear)
{
    private const string ServerName = "serverName";

    /// <summary>Whether a resource is a parameter of a server.</summary>
    public static bool IsParameter(ResourceView resource) =>
        ((ResourceTypePattern)PostgreSqlTypes.Parameter).Matches(resource.Type);

    /// <summary>Where a parameter has its name.</summary>
    public static PropertyPath NamePathOf(ResourceView parameter) =>
        PropertyPath.Parse(IsParameter(parameter) ? "configurationName" : "name");

    /// <summary>What tells the servers of parameters apart: the resource that it takes the name from, or the name itself.</summary>
    public static string ServerOf(StackResourceView parameter, StackView resources)
    {
        var source = resources.SourcesOf(parameter, ServerName)
            .FirstOrDefault(source => ((ResourceTypePattern)PostgreSqlTypes.Server).Matches(source.Type));
        return source?.Urn ?? (parameter.Read(ServerName).TryGetText(out var name) ? name : "");
    }

    private static bool IsClassic(ResourceView resource) => ((ResourceTypePattern)PostgreSqlTypes.ClassicParameter).Matches(resource.Type);

    private static string ClassicServerOf(StackResourceView parameter, StackView resources) =>
        resources.SourcesOf(parameter, "serverId").FirstOrDefault(source => ((ResourceTypePattern)PostgreSqlTypes.ClassicServer).Matches(source.Type))?.Urn
        ?? (parameter.Read("serverId").TryGetText(out var id) ? id[(id.LastIndexOf('/') + 1)..] : "");

    /// <summary>The parameters of a server.</summary>
    public static PostgreSqlParameters Of(StackResourceView server, StackView resources)
    {
        // In a preview the server tells its name as an input, in an update as an output.
        server.Read(ServerName).TryGetText(out var input);
        server.Read("name").TryGetText(out var output);
        var owned = resources.Resources
            .Where(resource => IsParameter(resource) || IsClassic(resource))
            .ToLookup(parameter => IsClassic(parameter) ? ClassicServerOf(parameter, resources) : ServerOf(parameter, resources), StringComparer.Ordinal);
        var own = new[] { server.Urn, input, output }
            .Where(key => !string.IsNullOrEmpty(key))
            .Distinct(StringComparer.Ordinal)
            .SelectMany(key => owned[key!])
            .ToImmutableArray();
        return new PostgreSqlParameters(
            own, owned[""].Any() || own.Any(parameter => !parameter.Read(NamePathOf(parameter)).TryGetText(out _)));
    }

    /// <summary>The parameter of that name; null where there is none.</summary>
    public StackResourceView? Find(string name) => Own.FirstOrDefault(parameter =>
        parameter.Read(NamePathOf(parameter)).TryGetText(out var text) && text.Equals(name, StringComparison.OrdinalIgnoreCase));
}
