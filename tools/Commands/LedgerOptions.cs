using System.CommandLine;
using CantonInfra.Tools.Rights;

namespace CantonInfra.Tools.Commands;

/// <summary>The options by which a verb reaches a participant, an identity provider, or both.</summary>
internal sealed class LedgerOptions
{
    private readonly Option<string?> _ledgerUrl = new("--ledger-url")
    {
        Description = "The JSON Ledger API's address; CANTON_LEDGER_API_URL where it is not given.",
        HelpName = "url",
    };

    private readonly Option<string?> _tokenUrl = new("--token-url")
    {
        Description = "The token endpoint; CANTON_AUTH_TOKEN_URL where it is not given.",
        HelpName = "url",
    };

    private readonly Option<string?> _clientId = new("--client-id")
    {
        Description = "The client; CANTON_AUTH_CLIENT_ID where it is not given.",
        HelpName = "id",
    };

    private readonly Option<string> _secretVariable = new("--client-secret-env")
    {
        Description = "The variable that has the client's secret.",
        HelpName = "name",
        DefaultValueFactory = _ => new LedgerAccess().ClientSecretVariable,
    };

    private readonly Option<string?> _secretFile = new("--client-secret-file")
    {
        Description = "A file that has the client's secret.",
        HelpName = "file",
    };

    private readonly Option<string?> _audience = new("--audience")
    {
        Description = "The audience of tokens; CANTON_AUTH_AUDIENCE where it is not given.",
        HelpName = "text",
    };

    private readonly Option<string?> _scope = new("--scope")
    {
        Description = "The scope to ask for; CANTON_AUTH_SCOPE where it is not given.",
        HelpName = "text",
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = "A file that has a token, in place of a client.",
        HelpName = "file",
    };

    private readonly Option<bool> _allowHttp = new("--allow-http") { Description = "Let tokens travel without TLS." };

    private readonly Option<int> _retrySeconds = new("--retry-seconds")
    {
        Description = "How long a call is tried again when it fails for a reason that passes.",
        HelpName = "n",
        DefaultValueFactory = _ => new LedgerAccess().RetrySeconds,
    };

    /// <summary>The format of what is shown.</summary>
    public Option<string> Format { get; } = FormatOption();

    /// <summary><c>--no-color</c>.</summary>
    public Option<bool> NoColor { get; } = ProjectOptions.NoColor();

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="reachesLedger">Whether it reaches a participant, or an identity provider only.</param>
    public void AddTo(Command verb, bool reachesLedger)
    {
        Option[] ledger = [_ledgerUrl, _tokenUrl, _tokenFile];
        Option[] both = [_clientId, _secretVariable, _secretFile, _audience, _scope, _allowHttp, _retrySeconds, Format, NoColor];
        foreach (var option in (Option[])[.. reachesLedger ? ledger : [], .. both])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>What was given.</summary>
    public LedgerAccess Read(ParseResult parsed) => new()
    {
        LedgerUrl = parsed.GetValue(_ledgerUrl),
        TokenUrl = parsed.GetValue(_tokenUrl),
        ClientId = parsed.GetValue(_clientId),
        ClientSecretVariable = parsed.GetValue(_secretVariable)!,
        ClientSecretFile = parsed.GetValue(_secretFile),
        Audience = parsed.GetValue(_audience),
        Scope = parsed.GetValue(_scope),
        TokenFile = parsed.GetValue(_tokenFile),
        AllowHttp = parsed.GetValue(_allowHttp),
        RetrySeconds = parsed.GetValue(_retrySeconds),
    };

    private static Option<string> FormatOption()
    {
        var format = new Option<string>("--format")
        {
            Description = "How to show it.",
            DefaultValueFactory = _ => Rendering.Table.Formats[0],
        };
        format.AcceptOnlyFromAmong(Rendering.Table.Formats);
        return format;
    }
}
