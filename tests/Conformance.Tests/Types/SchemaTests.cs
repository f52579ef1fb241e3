using System.Text.Json.Nodes;
using CantonInfra.Conformance.Tests.Support;

namespace CantonInfra.Conformance.Tests.Types;

/// <summary>Our schemas say what the official packages say.</summary>
public sealed class SchemaTests
{
    private const string Azure = "Pulumi.AzureNative";

    [NodeFact]
    public void The_committed_schemas_are_what_the_official_typings_yield()
    {
        using var copy = new SchemaCopy();

        var (code, output) = copy.CheckFacts();

        Assert.True(code == 0, output);
    }

    [NodeFact]
    public void Inputs_required_flags_and_enums_are_those_of_the_official_packages()
    {
        var result = TypeChecks.SchemasOf(TypeChecks.Schemas);

        Assert.Empty(result.Findings);
        Assert.True(result.Counts["resources"] > 100 && result.Counts["types"] > 500 && result.Counts["enums"] > 150, string.Join(' ', result.Counts));
    }

    [NodeFact]
    public void Planted_errors_are_noticed()
    {
        using var copy = new SchemaCopy();
        copy.Change(Azure, schema =>
        {
            EnumOf(schema, "azure-native:containerservice:NetworkPolicy").Add(new JsonObject { ["value"] = "planted" });
            EnumOf(schema, "azure-native:containerservice:OSSKU").RemoveAt(0);
            var subnet = schema["resources"]!["azure-native:network:Subnet"]!;
            subnet["requiredInputs"]!.AsArray().Add("addressPrefix");
            subnet["inputProperties"]!["planted"] = new JsonObject { ["type"] = "string" };
            schema["resources"]!["azure-native:network:RouteTable"]!["inputProperties"]!.AsObject().Remove("routes");
            var sku = schema["types"]!["azure-native:keyvault:Sku"]!;
            sku["required"] = new JsonArray("family");
            schema["types"]!["azure-native:network:Delegation"]!["properties"]!["nested"] = new JsonObject { ["type"] = "string" };
        });

        var findings = TypeChecks.SchemasOf(copy.Folder).Findings;

        Assert.Contains(findings, finding => finding.EndsWith("the official enum has no 'planted'", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("the schema's enum lacks", StringComparison.Ordinal));
        Assert.Contains("azure-native:network:Subnet: 'addressPrefix' is required in the schema only", findings);
        Assert.Contains("azure-native:network:Subnet: the official package has no 'planted'", findings);
        Assert.Contains("azure-native:network:RouteTable: 'routes' is missing in the schema", findings);
        Assert.Contains("azure-native:keyvault:Sku: 'name' is required, but not in the schema", findings);
        Assert.Contains("azure-native:network:Delegation: the official package has no 'nested'", findings);
        Assert.Equal(1, copy.CheckFacts(Azure).ExitCode);
    }

    [NodeFact]
    public void A_resource_that_the_official_package_does_not_have_is_noticed()
    {
        using var copy = new SchemaCopy();
        copy.Change("Pulumi.Random", schema => schema["resources"]!["random:index/planted:Planted"] = new JsonObject());

        Assert.Equal(["random:index/planted:Planted: there is no official class of this token"], TypeChecks.SchemasOf(copy.Folder).Findings.AsEnumerable());
    }

    private static JsonArray EnumOf(JsonObject schema, string token) => schema["types"]![token]!["enum"]!.AsArray();
}
