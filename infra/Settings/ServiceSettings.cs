using System.Collections.Immutable;
using CantonInfra.Infra.Components.Identity;

namespace CantonInfra.Infra.Settings;

/// <summary>The services that use the ledger.</summary>
/// <param name="Services"><c>canton-infra:services</c>: a list of names; all that there are.</param>
internal sealed record ServiceSettings(ImmutableArray<CantonService> Services)
{
    /// <summary>Reads them.</summary>
    public static ServiceSettings Read(SettingsReader reader)
    {
        var node = reader.Structure("services");
        if (node.IsMissing)
        {
            return new ServiceSettings(CantonService.All);
        }

        var names = node.Items().Select(Name).ToImmutableArray();
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            node.Refuse("a service stands twice.");
        }

        return new ServiceSettings([.. CantonService.All.Where(service => names.Contains(service.Name, StringComparer.Ordinal))]);
    }

    private static string Name(SettingNode node)
    {
        var name = node.Text("a service");
        var known = CantonService.All.Select(service => service.Name).ToList();
        if (name.Length > 0 && !known.Contains(name, StringComparer.Ordinal))
        {
            node.Refuse($"'{name}' is not one of: {string.Join(", ", known)}.{NearestName.Hint(name, known)}");
        }

        return name;
    }
}
