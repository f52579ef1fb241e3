using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Services;

namespace CantonInfra.Infra.Settings;

/// <summary>What runs as a service: <c>.image</c> of each and what belongs to it (B1).</summary>
internal static partial class ServiceImageSettings
{
    /// <summary>Reads it.</summary>
    /// <param name="node">The service.</param>
    /// <param name="mostReplicas">The most pods; 1 for one that must be alone.</param>
    public static ServiceImage? Read(SettingNode node, int mostReplicas)
    {
        var image = ContainerImages.ReadOptional(node.Member("image"));
        var replicasNode = mostReplicas > 1 ? node.Member("replicas") : null;
        var variablesNode = node.Member("variables");
        var secretNode = node.Member("variablesSecret");
        var replicas = replicasNode?.Integer(1, mostReplicas, 2) ?? 1;
        var variables = Variables(variablesNode);
        var secret = secretNode.IsMissing
            ? null
            : secretNode.Text("a secret of the service's namespace", SecretName(), "the name of a secret: lowercase letters, digits, dots and hyphens");
        if (image is null)
        {
            foreach (var other in new[] { replicasNode, variablesNode, secretNode }.OfType<SettingNode>().Where(other => !other.IsMissing))
            {
                other.Refuse("is of no use without an image; leave it out, or set image.");
            }

            return null;
        }

        return new ServiceImage(image, replicas, variables, secret);
    }

    private static ImmutableSortedDictionary<string, string> Variables(SettingNode node)
    {
        var variables = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
        foreach (var item in node.Items())
        {
            var nameNode = item.Member("name");
            var name = nameNode.Text("the variable's name", VariableName(), "the name of a variable: capital letters, digits and underscores");
            var value = item.Member("value").Text("the variable's value");
            if (name.StartsWith("CANTON_AUTH_", StringComparison.Ordinal) || name == "CANTON_LEDGER_RPC_URL")
            {
                nameNode.Refuse($"'{name}' is given by the program; leave it out.");
            }
            else if (Secret().IsMatch(name))
            {
                nameNode.Refuse($"'{name}' is a secret by its name, and settings are not; keep it in a secret of the namespace and name that in variablesSecret.");
            }

            variables = variables.SetItem(name, value);
        }

        return variables;
    }

    [GeneratedRegex("^[A-Z][A-Z0-9_]{0,127}$")]
    private static partial Regex VariableName();

    [GeneratedRegex("(SECRET|PASSWORD|TOKEN|KEY|DATABASE_URL|CREDENTIALS)$")]
    private static partial Regex Secret();

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")]
    private static partial Regex SecretName();
}
