namespace CantonInfra.Infra.Components.Ledger;

/// <summary>How charts refer to secrets.</summary>
internal static class ChartSecret
{
    /// <summary>One value of a secret that has to be there.</summary>
    /// <param name="secret">The secret's name.</param>
    /// <param name="key">The value's key.</param>
    public static Dictionary<string, object> Key(string secret, string key) =>
        new() { ["name"] = secret, ["key"] = key, ["optional"] = false };
}
