using System.Globalization;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Conformance.Tests.Twins;

/// <summary>A plan as texts, one for each fact that twins must agree on.</summary>
internal static class PlanTexts
{
    /// <summary>The facts of a plan: URN and what is said of it. The order of declarations leaves no trace.</summary>
    public static IReadOnlySet<string> Of(Plan plan) => plan.Resources
        .SelectMany(resource => Facts(resource).Select(fact => $"{resource.Urn}\n    {fact}"))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>What differs, as a reader wants to see it; nothing where the plans agree.</summary>
    public static IReadOnlyList<string> Differences(Plan ours, Plan official)
    {
        var left = Of(LegitimateDifferences.Normalize(ours));
        var right = Of(LegitimateDifferences.Normalize(official));
        return
        [
            .. left.Except(right, StringComparer.Ordinal).Select(fact => $"ours only:     {fact}")
                .Concat(right.Except(left, StringComparer.Ordinal).Select(fact => $"official only: {fact}"))
                .OrderBy(text => text[text.IndexOf("urn:", StringComparison.Ordinal)..], StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> Facts(PlannedResource resource)
    {
        yield return $"{resource.Kind} {resource.Type} '{resource.Name}' id '{resource.Id}'";
        yield return $"parent {resource.Parent}";
        yield return $"provider {resource.Provider}";
        foreach (var (name, value) in resource.Inputs.Entries)
        {
            yield return $"input {name} = {ValueText.Of(value)}";
        }

        // The engine makes a custom resource's outputs from its inputs; only components and the stack tell outputs of their own.
        foreach (var (name, value) in resource.Kind == ResourceKind.Component ? resource.Outputs.Entries : MapValue.Empty.Entries)
        {
            yield return $"output {name} = {ValueText.Of(value)}";
        }

        foreach (var dependency in resource.Dependencies)
        {
            yield return $"depends on {dependency}";
        }

        foreach (var (name, dependencies) in resource.PropertyDependencies)
        {
            foreach (var dependency in dependencies)
            {
                yield return $"input {name} depends on {dependency}";
            }
        }

        foreach (var option in Options(resource.Options))
        {
            yield return $"option {option}";
        }
    }

    private static IEnumerable<string> Options(ResourceOptions options)
    {
        yield return $"protect {options.Protect}";
        yield return $"retainOnDelete {options.RetainOnDelete}";
        yield return string.Create(CultureInfo.InvariantCulture, $"deleteBeforeReplace {options.DeleteBeforeReplace}");
        yield return $"ignoreChanges {string.Join(' ', options.IgnoreChanges)}";
        yield return $"replaceOnChanges {string.Join(' ', options.ReplaceOnChanges)}";
        yield return $"additionalSecretOutputs {string.Join(' ', options.AdditionalSecretOutputs)}";
        yield return $"aliases {string.Join(' ', options.Aliases)}";
        yield return $"deletedWith {options.DeletedWith}";
        yield return $"replaceWith {string.Join(' ', options.ReplaceWith)}";
        yield return $"hideDiffs {string.Join(' ', options.HideDiffs)}";
        yield return $"import {options.ImportId}";
        yield return $"version {options.Version}";
        yield return $"timeouts {options.Timeouts}";
    }
}
