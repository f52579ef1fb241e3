using System.Text.RegularExpressions;
using CantonInfra.Infra.Tests.Support;
using CantonInfra.Tools.Deployment;

namespace CantonInfra.Infra.Tests.Runbooks;

public sealed partial class FirstDeploymentTests
{
    [Fact]
    public void The_runbook_has_each_phase_in_its_order()
    {
        var text = File.ReadAllText(Path.Combine(ProjectFolder.Repository, "docs", "runbooks", "first-deployment.md"));

        Assert.Equal(
            DeploymentPhase.All.Select(phase => phase.Id), Heading().Matches(text).Select(match => match.Groups["id"].Value).SkipLast(1));
        Assert.All(DeploymentPhase.All, phase => Assert.Contains(
            $"./canton-infra pulumi up --stack mainnet $(./canton-infra phases --stack mainnet --targets {phase.Id})", text, StringComparison.Ordinal));
    }

    [GeneratedRegex("^### (?<id>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
