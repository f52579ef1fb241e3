using System.Collections.Immutable;

namespace Twins;

/// <summary>A program: declares its resources and returns the stack's outputs.</summary>
internal delegate IDictionary<string, object?> Declare();

/// <summary>The cases by name.</summary>
internal static class Case
{
    public static ImmutableSortedDictionary<string, Func<IDictionary<string, object?>>> All { get; } =
        new[]
            {
                OutputCases.All, ResourceCases.All, OptionCases.All, ProviderCases.All, ConfigurationCases.All, FailureCases.All, TypedCases.All,
            }
            .SelectMany(cases => cases)
            .ToImmutableSortedDictionary(
                entry => entry.Key, Func<IDictionary<string, object?>> (entry) => () => entry.Value(), StringComparer.Ordinal)
            .Add(StackCase.Name, () => throw new InvalidOperationException("This case is a stack class."))
            .Add("cases", () => new Dictionary<string, object?> { ["names"] = All!.Keys.ToArray() });

    /// <summary>A case without outputs.</summary>
    public static Declare Of(Action declare) => () =>
    {
        declare();
        return new Dictionary<string, object?>();
    };
}
