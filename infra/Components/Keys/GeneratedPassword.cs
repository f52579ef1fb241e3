using System.Globalization;
using Pulumi;
using Pulumi.Random;

namespace CantonInfra.Infra.Components.Keys;

/// <summary>A password that is made once and is a secret wherever it goes.</summary>
internal static class GeneratedPassword
{
    private const int Length = 40;

    /// <summary>Makes a password.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="parent">The component that it belongs to.</param>
    public static Output<string> Create(string name, Resource parent) => Create(name, generation: 1, parent);

    /// <summary>Makes a password that can be made anew.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="generation">Its number; another one makes a new password.</param>
    /// <param name="parent">The component that it belongs to.</param>
    public static Output<string> Create(string name, int generation, Resource parent) => Output.CreateSecret(new RandomPassword(
        name,
        new RandomPasswordArgs
        {
            Length = Length,

            // Letters and digits only, so that it can stand in URLs, HOCON and shell files; the length makes up for it.
            Special = false,
            MinLower = 1,
            MinUpper = 1,
            MinNumeric = 1,
            Keepers = { ["generation"] = generation.ToString(CultureInfo.InvariantCulture) },
        },
        new CustomResourceOptions { Parent = parent, AdditionalSecretOutputs = { "result", "bcryptHash" } }).Result);
}
