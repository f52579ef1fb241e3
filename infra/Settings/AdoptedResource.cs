using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CantonInfra.Infra.Settings;

/// <summary><c>canton-infra:import[]</c>: a resource that exists already and comes under the program's care; none (P1).</summary>
/// <param name="Resource">
/// <c>.resource</c>: which resource of the program it is: its type and its name, as the end of its URN has them. No default.
/// </param>
/// <param name="Id"><c>.id</c>: its id in the cloud, as the provider's documentation names it for imports. No default.</param>
internal sealed partial record AdoptedResource(string Resource, string Id)
{
    /// <summary>Reads them.</summary>
    public static ImmutableArray<AdoptedResource> Read(SettingsReader reader)
    {
        var adopted = ImmutableArray.CreateBuilder<AdoptedResource>();
        foreach (var node in reader.Structure("import").Items())
        {
            var resource = node.Member("resource");
            var entry = new AdoptedResource(
                resource.Text("the resource's type and name", ResourceForm(), "a type and a name, such as azure-native:resources:ResourceGroup::data"),
                node.Member("id").Text("the id of the resource in the cloud"));
            if (adopted.Any(other => other.Resource == entry.Resource))
            {
                resource.Refuse($"'{entry.Resource}' stands twice.");
            }

            adopted.Add(entry);
        }

        return adopted.ToImmutable();
    }

    [GeneratedRegex(@"^[^:\s]+:[^:\s]+:[^:\s]+::\S(.*\S)?$")]
    private static partial Regex ResourceForm();
}
