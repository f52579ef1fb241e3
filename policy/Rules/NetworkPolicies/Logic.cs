namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>Logic with a third value, null: not known.</summary>
internal static class Logic
{
    /// <summary>False where any is false, even if another is not known.</summary>
    public static bool? And(params ReadOnlySpan<bool?> values)
    {
        bool? result = true;
        foreach (var value in values)
        {
            if (value == false)
            {
                return false;
            }

            result = value is null ? null : result;
        }

        return result;
    }

    /// <summary>The opposite.</summary>
    public static bool? Not(bool? value) => value is { } known ? !known : null;
}
