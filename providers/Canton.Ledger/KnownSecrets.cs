using CantonInfra.Protocol.Properties;

namespace CantonInfra.Canton.Ledger;

/// <summary>The secrets and tokens that this process has used, so that no message shows one, whoever wrote it.</summary>
public sealed class KnownSecrets
{
    // Tokens are renewed; a server that repeats one does so at once.
    private const int KeptTokens = 8;

    private readonly Lock _lock = new();
    private readonly Queue<string> _tokens = new();
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private SecretMask _mask = SecretMask.None;

    /// <summary>Keeps a secret for good.</summary>
    public void Keep(string secret)
    {
        lock (_lock)
        {
            if (_kept.Add(secret))
            {
                _mask = _mask.With(secret);
            }
        }
    }

    /// <summary>Masks a text.</summary>
    public string Mask(string text)
    {
        lock (_lock)
        {
            return _mask.Apply(text);
        }
    }

    /// <summary>Keeps a token until several others have followed.</summary>
    internal void KeepToken(string token)
    {
        lock (_lock)
        {
            if (_tokens.Contains(token) || token.Length == 0)
            {
                return;
            }

            _tokens.Enqueue(token);
            if (_tokens.Count > KeptTokens)
            {
                _tokens.Dequeue();
            }

            _mask = _kept.Concat(_tokens).Aggregate(SecretMask.None, (mask, secret) => mask.With(secret));
        }
    }
}
