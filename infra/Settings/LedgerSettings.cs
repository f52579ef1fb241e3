using System.Collections.Immutable;

namespace CantonInfra.Infra.Settings;

/// <summary>The validators of an environment, <c>canton-infra:ledger</c> (A11, A17).</summary>
/// <param name="Validators">
/// <c>.validators</c>: the validators; one with the name 'validator'. The first has the databases participant and validator and
/// the account cnadmin; each further one has its name behind them. So the order must stay. <c>.secrets</c>: how their charts get
/// secrets: kubernetes, as Secrets of the namespace; the charts drop volumes of a CSI driver, so csi is refused.
/// </param>
internal sealed record LedgerSettings(ImmutableArray<ValidatorSettings> Validators)
{
    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="takenNames">Names of namespaces that others have.</param>
    public static LedgerSettings Read(SettingsReader reader, ImmutableArray<string> takenNames)
    {
        var ledger = reader.Structure("ledger");
        var keyStorage = KeyStorages.Read(ledger, KeyStorage.Database);
        SecretDelivery.Read(ledger.Member("secrets"));
        var items = ledger.Member("validators");
        if (items.IsMissing)
        {
            return new LedgerSettings([ValidatorSettings.ReadDefault(reader, keyStorage)]);
        }

        var validators = ImmutableArray.CreateBuilder<ValidatorSettings>();
        foreach (var item in items.Items())
        {
            var validator = ValidatorSettings.Read(
                reader, item, isFirst: validators.Count == 0, keyStorage, takenNames);
            if (validator.Name.Length > 0 && validators.Any(other => other.Name == validator.Name))
            {
                item.Member("name").Refuse($"'{validator.Name}' stands twice; each validator has one entry.");
            }
            else if (validator.Name == ValidatorSettings.DefaultName && validators.Count > 0)
            {
                item.Member("name").Refuse($"'{validator.Name}' must be the first entry: it is whose databases have no name behind.");
            }

            validators.Add(validator);
        }

        if (validators.Count == 0)
        {
            items.Refuse("must have an entry for each validator; leave it out for one.");
        }

        return new LedgerSettings(validators.ToImmutable());
    }

    /// <summary>Notes numbers of secrets that are not made here.</summary>
    /// <param name="reader">The reader.</param>
    public void RefuseGenerations(SettingsReader reader)
    {
        foreach (var (index, validator) in Validators.Index().Where(entry => entry.Item.SecretGeneration != 1))
        {
            reader.Add(
                $"canton-infra:ledger.validators[{index}].secretGeneration",
                null,
                "is of no use, since the secret is not made here; make a new one where the client of"
                + $" {validator.Name} is, and set its canton-infra:clientSecret.");
        }
    }
}
