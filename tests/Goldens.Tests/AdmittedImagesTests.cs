using System.Text.Json;
using System.Text.RegularExpressions;

namespace CantonInfra.Goldens.Tests;

/// <summary>
/// What a subscription's stack has Azure refuse is not what its environments deploy: two stacks, two files of settings, and only a
/// deployment would tell.
/// </summary>
public class AdmittedImagesTests
{
    // Charts are given a folder of images and write the rest themselves.
    private const string FolderOfImages = "imageRepo";

    [Theory]
    [InlineData("devnet", "subscription-nonprod")]
    [InlineData("testnet", "subscription-nonprod")]
    [InlineData("mainnet", "subscription-prod")]
    public void Azure_admits_every_image_of_an_environment(string environment, string subscription)
    {
        var admitted = new Regex(AdmittedBy(subscription), RegexOptions.None, TimeSpan.FromSeconds(1));

        var images = ImagesOf(environment).Distinct(StringComparer.Ordinal).ToList();

        Assert.Contains(images, image => image.StartsWith("ghcr.io/digital-asset/", StringComparison.Ordinal));
        Assert.Contains(images, image => image.StartsWith("quay.io/jetstack/", StringComparison.Ordinal));
        Assert.DoesNotContain(images, image => !admitted.IsMatch(image));
    }

    private static string AdmittedBy(string subscription)
    {
        using var inputs = Inputs(subscription);
        return inputs.RootElement.EnumerateObject()
            .Single(resource => resource.Name.Contains("GuardrailInitiative$azure-native:authorization:PolicyAssignment::", StringComparison.Ordinal))
            .Value.GetProperty("parameters").GetProperty("allowedContainerImagesRegex").GetProperty("value").GetString()!;
    }

    private static List<string> ImagesOf(string environment)
    {
        using var inputs = Inputs(environment);
        return
        [
            .. inputs.RootElement.EnumerateObject()
                .Where(resource => resource.Name.Contains("kubernetes:", StringComparison.Ordinal))
                .SelectMany(resource => Images(resource.Value).Concat(ChartsOwn(resource.Value))),
        ];
    }

    private static IEnumerable<string> Images(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => (member.Name, member.Value.ValueKind) switch
        {
            ("image", JsonValueKind.String) => [member.Value.GetString()!],
            (FolderOfImages, JsonValueKind.String) => [$"{member.Value.GetString()}/some-image:1.0"],
            _ => Images(member.Value),
        }),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Images),
        _ => [],
    };

    // These name their publisher's images by themselves.
    private static IEnumerable<string> ChartsOwn(JsonElement resource) =>
        resource.TryGetProperty("chart", out var chart)
            ? chart.GetString() switch
            {
                "oci://quay.io/jetstack/charts/cert-manager" => ["quay.io/jetstack/cert-manager-controller:v1.0.0"],
                "oci://docker.io/envoyproxy/gateway-helm" => ["docker.io/envoyproxy/gateway:v1.0.0"],
                var other when other!.StartsWith("oci://ghcr.io/digital-asset/", StringComparison.Ordinal) => [],
                var other => throw new InvalidOperationException($"Say which images the chart {other} deploys."),
            }
            : [];

    private static JsonDocument Inputs(string stack) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden.Repository, "tests", "Goldens.Tests", "Golden", stack, "inputs.json")));
}
