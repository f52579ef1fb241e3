using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests;

public sealed class GuardrailsTests
{
    private static readonly PolicyPack Pack =
        Guardrails.Load(AppContext.BaseDirectory, TimeProvider.System);

    [Fact]
    public void The_ids_are_these_for_waivers_and_reports_cite_them() => Assert.Equal(
        [
            "activity-log-alerts",
            "activity-log-kept",
            "aks-azure-policy",
            "aks-defender",
            "aks-entra-roles",
            "aks-etcd-encryption",
            "aks-image-cleaner",
            "aks-managed-identity",
            "aks-network-policy",
            "aks-no-local-accounts",
            "aks-no-node-ssh",
            "aks-no-retired-parts",
            "aks-node-group-locked",
            "aks-node-images",
            "aks-outbound-declared",
            "aks-private-api",
            "aks-secret-rotation",
            "aks-supported-version",
            "aks-upgrade-channels",
            "aks-uptime",
            "aks-workload-identity",
            "alerts-tell-somebody",
            "audit-logs-archived",
            "audit-tables-complete",
            "auth0-client-grants",
            "auth0-sign-ins-protected",
            "canton-far-rights",
            "canton-one-user-each",
            "canton-tokens-travel-encrypted",
            "canton-users-do-not-administer",
            "certificates-sound",
            "charts-from-allowed-repositories",
            "charts-pinned",
            "container-logs-collected",
            "custom-roles-bounded",
            "customer-keys-usable",
            "declared-connections-hold",
            "defender-plans-complete",
            "defender-plans-on",
            "deploying-policies-can-deploy",
            "detections-on",
            "diagnostic-settings-sound",
            "disk-encryption",
            "disk-encryption-sets-follow",
            "federated-credentials-exact",
            "firewall-policy-strict",
            "firewall-rules-narrow",
            "flow-logs-of-networks",
            "gateways-encrypt",
            "gateways-hide-administration",
            "generated-passwords-long",
            "identities-used",
            "identity-no-literal-passwords",
            "images-from-allowed-registries",
            "images-pinned",
            "initiatives-assigned",
            "keycloak-accounts-own",
            "keycloak-client-one-purpose",
            "keycloak-no-full-scope",
            "keycloak-realm-events",
            "keycloak-realm-hardened",
            "keycloak-realm-headers",
            "keycloak-scopes-sound",
            "keycloak-second-factor",
            "keycloak-server-hardened",
            "keycloak-service-account-no-admin",
            "keycloak-sessions-end",
            "keyvault-encryption-keys-rotate",
            "keyvault-hardware-keys",
            "keyvault-no-public-access",
            "keyvault-not-for-machines",
            "keyvault-permanent-keys",
            "keyvault-purge-protection",
            "keyvault-retention",
            "keyvault-roles-only",
            "keyvault-signing-keys-apart",
            "keyvault-strong-keys",
            "keyvault-trusted-services",
            "kms-decided",
            "lighthouse-least-privilege",
            "log-archive-immutable",
            "log-retention",
            "log-storage-sound",
            "machines-no-passwords",
            "machines-patched",
            "mesh-authority-supplied",
            "mesh-authorization-exact",
            "mesh-connections-hold",
            "mesh-covers-namespaces",
            "mesh-mtls-strict",
            "mode-within-limits",
            "namespace-default-deny",
            "namespace-pod-security",
            "network-dns-private",
            "network-policies-narrow",
            "no-cluster-admins",
            "no-human-key-use",
            "no-human-rulers",
            "no-inbound-from-internet",
            "no-ip-forwarding",
            "no-privileged-service-roles",
            "no-public-address-on-machines",
            "no-route-to-internet",
            "no-secret-outputs-in-clear",
            "no-secrets-in-clear",
            "no-wildcard-rights",
            "oidc-audience-own",
            "oidc-no-implicit-or-password-grant",
            "oidc-public-client-pkce",
            "oidc-redirect-uris-exact",
            "oidc-token-lifetimes",
            "one-way-out",
            "peerings-closed",
            "peers-identified",
            "people-stay-out-of-pods",
            "pods-bounded",
            "pods-in-own-namespaces",
            "pods-not-privileged",
            "pods-restricted",
            "policies-enforced",
            "policy-exemptions-expire",
            "policy-parameters-narrow",
            "postgresql-audit",
            "postgresql-backup-retention",
            "postgresql-customer-managed-key",
            "postgresql-entra-sign-in",
            "postgresql-geo-redundant-backup",
            "postgresql-logs-complete",
            "postgresql-no-public-access",
            "postgresql-no-public-grants",
            "postgresql-own-databases",
            "postgresql-parameters-in-order",
            "postgresql-password-hashes",
            "postgresql-plain-roles",
            "postgresql-server-logs",
            "postgresql-storage-autogrow",
            "postgresql-supported-version",
            "postgresql-tls",
            "postgresql-zone-redundant",
            "private-endpoint-dns",
            "private-endpoints-guarded",
            "providers-connect-encrypted",
            "public-addresses-on-gateways",
            "regions-allowed",
            "registry-closed",
            "required-tags",
            "resources-log",
            "role-scopes-narrow",
            "roles-say-for-whom",
            "secrets-not-shared",
            "security-changes-not-ignored",
            "security-contact-told",
            "security-groups-deny-last",
            "services-internal",
            "splice-values-sound",
            "splice-versions-approved",
            "stateful-locked",
            "stateful-protected",
            "storage-account-closed",
            "subnet-no-default-outbound",
            "subnet-security-group",
            "tokens-only-where-needed",
            "trusted-launch",
            "waivers-in-order",
            "workspace-no-daily-cap",
            "workspace-no-local-auth",
            "workspace-no-public-access",
        ],
        Pack.Policies.Select(policy => policy.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_rule_tells_all_that_a_catalogue_needs() => Assert.All(Pack.Policies, policy =>
    {
        Assert.DoesNotContain('\n', policy.Title);
        Assert.False(policy.Title.EndsWith('.'), policy.Id);
        Assert.EndsWith(".", policy.Rationale, StringComparison.Ordinal);
        Assert.EndsWith(".", policy.Remediation, StringComparison.Ordinal);
        Assert.Contains(policy.Controls, control => control.Framework == PolicyControl.Soc2);
        Assert.Contains(policy.Controls, control => control.Framework == PolicyControl.CloudSecurityBenchmark);
        Assert.Contains(policy.Controls, control => control.Framework == PolicyControl.Requirement);
        Assert.Distinct(policy.Controls);
    });

    [Fact]
    public void Audit_lowers_all_but_regions_and_the_mode_itself()
    {
        var audit = Enforcement.Strict.In(PolicyMode.Audit);

        Assert.Equal(
            ["mode-within-limits", "regions-allowed"],
            Pack.Policies.Where(policy => audit.LevelOf(policy) == EnforcementLevel.Mandatory)
                .Select(policy => policy.Id).Order(StringComparer.Ordinal));
        Assert.All(Pack.Policies, policy => Assert.Equal(EnforcementLevel.Mandatory, Enforcement.Strict.LevelOf(policy)));
    }

    [Theory]
    [InlineData("mainnet", 30)]
    [InlineData("devnet", 90)]
    public void Waivers_are_bound_by_the_limits_of_the_stack(string stack, int days) => Assert.Equal(
        days, Pack.WaiverLimit(StackContext.From(new Protocol.Wire.AnalyzerStackConfigureRequest { Stack = stack }))!.MaximumDays);

    [Fact]
    public void Examples_are_true() => Assert.All(Pack.Policies.Where(policy => policy.Example is not null), policy =>
    {
        Assert.Equal(PolicyOutcome.Passed, Judge(policy, policy.Example!.Good));
        Assert.Equal(PolicyOutcome.Violated, Judge(policy, policy.Example.Bad));
    });

    private static PolicyOutcome Judge(PolicySdk.Policy policy, string properties) =>
        new RuleUnderTest(policy).Judge(policy.Example!.Type, properties).Outcome;
}
