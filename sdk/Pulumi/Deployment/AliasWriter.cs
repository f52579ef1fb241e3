using Wire = CantonInfra.Protocol.Wire;

namespace Pulumi;

/// <summary>Writes what a resource was called before.</summary>
internal static class AliasWriter
{
    /// <summary>The alias as parts; null where one of them is not known.</summary>
    public static async Task<Wire.Alias?> WriteAsync(Alias alias, Resource resource)
    {
        Check(alias, resource);
        if (!string.IsNullOrEmpty(alias.Urn))
        {
            return new Wire.Alias { Urn = alias.Urn };
        }

        var name = await PartAsync(alias.Name).ConfigureAwait(false);
        var type = await PartAsync(alias.Type).ConfigureAwait(false);
        var stack = await PartAsync(alias.Stack).ConfigureAwait(false);
        var project = await PartAsync(alias.Project).ConfigureAwait(false);
        var parent = await PartAsync(alias.Parent is { } above ? above.Urn : alias.ParentUrn).ConfigureAwait(false);
        if (name is null || type is null || stack is null || project is null || parent is null)
        {
            return null;
        }

        var spec = new Wire.Alias.Types.Spec { Name = name, Type = type, Stack = stack, Project = project };
        if (parent.Length > 0)
        {
            spec.ParentUrn = parent;
        }
        else
        {
            spec.NoParent = alias.NoParent;
        }

        return new Wire.Alias { Spec = spec };
    }

    /// <summary>The alias as a URN, for engines that take no parts; null where a part is not known.</summary>
    public static async Task<string?> WriteUrnAsync(Alias alias, Resource resource, string currentParent, Deployment deployment)
    {
        var written = await WriteAsync(alias, resource).ConfigureAwait(false);
        if (written?.Spec is not { } spec)
        {
            return written?.Urn;
        }

        var name = spec.Name.Length > 0 ? spec.Name : resource.GetResourceName();
        var type = spec.Type.Length > 0 ? spec.Type : resource.GetResourceType();
        var stack = spec.Stack.Length > 0 ? spec.Stack : deployment.StackName;
        var project = spec.Project.Length > 0 ? spec.Project : deployment.ProjectName;
        var parent = spec.NoParent ? "" : spec.ParentUrn.Length > 0 ? spec.ParentUrn : currentParent;
        var parts = parent.Length > 0
            ? UrnParts.Parse(parent).Child(type, name) with { Stack = stack, Project = project }
            : new UrnParts(stack, project, type, name);
        return parts.ToString();
    }

    private static void Check(Alias alias, Resource resource)
    {
        var parents = (alias.Parent is null ? 0 : 1) + (alias.ParentUrn is null ? 0 : 1) + (alias.NoParent ? 1 : 0);
        if (parents > 1)
        {
            throw new RunException(
                $"An alias of the resource {resource.Description} has more than one of Parent, ParentUrn and NoParent; use one of them.");
        }

        var hasParts = parents > 0 || alias.Name is not null || alias.Type is not null || alias.Stack is not null || alias.Project is not null;
        if (!string.IsNullOrEmpty(alias.Urn) && hasParts)
        {
            throw new RunException($"An alias of the resource {resource.Description} has a Urn and other parts; use one of the two.");
        }
    }

    // Empty where the part is as it is now; null where it is not known.
    private static async Task<string?> PartAsync(Input<string>? part)
    {
        if (part is null)
        {
            return "";
        }

        var data = await part.ToOutput().DataTask.ConfigureAwait(false);
        return data.IsKnown ? data.Value ?? "" : null;
    }
}
