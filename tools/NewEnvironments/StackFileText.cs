using System.Text;

namespace CantonInfra.Tools.NewEnvironments;

/// <summary>The stack file of a new environment: what has to be said, and nothing that is a default.</summary>
internal static class StackFileText
{
    /// <summary>Writes it.</summary>
    public static string Write(NewEnvironment environment)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append('\n');

        Line($"# The environment '{environment.Name}'. Ids of zeros and example.com are placeholders that validate; replace them with your own.");
        Line("# Everything that is not said is a default, and defaults are mainnet's: docs/settings.md lists what can be said.");
        Line("config:");
        Line($"  azure-native:location: {Quoted(environment.Location)}");
        Line($"  azure-native:subscriptionId: {Quoted(environment.SubscriptionId)}");
        Line($"  azure-native:tenantId: {Quoted(environment.TenantId)}");
        Line("  canton-infra:kind: environment");
        Line($"  canton-infra:environment: {Quoted(environment.Network)}");
        Line($"  canton-infra:mode: {environment.Mode}");
        Line($"  canton-infra:owner: {Quoted(environment.Owner)}");
        Line($"  canton-infra:costCenter: {Quoted(environment.CostCenter)}");
        Line($"  canton-infra:organization: {Quoted(environment.Organization)}");
        Line($"  canton-infra:addressSpace: {Quoted(environment.AddressSpace)}");
        Line("  canton-infra:alerts:");
        Line($"    email: {Quoted(environment.Email)}");
        Line("  canton-infra:access:");
        Line("    admins:");
        Line($"      - {Quoted(environment.AdminGroup)}");
        Line("  canton-infra:identity:");
        Line($"    host: {Quoted(environment.Host)}");
        Line("    keycloak:");
        Line($"      url: {Quoted($"https://auth.{environment.Host}")}");
        Line("  canton-infra:ledgerBackups:");
        Line($"    image: mcr.microsoft.com/azure-cli@sha256:{new string('0', 64)}");
        Line("  canton-infra:services:");
        Line("    relayer:");
        Line("      partyHint: canton-bridge");
        Line("  canton-infra:cluster:");
        Line("    adminGroupObjectIds:");
        Line($"      - {Quoted(environment.AdminGroup)}");
        return text.ToString();
    }

    // Single quotes: YAML reads nothing into what they hold.
    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
