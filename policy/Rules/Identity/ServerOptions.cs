using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Pods;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Identity;

/// <summary>An option of a Keycloak server.</summary>
/// <param name="Path">Where it is given.</param>
/// <param name="Text">Its value; null where it is not known or comes from a Secret.</param>
/// <param name="Shown">The value for messages, which does not tell a secret.</param>
internal sealed record ServerOption(PropertyPath Path, string? Text, string Shown);

/// <summary>The options that a container gives to a Keycloak server, in variables (KC_…) or arguments (--…).</summary>
/// <param name="Container">The container.</param>
/// <param name="Options">By name, with single dashes.</param>
/// <param name="Commands">Arguments that are no options, such as <c>start</c>.</param>
internal sealed record ServerOptions(
    ContainerView Container, ImmutableDictionary<string, ServerOption> Options, ImmutableArray<ServerOption> Commands)
{
    private const string Variable = "KC_";
    private const string Argument = "--";

    /// <summary>An option; null where the container does not give it.</summary>
    public ServerOption? Find(string name) => Options.GetValueOrDefault(name);

    /// <summary>Reads a container; null where it runs no Keycloak server of the project's own image.</summary>
    public static ServerOptions? Of(ContainerView container)
    {
        var options = ImmutableDictionary.CreateBuilder<string, ServerOption>(StringComparer.Ordinal);
        var commands = ImmutableArray.CreateBuilder<ServerOption>();
        foreach (var variable in container.Select("env[*]").Where(each => each.State == PropertyState.Known))
        {
            if (container.Pod.Resource.Read(variable.Path.Then("name")).TryGetText(out var name) && name.StartsWith(Variable, StringComparison.Ordinal))
            {
                var value = container.Pod.Resource.Read(variable.Path.Then("value"));
                var isElsewhere = container.Pod.Resource.Read(variable.Path.Then("valueFrom")).State != PropertyState.Missing;
                options[Normal(name[Variable.Length..])] = new(value.Path, value.TryGetText(out var text) ? text
                    : value.State == PropertyState.Missing && !isElsewhere ? "" : null, value.ToString());
            }
        }

        var isNamed = options.Count > 0;
        foreach (var argument in container.Select("command[*]").Concat(container.Select("args[*]")))
        {
            if (!argument.TryGetText(out var text))
            {
                continue;
            }

            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (text.StartsWith(Argument, StringComparison.Ordinal) && equals > 0)
            {
                options[Normal(text[Argument.Length..equals])] = new(argument.Path, text[(equals + 1)..], argument.ToString());
            }
            else
            {
                commands.Add(new(argument.Path, text, argument.ToString()));
            }
        }

        var isImage = container.Read("image").TryGetText(out var image)
            && SupplyChain.ImageReference.Parse(image).Repository.EndsWith("keycloak/keycloak", StringComparison.OrdinalIgnoreCase);
        return isNamed || isImage ? new(container, options.ToImmutable(), commands.ToImmutable()) : null;
    }

    // Names of plugins have two dashes or underscores between their parts in later versions, and one in earlier ones.
    private static string Normal(string name)
    {
        var plain = name.ToLowerInvariant().Replace('_', '-');
        return plain.Replace("--", "-", StringComparison.Ordinal);
    }
}
