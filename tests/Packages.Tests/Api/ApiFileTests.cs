using System.Reflection;
using System.Text;
using CantonInfra.Surface;

namespace CantonInfra.Packages.Tests.Api;

/// <summary>What our packages show is listed in files, so that every change of it is seen in review.</summary>
public sealed class ApiFileTests
{
    private const string AcceptVariable = "CANTON_INFRA_ACCEPT_GOLDENS";

    // What protoc makes of the proto files is reviewed there, and compared with the official classes.
    private const string Generated = "CantonInfra.Protocol.Wire.";

    /// <summary>The folders of the projects whose surface is listed, and their assemblies.</summary>
    public static TheoryData<string, string> Projects => new()
    {
        { "engine", "CantonInfra.Engine" },
        { "sdk/PolicySdk", "CantonInfra.PolicySdk" },
        { "sdk/PolicySdk.Testing", "CantonInfra.PolicySdk.Testing" },
        { "sdk/Protocol", "CantonInfra.Protocol" },
        { "sdk/Protocol.Hosting", "CantonInfra.Protocol.Hosting" },
        { "sdk/ProviderSdk", "CantonInfra.ProviderSdk" },
        { "sdk/Pulumi", "Pulumi" },
        { "sdk/Pulumi.Auth0", "Pulumi.Auth0" },
        { "sdk/Pulumi.AzureNative", "Pulumi.AzureNative" },
        { "sdk/Pulumi.Canton", "Pulumi.Canton" },
        { "sdk/Pulumi.Keycloak", "Pulumi.Keycloak" },
        { "sdk/Pulumi.Kubernetes", "Pulumi.Kubernetes" },
        { "sdk/Pulumi.PostgreSql", "Pulumi.PostgreSql" },
        { "sdk/Pulumi.Random", "Pulumi.Random" },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_public_surface_is_what_its_file_lists(string project, string assembly)
    {
        var file = $"{project}/api/{assembly}.txt";
        var path = Path.Combine(Repository.Root, file);
        var actual = Describe(Assembly.Load(assembly));
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        var was = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (was != actual)
        {
            var before = was.Split('\n').ToHashSet();
            var now = actual.Split('\n').ToHashSet();
            var differences = before.Except(now).Select(line => $"  - {line.Trim()}").Concat(now.Except(before).Select(line => $"  + {line.Trim()}"));
            Assert.Fail(
                $"{file} is not the public surface of {assembly} any more:\n{string.Join('\n', differences.Take(40))}\n"
                + "If the change is meant, accept it and review the difference:\n"
                + $"  {AcceptVariable}=1 dotnet test -c Release tests/Packages.Tests --filter ApiFileTests && git diff -- '*/api/*.txt'");
        }
    }

    [Fact]
    public void Every_package_of_the_sdk_is_listed()
    {
        var packages = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "sdk"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(folder => $"sdk/{Path.GetFileName(folder)}")
            .Except(["sdk/Codegen"]);

        Assert.Equal(packages.Order(), Projects.Select(row => (string)row[0]).Where(project => project != "engine").Order());
    }

    private static string Describe(Assembly assembly)
    {
        var types = assembly.GetExportedTypes().ToDictionary(PublicSurface.NameOf);
        var text = new StringBuilder();
        foreach (var type in PublicSurface.Of(assembly).Where(type => !type.Name.StartsWith(Generated, StringComparison.Ordinal)))
        {
            var token = PulumiMarks.Token(types[type.Name]);
            text.Append(type.Header).Append(token is null ? "" : $" token {token}").Append('\n');
            foreach (var line in type.Members.Concat(PulumiMarks.Inputs(types[type.Name])).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }
}
