using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>Whether a stack says that it is on a test network; one that says nothing is judged like the production network.</summary>
internal static class TestNetwork
{
    private const string Key = Guardrails.ConfigNamespace + ":environment";

    private static readonly ImmutableHashSet<string> Names = ["devnet", "testnet"];

    public static bool Is(StackContext stack) =>
        stack.ReadConfig(Key) is { State: PropertyState.Known } reading && reading.TryGetText(out var name) && Names.Contains(name);
}
