using CantonInfra.Codegen.Tests.Support;

namespace CantonInfra.Codegen.Tests;

/// <summary>What is generated has the same public surface as the official packages, type by type.</summary>
public sealed class SurfaceTests
{
    // Methods on providers are a feature that the generator leaves out.
    private const string LeftOut = ".TerraformConfig()";

    [ApiSheetTheory]
    [InlineData("Pulumi.Random")]
    [InlineData("Pulumi.PostgreSql")]
    [InlineData("Pulumi.Kubernetes")]
    [InlineData("Pulumi.Keycloak")]
    [InlineData("Pulumi.Auth0")]
    public void The_public_surface_is_that_of_the_official_package(string package)
    {
        var official = Surface.Read(Path.Combine(Repository.ApiSheets!, $"{package}.txt"));
        var generated = Surface.Of(Compiler.Compile(Compiler.Package(package)));

        var differences = new List<string>();
        foreach (var (type, lines) in generated)
        {
            if (!official.TryGetValue(type, out var expected))
            {
                differences.Add($"not official: {type}");
                continue;
            }

            differences.AddRange(lines.Except(expected, StringComparer.Ordinal).Select(line => $"too much: {line}"));
            differences.AddRange(expected.Except(lines, StringComparer.Ordinal)
                .Where(line => !line.Contains(LeftOut, StringComparison.Ordinal))
                .Select(line => $"missing:  {line}"));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences.Take(60)));
        Assert.NotEmpty(generated);
    }
}

/// <summary>A theory that needs the sheets of the official surface, and says so when it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ApiSheetTheoryAttribute : TheoryAttribute
{
    public ApiSheetTheoryAttribute()
    {
        if (Repository.ApiSheets is null)
        {
            Skip = "the folder shared/api with the official packages' surface is not beside the repository";
        }
    }
}
