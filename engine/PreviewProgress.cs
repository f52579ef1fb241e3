namespace CantonInfra.Engine;

/// <summary>What a preview is doing, for those who wait.</summary>
/// <param name="Message">One line.</param>
public sealed record PreviewProgress(string Message);
