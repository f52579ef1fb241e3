namespace CantonInfra.PolicySdk.Testing;

/// <summary>A rule did not say what a test expects.</summary>
/// <param name="message">What was expected and what it said.</param>
public sealed class RuleExpectationException(string message) : Exception(message);
