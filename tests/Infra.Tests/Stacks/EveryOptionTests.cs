using CantonInfra.Contracts;
using CantonInfra.Engine.Policies;
using CantonInfra.Engine;
using CantonInfra.Infra.Tests.Support;
using CantonInfra.Reachability.Proof;
using CantonInfra.Reachability.Reading;
using CantonInfra.Reports.Connections;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>All that can be on at once is on, on mainnet's terms, with one validator and with many.</summary>
public sealed class EveryOptionTests
{
    private static readonly string Pack = Path.Combine(ProjectFolder.Repository, "policy");

    public static TheoryData<string, int> Environments
    {
        get
        {
            var environments = new TheoryData<string, int> { { "keycloak", 1 }, { "keycloak", 20 } };
            foreach (var provider in EveryOption.Providers)
            {
                environments.Add(provider, 3);
            }

            return environments;
        }
    }

    [Theory]
    [MemberData(nameof(Environments))]
    public async Task No_rule_finds_anything_and_policies_are_what_is_declared(string provider, int validators)
    {
        using var folder = new ProjectFolder("mainnet", EveryOption.StackFile(provider, validators));
        var result = await new PreviewEngine(TimeProvider.System).PreviewAsync(new PreviewRequest(folder.Load(), [Pack]));

        Assert.All(result.Diagnostics, diagnostic => Assert.Contains("no tokens as they ask today", diagnostic.Message, StringComparison.Ordinal));
        var findings = result.Policies.Findings.Select(finding => $"{finding.Policy}: {finding.Urn.Split("::")[^1]}: {finding.Message}").ToList();
        Assert.True(findings.Count == 0, string.Join('\n', findings));
        Assert.Empty(result.Policies.Waived);
        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        Assert.Contains(result.Policies.Packs.Single().Policies, policy => policy is { Name: "declared-connections-hold", Level: PolicyLevel.Mandatory });

        var resources = PlanResources.Of(result.Plan);
        var proof = new ConnectionProof(ClusterReader.Read(resources, ChartContracts.Known), DeclarationReader.Read(resources).Table!).Run();
        Assert.Empty(proof.Findings.Select(finding => finding.ToString()));
        Assert.Empty(proof.Connections.Where(state => state.Works != true).Select(state => $"{state.Connection}: {string.Join(' ', state.WhyNot)}"));
        Assert.Empty(proof.Unread);
        Assert.True(proof.Holds);
        Assert.Equal(validators, proof.Connections.Count(state => state.Connection.To.EndsWith("/participant", StringComparison.Ordinal) && state.Connection.Port == 5002));
    }
}
