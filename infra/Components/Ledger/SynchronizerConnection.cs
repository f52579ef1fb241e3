using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>Which sequencers a participant connects to, <c>synchronizer</c> of the validator's chart.</summary>
internal abstract record SynchronizerConnection
{
    private SynchronizerConnection()
    {
    }

    /// <summary>All that scans name: <c>bft</c>.</summary>
    internal sealed record Bft : SynchronizerConnection;

    /// <summary>Those of named super validators: <c>bft-custom</c>.</summary>
    /// <param name="SvNames">The super validators.</param>
    /// <param name="Threshold">How many of them must agree.</param>
    internal sealed record BftCustom(ImmutableArray<string> SvNames, int Threshold) : SynchronizerConnection;

    /// <summary>One, which is believed: <c>trust-single</c>.</summary>
    /// <param name="Url">The sequencer.</param>
    internal sealed record TrustSingle(Uri Url) : SynchronizerConnection;
}
