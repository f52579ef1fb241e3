using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Policy.Rules.Access;
using CantonInfra.Policy.Rules.Keys;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>PostgreSQL servers' data is encrypted with keys that the customer has, and follows their rotation.</summary>
internal sealed partial class PostgreSqlCustomerManagedKey : ResourcePolicy, IDecidedByStack
{
    private static readonly Choice Type = Choice.Of(
        PostgreSqlTypes.Server,
        "dataEncryption.type",
        "AzureKeyVault",
        "its data is encrypted with a key that the customer can neither turn off nor rotate");

    public override string Id => "postgresql-customer-managed-key";

    public override string Title => "PostgreSQL servers are encrypted with customer-managed keys that they follow";

    public override string Rationale =>
        "Whether a server has the customer's own key is decided when it is created. A key with a version is not followed when it "
        + "rotates: when that version is turned off, the server is down within the hour. And a copy of the backups that needs a key of "
        + "the lost region cannot be read.";

    public override string Remediation =>
        "Set dataEncryption.type to AzureKeyVault and dataEncryption.primaryKeyURI to the URI without a version. With geo-redundant "
        + "backups, give geoBackupKeyURI from a vault and geoBackupUserAssignedIdentityId of an identity in the paired region.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        PostgreSqlTypes.Server,
        Good: """{"dataEncryption": {"type": "AzureKeyVault", "primaryKeyURI": "https://v.vault.azure.net/keys/k"}}""",
        Bad: """{"dataEncryption": {"type": "SystemManaged"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-5"),
        new(PolicyControl.CloudSecurityBenchmark, "DP-6"),
        new(PolicyControl.CloudSecurityBenchmark, "BR-2"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "A1.2"),
        new(PolicyControl.Requirement, "A11"),
        new(PolicyControl.Requirement, "A18"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [PostgreSqlTypes.Server, PostgreSqlTypes.ClassicServer];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        // The classic provider takes the type from the key's being there.
        if (Type.Type.Matches(resource.Type))
        {
            yield return Type.JudgeOne(resource);
        }

        var places = Places.Of(resource);
        var primary = resource.Read(places.Key);
        yield return JudgeVersion(resource, primary);
        if (!places.HasCopy(resource))
        {
            yield break;
        }

        var geo = resource.Read(places.CopyKey);
        yield return JudgeVersion(resource, geo);
        yield return JudgeApart(resource, primary, geo, VaultOf, "keys of the same vault");
        var reader = resource.Read(places.CopyReader);
        yield return reader.State == PropertyState.Missing
            ? PolicyVerdict.Violation(reader.Path, $"{resource} does not say here which identity reads the copy of its backups.")
            : JudgeApart(resource, resource.Read(places.Reader), reader, id => id, "the same identity");
    }

    // Which of the keys has a version only shows in the update, before the server is made.
    public PolicyVerdict? Decide(UndecidedVerdict undecided, StackResourceView resource, StackView resources)
    {
        var at = Places.Of(resource);
        var isKey = undecided.Path.ToString() is var path && (path == at.Key || path == at.CopyKey);
        var sources = resources.SourcesOf(resource, undecided.Path, isKey ? KeyTypes.Keys : AccessTypes.Identities).ToList();
        if (sources.Count == 0)
        {
            return null;
        }

        // The key or identity for the copy comes from the same property; with one of each, both would be that one.
        var isPair = resource.Read(at.CopyKey).State != PropertyState.Missing;
        var places = sources.Select(source => isKey ? KeyTypes.PlaceOf(source, resources) : source.Urn).Distinct(StringComparer.Ordinal).ToList();
        var areAllUnknown = isKey
            ? AreUnknown(resource, at.Key, at.CopyKey)
            : AreUnknown(resource, at.Reader, at.CopyReader);
        return !isPair || !areAllUnknown || places.Count > 1 ? PolicyVerdict.Pass
            : places[0] is null ? null
            : PolicyVerdict.Violation(
                undecided.Path,
                $"{resource} reads its data and the copy of its backups with {(isKey ? "keys of the same vault" : "the same identity")}, lost with the region.");
    }

    private static bool AreUnknown(StackResourceView server, params string[] paths) =>
        paths.All(path => server.Read(path).State == PropertyState.Unknown);

    private static PolicyVerdict JudgeVersion(ResourceView server, PropertyReading key)
    {
        if (key.State == PropertyState.Missing)
        {
            return PolicyVerdict.Violation(key.Path, $"{server} names no key here.");
        }

        if (!key.TryGetText(out var uri))
        {
            return PolicyVerdict.Undecided(key.Path);
        }

        return Version().IsMatch(uri)
            ? PolicyVerdict.Violation(
                key.Path, $"{server} has {key} here, a key with a version, which it does not leave when the key rotates.")
            : PolicyVerdict.Pass;
    }

    private static PolicyVerdict JudgeApart(
        ResourceView server, PropertyReading here, PropertyReading there, Func<string, string> placeOf, string what)
    {
        if (!here.TryGetText(out var first) || !there.TryGetText(out var second))
        {
            // What is missing is told where it is missing.
            return here.State == PropertyState.Missing || there.State == PropertyState.Missing
                ? PolicyVerdict.Pass
                : PolicyVerdict.Undecided(here.TryGetText(out _) ? there.Path : here.Path);
        }

        return placeOf(first).Equals(placeOf(second), StringComparison.OrdinalIgnoreCase)
            ? PolicyVerdict.Violation(there.Path, $"{server} reads its data and the copy of its backups with {what}, lost with the region.")
            : PolicyVerdict.Pass;
    }

    private static string VaultOf(string keyUri) => Uri.TryCreate(keyUri, UriKind.Absolute, out var uri) ? uri.Host : keyUri;

    /// <summary>Where a server has its keys, who reads them, and the same for the copy of its backups.</summary>
    private sealed record Places(string Key, string Reader, string CopyKey, string CopyReader)
    {
        private static readonly Places Native = new(
            "dataEncryption.primaryKeyURI", "dataEncryption.primaryUserAssignedIdentityId",
            "dataEncryption.geoBackupKeyURI", "dataEncryption.geoBackupUserAssignedIdentityId");

        private static readonly Places Classic = new(
            "customerManagedKey.keyVaultKeyId", "customerManagedKey.primaryUserAssignedIdentityId",
            "customerManagedKey.geoBackupKeyVaultKeyId", "customerManagedKey.geoBackupUserAssignedIdentityId");

        public static Places Of(ResourceView server) => PostgreSqlCustomerManagedKey.Type.Type.Matches(server.Type) ? Native : Classic;

        public bool HasCopy(ResourceView server) => this == Classic
            ? server.Read("geoRedundantBackupEnabled").ToFlag(whenMissing: false) == true
            : server.Read("backup.geoRedundantBackup").TryGetText(out var mode) && mode.Equals("Enabled", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("/keys/[^/]+/[0-9a-fA-F]{32}/?$")]
    private static partial Regex Version();
}
