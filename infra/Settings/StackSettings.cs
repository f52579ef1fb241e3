namespace CantonInfra.Infra.Settings;

/// <summary>Reads the settings of whatever kind of stack runs.</summary>
internal static class StackSettings
{
    /// <summary><see cref="EnvironmentSettings"/> or <see cref="SubscriptionSettings"/>, or all that is wrong.</summary>
    /// <param name="source">The values.</param>
    /// <param name="locations">Where they are in the stack file.</param>
    /// <param name="stack">The stack's name; it decides nothing but names.</param>
    public static SettingsResult<object> Read(ISettingSource source, SettingLocations locations, string stack)
    {
        var reader = new SettingsReader(source, locations);
        var adopted = AdoptedResource.Read(reader);
        var settings = Read(reader, stack);
        var errors = reader.Finish();
        return new SettingsResult<object>(errors.IsEmpty ? settings : null, errors) { Adopted = adopted };
    }

    /// <summary>Reads them; what is wrong is noted with the reader.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="stack">The stack's name.</param>
    public static object Read(SettingsReader reader, string stack)
    {
        ViolationModes.Check(reader);
        return StackKinds.Read(reader) switch
        {
            StackKind.Subscription => SubscriptionSettings.Read(reader, stack),
            _ => EnvironmentSettings.Read(reader, stack),
        };
    }
}
