using CantonInfra.PolicySdk;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Policy.Files;

/// <summary>Patterns for names of stacks in the pack's files.</summary>
internal static class StackPatterns
{
    public static NamePattern Read(StrictYaml yaml, YamlNode node)
    {
        var text = yaml.Text(node, "stacks");
        return NamePattern.IsValid(text)
            ? new NamePattern(text)
            : throw yaml.Malformed(node, $"'{text}' is not a pattern for stacks: a star may only end it.");
    }
}
