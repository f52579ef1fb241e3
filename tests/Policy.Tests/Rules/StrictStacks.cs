using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>The stacks that rules with limits are tested on, under the limits of the pack.</summary>
internal static class StrictStacks
{
    public static OuterLimits Limits { get; } = LimitsFile.Load(Path.Combine(AppContext.BaseDirectory, LimitsFile.Name));

    public static StackContext Mainnet { get; } = Named("mainnet");

    public static StackContext Devnet { get; } = Named("devnet");

    public static StackContext Named(string stack) => StackContext.From(new AnalyzerStackConfigureRequest
    {
        Stack = stack,
        Config = { [$"{Guardrails.ConfigNamespace}:environment"] = stack },
    });

    /// <summary>A resource that takes a property from another one.</summary>
    public static StackItem From(this StackItem item, string property, StackItem source) =>
        item with { Sources = [.. item.Sources, (property, StackItem.UrnOf(source.Type, source.Name))] };

    /// <summary>The messages of all violations and what is undecided, each after the name of its resource.</summary>
    public static string Tell(this RuleUnderTest rule, params StackItem[] items) => string.Join('\n', rule.JudgeStack(items).SelectMany(
        result => result.Verdicts.Select(verdict => (result, verdict))).Select(each => each.verdict switch
        {
            ViolationVerdict violation => $"{Of(each.result)}: {violation.Path}: {violation.Message}",
            UndecidedVerdict undecided => $"{Of(each.result)}: undecided {undecided.Path} {undecided.Explanation}".TrimEnd(),
            FaultVerdict fault => $"{Of(each.result)}: fault {fault.ExceptionType}",
            _ => "",
        }).Where(text => text.Length > 0));

    private static string Of(PolicyResult result) => result.Urn.Split("::")[^1];
}
