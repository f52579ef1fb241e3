using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>Addresses that are no pod's: of databases, of private endpoints, of the API server.</summary>
internal sealed class AddressRange : ConnectionEnd
{
    internal AddressRange(ConnectionPlan plan, string name, ImmutableArray<string> prefixes)
        : base(plan, name)
    {
        if (prefixes.IsEmpty)
        {
            throw new ArgumentException($"{name} has no addresses.", nameof(prefixes));
        }

        Prefixes = prefixes;
    }

    /// <summary>The addresses, as IPv4 networks.</summary>
    public ImmutableArray<string> Prefixes { get; }

    /// <summary>A port of these addresses.</summary>
    /// <param name="number">The port's number.</param>
    public AddressPort Port(int number) => new(Plan, this, number);

    /// <inheritdoc/>
    public override ImmutableDictionary<string, object> Describe() => ImmutableDictionary<string, object>.Empty
        .Add("kind", "addresses")
        .Add("prefixes", Prefixes);
}
