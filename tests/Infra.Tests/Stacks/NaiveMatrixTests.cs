using System.Collections.Concurrent;
using System.Collections.Immutable;
using CantonInfra.Infra.Tests.Support;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>A second reading of the real plans' policies, written apart from the proof, gives the same matrix (A9).</summary>
public sealed class NaiveMatrixTests
{
    private const string Policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

    public static TheoryData<string, string> Plans => new()
    {
        { "devnet", ProjectFolder.StackFile("devnet") },
        { "mainnet", ProjectFolder.StackFile("mainnet") },
        { "mainnet", EveryOption.StackFile("keycloak", 3) },
        { "mainnet", EveryOption.StackFile("oidc", 2) },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public async Task It_allows_what_is_declared_and_nothing_else(string stack, string stackFile)
    {
        var resources = await ConnectionsTests.ResourcesOfAsync(stack, stackFile);
        var matrix = new NaiveMatrix(resources);

        Assert.NotEmpty(matrix.Namespaces);
        foreach (var place in matrix.Namespaces)
        {
            var declared = matrix.Declared(place);
            var allowed = matrix.Allowed(place, resources);
            Assert.NotEmpty(declared);
            Assert.Empty(declared.Except(allowed));
            Assert.Empty(allowed.Except(declared));
        }
    }

    // In both readings: a cell of the matrix is another, and the proof, which the rule asks, no longer holds.
    [Fact]
    public async Task Whoever_takes_away_or_widens_any_policy_of_mainnet_changes_it()
    {
        var resources = await ConnectionsTests.ResourcesOfAsync("mainnet", ProjectFolder.StackFile("mainnet"));
        var matrix = new NaiveMatrix(resources);
        var before = matrix.Namespaces.ToImmutableDictionary(place => place, place => matrix.Allowed(place, resources), StringComparer.Ordinal);
        var policies = resources.Where(resource => resource.Type == Policy).ToList();

        Assert.InRange(policies.Count, 30, int.MaxValue);
        var unnoticed = new ConcurrentBag<string>();
        Parallel.ForEach(policies, policy =>
        {
            var place = ConnectionsTests.Place(policy);
            foreach (var (what, changed) in Changes(policy))
            {
                var after = changed is null ? resources.Remove(policy) : resources.Replace(policy, changed);
                if (before[place].SetEquals(matrix.Allowed(place, after)))
                {
                    unnoticed.Add($"{policy.Name} {what} changes nothing");
                }

                if (ConnectionsTests.Prove(after).Holds is not false)
                {
                    unnoticed.Add($"{policy.Name} {what} is not found");
                }
            }
        });
        Assert.Empty(unnoticed);
    }

    private static IEnumerable<(string What, ClusterResource? Changed)> Changes(ClusterResource policy)
    {
        yield return ("taken away", null);
        foreach (var direction in new[] { "ingress", "egress" })
        {
            var rules = ConnectionsTests.Rules(policy, direction);
            for (var index = 0; index < rules.Length; index++)
            {
                foreach (var wider in ConnectionsTests.Wider((MapValue)rules[index], ConnectionsTests.Place(policy)))
                {
                    yield return ($"as {wider}", ConnectionsTests.With(policy, direction, rules.SetItem(index, wider)));
                }
            }
        }
    }
}
