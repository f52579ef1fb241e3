namespace CantonInfra.Packages.Tests.Feed;

/// <summary>
/// PulumiSdk and PulumiSdkLocalPackages, on a feed that stands in for one with the official packages: which assemblies a
/// build takes from where. Slow: each test is a build.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class BothSdksTests(CopyOfRepository copy) : IClassFixture<CopyOfRepository>
{
    private const string WithPulumi = "with-pulumi";
    private const string WithoutPulumi = "without-pulumi";

    private static readonly string Core = $"package {EmulatedFeed.VersionOf("Pulumi")}";
    private static readonly string AzureNative = $"package {EmulatedFeed.VersionOf("Pulumi.AzureNative")}";

    // What no feed has.
    private static readonly string[] Own = ["CantonInfra.Canton.Rights", "CantonInfra.Contracts", "CantonInfra.Infra", "Pulumi.Canton"];

    [Fact]
    public async Task All_packages_come_from_the_feed_or_some_stay_local_without_a_clean_build_between()
    {
        var all = await copy.BuildAsync(WithPulumi, ("PulumiSdk", "nuget"));
        Assert.True(all.ExitCode == 0, all.Output);
        var sources = copy.Sources();
        Assert.Equal((Core, AzureNative), (sources["Pulumi"], sources["Pulumi.AzureNative"]));
        Assert.True(copy.IsFromFeed("Pulumi") && copy.IsFromFeed("Pulumi.AzureNative"));
        Assert.Equal(Own, Projects(sources));

        var mixed = await copy.BuildAsync(WithPulumi, ("PulumiSdk", "nuget"), ("PulumiSdkLocalPackages", "AzureNative;Keycloak"));
        Assert.True(mixed.ExitCode == 0, mixed.Output);
        sources = copy.Sources();
        Assert.Equal(Core, sources["Pulumi"]);
        Assert.Equal(((string[])[.. Own, "Pulumi.AzureNative", "Pulumi.Keycloak"]).Order(), Projects(sources));
        Assert.True(copy.IsFromFeed("Pulumi"));
        Assert.False(copy.IsFromFeed("Pulumi.AzureNative"));
    }

    [Fact]
    public async Task A_feed_without_the_official_packages_is_told_by_package()
    {
        var (exitCode, output) = await copy.BuildAsync(WithoutPulumi, ("PulumiSdk", "nuget"));

        Assert.NotEqual(0, exitCode);
        Assert.Contains("error NU1101: Unable to find package Pulumi.", output, StringComparison.Ordinal);
        Assert.Contains("error NU1101: Unable to find package Pulumi.AzureNative.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nugget", "", "PulumiSdk is 'nugget'; it must be 'local'")]
    [InlineData("nuget", "AzureNativ;Keycloak", "PulumiSdkLocalPackages names 'AzureNativ', but there is no sdk/Pulumi.AzureNativ")]
    [InlineData("nuget", "Pulumi.AzureNative", "PulumiSdkLocalPackages names 'Pulumi.AzureNative', but there is no")]
    public async Task A_value_that_means_nothing_is_an_error_that_says_what_to_do(string sdk, string local, string message)
    {
        var (exitCode, output) = await copy.BuildAsync(WithPulumi, ("PulumiSdk", sdk), ("PulumiSdkLocalPackages", local));

        Assert.NotEqual(0, exitCode);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Projects(Dictionary<string, string> sources) =>
        sources.Where(source => source.Value.StartsWith("project", StringComparison.Ordinal)).Select(source => source.Key).Order();
}
