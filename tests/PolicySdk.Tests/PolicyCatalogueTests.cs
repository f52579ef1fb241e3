using System.Text.Json;
using CantonInfra.PolicySdk.Tests.Harness;

namespace CantonInfra.PolicySdk.Tests;

public sealed class PolicyCatalogueTests
{
    [Fact]
    public void Rules_are_told_in_the_order_of_their_ids_with_all_there_is()
    {
        using var stream = new MemoryStream();
        PolicyCatalogue.Write(stream, new PolicyPack("pack", "1.0.0", new TestStackRule("z-rule", (_, _) => []), new BucketsAreVersioned()));

        using var document = JsonDocument.Parse(stream.ToArray());
        var rules = document.RootElement.GetProperty("rules").EnumerateArray().ToList();
        Assert.Equal(["buckets-versioned", "z-rule"], rules.Select(rule => rule.GetProperty("id").GetString()!));
        Assert.Equal(["resource", "stack"], rules.Select(rule => rule.GetProperty("judges").GetString()!));
        Assert.Equal(
            """[{"name":"mandatory","description":"Whether buckets need versions.","mustBe":"true or false","required":false}]""",
            JsonSerializer.Serialize(rules[0].GetProperty("settings")));
        Assert.Equal("""["store:index:Bucket"]""", JsonSerializer.Serialize(rules[0].GetProperty("resourceTypes")));
    }
}
