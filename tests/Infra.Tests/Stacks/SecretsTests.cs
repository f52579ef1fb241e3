using CantonInfra.Infra.Tests.Support;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>Passwords, the kubeconfig and secrets from outside are secrets wherever the program puts them.</summary>
public sealed class SecretsTests
{
    [Fact]
    public async Task No_secret_is_in_any_input_in_clear()
    {
        using var folder = new ProjectFolder("mainnet", ProjectFolder.StackFile("mainnet"));
        var configuration = folder.Load().Entries.Values.ToDictionary(entry => entry.Key.ToString(), entry => entry.Text!);
        configuration["canton-infra:onboardingSecret"] = CloudMocks.Secret;

        var engine = await KnowingEngine.RunAsync("mainnet", configuration);

        var holders = engine.Requests
            .Where(request => request.Object?.ToString().Contains(CloudMocks.Secret, StringComparison.Ordinal) == true)
            .ToList();
        Assert.Equal(
            [
                "azure-native:dbforpostgresql:Server",
                "azure-native:keyvault:Secret",
                "keycloak:index/user:User",
                "keycloak:openid/client:Client",
                "kubernetes:core/v1:Secret",
                "postgresql:index/role:Role",
                "pulumi:providers:keycloak",
                "pulumi:providers:kubernetes",
                "pulumi:providers:postgresql",
            ],
            holders.Select(request => request.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

        // Values print masked where they are marked secret, and in clear where they are not.
        Assert.All(holders, request => Assert.DoesNotContain(
            CloudMocks.Secret, PropertyDecoding.Decode(request.Object).ToString(), StringComparison.Ordinal));
    }
}
