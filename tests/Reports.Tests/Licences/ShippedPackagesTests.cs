using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CantonInfra.Reports.Licences;
using CantonInfra.Reports.Tests.Browser;

namespace CantonInfra.Reports.Tests.Licences;

/// <summary>The bill of materials and the notices are those of what was built.</summary>
public sealed class ShippedPackagesTests
{
    private const string Bill = "reports/Licences/sbom.cdx.json";

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void The_bill_of_materials_is_what_was_built() =>
        Repository.CheckFile(Bill, BillOf(ShippedProgram.Packages()), nameof(ShippedPackagesTests));

    [Fact]
    public void The_notices_are_of_what_was_built() =>
        Repository.CheckFile("THIRD-PARTY-NOTICES.md", NoticesOf(ShippedProgram.Packages()), nameof(ShippedPackagesTests));

    [Fact]
    public void Every_package_has_a_licence_that_we_know_and_a_notice() => Assert.All(
        ShippedProgram.Packages(), package => Assert.True(LicenceTexts.All.ContainsKey(package.Licence) && package.Copyright.Length > 0, package.ToString()));

    [Fact]
    public void The_report_lists_the_bill() => Assert.Equal(
        ShippedProgram.Packages().Select(package => (package.Name, package.Version, package.Licence, package.Sha512, package.Programs)),
        ShippedPackages.All.Select(package => (package.Name, package.Version, package.Licence, package.Hash, package.Programs)));

    [NpmFact]
    public void The_bill_keeps_to_the_public_schema() => Schemas.AssertValid("cyclonedx", Path.Combine(Repository.Root, Bill));

    private static string BillOf(List<Package> packages)
    {
        var bill = new JsonObject
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject
                {
                    ["type"] = "application",
                    ["bom-ref"] = "canton-infra",
                    ["name"] = "canton-infra",
                    ["licenses"] = new JsonArray(Licence("Apache-2.0")),
                },
            },
            ["components"] = new JsonArray([.. packages.Select(Component)]),
            ["dependencies"] = new JsonArray(new JsonObject
            {
                ["ref"] = "canton-infra",
                ["dependsOn"] = new JsonArray([.. packages.Select(package => JsonValue.Create(Reference(package)))]),
            }),
        };
        return bill.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Component(Package package) => new()
    {
        ["type"] = "library",
        ["bom-ref"] = Reference(package),
        ["name"] = package.Name,
        ["version"] = package.Version,
        ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = package.Sha512 }),
        ["licenses"] = new JsonArray(Licence(package.Licence)),
        ["copyright"] = package.Copyright,
        ["purl"] = Reference(package),
        ["externalReferences"] = new JsonArray(new JsonObject { ["type"] = "website", ["url"] = package.Site }),
        ["properties"] = new JsonArray(new JsonObject { ["name"] = "canton-infra:programs", ["value"] = package.Programs }),
    };

    private static JsonObject Licence(string id) => new() { ["license"] = new JsonObject { ["id"] = id } };

    private static string Reference(Package package) => $"pkg:nuget/{package.Name}@{package.Version}";

    private static string NoticesOf(List<Package> packages)
    {
        var text = new StringBuilder("# Third-party notices\n\n")
            .Append("What of others is shipped with the tool, the policy pack, the program and the provider, and under which licences. ")
            .Append("Made from what was built; [the bill of materials](").Append(Bill).Append(") lists the same.\n\n")
            .Append("| package | version | licence | part of | copyright |\n| --- | --- | --- | --- | --- |\n");
        foreach (var package in packages)
        {
            text.Append("| [").Append(package.Name).Append("](").Append(package.Site).Append(") | ").Append(package.Version).Append(" | ")
                .Append(package.Licence).Append(" | ").Append(package.Programs).Append(" | ").Append(package.Copyright).Append(" |\n");
        }

        foreach (var licence in packages.Select(package => package.Licence).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            text.Append("\n## ").Append(licence).Append("\n\n").Append(LicenceTexts.All[licence]).Append('\n');
        }

        return text.ToString();
    }
}
