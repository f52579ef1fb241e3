using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>
/// What of an environment is locked: noted while it is composed and declared at the end, for a lock comes after all that it covers.
/// </summary>
internal sealed class EnvironmentLocks
{
    private readonly List<(string Name, Output<string> Id, Resource Component)> _stateful = [];
    private readonly List<Resource> _components = [];
    private readonly List<Resource> _grants = [];

    /// <summary>Notes a component that has something in the resource groups of keys, data or logs, if only an identity.</summary>
    /// <returns>The component.</returns>
    public T Cover<T>(T component)
        where T : Resource
    {
        _components.Add(component);
        return component;
    }

    /// <summary>Notes a component that gives roles on what others have.</summary>
    /// <returns>The component.</returns>
    public T CoverGrants<T>(T component)
        where T : Resource
    {
        _grants.Add(component);
        return Cover(component);
    }

    /// <summary>Notes a component that holds data or keys, or what else cannot be had again.</summary>
    /// <param name="name">A name, unique among the locks.</param>
    /// <param name="id">The id of what is locked by itself.</param>
    /// <param name="component">The component, with all that is below what is locked.</param>
    public void CoverStateful(string name, Output<string> id, Resource component) =>
        _stateful.Add((name, id, Cover(component)));

    /// <summary>Declares the locks.</summary>
    public void Declare(DeletionLocksArgs args, ResourceGroups groups)
    {
        var locks = new DeletionLocks("locks", args);
        foreach (var (name, id, component) in _stateful)
        {
            locks.Cover(name, id, [component, .. _grants]);
        }

        // All of them for each: the group for security has everybody's identities.
        ImmutableArray<Resource> all = [.. _components.Distinct()];
        locks.CoverGroup("security", groups.Security, all);
        locks.CoverGroup("data", groups.Data, all);
        locks.CoverGroup("observability", groups.Observability, all);
    }
}
