using System.Collections.Immutable;
using Pulumi;

namespace Twins;

/// <summary>Programs that go wrong.</summary>
internal static class FailureCases
{
    public static IReadOnlyDictionary<string, Declare> All { get; } = new Dictionary<string, Declare>
    {
        ["throws"] = Case.Of(() => throw new InvalidOperationException("it is broken")),
        ["throws-run-error"] = Case.Of(() => throw new RunException("only this message")),
        ["throws-in-apply"] = Case.Of(() =>
        {
            var a = new Probe("a", new() { Text = "a" });
            _ = new Probe("b", new() { Text = a.Text.Apply(string (_) => throw new RunException("within an apply")) });
        }),
        ["rejects"] = Case.Of(() => throw new InvalidOperationException("This case is asynchronous.")),
        ["logs-an-error"] = Case.Of(() => Log.Error("something is wrong")),
        ["same-urn-twice"] = Case.Of(() =>
        {
            _ = new Probe("a");
            _ = new Probe("a");
        }),
        ["unknown-function"] = Case.Of(() => _ = Deployment.Instance.Invoke<object>(
            "test:index:getThing", new DictionaryInvokeArgs(ImmutableDictionary<string, object?>.Empty.Add("name", "x")))),
        ["skipped-apply"] = Case.Of(() =>
        {
            var a = new Probe("a");
            _ = a.Label.Apply(string (_) => throw new RunException("never reached"));
        }),
    };

    public static async Task<IDictionary<string, object?>> RejectAsync()
    {
        await Task.Yield();
        throw new RunException("rejected");
    }
}
