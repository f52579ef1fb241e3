namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>What keeps data, or is protected, and is deleted or replaced.</summary>
internal sealed class LossOfState : IDangerDetector
{
    /// <inheritdoc/>
    public IEnumerable<Danger> Find(PlanDifference difference) =>
        difference.Changes.Select(Of).OfType<Danger>();

    private static Danger? Of(ResourceChange change)
    {
        if (change.Former is not { } former)
        {
            return null;
        }

        var kept = StatefulTypes.WhatIn(former);
        if (kept is null && !former.Options.Protect)
        {
            return null;
        }

        var what = kept is null ? "a protected resource" : kept;
        var although = former.Options.Protect ? "although it is protected" : "";
        return change.Operation switch
        {
            Operation.Delete when former.Options.RetainOnDelete => new Danger(
                DangerKind.LossOfState, DangerGrade.Notice, former.Urn, $"leaves the program and stays in the cloud: {what}"),
            Operation.Delete => new Danger(DangerKind.LossOfState, DangerGrade.Grave, former.Urn, $"is deleted: {what}", although),
            Operation.Replace => new Danger(
                DangerKind.LossOfState,
                DangerGrade.Grave,
                former.Urn,
                $"is replaced: {what}",
                string.Join(", ", new[] { Because(change, Replacement.Certain), although }.Where(text => text.Length > 0))),
            Operation.Update when change.MayReplace => new Danger(
                DangerKind.LossOfState, DangerGrade.Notice, former.Urn, $"may be replaced: {what}", Because(change, Replacement.Possible)),
            _ => null,
        };
    }

    private static string Because(ResourceChange change, Replacement replaces) => string.Join(
        ", ", change.Properties.Where(property => property.Replaces == replaces).Select(property => property.Path.ToString()).Distinct());
}
