using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.Access;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Recovery;

/// <summary>Nobody deletes what holds data or keys without removing a lock first.</summary>
internal sealed class StatefulLocked(ModeLimits limits) : StackPolicy
{
    private const string Deletion = "CanNotDelete";

    // How each type of lock says what it is for: an id, or the name of a resource group.
    private static readonly ImmutableArray<(ResourceTypePattern Type, string Scope, string Level)> Locks =
    [
        ("azure-native:authorization:ManagementLockByScope", "scope", "level"),
        ("azure-native:authorization:ManagementLockAtResourceLevel", "resourceName", "level"),
        ("azure-native:authorization:ManagementLockAtResourceGroupLevel", "resourceGroupName", "level"),
        ("azure-native:authorization:ManagementLockAtSubscriptionLevel", "", "level"),
        ("azure:management/lock:Lock", "scope", "lockLevel"),
    ];

    private static readonly ImmutableArray<string> Names =
        ["accountName", "vaultName", "serverName", "workspaceName", "diskEncryptionSetName", "diskName", "name"];

    public override string Id => "stateful-locked";

    public override string Title => "What holds data or keys is locked against deletion";

    public override string Rationale =>
        "The protection of a program says nothing to a person in the portal or to another program. A lock does, to everybody, and removing one "
        + "is in the activity log.";

    public override string Remediation =>
        "Declare a ManagementLockByScope with level CanNotDelete whose scope is the id of the resource, or of its resource group. ReadOnly breaks "
        + "what has to list keys or scale.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "BR-2"),
        new(PolicyControl.CloudSecurityBenchmark, "AM-4"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A12"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var locks = resources.Resources
            .SelectMany(resource => Locks.Where(type => type.Type.Matches(resource.Type)).Select(type => new Lock(resource, type.Scope, resource.Read(type.Level))))
            .ToList();
        var levels = locks.Select(each => StackVerdict.On(each.Resource, JudgeLevel(each)));
        var stateful = resources.Resources.Where(resource => resource.IsAny(StatefulTypes.Lockable)).ToList();
        return limits.For(stack).Least != PolicyMode.Deny || stateful.Count == 0
            ? [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares nothing that has to be locked.")), .. levels]
            : [.. stateful.Select(resource => StackVerdict.On(resource, Judge(resource, locks, resources))), .. levels];
    }

    private static PolicyVerdict JudgeLevel(Lock each) =>
        each.Level.State == PropertyState.Missing ? PolicyVerdict.Violation(each.Level.Path, $"{each.Resource} does not say what it forbids.")
        : !each.Level.TryGetText(out var level) ? PolicyVerdict.Undecided(each.Level.Path)
        : level.Equals(Deletion, StringComparison.OrdinalIgnoreCase) || level.Equals("ReadOnly", StringComparison.OrdinalIgnoreCase) ? PolicyVerdict.Pass
        : PolicyVerdict.Violation(each.Level.Path, $"{each.Resource} has {each.Level} here, which forbids nothing.");

    private static PolicyVerdict Judge(StackResourceView resource, List<Lock> locks, StackView resources)
    {
        var answers = locks.Where(each => JudgeLevel(each) is not ViolationVerdict).Select(each => (each.Resource, Covers: Covers(each, resource, resources))).ToList();
        return answers.Any(answer => answer.Covers == true) ? PolicyVerdict.Pass
            : answers.Find(answer => answer.Covers is null).Resource is { } unclear
                ? PolicyVerdict.Undecided(PropertyPath.Root, $"not known yet whether {unclear} is for it")
            : PolicyVerdict.Violation(PropertyPath.Root, $"{resource} has no lock against deletion, nor has its resource group.");
    }

    private static bool? Covers(Lock each, StackResourceView resource, StackView resources)
    {
        if (each.Scope.Length == 0)
        {
            return true;
        }

        var groups = resources.SourcesOf(resource, "resourceGroupName").Where(source => source.IsAny(AccessTypes.ResourceGroups)).ToList();
        var sources = resources.SourcesOf(each.Resource, each.Scope);
        if (!sources.IsEmpty)
        {
            return sources.Any(source => source.Urn == resource.Urn || groups.Exists(group => group.Urn == source.Urn));
        }

        if (!each.Resource.Read(each.Scope).TryGetText(out var scope))
        {
            return null;
        }

        // Written out: a resource by its name, or the group that it is in, or all of a subscription.
        var last = scope[(scope.LastIndexOf('/') + 1)..];
        return scope.Contains("/providers/", StringComparison.OrdinalIgnoreCase) ? IsNamed(resource, Names, last)
            : scope.Contains("/resourceGroups/", StringComparison.OrdinalIgnoreCase) || each.Scope == "resourceGroupName"
                ? IsNamed(resource, ["resourceGroupName"], last) || groups.Exists(group => IsNamed(group, ["resourceGroupName", "name"], last))
            : each.Scope == "resourceName" ? IsNamed(resource, Names, last)
            : scope.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsNamed(StackResourceView resource, ImmutableArray<string> properties, string name) =>
        properties.Any(property => resource.Read(property).TryGetText(out var own) && own.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A lock.</summary>
    /// <param name="Resource">The resource.</param>
    /// <param name="Scope">The property that says what it is for; empty for the whole subscription.</param>
    /// <param name="Level">What it forbids.</param>
    private sealed record Lock(StackResourceView Resource, string Scope, PropertyReading Level);
}
