using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CantonInfra.Conformance.Tests.Support;

namespace CantonInfra.Conformance.Tests.Types;

/// <summary>What a check found, and how much it looked at.</summary>
internal sealed record TypeCheckResult(ImmutableArray<string> Findings, ImmutableSortedDictionary<string, int> Counts);

/// <summary>The checks in tests/Conformance/types, which ask the TypeScript compiler.</summary>
internal static class TypeChecks
{
    /// <summary>The folder of the schemas.</summary>
    public static string Schemas { get; } = Path.Combine(Repository.Root, "sdk");

    /// <summary>Checks plans.</summary>
    public static TypeCheckResult Plans(JsonArray plans)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, plans.ToJsonString());
            return Run("check-plans.mjs", Schemas, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Checks the schemas below a folder.</summary>
    public static TypeCheckResult SchemasOf(string folder) => Run("check-schemas.mjs", folder);

    private static TypeCheckResult Run(string script, params string[] arguments)
    {
        NodeWorkspace.Require();
        var (code, output) = Commands.Run("node", Repository.Workspace, [Path.Combine("types", script), .. arguments]);
        Assert.True(code == 0, output);
        var document = JsonNode.Parse(output)!.AsObject();
        return new TypeCheckResult(
            [.. document["findings"]!.AsArray().Select(finding => finding!.GetValue<string>())],
            document.Where(entry => entry.Value!.GetValueKind() == JsonValueKind.Number)
                .ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value!.GetValue<int>(), StringComparer.Ordinal));
    }
}
