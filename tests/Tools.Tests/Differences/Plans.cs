using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences;
using CantonInfra.Tools.Differences.Dangers;

namespace CantonInfra.Tools.Tests.Differences;

/// <summary>Plans in a few words.</summary>
internal static class Plans
{
    public const string Stack = "mainnet";
    public const string Project = "canton-infra";

    public static PlannedResource Root { get; } = Component(Urn.StackType, $"{Project}-{Stack}") with { Parent = "" };

    public static Plan Of(params IEnumerable<PlannedResource> resources) => Plan.Create(Project, Stack, resources.Prepend(Root));

    public static PlannedResource Resource(string type, string name, string json, PlannedResource? parent = null) => new()
    {
        Urn = UrnOf(type, name, parent),
        Type = type,
        Name = name,
        Kind = ResourceKind.Custom,
        Parent = (parent ?? Root).Urn,
        Inputs = Map(json),
        Outputs = Map(json),
    };

    public static PlannedResource Component(string type, string name, string outputs = "{}", PlannedResource? parent = null) => new()
    {
        Urn = UrnOf(type, name, parent),
        Type = type,
        Name = name,
        Kind = ResourceKind.Component,
        Parent = type == Urn.StackType ? "" : (parent?.Urn ?? Root.Urn),
        Outputs = Map(outputs),
    };

    public static PlannedResource Protected(this PlannedResource resource) => resource with { Options = resource.Options with { Protect = true } };

    public static PlannedResource Known(this PlannedResource resource, params ImmutableArray<string> formerUrns) =>
        resource with { Options = resource.Options with { Aliases = formerUrns } };

    public static PlannedResource DependingOn(this PlannedResource resource, params IEnumerable<PlannedResource> others) =>
        resource with { Dependencies = [.. others.Select(other => other.Urn)] };

    public static MapValue Map(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return (MapValue)PropertyJsonReader.Read(document.RootElement);
    }

    public static ImmutableArray<Danger> Dangers(IEnumerable<PlannedResource> before, IEnumerable<PlannedResource> after) =>
        DangerSearch.Find(PlanDifference.Create(Of(after), Of(before)));

    public static PreviewSide Side(Plan plan, params ImmutableArray<Finding> findings) =>
        new(PreviewOutcome.Succeeded, plan, findings, 0, 0, []);

    /// <summary>
    /// The plan with a component under another name, and with it the resources whose names begin with its own, as a program that
    /// renames it gives.
    /// </summary>
    public static Plan Renamed(Plan plan, PlannedResource component, string name, bool withAlias)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var below = new HashSet<string>([component.Urn], StringComparer.Ordinal);
        foreach (var resource in plan.Resources)
        {
            if (below.Contains(resource.Parent))
            {
                below.Add(resource.Urn);
            }

            if (below.Contains(resource.Urn) && (resource == component || resource.Name.StartsWith(component.Name, StringComparison.Ordinal)))
            {
                names[resource.Urn] = resource.Urn[..^resource.Name.Length] + name + resource.Name[component.Name.Length..];
            }
        }

        string Now(string urn) => names.GetValueOrDefault(urn, urn);
        return plan with
        {
            Resources =
            [
                .. plan.Resources.Select(resource => resource with
                {
                    Urn = Now(resource.Urn),
                    Name = names.ContainsKey(resource.Urn) ? name + resource.Name[component.Name.Length..] : resource.Name,
                    Parent = Now(resource.Parent),
                    Dependencies = [.. resource.Dependencies.Select(Now)],
                    Options = resource.Options with { Aliases = withAlias && names.ContainsKey(resource.Urn) ? [resource.Urn] : resource.Options.Aliases },
                }),
            ],
        };
    }

    private static string UrnOf(string type, string name, PlannedResource? parent) => Urn.Create(
        Stack, Project, parent is not null && Urn.TryParse(parent.Urn, out var urn) ? urn : null, type, name).ToString();
}
