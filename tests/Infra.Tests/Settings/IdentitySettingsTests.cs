using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Settings;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Settings;

public sealed class IdentitySettingsTests
{
    private static string Folder { get; } = Path.Combine(ProjectFolder.Repository, "tests", "Infra.Tests", "Settings", "Reference");

    [Fact]
    public void The_defaults_are_Keycloak_with_audiences_of_the_stack_s_own()
    {
        var settings = Read("environment");

        var keycloak = Assert.IsType<KeycloakSettings>(settings.Identity.Provider);
        Assert.Equal((10, 90), (keycloak.AccessTokenMinutes, keycloak.EventRetentionDays));
        Assert.Equal("https://ledger-api.unit.canton", settings.Identity.LedgerApiAudience);
        Assert.Equal("https://validator-api.unit.canton", settings.Identity.ValidatorApiAudience);
        Assert.Equal(TokenRequestForm.Json, settings.Services.TokenRequest);
        Assert.Equal("validator", settings.Services.Validator);
        Assert.Equal(3, settings.Services.Enabled.Length);
        Assert.All(settings.Services.Enabled, service => Assert.Equal(1, service.SecretGeneration));
    }

    [Fact]
    public void With_Entra_both_audiences_are_the_registration_that_stands_for_the_ledger_API()
    {
        var settings = Read("environment-entra").Identity;

        var ledger = Assert.IsType<EntraSettings>(settings.Provider).LedgerClientId;
        Assert.Equal((ledger, ledger), (settings.LedgerApiAudience, settings.ValidatorApiAudience));
    }

    [Theory]
    [InlineData("environment", "    host: canton.example.com", "    host: https://a.example.com", "identity.host: 'https://a.example.com' is not a host name")]
    [InlineData("environment", "    keycloak:\n", "    provider: auth0\n    keycloak:\n", "identity.keycloak: is of no use, since canton-infra:identity.provider is auth0")]
    [InlineData("environment", "    keycloak:\n", "    provider: auth0\n    keycloak:\n", "identity.auth0.domain: missing; it must give the domain of the Auth0 tenant.")]
    [InlineData("environment", "    keycloak:\n", "    provider: auth0\n    keycloak:\n", "auth0ManagementSecret: missing; it must give the secret")]
    [InlineData("environment", "    keycloak:\n", "    provider: ping\n    keycloak:\n", "identity.provider: 'ping' is not one of: auth0, entra, keycloak, oidc, okta.")]
    [InlineData("environment", "    keycloak:\n", "    keycloak:\n      accessTokenMinutes: 60\n", "identity.keycloak.accessTokenMinutes: '60' is not a whole number from 5 to 15.")]
    [InlineData("environment", "    keycloak:\n", "    keycloak:\n      eventRetentionDays: 7\n", "identity.keycloak.eventRetentionDays: '7' is not a whole number from 30 to")]
    [InlineData("environment", "partyHint: bridge", "partyHint: 'a::1220'", "services.relayer.partyHint: 'a::1220' is not the hint of a party")]
    [InlineData("environment", "      partyHint: bridge", "      enabled: true", "services.relayer.partyHint: missing; it must give the party that the relayer acts as.")]
    [InlineData("environment", "      partyHint: bridge", "      partyHint: bridge\n      secretGeneration: 0", "services.relayer.secretGeneration: '0' is not a whole number from 1")]
    [InlineData("environment", "    autopilotUserId:", "    autopilot:", "services.autopilot: there is no such setting;")]
    [InlineData("environment", "    autopilotUserId:", "    validator: other\n    autopilotUserId:", "services.validator: 'other' is not one of: validator")]
    [InlineData("environment", "    autopilotUserId:", "    tokenRequest: xml\n    autopilotUserId:", "services.tokenRequest: 'xml' is not one of: form, json.")]
    [InlineData("environment-auth0", "wallet@example.com", "wallet", "identity.auth0.walletUserEmail: 'wallet' is not a mail address.")]
    [InlineData("environment-entra", "tenantId: 00000000-0000-0000-0000-000000000101", "tenantId: contoso", "identity.entra.tenantId: 'contoso' is not a GUID")]
    [InlineData("environment-entra", "apiServer: { clientId: 00000000-0000-0000-0000-000000000106,", "apiServer: {", "identity.entra.apiServer.clientId: missing; it must give the client of canton-mw-api-server.")]
    [InlineData("environment-entra", "host: canton.example.com", "host: canton.example.com\n    validatorApiAudience: other", "identity.validatorApiAudience: 'other' is not the audience of the ledger API")]
    [InlineData("environment-okta", "- name: validator", "- name: other", "identity.okta.validators: has no entry with the name 'validator'; each validator needs its clients.")]
    [InlineData("environment-okta", "- name: validator", "- name: other", "identity.okta.validators[0].name: 'other' is not one of: validator.")]
    [InlineData("environment-okta", "[wallet@example.com]", "[]", "identity.okta.validators[0].walletUsers: missing; it must give the 'sub' of everyone")]
    [InlineData("environment-okta", "      partyHint: bridge", "      enabled: false", "identity.okta.relayer: is of no use, since canton-infra:services.relayer.enabled is false;")]
    [InlineData("environment-okta", "      partyHint: bridge", "      partyHint: bridge\n      secretGeneration: 2", "services.relayer.secretGeneration: is of no use, since the secret is not made here;")]
    [InlineData("environment-okta", "  canton-infra:identity:", "  canton-infra:ledger: { validators: [ { name: validator, secretGeneration: 2 } ] }\n  canton-infra:identity:", "ledger.validators[0].secretGeneration: is of no use, since the secret is not made here;")]
    [InlineData("environment-oidc", "issuer: https://id.example.com/canton", "issuer: http://id.example.com", "identity.oidc.issuer: 'http://id.example.com' is not an https address")]
    [InlineData("environment-oidc", ", subject: relayer-subject", "", "identity.oidc.relayer.subject: missing; it must give the 'sub' in tokens of canton-mw-relayer.")]
    public void A_mistake_is_told_with_its_place(string file, string right, string wrong, string message)
    {
        var text = File.ReadAllText(Path.Combine(Folder, $"{file}.yaml"));
        Assert.Contains(right, text, StringComparison.Ordinal);

        var errors = ReadSettings.Errors(text.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(errors, error => error.Contains($": canton-infra:{message}", StringComparison.Ordinal));
    }

    private static EnvironmentSettings Read(string file) => Assert.IsType<EnvironmentSettings>(
        ReadSettings.From("unit", File.ReadAllText(Path.Combine(Folder, $"{file}.yaml"))).Value);
}
