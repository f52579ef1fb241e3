using System.Globalization;
using CantonInfra.Engine.Plans;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Tests;

/// <summary>A stack of many resources, with properties as long as those of real ones.</summary>
internal static class LargeSample
{
    /// <summary>The report of so many resources.</summary>
    public static Report Report(int resources)
    {
        var sample = Sample.Plan("mainnet");
        var more = Enumerable.Range(0, resources - sample.Resources.Length).Select(number => Resource(sample, number)).ToList();
        var plan = Plan.Create("sample", "mainnet", [.. sample.Resources, .. more]);
        var policies = Sample.Policies("mainnet");
        var run = Sample.Run("mainnet") with
        {
            Plan = plan,
            Policies = policies with
            {
                Findings = [.. policies.Findings, .. more.Where((_, number) => number % 50 == 0).Select(resource => policies.Findings[0] with { Urn = resource.Urn })],
            },
        };
        return ReportBuilder.Build(Sample.Input() with { Runs = [run] });
    }

    private static PlannedResource Resource(Plan sample, int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"psql-ledger-configuration-{number}");
        var inputs = Sample.Map(
            ("configurationName", string.Create(CultureInfo.InvariantCulture, $"log_min_duration_statement_{number}")),
            ("resourceGroupName", "rg-canton-mainnet-data"),
            ("serverName", "psql-canton-mainnet-ledger-e2486"),
            ("source", "user-override"),
            ("value", (double)number),
            ("tags", Sample.Map(
                ("cost-center", "canton-mainnet"), ("env", "mainnet"), ("managed-by", "pulumi"), ("owner", "platform-team@example.com"), ("system", "canton-validator"))));
        return new PlannedResource
        {
            Urn = Sample.Urn("mainnet", "canton-infra:data:PostgreSqlServer$azure-native:dbforpostgresql:Configuration", name),
            Type = "azure-native:dbforpostgresql:Configuration",
            Name = name,
            Kind = ResourceKind.Custom,
            Parent = sample.Resources[1 + (number % (sample.Resources.Length - 1))].Urn,
            Inputs = inputs,
            Outputs = inputs,
            Dependencies = [sample.Resources[1].Urn, sample.Resources[2].Urn],
        };
    }
}
