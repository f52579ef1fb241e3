using CantonInfra.PolicySdk;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Policy.Files;

/// <summary>Patterns for names in the pack's files.</summary>
internal static class StackPatterns
{
    public static NamePattern Read(StrictYaml yaml, YamlNode node, string what = "stacks")
    {
        var text = yaml.Text(node, what);
        return NamePattern.IsValid(text)
            ? new NamePattern(text)
            : throw yaml.Malformed(node, $"'{text}' is not a pattern for {what}: a star may only end it.");
    }
}
