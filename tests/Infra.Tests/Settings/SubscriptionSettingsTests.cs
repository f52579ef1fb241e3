using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Storage;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Tests.Settings;

public sealed class SubscriptionSettingsTests
{
    // Every line has its number, so that tests can name it.
    private const string Least =
        """
        config:
          azure-native:location: centralus
          azure-native:subscriptionId: 00000000-0000-0000-0000-000000000001
          azure-native:tenantId: 00000000-0000-0000-0000-000000000002
          canton-infra:kind: subscription
          canton-infra:mode: deny
          canton-infra:allowedRegions: [centralus]
          canton-infra:owner: team
          canton-infra:costCenter: money
          canton-infra:allowedLocations: [centralus]
          canton-infra:containers: { allowedImagesRegex: '^r/.+$' }
          canton-infra:defender: { contactEmails: [security@example.com] }
          canton-infra:budget: { amount: 100, startDate: '2026-01-01', contactEmails: [team@example.com] }

        """;

    private const string Group = "name: SOC, objectId: 00000000-0000-0000-0000-000000000031";
    private const string Tenant = "managingTenantId: 00000000-0000-0000-0000-000000000032";

    [Fact]
    public void The_defaults_are_the_strict_ones()
    {
        var settings = Read(Least);

        Assert.Equal("sub", settings.Name);
        Assert.True(settings.DeletionProtection);
        Assert.Equal(["centralus"], settings.AllowedLocations.AsEnumerable());
        Assert.Equal(Enforcement.Deny, settings.Enforcement);
        Assert.Empty(settings.Environments);
        Assert.Empty(settings.Guardrails.Groups);
        Assert.Empty(settings.Guardrails.ExcludedResourceGroups);
        Assert.Equal(StandardAssignment.Existing, settings.Guardrails.Benchmark);
        Assert.Equal(StandardAssignment.Assigned, settings.Guardrails.Soc2);
        Assert.True(settings.Guardrails.DeploysVaultDiagnostics);
        Assert.Equal(new ContainerLimits("^r/.+$", "8", "32Gi"), settings.Containers.Limits);
        Assert.Empty(settings.Exemptions);
        Assert.Empty(settings.Defender.FreePlans);
        Assert.Equal(10_000, settings.Defender.MalwareScanCapGB);
        Assert.Null(settings.Defender.ContactPhone);
        Assert.Equal(new ActivityLogSettings(365, StorageRedundancy.GeoZone, KeyProtection.Hsm), settings.ActivityLog);
        Assert.Null(settings.Lighthouse);
        Assert.Equal([50, 80, 100], settings.Budget.Thresholds.AsEnumerable());
    }

    [Fact]
    public void What_has_no_default_is_asked_for_all_at_once() => Assert.Equal(
        [
            "canton-infra:owner: missing; it must give who answers for the subscription.",
            "canton-infra:costCenter: missing; it must give who pays for the subscription.",
            "canton-infra:allowedLocations: missing; it must give the regions that Azure Policy allows, a list of at least one.",
            @"canton-infra:containers.allowedImagesRegex: missing; it must give what the names of images must match, such as ^[a-z0-9]+\.azurecr\.io/.+$.",
            "canton-infra:defender.contactEmails: missing; it must give who is told of alerts, a list of at least one e-mail address.",
            "canton-infra:budget.amount: missing; it must give what the subscription may cost in a month.",
            "canton-infra:budget.startDate: missing; it must give the first day that counts.",
            "canton-infra:budget.contactEmails: missing; it must give who is told of costs, a list of at least one e-mail address.",
        ],
        ReadSettings.Errors(string.Join('\n', Least.Split('\n').Take(7)) + "\n")
            .Select(error => error["Pulumi.mainnet.yaml:1: ".Length..]));

    [Theory]
    [InlineData("allowedLocations: [centralus]", "allowedLocations: [Central US]", 10, "canton-infra:allowedLocations[0]: 'Central US' is not the short name of an Azure region, such as centralus.")]
    [InlineData("[security@example.com]", "[security]", 12, "canton-infra:defender.contactEmails[0]: 'security' is not an e-mail address.")]
    [InlineData("defender: {", "defender: { freePlans: [Keyvaults],", 12, "canton-infra:defender.freePlans[0]: 'Keyvaults' is not one of: Arm, CloudPosture, Containers, KeyVaults,")]
    [InlineData("defender: {", "defender: { malwareScanCapGB: 1,", 12, "canton-infra:defender.malwareScanCapGB: '1' is not a whole number from 10 to 100000.")]
    [InlineData("'2026-01-01'", "'2026-01-02'", 13, "canton-infra:budget.startDate: is not the first day of a month.")]
    [InlineData("'2026-01-01'", "'January'", 13, "canton-infra:budget.startDate: 'January' is not a day of the form 2026-12-31.")]
    [InlineData("amount: 100", "amount: 0", 13, "canton-infra:budget.amount: '0' is not a whole number from 1 to 100000000.")]
    [InlineData("amount: 100", "amount: 100, thresholds: [80, 80]", 13, "canton-infra:budget.thresholds: must give one to 4 different parts in percent")]
    public void A_wrong_value_is_told_with_its_line(string right, string wrong, int line, string message)
    {
        var error = Assert.Single(ReadSettings.Errors(Least.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.StartsWith($"Pulumi.mainnet.yaml:{line}: {message}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("canton-infra:enforcement: denny", "canton-infra:enforcement: 'denny' is not one of: audit, deny. Did you mean 'deny'?")]
    [InlineData("canton-infra:environments: [Devnet]", "canton-infra:environments[0]: 'Devnet' is not the name of an environment,")]
    [InlineData("canton-infra:guardrails: { benchmark: none }", "canton-infra:guardrails.benchmark: 'none' is not one of: assigned, existing.")]
    [InlineData("canton-infra:guardrails: { soc2: none }", "canton-infra:guardrails.soc2: 'none' is not one of: assigned, existing.")]
    [InlineData("canton-infra:guardrails: { deployVaultDiagnostics: perhaps }", "canton-infra:guardrails.deployVaultDiagnostics: 'perhaps' is not one of: false, true.")]
    [InlineData("canton-infra:guardrails: { groups: { aks: audit } }", "canton-infra:guardrails.groups.aks: there is no such setting; allowed are: disks, keyVault, kubernetes,")]
    [InlineData("canton-infra:guardrails: { groups: { storage: off } }", "canton-infra:guardrails.groups.storage: ")]
    [InlineData("canton-infra:guardrails: { excludedResourceGroups: ['a/b'] }", "canton-infra:guardrails.excludedResourceGroups[0]: 'a/b' is not the name of a resource group.")]
    [InlineData("canton-infra:guardrails: { nodeNamespaces: ['*'] }", "canton-infra:guardrails.nodeNamespaces[0]: '*' is not a namespace:")]
    [InlineData("canton-infra:activityLog: { archiveDays: 0 }", "canton-infra:activityLog.archiveDays: '0' is not a whole number from 1 to 3650.")]
    [InlineData("canton-infra:activityLog: { redundancy: none }", "canton-infra:activityLog.redundancy: 'none' is not one of: geoZone, local, zone.")]
    [InlineData("canton-infra:activityLog: { keyProtection: none }", "canton-infra:activityLog.keyProtection: 'none' is not one of: hsm, software.")]
    [InlineData("canton-infra:addressSpace: 10.0.0.0/20", "canton-infra:addressSpace: there is no such setting.")]
    public void A_wrong_addition_is_told(string line, string message)
    {
        var error = Assert.Single(ReadSettings.Errors($"{Least}  {line}\n"));

        Assert.StartsWith($"Pulumi.mainnet.yaml:14: {message}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exemption_is_read()
    {
        var exemption = Assert.Single(Read(WithExemption("references: [keys-expire]")).Exemptions);

        Assert.Equal(AssignedPolicies.Guardrails, exemption.Assignment);
        Assert.Equal(["keys-expire"], exemption.References.AsEnumerable());
        Assert.Equal("/subscriptions/00000000-0000-0000-0000-000000000001", exemption.Scope);
        Assert.True(exemption.IsMitigated);
        Assert.Equal(new DateOnly(2027, 1, 31), exemption.ExpiresOn);
        Assert.Equal("why", exemption.Reason);
    }

    [Theory]
    [InlineData("references: [keys-expired]", "canton-infra:exemptions[0].references[0]: 'keys-expired' is no policy of our initiative. Did you mean 'keys-expire'?")]
    [InlineData("scope: /subscriptions/other", "canton-infra:exemptions[0].scope: '/subscriptions/other' is not in the subscription; it must begin with /subscriptions/00000000-0000-0000-0000-000000000001/.")]
    [InlineData("owner: me", "canton-infra:exemptions[0].owner: there is no such setting;")]
    public void A_wrong_exemption_is_told(string member, string message)
    {
        var error = Assert.Single(ReadSettings.Errors(WithExemption(member)));

        Assert.StartsWith($"Pulumi.mainnet.yaml:14: {message}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exemption_without_an_end_is_refused()
    {
        var error = Assert.Single(ReadSettings.Errors(WithExemption("references: []").Replace("expiresOn: '2027-01-31', ", "", StringComparison.Ordinal)));

        Assert.Equal("Pulumi.mainnet.yaml:14: canton-infra:exemptions[0].expiresOn: missing; it must give the last day of the exemption.", error);
    }

    [Fact]
    public void An_exemption_that_stands_twice_is_told()
    {
        const string One = "{ assignment: soc2, category: waiver, expiresOn: '2027-01-31', reason: why }";
        var error = Assert.Single(ReadSettings.Errors($"{Least}  canton-infra:exemptions: [{One}, {One}]\n"));

        Assert.Equal("Pulumi.mainnet.yaml:14: canton-infra:exemptions[1]: stands twice: the same assignment, scope and references.", error);
    }

    [Fact]
    public void A_delegation_is_read()
    {
        var lighthouse = Read($"{Least}  canton-infra:lighthouse: {{ {Tenant}, groups: [ {{ {Group},"
            + " roles: [Security Reader], eligibleRoles: [Microsoft Sentinel Responder] } ] }\n").Lighthouse!;

        var group = Assert.Single(lighthouse.Groups);
        Assert.Equal("SOC", group.Name);
        Assert.Equal([AzureRoles.SecurityReader], group.Roles.AsEnumerable());
        Assert.Equal([AzureRoles.SentinelResponder], group.EligibleRoles.AsEnumerable());
    }

    [Theory]
    [InlineData("roles: [Owner]", "roles[0]: 'Owner' is not one of the roles that a group may have at all times: Log Analytics Reader, Microsoft Sentinel Reader,")]
    [InlineData("roles: [Microsoft Sentinel Responder]", "roles[0]: 'Microsoft Sentinel Responder' is not one of the roles that a group may have at all times:")]
    [InlineData("eligibleRoles: [Security Admin]", "eligibleRoles[0]: 'Security Admin' is not one of the roles that members may take for a time: Microsoft Sentinel Contributor,")]
    [InlineData("eligibleRoles: [Key Vault Reader]", "eligibleRoles[0]: 'Key Vault Reader' is not one of the roles")]
    public void Roles_that_another_tenant_must_not_have_are_refused(string roles, string message)
    {
        var error = Assert.Single(ReadSettings.Errors(
            $"{Least}  canton-infra:lighthouse: {{ {Tenant}, groups: [ {{ {Group}, {roles} }} ] }}\n"));

        Assert.StartsWith($"Pulumi.mainnet.yaml:14: canton-infra:lighthouse.groups[0].{message}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_delegation_to_nobody_is_refused()
    {
        var error = Assert.Single(ReadSettings.Errors($"{Least}  canton-infra:lighthouse: {{ {Tenant} }}\n"));

        Assert.StartsWith("Pulumi.mainnet.yaml:14: canton-infra:lighthouse.groups: missing;", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_whose_name_Azure_would_refuse_is_told() => Assert.StartsWith(
        "'Sub' cannot be the name of an environment", Assert.Single(ReadSettings.From("Sub", Least).Errors).Message, StringComparison.Ordinal);

    private static SubscriptionSettings Read(string file)
    {
        var result = ReadSettings.From("sub", file);
        Assert.Empty(result.Errors);
        return Assert.IsType<SubscriptionSettings>(result.Value);
    }

    private static string WithExemption(string member) =>
        $"{Least}  canton-infra:exemptions: [ {{ assignment: guardrails, category: mitigated, expiresOn: '2027-01-31', reason: why, {member} }} ]\n";
}
