using System.Collections.Immutable;
using Pulumi;
using Pulumi.AzureNative.Authorization;

namespace CantonInfra.Infra.Components.Foundation;

/// <summary>What <see cref="DeletionLocks"/> needs.</summary>
internal sealed record DeletionLocksArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>What is locked.</summary>
    public required LockExtent Extent { get; init; }
}

/// <summary>
/// Locks against deletion. Azure holds them against everybody, also against who never heard of this program; a deployment that
/// takes something away removes its lock first, which the locks' dependencies see to.
/// </summary>
internal sealed class DeletionLocks : ComponentResource
{
    private readonly DeletionLocksArgs _args;

    /// <summary>Declares the component; nothing is locked yet.</summary>
    public DeletionLocks(string name, DeletionLocksArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:foundation:DeletionLocks", name, options)
    {
        _args = args;
        RegisterOutputs();
    }

    /// <summary>Locks something that holds data or keys, where the environment locks that.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="id">The id of what is locked; all below it is locked too, role assignments and diagnostic settings included.</param>
    /// <param name="covered">All that is below it. The lock comes after them and goes before them.</param>
    public void Cover(string name, Input<string> id, params ImmutableArray<Resource> covered)
    {
        if (_args.Extent != LockExtent.None)
        {
            Lock(name, id, covered);
        }
    }

    /// <summary>Locks a resource group, where the environment locks whole groups.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="resourceGroupName">The name of the group.</param>
    /// <param name="covered">All that is in it.</param>
    public void CoverGroup(string name, Output<string> resourceGroupName, params ImmutableArray<Resource> covered)
    {
        if (_args.Extent == LockExtent.All)
        {
            Lock(name, resourceGroupName.Apply(group => $"/subscriptions/{_args.Azure.SubscriptionId}/resourceGroups/{group}"), covered);
        }
    }

    // Never read-only: that refuses reads of keys and the scaling of nodes as well.
    private void Lock(string name, Input<string> scope, ImmutableArray<Resource> covered) => _ = new ManagementLockByScope(
        $"lock-{name}",
        new ManagementLockByScopeArgs
        {
            LockName = "no-deletion",
            Scope = scope,
            Level = LockLevel.CanNotDelete,
            Notes = $"Holds what {_args.Azure.Names.Environment} cannot lose. Kept by the deployment; see canton-infra:locks.",
        },
        new CustomResourceOptions { Parent = this, DependsOn = [.. covered] });
}
