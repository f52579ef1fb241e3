namespace CantonInfra.Reports.Tests.Browser;

/// <summary>A test that needs npm packages, and says so when it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NpmFactAttribute : FactAttribute
{
    public NpmFactAttribute() => Skip = NpmWorkspace.SkipReason;
}

/// <summary>A test that needs a browser, and says so when it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = NpmWorkspace.BrowserSkipReason;
}
