using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>Which scans a validator app reads from, <c>scanClient</c> of its chart. What belongs to one way only, only that one has.</summary>
internal abstract record ScanClient
{
    private ScanClient()
    {
    }

    /// <summary>The scan that others are found by, or the only one.</summary>
    public abstract Uri First { get; }

    /// <summary>All scans, agreeing by majority: <c>bft</c>.</summary>
    /// <param name="SeedUrls">The scans that the others are found by.</param>
    internal sealed record Bft(ImmutableArray<Uri> SeedUrls) : ScanClient
    {
        /// <inheritdoc/>
        public override Uri First => SeedUrls[0];
    }

    /// <summary>The scans of named super validators: <c>bft-custom</c>.</summary>
    /// <param name="SeedUrls">The scans that the others are found by.</param>
    /// <param name="SvNames">The super validators.</param>
    /// <param name="Threshold">How many of them must agree.</param>
    internal sealed record BftCustom(ImmutableArray<Uri> SeedUrls, ImmutableArray<string> SvNames, int Threshold) : ScanClient
    {
        /// <inheritdoc/>
        public override Uri First => SeedUrls[0];
    }

    /// <summary>One scan, which is believed: <c>trust-single</c>.</summary>
    /// <param name="Url">The scan.</param>
    internal sealed record TrustSingle(Uri Url) : ScanClient
    {
        /// <inheritdoc/>
        public override Uri First => Url;
    }
}
