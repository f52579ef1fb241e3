namespace CantonInfra.PolicySdk;

/// <summary>A resource that keeps a rule, and one that breaks it.</summary>
/// <param name="Type">The resources' type.</param>
/// <param name="Good">Properties that keep the rule, as JSON.</param>
/// <param name="Bad">Properties that break it, as JSON.</param>
public sealed record PolicyExample(string Type, string Good, string Bad);
