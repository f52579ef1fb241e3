using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Dangers;

namespace CantonInfra.Tools.Rendering.Changes;

/// <summary>Words that all writers of changes share.</summary>
internal static class ChangeWords
{
    /// <summary>The operations that change something, in the order in which they are counted.</summary>
    public static readonly ImmutableArray<Operation> Operations =
        [Operation.Create, Operation.Import, Operation.Update, Operation.Replace, Operation.Delete];

    /// <summary>A resource's type and name; a file's name as it is.</summary>
    public static string Subject(string urn) => Urn.TryParse(urn, out var parsed) ? $"{parsed.Type} {parsed.Name}" : urn;

    /// <summary>What a kind of danger is called.</summary>
    public static string Title(DangerKind kind) => kind switch
    {
        DangerKind.LossOfState => "loss of data",
        DangerKind.MovedWithoutAlias => "moved without an alias",
        DangerKind.Exposure => "exposure",
        DangerKind.KeyCustody => "key custody",
        DangerKind.LostProtection => "lost protection",
        DangerKind.LooserLimits => "looser limits",
        DangerKind.NewWaiver => "new waiver",
        DangerKind.WiderAccess => "wider access",
        _ => "new connection",
    };

    /// <summary>What stands for a value that is not there.</summary>
    public const string None = "none";

    /// <summary>Counts such as <c>3 to create, 1 to delete</c>.</summary>
    public static string Counts(StackDifference stack)
    {
        if (stack.Difference is null)
        {
            return "not compared";
        }

        var counts = Operations
            .Select(operation => (Operation: operation, Count: stack.Count(operation)))
            .Where(entry => entry.Count > 0)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Count} to {OperationStyle.Word(entry.Operation)}"))
            .ToArray();
        return counts.Length > 0 ? string.Join(", ", counts) : "no changes";
    }

    /// <summary>A value in one line, secrets masked.</summary>
    public static string Value(PropertyValue? value) => value is null ? None : value.Shown();

    /// <summary>Whether a change is one to list: made by the program, of something that a provider manages.</summary>
    public static bool IsListed(ResourceChange change) => change.IsChange && change.Resource.Kind == ResourceKind.Custom;

    /// <summary>The component that a resource belongs to: its nearest parent that is one; the stack for none.</summary>
    public static string Component(ResourceChange change) =>
        Urn.TryParse(change.Resource.Parent, out var parent) && parent.Type != Urn.StackType ? $"{parent.Type} {parent.Name}" : "stack";

    /// <summary>What becomes of the stack as a whole, where it is not compared.</summary>
    public static string? State(StackDifference stack) => stack switch
    {
        { Present: null } => "its file is gone; what it deployed stays, and nobody looks after it",
        { Present: { IsWhole: false } side } => $"the preview failed: {string.Join("; ", side.Errors)}",
        { Former: { IsWhole: false } side } => $"the preview of the base failed, so nothing can be compared: {string.Join("; ", side.Errors)}",
        { Former: null } => "new stack",
        _ => null,
    };
}
