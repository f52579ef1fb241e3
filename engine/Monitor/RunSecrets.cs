using CantonInfra.Engine.Projects;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Monitor;

/// <summary>The secrets that a run has met so far, to be masked in what programs and policies say.</summary>
internal sealed class RunSecrets
{
    private readonly Lock _lock = new();
    private SecretMask _mask = SecretMask.None;

    /// <summary>Learns the secrets of a stack's configuration.</summary>
    public void Learn(StackConfiguration configuration)
    {
        lock (_lock)
        {
            _mask = configuration.Entries.Values
                .Where(entry => entry is { IsSecret: true, Text: not null })
                .Aggregate(_mask, (mask, entry) => mask.With(entry.Text!));
        }
    }

    /// <summary>Learns the secrets within a value.</summary>
    public void Learn(PropertyValue value)
    {
        lock (_lock)
        {
            _mask = _mask.With(value);
        }
    }

    /// <summary>The text with every secret replaced that the run has met until now.</summary>
    public string Mask(string text)
    {
        SecretMask mask;
        lock (_lock)
        {
            mask = _mask;
        }

        return mask.Apply(text);
    }
}
