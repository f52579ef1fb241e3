using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf;

namespace CantonInfra.PolicySdk.Testing;

/// <summary>
/// Asks one rule as engines do, over the bytes that they send. Properties are written as <see cref="PropertyNotation"/> says.
/// What a rule says otherwise than expected is a <see cref="RuleExpectationException"/>.
/// </summary>
/// <param name="rule">The rule.</param>
public sealed class RuleUnderTest(Policy rule)
{
    private const string Name = "main";

    private readonly PolicyPack _pack = new("tested", "1.0.0", rule);

    /// <summary>The stack; by default none that an engine has told of.</summary>
    public StackContext Stack { get; init; } = StackContext.NotReceived;

    /// <summary>What a policy configuration sets for the rule.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>The resource keeps the rule.</summary>
    public void Passes(string type, string properties) => Expect(Judge(type, properties), PolicyOutcome.Passed, []);

    /// <summary>The rule has nothing to say about the resource.</summary>
    public void IsNotApplicable(string type, string properties = "{}") =>
        Expect(Judge(type, properties), PolicyOutcome.NotApplicable, []);

    /// <summary>It cannot be told yet, for want of the values at these paths.</summary>
    public void IsUndecided(string type, string properties, params string[] paths) => Expect(
        Judge(type, properties), PolicyOutcome.Undecided, paths, verdict => (verdict as UndecidedVerdict)?.Path);

    /// <summary>It is broken at these paths, and each message names the resource.</summary>
    /// <returns>The messages, a line each.</returns>
    public string Fails(string type, string properties, params string[] paths)
    {
        var result = Judge(type, properties);
        Expect(result, PolicyOutcome.Violated, paths, verdict => (verdict as ViolationVerdict)?.Path);
        var messages = result.Verdicts.OfType<ViolationVerdict>().Select(violation => violation.Message).ToList();
        var subject = $"{ResourceType.Parse(type).Name} '{Name}'";
        return messages.Find(message => !message.Contains(subject, StringComparison.Ordinal)) is { } silent
            ? throw new RuleExpectationException($"The message does not name the resource as {subject}: {silent}")
            : string.Join('\n', messages);
    }

    /// <summary>
    /// It is broken at this path, and no text shows the secret: the properties have <c>{'[secret]': 'SECRET'}</c> somewhere.
    /// </summary>
    public void KeepsSecret(string type, string properties, string path)
    {
        if (!properties.Contains(PropertyNotation.SecretText, StringComparison.Ordinal))
        {
            throw new RuleExpectationException($"The properties have no {PropertyNotation.SecretText} that could be kept.");
        }

        if (SecretWitness.IsIn(Fails(type, properties, path)))
        {
            throw new RuleExpectationException($"The rule {rule.Id} shows the secret in a message.");
        }
    }

    /// <summary>The rule mends the resource, which then keeps it.</summary>
    /// <param name="type">The resource's type.</param>
    /// <param name="before">The properties that the program gives.</param>
    /// <param name="after">The properties afterwards, all of them.</param>
    public void Mends(string type, string before, string after)
    {
        var stack = Enforcement().In(Stack, rule);
        var remedy = ((ResourcePolicy)rule).Mend(Receive(type, PropertyNotation.Read(before)), stack);
        var mended = (remedy as PropertiesRemedy)?.Properties;
        if (mended is null || !mended.Equals(PropertyNotation.Read(after)))
        {
            throw new RuleExpectationException($"Expected the remedy {PropertyNotation.Read(after)}, but it is {mended?.ToString() ?? remedy.ToString()}.");
        }

        Passes(type, after);
    }

    /// <summary>What the rule says about a resource.</summary>
    public PolicyResult Judge(string type, string properties) => PolicyJudge.Judge(
        _pack, Enforcement(), Stack, Receive(type, PropertyNotation.Read(properties))).Single();

    /// <summary>What the rule says about a stack, as <c>name: outcome</c>; the stack itself has no name.</summary>
    public IEnumerable<string> Outcomes(params StackItem[] items) =>
        JudgeStack(items).Select(result => $"{result.Urn.Split("::")[^1]}: {result.Outcome}");

    /// <summary>What the rule says about a stack.</summary>
    public IReadOnlyList<PolicyResult> JudgeStack(params StackItem[] items)
    {
        var request = new AnalyzeStackRequest();
        request.Resources.AddRange(items.Select(item => item.ToWire()));
        var received = AnalyzeStackRequest.Parser.ParseFrom(request.ToByteArray());
        return PolicyJudge.Judge(_pack, Enforcement(), Stack, StackView.From(received));
    }

    private static void Expect(
        PolicyResult result, PolicyOutcome outcome, string[] paths, Func<PolicyVerdict, PropertyPath?>? pathOf = null)
    {
        var found = pathOf is null ? [] : result.Verdicts.Select(pathOf).OfType<PropertyPath>().Select(path => path.ToString()).ToArray();
        if (result.Outcome != outcome || !found.SequenceEqual(paths))
        {
            var at = paths.Length > 0 ? $" at {string.Join(", ", paths)}" : "";
            throw new RuleExpectationException(
                $"Expected {outcome}{at} of {result.Policy.Id}, but it is {result.Outcome}:\n"
                + string.Join('\n', result.Verdicts.Select(verdict => $"  {verdict}")));
        }
    }

    private static ResourceView Receive(string type, MapValue properties)
    {
        var request = new AnalyzeRequest
        {
            Type = type,
            Name = Name,
            Urn = StackItem.UrnOf(type, Name),
            Properties = PropertyEncoding.Encode(properties, EncodingOptions.Analyzer),
            Options = new AnalyzerResourceOptions(),
        };
        return ResourceView.From(AnalyzeRequest.Parser.ParseFrom(request.ToByteArray()));
    }

    private Enforcement Enforcement() => rule.Settings.IsEmpty ? PolicySdk.Enforcement.Strict : PolicySdk.Enforcement.Strict.With(
        _pack,
        ImmutableDictionary<string, EnforcementLevel>.Empty,
        ImmutableDictionary<string, MapValue>.Empty.Add(rule.Id, PropertyNotation.Read(Settings)));
}
