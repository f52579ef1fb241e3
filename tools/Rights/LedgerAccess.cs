using CantonInfra.Canton.Ledger;
using CantonInfra.Engine.Diagnostics;

namespace CantonInfra.Tools.Rights;

/// <summary>
/// How a verb reaches a participant and its identity provider. Names and addresses stand on the command line or in variables;
/// secrets in variables or files only, for command lines are read by everyone on a machine.
/// </summary>
internal sealed record LedgerAccess
{
    /// <summary>The JSON Ledger API's address; <c>CANTON_LEDGER_API_URL</c> where it is null.</summary>
    public string? LedgerUrl { get; init; }

    /// <summary>The token endpoint; <c>CANTON_AUTH_TOKEN_URL</c> where it is null.</summary>
    public string? TokenUrl { get; init; }

    /// <summary>The client; <c>CANTON_AUTH_CLIENT_ID</c> where it is null.</summary>
    public string? ClientId { get; init; }

    /// <summary>The variable that has the client's secret.</summary>
    public string ClientSecretVariable { get; init; } = "CANTON_AUTH_CLIENT_SECRET";

    /// <summary>A file that has the client's secret.</summary>
    public string? ClientSecretFile { get; init; }

    /// <summary>The audience to ask for; <c>CANTON_AUTH_AUDIENCE</c> where it is null.</summary>
    public string? Audience { get; init; }

    /// <summary>The scope to ask for; <c>CANTON_AUTH_SCOPE</c> where it is null.</summary>
    public string? Scope { get; init; }

    /// <summary>A file that has a token, in place of a client.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Whether tokens may travel without TLS.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>How long calls are tried again.</summary>
    public int RetrySeconds { get; init; } = 30;

    /// <summary>The connection.</summary>
    /// <param name="environment">Gives a variable or null.</param>
    /// <exception cref="ConfigurationException">Something is missing or wrong; all of it is told at once.</exception>
    public LedgerConnection Connect(Func<string, string?> environment)
    {
        var errors = new List<string>();
        var address = Address(LedgerUrl ?? environment("CANTON_LEDGER_API_URL"), "--ledger-url", "CANTON_LEDGER_API_URL", errors);
        var credentials = Credentials(environment, errors);
        return errors.Count > 0
            ? throw new ConfigurationException([.. errors.Select(error => Diagnostic.Error("ledger-access", error))])
            : new LedgerConnection(address!, credentials!) { Retries = new RetryPolicy(TimeSpan.FromSeconds(RetrySeconds)) };
    }

    /// <summary>The same client at a certain token endpoint.</summary>
    public LedgerAccess With(Uri tokenUrl) => this with { TokenUrl = tokenUrl.AbsoluteUri, TokenFile = null };

    /// <summary>The credentials; null where <paramref name="errors"/> say why there are none.</summary>
    public LedgerCredentials? Credentials(Func<string, string?> environment, List<string> errors)
    {
        if (TokenFile is not null)
        {
            return ReadFile(TokenFile, errors) is { } token ? new GivenToken(token) : null;
        }

        var tokenUrl = Address(TokenUrl ?? environment("CANTON_AUTH_TOKEN_URL"), "--token-url", "CANTON_AUTH_TOKEN_URL", errors);
        var clientId = ClientId ?? environment("CANTON_AUTH_CLIENT_ID");
        if (string.IsNullOrEmpty(clientId))
        {
            errors.Add("No client is named: set --client-id or CANTON_AUTH_CLIENT_ID.");
        }

        var secret = ClientSecretFile is not null ? ReadFile(ClientSecretFile, errors) : environment(ClientSecretVariable);
        if (ClientSecretFile is null && string.IsNullOrEmpty(secret))
        {
            errors.Add($"The variable {ClientSecretVariable}, which must have the client's secret, is not set. --client-secret-env names another, --client-secret-file a file.");
        }

        return tokenUrl is null || string.IsNullOrEmpty(clientId) || string.IsNullOrEmpty(secret)
            ? null
            : new ClientCredentials(tokenUrl, clientId, secret)
            {
                Audience = Audience ?? environment("CANTON_AUTH_AUDIENCE"),
                Scope = Scope ?? environment("CANTON_AUTH_SCOPE"),
            };
    }

    private static string? ReadFile(string path, List<string> errors)
    {
        try
        {
            var text = File.ReadAllText(path).Trim();
            if (text.Length == 0)
            {
                errors.Add($"The file '{path}' is empty.");
            }

            return text.Length > 0 ? text : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.Add($"The file cannot be read: {exception.Message}");
            return null;
        }
    }

    private Uri? Address(string? text, string option, string variable, List<string> errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            errors.Add($"No address is named: set {option} or {variable}.");
        }
        else if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            errors.Add($"{option} is '{text}'; it must be an address such as https://host/path.");
        }
        else if (!AllowHttp && !LedgerConnection.IsConfidential(address))
        {
            errors.Add($"{option} is '{text}', over which a token would travel in the clear. Use https, or --allow-http where the network itself is encrypted.");
        }
        else
        {
            return address;
        }

        return null;
    }
}
