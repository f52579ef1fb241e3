namespace CantonInfra.Infra.Components.Ledger;

/// <summary>Which ways to keep keys work with which charts (A17).</summary>
/// <remarks>
/// From the documentation of Splice on key management services, the templates of its charts, and Canton's documentation of its drivers.
/// </remarks>
internal static class KmsSupport
{
    /// <summary>Why a way does not work; null where it does.</summary>
    /// <param name="mode">Where the keys are to be.</param>
    /// <param name="provider">What they are to be reached by.</param>
    /// <param name="release">The release whose charts are deployed.</param>
    public static string? WhyNot(KmsMode mode, KmsProvider provider, SpliceRelease release) => (mode, provider) switch
    {
        (KmsMode.Off, _) => null,

        // One reason for all three: the template writes 'provider = kms' beside whatever it is given, which is the other mode.
        (KmsMode.Envelope, _) =>
            $"the participant's chart of Splice {release.Version} turns every 'kms' into keys outside, and Splice supports no other mode;"
            + " the database's own encryption covers keys at rest.",
        (KmsMode.External, KmsProvider.Driver) => null,
        (KmsMode.External, _) when !release.HasScanClient =>
            $"the images of Splice {release.Version} need a licence of Canton Enterprise for it; take 0.6 or a driver.",
        (KmsMode.External, _) => null,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode."),
    };
}
