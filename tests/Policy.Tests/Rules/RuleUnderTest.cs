using System.Text.Json;
using CantonInfra.PolicySdk;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Google.Protobuf;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>
/// Asks one rule as engines do, over the bytes that they send. Properties are written as JSON in single quotes, with
/// <c>'[unknown]'</c> for what a preview does not know and <c>{'[secret]': value}</c> for secrets.
/// </summary>
internal sealed class RuleUnderTest(PolicySdk.Policy rule)
{
    private readonly PolicyPack _pack = new("tested", "1.0.0", rule);

    public void Passes(string type, string properties) => Assert.Equal(PolicyOutcome.Passed, Judge(type, properties).Outcome);

    public void IsNotApplicable(string type, string properties = "{}") =>
        Assert.Equal(PolicyOutcome.NotApplicable, Judge(type, properties).Outcome);

    public void IsUndecided(string type, string properties, params string[] paths)
    {
        var result = Judge(type, properties);

        Assert.Equal(PolicyOutcome.Undecided, result.Outcome);
        Assert.Equal(paths, result.Verdicts.OfType<UndecidedVerdict>().Select(verdict => verdict.Path.ToString()));
    }

    /// <summary>It is violated at these paths, and each message names the resource.</summary>
    public string Fails(string type, string properties, params string[] paths)
    {
        var result = Judge(type, properties);

        Assert.Equal(PolicyOutcome.Violated, result.Outcome);
        var violations = result.Verdicts.OfType<ViolationVerdict>().ToList();
        Assert.Equal(paths, violations.Select(verdict => verdict.Path.ToString()));
        Assert.All(violations, violation => Assert.Contains($"{ResourceType.Parse(type).Name} 'main'", violation.Message, StringComparison.Ordinal));
        return string.Join('\n', violations.Select(violation => violation.Message));
    }

    /// <summary>The secret text in the properties is judged, but not shown in any message.</summary>
    public void FailsWithoutShowingTheSecret(string type, string properties, string path) =>
        Canary.AssertAbsent(Fails(type, properties.Replace("CANARY", Canary.Text, StringComparison.Ordinal), path));

    public PolicyResult Judge(string type, string properties)
    {
        var request = new AnalyzeRequest
        {
            Type = type,
            Name = "main",
            Urn = StackItem.UrnOf(type, "main"),
            Properties = PropertyEncoding.Encode(Read(properties), EncodingOptions.Analyzer),
        };
        var received = AnalyzeRequest.Parser.ParseFrom(request.ToByteArray());
        return Assert.Single(PolicyJudge.Judge(_pack, Enforcement.Strict, StackContext.NotReceived, ResourceView.From(received)));
    }

    /// <summary>What the rule says about a stack, as <c>name: outcome</c>; the stack itself has no name.</summary>
    public IEnumerable<string> Outcomes(params StackItem[] items) =>
        JudgeStack(items).Select(result => $"{result.Urn.Split("::")[^1]}: {result.Outcome}");

    public IReadOnlyList<PolicyResult> JudgeStack(params StackItem[] items)
    {
        var request = new AnalyzeStackRequest();
        request.Resources.AddRange(items.Select(item => item.ToWire()));
        var received = AnalyzeStackRequest.Parser.ParseFrom(request.ToByteArray());
        return PolicyJudge.Judge(_pack, Enforcement.Strict, StackContext.NotReceived, StackView.From(received));
    }

    /// <summary>Reads properties in the notation of these tests.</summary>
    public static MapValue Read(string properties)
    {
        using var document = JsonDocument.Parse(properties.Replace('\'', '"'));
        return (MapValue)WithSecrets(PropertyJsonReader.Read(document.RootElement));
    }

    private static PropertyValue WithSecrets(PropertyValue value) => value switch
    {
        MapValue map when map[PropertyJson.SecretMark] is { } secret => PropertyValue.Secret(WithSecrets(secret)),
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, WithSecrets(entry.Value)))),
        ListValue list => new ListValue([.. list.Items.Select(WithSecrets)]),
        _ => value,
    };
}
