using System.Collections.Immutable;

namespace CantonInfra.Infra.Settings;

/// <summary><c>canton-infra:kind</c>: what a stack is: an environment, or what a subscription has once.</summary>
internal enum StackKind
{
    /// <summary>An environment: devnet, testnet, mainnet or another of the kind.</summary>
    Environment,

    /// <summary>What a subscription has once.</summary>
    Subscription,
}

/// <summary>The kinds of stacks as settings name them.</summary>
internal static class StackKinds
{
    private static readonly ImmutableSortedDictionary<string, StackKind> ByName = new Dictionary<string, StackKind>
    {
        ["environment"] = StackKind.Environment,
        ["subscription"] = StackKind.Subscription,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads the kind of the stack.</summary>
    public static StackKind Read(SettingsReader reader) =>
        reader.Key("kind").OneOf("what the stack is", ByName, StackKind.Environment);
}
