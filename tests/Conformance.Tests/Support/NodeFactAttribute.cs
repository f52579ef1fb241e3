namespace CantonInfra.Conformance.Tests.Support;

/// <summary>A test that needs the official packages, and says so when it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = NodeWorkspace.SkipReason;
}

/// <summary>A theory that needs the official packages, and says so when it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = NodeWorkspace.SkipReason;
}
