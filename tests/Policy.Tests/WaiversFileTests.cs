using System.Collections.Immutable;
using CantonInfra.Policy.Files;
using CantonInfra.Policy.Waivers;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests;

public sealed class WaiversFileTests
{
    private const string Urn = "urn:pulumi:devnet::canton-infra::azure-native:compute:Disk::scratch";

    private const string Valid =
        "waivers:\n"
        + "  - rule: disk-encryption\n"
        + "    resource: " + Urn + "\n"
        + "    owner: team\n"
        + "    reason: measured without\n"
        + "    ticket: T-1\n"
        + "    expires: 2030-01-31\n";

    private const string Pattern =
        "{project: canton-infra, stacks: [devnet, 'test*'], type: 'azure-native:compute:Disk', name: 'scratch*'}";

    [Theory]
    [InlineData(Urn)]
    [InlineData(Pattern)]
    public void All_of_a_waiver_is_read(string resource)
    {
        var waiver = Assert.Single(Parse(Valid.Replace(Urn, resource, StringComparison.Ordinal)));

        Assert.Equal(
            ("disk-encryption", "team", "measured without", "T-1", new DateOnly(2030, 1, 31)),
            (waiver.Rule, waiver.Owner, waiver.Reason, waiver.Ticket, waiver.Expires));
        Assert.True(waiver.Subject.Matches(Urn));
    }

    [Fact]
    public void The_committed_file_is_valid() => Assert.NotNull(Guardrails.Load(AppContext.BaseDirectory, TimeProvider.System));

    [Theory]
    [InlineData("disk-encryption", "regions-allowed", 2, "'regions-allowed' cannot be waived; limits.yaml lists")]
    [InlineData("disk-encryption", "no-such", 2, "cannot be waived")]
    [InlineData("rule: disk-encryption", "rules: disk-encryption", 2, "unknown key 'rules'")]
    [InlineData(Urn, "scratch", 3, "not a URN")]
    [InlineData(Urn, "[scratch]", 3, "must be a mapping with project, stacks, type, name")]
    [InlineData(Urn, "{project: p, type: t, name: n}", 3, "lacks 'stacks'")]
    [InlineData(Urn, "{project: p, stacks: [], type: t, name: n}", 3, "at least one item")]
    [InlineData(Urn, "{project: p, stacks: [a*b], type: t, name: n}", 3, "a star may only end it")]
    [InlineData(Urn, "{project: p, stacks: [a], type: 'azure-native:*', name: n}", 3, "for one type")]
    [InlineData(Urn, "{project: p, stacks: [a], type: t, name: '*'}", 3, "not be all of it")]
    [InlineData("owner: team", "owner: ''", 4, "a text is needed")]
    [InlineData("    owner: team\n", "", 2, "lacks 'owner'")]
    [InlineData("    ticket: T-1\n", "", 2, "lacks 'ticket'")]
    [InlineData("    expires: 2030-01-31\n", "", 2, "lacks 'expires'")]
    [InlineData("2030-01-31", "2030-02-31", 7, "not a day")]
    [InlineData("2030-01-31", "31.1.2030", 7, "not a day")]
    [InlineData("2030-01-31", "never", 7, "not a day")]
    [InlineData("waivers:\n", "", 1, "must be a mapping")]
    [InlineData(Valid, "", 1, "exactly one document")]
    [InlineData(Valid, "waivers:", 1, "must be a list")]
    public void What_is_malformed_is_refused_with_its_line(string old, string changed, int line, string what)
    {
        var error = Assert.Throws<MalformedFileException>(() => Parse(Valid.Replace(old, changed, StringComparison.Ordinal)));

        Assert.StartsWith($"waivers.yaml:{line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains("does not start without a valid waivers.yaml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_thing_is_waived_once()
    {
        var error = Assert.Throws<MalformedFileException>(() => Parse(Valid + Valid.Replace("waivers:\n", "", StringComparison.Ordinal)));

        Assert.StartsWith("waivers.yaml:8: There are two waivers", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limits.yaml")]
    [InlineData("waivers.yaml")]
    public void A_missing_file_keeps_the_pack_from_starting(string missing)
    {
        var folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;
        foreach (var name in (string[])["limits.yaml", "waivers.yaml"])
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(folder, name));
        }

        File.Delete(Path.Combine(folder, missing));
        var error = Assert.Throws<MalformedFileException>(() => Guardrails.Load(folder, TimeProvider.System));

        Directory.Delete(folder, recursive: true);
        Assert.Contains($"{missing}:1: The file cannot be read.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_does_not_exist_cannot_be_waivable()
    {
        var folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;
        var limits = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "limits.yaml"));
        File.WriteAllText(Path.Combine(folder, "limits.yaml"), limits + "  - no-such\n");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "waivers.yaml"), Path.Combine(folder, "waivers.yaml"));

        var error = Assert.Throws<MalformedFileException>(() => Guardrails.Load(folder, TimeProvider.System));

        Directory.Delete(folder, recursive: true);
        Assert.Contains("no rule 'no-such'", error.Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<PolicyWaiver> Parse(string text) => WaiversFile.Parse(text, "waivers.yaml", ["disk-encryption"]);
}
