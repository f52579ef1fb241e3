using CantonInfra.Conformance.Tests.Support;
using CantonInfra.Engine;

namespace CantonInfra.Conformance.Tests.Twins;

/// <summary>Runs both twins of a case with the same settings.</summary>
internal static class TwinStack
{
    private const string Project = "twins";

    // 'token' is a secret whose value is known: the override takes the place of what cannot be decrypted here.
    private const string StackFile =
        """
        config:
          twins:text: hello
          twins:number: "1.5"
          twins:count: "42"
          twins:flag: "true"
          twins:list:
            - a
            - b
          twins:map:
            key: value
          twins:nested:
            inner:
              name: deep
              items:
                - x
                - y
          twins:token:
            secure: AAAA
          twins:sealed:
            secure: AAAA
          other:key: elsewhere
          azure-native:location: germanywestcentral
        """;

    /// <summary>Runs a case in C# on our SDK.</summary>
    public static Task<PreviewResult> OursAsync(string name, params string[] packs) =>
        Previews.DotNetAsync("Twins", Project, StackFile, Overrides(name), packs);

    /// <summary>Runs a case in JavaScript on the official SDK.</summary>
    public static Task<PreviewResult> OfficialAsync(string name, params string[] packs) =>
        Previews.NodeAsync("twins", Project, StackFile, Overrides(name), packs);

    /// <summary>Runs a case in C# on our SDK, judged by a pack with a policy configuration.</summary>
    public static Task<PreviewResult> ConfiguredAsync(string name, string pack, string policies) =>
        Previews.ConfiguredAsync("Twins", Project, StackFile, Overrides(name), pack, policies);

    private static string[] Overrides(string name) => [$"twins:case={name}", "twins:token=known secret"];
}
