using System.Collections.Immutable;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Infra.Stacks;

/// <summary>The vaults of an environment (A16): who may use a key for encryption has no business with passwords.</summary>
internal sealed class EnvironmentVaults
{
    private readonly EnvironmentFoundation _base;
    private readonly EnvironmentObservability _observability;
    private readonly SortedDictionary<string, KeyVault> _byName = new(StringComparer.Ordinal);

    /// <summary>Declares the two that every environment has.</summary>
    public EnvironmentVaults(EnvironmentFoundation foundation, EnvironmentObservability observability)
    {
        _base = foundation;
        _observability = observability;
        Keys = Add("keys", "cmk", Hsm());
        Secrets = Add("secrets", "app");
    }

    /// <summary>The vault for encryption keys.</summary>
    public KeyVault Keys { get; }

    /// <summary>The vault for passwords.</summary>
    public KeyVault Secrets { get; }

    /// <summary>All of them so far, by their names in the program.</summary>
    public ImmutableSortedDictionary<string, KeyVault> ByName => _byName.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Declares the vault of keys that validators sign with.</summary>
    public KeyVault AddCantonKeys() => Add("canton-keys", "canton");

    /// <summary>Declares the key that encrypts the cluster's own database, in a vault of its own; none where the settings have none.</summary>
    public EtcdKey? AddEtcdKey() => _base.Settings.Cluster.HasEtcdKey ? Add("etcd-keys", "kms").AddEtcdKey(KeySettings.EtcdKey) : null;

    private KeyVault Add(string name, string purpose, ManagedHsmPool? hsm = null)
    {
        var settings = _base.Settings.Keys;
        var vault = new KeyVault(name, new KeyVaultArgs
        {
            Azure = _base.Azure,
            ResourceGroupName = _base.Groups.Security,
            Purpose = purpose,
            Protection = settings.Protection,
            SoftDeleteRetentionInDays = settings.SoftDeleteRetentionDays,
            Generations = settings.Generations,
            Hsm = hsm,
            HsmKeys = settings.ManagedHsm?.Keys ?? ImmutableSortedDictionary<string, HsmKeyUri>.Empty,
        });
        vault.AllowFrom(_base.Network);
        vault.LogTo(_observability.Logs);
        vault.AlertTo(_observability.Alerts);
        _base.Locks.CoverStateful(name, vault.Id, vault);
        _byName.Add(name, vault);
        return vault;
    }

    private ManagedHsmPool? Hsm()
    {
        if (_base.Settings.Keys.ManagedHsm is not { } settings)
        {
            return null;
        }

        var hsm = new ManagedHsmPool("hsm", new ManagedHsmPoolArgs
        {
            Azure = _base.Azure,
            ResourceGroupName = _base.Groups.Security,
            AdminObjectIds = settings.AdminObjectIds,
            SoftDeleteRetentionInDays = _base.Settings.Keys.SoftDeleteRetentionDays,
        });
        hsm.AllowFrom(_base.Network);
        hsm.LogTo(_observability.Logs);
        _base.Locks.CoverStateful("hsm", hsm.Id, hsm);
        return hsm;
    }
}
