using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Secrets;

/// <summary>What makes up values: some kinds keep them secret in the state and in all that is made of them, some do not.</summary>
internal static class SecretOrigins
{
    /// <summary>Kinds whose value is a secret from the start.</summary>
    public static ImmutableArray<ResourceTypePattern> Secret { get; } =
    [
        "random:index/randomPassword:RandomPassword",
        "random:index/randomBytes:RandomBytes",
        "azuread:index/applicationPassword:ApplicationPassword",
        "azuread:index/servicePrincipalPassword:ServicePrincipalPassword",
        "tls:index/privateKey:PrivateKey",
    ];

    /// <summary>Kinds whose value stands in clear in the state and in every log.</summary>
    public static ImmutableArray<ResourceTypePattern> Clear { get; } =
    [
        "random:index/randomString:RandomString",
        "random:index/randomId:RandomId",
        "random:index/randomPet:RandomPet",
        "random:index/randomUuid:RandomUuid",
        "random:index/randomInteger:RandomInteger",
    ];
}
