using System.CommandLine;
using CantonInfra.Tools.Issuers;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>The verb <c>idp</c>.</summary>
internal static class IdpVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create(Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock)
    {
        var options = new LedgerOptions();
        var issuer = new Option<string>("--issuer")
        {
            Description = "The issuer, letter by letter as it stands in tokens.",
            HelpName = "url",
            Required = true,
        };
        issuer.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
            {
                result.AddError($"'{text}' is no address such as https://host/path.");
            }
        });
        var subject = new Option<string?>("--expected-subject") { Description = "What 'sub' of the client's tokens must be.", HelpName = "id" };
        var audience = new Option<string?>("--expected-audience")
        {
            Description = "What 'aud' of tokens must have; the audience that is asked for where it is not given.",
            HelpName = "text",
        };
        var scope = new Option<string>("--required-scope")
        {
            Description = "What 'scope' of tokens must have; empty for nothing.",
            HelpName = "text",
            DefaultValueFactory = _ => "daml_ledger_api",
        };
        var verify = new Command("verify", "Hold a live issuer against what Canton needs of one.") { issuer, subject, audience, scope };
        options.AddTo(verify, reachesLedger: false);
        verify.SetAction((parsed, cancellation) => new IdpCommand(
            parsed.GetValue(options.NoColor) ? terminal.WithoutColors() : terminal, standardOutput, environment, clock).VerifyAsync(
                options.Read(parsed),
                new IssuerExpectations(new Uri(parsed.GetValue(issuer)!))
                {
                    IssuerText = parsed.GetValue(issuer)!,
                    Subject = parsed.GetValue(subject),
                    Audience = parsed.GetValue(audience),
                    Scope = parsed.GetValue(scope)!,
                },
                parsed.GetValue(options.Format)!,
                cancellation));
        return new Command("idp", "Look at an identity provider.") { verify };
    }
}
