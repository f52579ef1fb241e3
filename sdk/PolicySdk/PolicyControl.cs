namespace CantonInfra.PolicySdk;

/// <summary>A control that a policy helps to fulfil.</summary>
/// <param name="Framework">The framework, such as <see cref="Soc2"/>.</param>
/// <param name="Id">The control's id in the framework.</param>
public sealed record PolicyControl(string Framework, string Id)
{
    /// <summary>SOC 2 trust services criteria.</summary>
    public const string Soc2 = "soc2";

    /// <summary>Microsoft cloud security benchmark.</summary>
    public const string CloudSecurityBenchmark = "mcsb";

    /// <summary>A row of the project's own requirements.</summary>
    public const string Requirement = "requirement";

    /// <summary>The text form, as it is used for tags.</summary>
    public override string ToString() => $"{Framework}:{Id}";
}
