using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Identity;

/// <summary>How the services ask for tokens.</summary>
internal enum TokenRequestForm
{
    /// <summary>As JSON with an audience and without a scope: what the services do today.</summary>
    Json,

    /// <summary>As a form with a scope, as the standard has it.</summary>
    Form,
}

/// <summary>The forms by the names that settings have for them.</summary>
internal static class TokenRequestForms
{
    /// <summary>By name.</summary>
    public static ImmutableSortedDictionary<string, TokenRequestForm> ByName { get; } =
        ImmutableSortedDictionary<string, TokenRequestForm>.Empty
            .Add("form", TokenRequestForm.Form)
            .Add("json", TokenRequestForm.Json);
}
