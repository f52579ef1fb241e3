namespace CantonInfra.Infra.Settings;

/// <summary>The identity provider that was chosen, with what it needs.</summary>
internal abstract record ProviderSettings
{
    /// <summary>The fewest minutes that access tokens are good.</summary>
    protected const int LeastTokenMinutes = 5;

    /// <summary>The most minutes that access tokens are good; Canton advises 5 to 15.</summary>
    protected const int MostTokenMinutes = 15;

    /// <summary>What holds where nothing is said.</summary>
    protected const int DefaultTokenMinutes = 10;

    /// <summary>Whether the program makes the clients and their secrets.</summary>
    public virtual bool IsManaged => false;
}
