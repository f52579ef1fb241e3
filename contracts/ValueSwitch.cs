namespace CantonInfra.Contracts;

/// <summary>A value of a chart that turns something on or off.</summary>
/// <param name="Path">Where it is among the values, such as <c>ansWebUi.enabled</c>.</param>
/// <param name="Default">What it is where the values do not say.</param>
public sealed record ValueSwitch(string Path, bool Default);
