using System.Globalization;

namespace CantonInfra.PolicySdk.Tests;

/// <summary>A clock that stands.</summary>
internal sealed class FixedClock(string instant) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
