namespace CantonInfra.Infra.Settings;

/// <summary>That the program reads a setting, and what it takes there. The reference of settings is made from these.</summary>
/// <param name="Path">The path, items of lists without their number: <c>canton-infra:data.servers[].sku</c>.</param>
/// <param name="Form">What is taken, in words.</param>
/// <param name="Default">What counts where it is missing; null where it must not be, or where its parts have defaults of their own.</param>
internal sealed record SettingUse(string Path, string Form, string? Default);
