namespace CantonInfra.Tools;

/// <summary>The exit codes, those that the Pulumi CLI documents.</summary>
internal static class ExitCodes
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>The run failed.</summary>
    public const int Error = 1;

    /// <summary>The command line, the project or a stack file is wrong.</summary>
    public const int Configuration = 2;

    /// <summary>A mandatory policy is violated.</summary>
    public const int PolicyViolation = 5;

    /// <summary>The user cancelled.</summary>
    public const int Cancelled = 8;
}
