namespace CantonInfra.Infra;

/// <summary>Exit codes of the program besides those of the SDK.</summary>
internal static class ExitCodes
{
    /// <summary>The stack's settings are wrong; the errors were logged. The Pulumi CLI's number for configuration.</summary>
    public const int Configuration = 2;
}
