using CantonInfra.Canton.Ledger;
using CantonInfra.Tools.Issuers;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Rights;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Looks at a live identity provider.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="standardOutput">Standard output as bytes, for JSON and Markdown.</param>
/// <param name="environment">Gives an environment variable or null.</param>
/// <param name="clock">The clock.</param>
internal sealed class IdpCommand(Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock)
{
    /// <summary>Holds an issuer against Canton's requirements.</summary>
    /// <param name="access">The machine client, if one is named.</param>
    /// <param name="expected">The requirements.</param>
    /// <param name="format">One of <see cref="Table.Formats"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit code: an error where a requirement is not met.</returns>
    public async Task<int> VerifyAsync(LedgerAccess access, IssuerExpectations expected, string format, CancellationToken cancellation)
    {
        var clientId = access.ClientId ?? environment("CANTON_AUTH_CLIENT_ID");
        if (!access.AllowHttp && !LedgerConnection.IsConfidential(expected.Issuer))
        {
            terminal.Error.WriteLine($"error: The issuer '{expected.IssuerText}' has no TLS. Use https, or --allow-http where the network itself is encrypted.");
            return ExitCodes.Configuration;
        }

        var errors = new List<string>();
        if (!string.IsNullOrEmpty(clientId))
        {
            // The token endpoint is the one that the issuer names; here only the secret is looked for.
            access.With(expected.Issuer).Credentials(environment, errors);
        }

        foreach (var error in errors)
        {
            terminal.Error.WriteLine($"error: {error}");
        }

        if (errors.Count > 0)
        {
            return ExitCodes.Configuration;
        }

        var secrets = new KnownSecrets();
        using var verification = new IssuerVerification(
            expected with { Audience = expected.Audience ?? access.Audience ?? environment("CANTON_AUTH_AUDIENCE") }, secrets, clock);
        var checks = await verification.RunAsync(string.IsNullOrEmpty(clientId) ? null : RequestAsync, cancellation);
        var rows = checks.Select(check => new TableRow(
            [check.Id, check.State.ToString().ToLowerInvariant(), secrets.Mask(check.Found), check.State == CheckState.Ok ? "" : check.Fix], ColorOf(check.State)));
        new Table("checks", ["check", "state", "found", "fix"], [.. rows]).Write(format, terminal, standardOutput);
        return checks.Any(check => check.State == CheckState.Failed) ? ExitCodes.Error : ExitCodes.Success;

        Task<string> RequestAsync(Uri endpoint)
        {
            var found = new List<string>();
            return access.With(endpoint).Credentials(environment, found) is ClientCredentials client
                ? MachineTokens.RequestAsync(client, new RetryPolicy(TimeSpan.FromSeconds(access.RetrySeconds)), secrets, clock, cancellation)
                : throw new LedgerException(LedgerFailure.NoToken, string.Join(' ', found));
        }
    }

    private static Color? ColorOf(CheckState state) => state switch
    {
        CheckState.Failed => Color.Red,
        CheckState.Warning => Color.Yellow,
        CheckState.Skipped => Color.Dim,
        _ => null,
    };
}
