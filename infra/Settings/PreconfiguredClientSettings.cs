using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Ledger;

namespace CantonInfra.Infra.Settings;

/// <summary>The clients that the customer made in a provider of its own.</summary>
internal static class PreconfiguredClientSettings
{
    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="node">The provider's settings.</param>
    /// <param name="form">What ids look like.</param>
    /// <param name="validators">The environment's validators; the first has no name behind what they share.</param>
    /// <param name="services">The environment's services.</param>
    public static PreconfiguredClients Read(
        SettingsReader reader, SettingNode node, ClientIdForm form, ImmutableArray<string> validators, ServiceSettings services)
    {
        var clients = ReadValidators(reader, node.Member("validators"), form, validators);
        var machines = clients.ToImmutableSortedDictionary(
            client => BackendOf(client.Name, validators), client => client.Backend, StringComparer.Ordinal);
        foreach (var service in CantonService.All)
        {
            var own = node.Member(service.Setting);
            var settings = services.Enabled.FirstOrDefault(enabled => enabled.Service == service);
            if (settings is not null)
            {
                machines = machines.SetItem(
                    service.Name, PreconfiguredMachineSettings.Read(reader, own, form, service.Name).Identity);
            }
            else if (!own.IsMissing)
            {
                own.Refuse($"is of no use, since canton-infra:services.{service.Setting}.enabled is false; leave it out.");
            }

            if (settings is { SecretGeneration: not 1 })
            {
                reader.Add(
                    $"canton-infra:services.{service.Setting}.secretGeneration",
                    null,
                    "is of no use, since the secret is not made here; make a new one where the client is, and set"
                    + $" canton-infra:clientSecret-{service.Name}.");
            }
        }

        return new PreconfiguredClients(
            machines,
            clients.ToImmutableSortedDictionary(client => client.Name, client => client.UserInterfaces, StringComparer.Ordinal));
    }

    private static ImmutableArray<PreconfiguredValidatorSettings> ReadValidators(
        SettingsReader reader, SettingNode list, ClientIdForm form, ImmutableArray<string> validators)
    {
        var clients = ImmutableArray.CreateBuilder<PreconfiguredValidatorSettings>();
        foreach (var item in list.Items())
        {
            var nameNode = item.Member("name");
            var name = nameNode.Text("the validator");
            if (name.Length > 0 && !validators.Contains(name, StringComparer.Ordinal))
            {
                nameNode.Refuse($"'{name}' is not one of: {string.Join(", ", validators)}.{NearestName.Hint(name, validators)}");
            }

            var client = PreconfiguredValidatorSettings.Read(reader, item, form, name, BackendOf(name, validators));
            if (clients.Any(other => other.Name == name))
            {
                nameNode.Refuse($"'{name}' stands twice; each validator has one entry.");
            }
            else
            {
                clients.Add(client);
            }
        }

        foreach (var validator in validators.Where(validator => clients.All(client => client.Name != validator)))
        {
            list.Refuse($"has no entry with the name '{validator}'; each validator needs its clients.");
        }

        return clients.ToImmutable();
    }

    private static string BackendOf(string validator, ImmutableArray<string> validators) =>
        ValidatorSecrets.Named(ValidatorSecrets.Backend, validator == validators[0] ? null : validator);
}
