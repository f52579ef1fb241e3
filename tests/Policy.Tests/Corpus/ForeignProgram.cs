using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf;

namespace CantonInfra.Policy.Tests.Corpus;

/// <summary>A plan of somebody else's program, with what the pack has to say about it.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Resources">The plan.</param>
/// <param name="Violations">All that the pack must find, and nothing else.</param>
/// <param name="Undecided">All that the pack must leave open.</param>
internal sealed record ForeignProgram(
    string Stack,
    ImmutableArray<ForeignResource> Resources,
    ImmutableHashSet<Finding> Violations,
    ImmutableHashSet<Finding> Undecided)
{
    /// <summary>The stack's configuration by full key.</summary>
    public ImmutableSortedDictionary<string, string> Config { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>
    /// What the pack says otherwise than expected, a line each, ready to be pasted where the pack is right; empty where it says
    /// just what is expected.
    /// </summary>
    public string Differences(PolicyPack pack)
    {
        var results = Judge(pack).ToList();
        var violated = Said<ViolationVerdict>(results);
        var undecided = Said<UndecidedVerdict>(results);
        IEnumerable<string> lines =
        [
            .. results.Where(result => result.Outcome == PolicyOutcome.Faulted).Select(result => $"the rule itself failed:\n  {Found(result)}\n    {result.Verdicts[^1]}"),
            .. Differences("is violated unexpectedly", violated, Violations),
            .. Differences("is undecided unexpectedly", undecided, Undecided),
            .. Violations.Except(violated.Keys).Select(finding => $"is not found:\n  {finding}"),
            .. Undecided.Except(undecided.Keys).Select(finding => $"is not undecided:\n  {finding}"),
            .. PoorMessages(results),
        ];
        return string.Join('\n', lines);
    }

    /// <summary>The names of the rules that are expected to be broken.</summary>
    public IEnumerable<string> Rules => Violations.Select(finding => finding.Rule).Distinct();

    private IEnumerable<PolicyResult> Judge(PolicyPack pack)
    {
        var configure = new AnalyzerStackConfigureRequest { Stack = Stack, Project = ForeignProgramFile.Project, DryRun = true };
        configure.Config.Add(Config);
        var stack = StackContext.From(AnalyzerStackConfigureRequest.Parser.ParseFrom(configure.ToByteArray()));
        var request = new AnalyzeStackRequest();
        request.Resources.AddRange(Resources.Select(resource => resource.ToWire()));
        var resources = StackView.From(AnalyzeStackRequest.Parser.ParseFrom(request.ToByteArray()));
        return Resources
            .Select(resource => ResourceView.From(AnalyzeRequest.Parser.ParseFrom(resource.ToRequest().ToByteArray())))
            .SelectMany(resource => PolicyJudge.Judge(pack, Enforcement.Strict, stack, resource))
            // What these leave open is decided with the stack.
            .Where(result => !(result.Policy is IDecidedByStack && result.Outcome == PolicyOutcome.Undecided))
            .Concat(PolicyJudge.Judge(pack, Enforcement.Strict, stack, resources));
    }

    private Dictionary<Finding, List<string>> Said<T>(IEnumerable<PolicyResult> results)
        where T : PolicyVerdict =>
        results
            .SelectMany(result => result.Verdicts.OfType<T>().Select(verdict => (Finding: Found(result), Text: verdict.ToString())))
            .GroupBy(said => said.Finding)
            .ToDictionary(said => said.Key, said => said.Select(each => each.Text).ToList());

    private static IEnumerable<string> Differences(
        string what, Dictionary<Finding, List<string>> said, ImmutableHashSet<Finding> expected) =>
        said.Where(entry => !expected.Contains(entry.Key))
            .Select(entry => $"{what}:\n  {entry.Key}\n    {string.Join("\n    ", entry.Value)}");

    // Whoever reads a message has neither the rule nor the plan at hand, and may not see what is secret.
    private IEnumerable<string> PoorMessages(IEnumerable<PolicyResult> results)
    {
        var secrets = Resources.SelectMany(resource => SecretsIn(resource.Properties, isSecret: false)).ToHashSet(StringComparer.Ordinal);
        foreach (var result in results)
        {
            foreach (var violation in result.Verdicts.OfType<ViolationVerdict>())
            {
                var finding = Found(result);
                if (finding.Resource != Finding.Stack && !violation.Message.Contains($"'{finding.Resource}'", StringComparison.Ordinal))
                {
                    yield return $"the message does not name '{finding.Resource}':\n  {finding}\n    {violation.Message}";
                }

                if (!violation.Message.EndsWith('.') || !result.Policy.Remediation.EndsWith('.'))
                {
                    yield return $"the message or the remedy is no sentence:\n  {finding}\n    {violation.Message}\n    {result.Policy.Remediation}";
                }

                if (secrets.Any(secret => violation.Message.Contains(secret, StringComparison.Ordinal)))
                {
                    yield return $"the message shows a secret:\n  {finding}";
                }
            }
        }
    }

    private Finding Found(PolicyResult result) => new(
        result.Policy.Id,
        Resources.FirstOrDefault(resource => resource.Urn == result.Urn) is { Type: not ForeignResource.StackType } resource ? resource.Name : Finding.Stack);

    private static IEnumerable<string> SecretsIn(PropertyValue value, bool isSecret) => value switch
    {
        SecretValue secret => SecretsIn(secret.Element, isSecret: true),
        StringValue { Value.Length: >= 6 } text when isSecret => [text.Value],
        ListValue list => list.Items.SelectMany(item => SecretsIn(item, isSecret)),
        MapValue map => map.Entries.SelectMany(entry => SecretsIn(entry.Value, isSecret)),
        _ => [],
    };
}
