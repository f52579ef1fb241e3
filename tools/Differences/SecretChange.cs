using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences;

/// <summary>A secret input that differs.</summary>
/// <param name="Urn">The resource as it is planned.</param>
/// <param name="Path">The way to the secret.</param>
internal sealed record SecretChange(string Urn, PropertyPath Path);
