using CantonInfra.Policy.Rules.Ledger;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class SpliceValuesSoundTests
{
    private const string Release = "kubernetes:helm.sh/v3:Release";
    private const string Auth = "'auth': {'jwksUrl': 'https://auth.example.com/certs', 'targetAudience': 'https://ledger-api.devnet.example.com'}";
    private const string Storage = "'additionalEnvVars': [{'name': 'ADDITIONAL_CONFIG_STORAGE', 'value': 'storage.config.properties { ssl = true, sslmode = verify-full }'}]";

    private readonly RuleUnderTest _plain = new(new SpliceValuesSound(StrictStacks.Limits.Charts, StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet };
    private readonly RuleUnderTest _strict = new(new SpliceValuesSound(StrictStacks.Limits.Charts, StrictStacks.Limits.Modes)) { Stack = StrictStacks.Mainnet };

    [Theory]
    [InlineData(Auth)]
    [InlineData(Auth + ", " + Storage)]
    [InlineData(Auth + ", 'useSequencerConnectionsFromScan': false, 'scanAddress': 'https://scan.example.com'")]
    [InlineData(Auth + ", 'scanClient': {'scanType': 'trust-single', 'scanAddress': 'https://scan.example.com'}, 'synchronizer': {'connectionType': 'trust-single'}")]
    public void Sound_values_pass(string values) => _plain.Passes(Release, Participant(values));

    [Theory]
    [InlineData("'disableAuth': true, " + Auth, "values.disableAuth")]
    [InlineData("'auth': {'targetAudience': 'https://a.example.com'}", "values.auth.jwksUrl")]
    [InlineData("'auth': {'jwksUrl': 'https://auth.example.com/certs'}", "values.auth.targetAudience")]
    [InlineData("'scanAddress': 'http://scan.example.com', " + Auth, "values.scanAddress")]
    [InlineData("'scanClient': {'scanType': 'trust-single', 'scanAddress': 'http://scan.example.com'}, " + Auth, "values.scanClient.scanAddress")]
    [InlineData("'scanClient': {'seedUrls': ['https://scan.example.com', 'http://scan.example.com']}, " + Auth, "values.scanClient.seedUrls[1]")]
    [InlineData("'failOnAppVersionMismatch': false, " + Auth, "values.failOnAppVersionMismatch")]
    [InlineData("'additionalEnvVars': [{'value': 'sslmode = prefer'}], " + Auth, "values.additionalEnvVars[0].value")]
    [InlineData("'additionalEnvVars': [{'value': 'ssl = false'}], " + Auth, "values.additionalEnvVars[0].value")]
    public void Others_fail(string values, string path) => _plain.Fails(Release, Participant(values), path);

    [Fact]
    public void The_production_network_proves_its_database_and_asks_many()
    {
        var auth = Auth.Replace("devnet", "mainnet", StringComparison.Ordinal);

        _strict.Passes(Release, Participant($"{auth}, {Storage}"));
        _strict.Fails(Release, Participant(auth), "values.additionalEnvVars");
        _strict.Fails(Release, Participant($"{auth}, {Storage.Replace("verify-full", "require", StringComparison.Ordinal)}"), "values.additionalEnvVars[0].value");
        _strict.Fails(Release, Participant($"{auth}, {Storage}, 'useSequencerConnectionsFromScan': false"), "values.useSequencerConnectionsFromScan");
        _strict.Passes(Release, Participant($"{auth}, {Storage}, 'scanClient': {{'scanType': 'bft-custom'}}, 'synchronizer': {{'connectionType': 'bft'}}"));
        _strict.Fails(Release, Participant($"{auth}, {Storage}, 'scanClient': {{'scanType': 'trust-single'}}"), "values.scanClient.scanType");
        _strict.Fails(Release, Participant($"{auth}, {Storage}, 'synchronizer': {{'connectionType': 'trust-single'}}"), "values.synchronizer.connectionType");
    }

    [Fact]
    public void Other_charts_and_what_is_not_known()
    {
        _plain.IsNotApplicable(Release, "{'chart': 'oci://quay.io/jetstack/charts/cert-manager', 'values': {'disableAuth': true}}");
        _plain.IsNotApplicable("kubernetes:core/v1:ConfigMap");
        _plain.IsUndecided(Release, "{'chart': '[unknown]'}", "chart");
        _plain.IsUndecided(Release, "{'chart': 'splice-validator', 'values': '[unknown]'}", "values");
        _plain.Passes(Release, "{'chart': 'splice-participant', 'valueYamlFiles': ['values.yaml']}");
        _plain.KeepsSecret(Release, Participant("'scanAddress': {'[secret]': 'http://SECRET'}, " + Auth), "values.scanAddress");
    }

    private static string Participant(string values) =>
        $"{{'chart': 'oci://ghcr.io/digital-asset/decentralized-canton-sync/helm/splice-participant', 'values': {{{values}}}}}";
}
