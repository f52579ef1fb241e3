using System.Globalization;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>The stack file of mainnet with all on that can be on at once.</summary>
internal static class EveryOption
{
    /// <summary>The identity providers, of which an environment has one.</summary>
    public static readonly string[] Providers = ["auth0", "entra", "keycloak", "oidc", "okta"];

    // What Pulumi encrypts the text 'pulumi' to with the passphrase 'password'.
    private const string Salt = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";
    private const string Secure = "{ secure: 'v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==' }";
    private const string Registry = "crcantonmainnet.azurecr.io";
    private const string Host = "mainnet.canton.example.com";

    /// <summary>The file.</summary>
    /// <param name="provider">The identity provider.</param>
    /// <param name="validators">How many validators there are; the more, the more ways they are set up in.</param>
    public static string StackFile(string provider, int validators)
    {
        var names = Names(validators);
        return $$"""
            encryptionsalt: {{Salt}}
            config:
              azure-native:location: centralus
              azure-native:subscriptionId: 00000000-0000-0000-0000-000000000011
              azure-native:tenantId: 00000000-0000-0000-0000-000000000002
              canton-infra:environment: mainnet
              canton-infra:owner: platform-team@example.com
              canton-infra:costCenter: canton-mainnet
              canton-infra:organization: example
              canton-infra:addressSpace: 10.42.0.0/20
              canton-infra:alerts: { email: canton-operators@example.com }
              canton-infra:access:
                admins: [00000000-0000-0000-0000-000000000021]
                operators: [00000000-0000-0000-0000-000000000022]
                auditors: [00000000-0000-0000-0000-000000000023]
              canton-infra:cluster:
                adminGroupObjectIds: [00000000-0000-0000-0000-000000000013]
                userPool: { maxCount: 24 }
                notAllowedDates: [{ start: 2027-12-20, end: 2028-01-03 }]
              canton-infra:data:
                entraAdministrators: { objectId: 00000000-0000-0000-0000-000000000024, name: canton-database-emergencies }
                replica: { location: eastus2, addressSpace: 10.43.0.0/20 }
                servers: [{ name: ledger, sku: Standard_D16ds_v4 }]
              canton-infra:keys:
                generations: { cmk-des: 2, kms-etcd: 2 }
                managedHsm:
                  adminObjectIds: [00000000-0000-0000-0000-000000000013]
                  keys: { cmk-flows: 'https://pool.managedhsm.azure.net/keys/flows/0123456789abcdef0123456789abcdef' }
              canton-infra:mesh: { mode: istio, trustDomain: mesh.{{Host}}, issuer: { name: corporate, kind: ClusterIssuer, group: cert-manager.io } }
              canton-infra:network:
                egress: { allowedHosts: [packages.example.com], intrusionDetection: true }
              canton-infra:observability:
                subscriptionWorkspaceId: /subscriptions/00000000-0000-0000-0000-000000000011/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/law
              canton-infra:runner:
                sshPublicKey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA runner
                allowedHosts: [state.example.com]
              canton-infra:ledgerUsers: { apiUrl: 'https://ledger.{{Host}}', extras: [user-registration, party-allocation] }
              canton-infra:ledgerBackups: { image: mcr.microsoft.com/azure-cli@{{Digest(1)}} }
              canton-infra:services:
                autopilotUserId: autopilot@clients
                rightsImage: {{Registry}}/canton-infra:1.0.0@{{Digest(2)}}
                apiServer: { image: '{{Registry}}/api-server:1.0.0@{{Digest(3)}}', variables: [{ name: LOG_LEVEL, value: info }], variablesSecret: api-server, addresses: [{ name: database, addressPrefix: 10.60.1.0/28, port: 5432 }] }
                indexer: { image: '{{Registry}}/indexer:1.0.0@{{Digest(4)}}', variables: [{ name: LOG_LEVEL, value: info }], variablesSecret: indexer, addresses: [{ name: database, addressPrefix: 10.60.1.0/28, port: 5432 }] }
                relayer: { image: '{{Registry}}/relayer:1.0.0@{{Digest(5)}}', variables: [{ name: LOG_LEVEL, value: info }], variablesSecret: relayer, partyHint: bridge, hosts: [rpc.ethereum.example.com], addresses: [{ name: database, addressPrefix: 10.60.1.0/28, port: 5432 }, { name: node, addressPrefix: 10.60.2.7/32, port: 8546 }] }
              canton-infra:ingress:
                imageDigests: { envoyGateway: '{{Digest(11)}}', envoyProxy: '{{Digest(12)}}', certManager: '{{Digest(13)}}', certManagerWebhook: '{{Digest(14)}}', certManagerCaInjector: '{{Digest(15)}}', certManagerStartupApiCheck: '{{Digest(16)}}' }
                peers:
            {{string.Concat(names.Select(Peer))}}
              canton-infra:ledger:
                imageDigests: { participant: '{{Digest(6)}}', validatorApp: '{{Digest(7)}}', walletWebUi: '{{Digest(8)}}', ansWebUi: '{{Digest(9)}}' }
                scan: { type: bft-custom, svNames: [SV-1, SV-2], threshold: 2, seedUrls: ['https://scan.sv-1.example.com'] }
                synchronizer: { type: bft-custom, svNames: [SV-1, SV-2], threshold: 2 }
                superValidatorHosts: ['*.global.canton.network.sync.global', '*.sv-2.example.com']
                validators:
            {{string.Concat(names.Select(Validator))}}
            {{string.Concat(names.SelectMany(Secrets).Select(key => $"  canton-infra:{key}: {Secure}\n"))}}
            {{Identity(provider, names)}}
            """;
    }

    private static string[] Names(int count) =>
        ["validator", .. Enumerable.Range(0, count - 1).Select(index => $"custody-{(char)('a' + index)}")];

    private static string Digest(int number) => $"sha256:{number.ToString("x64", CultureInfo.InvariantCulture)}";

    // Keys at each provider that the table permits, then none; with and without a database of the migration before.
    private static string Validator(string name, int index)
    {
        var kms = (index % 4) switch
        {
            0 => $"{{ mode: external, decidedAt: 2026-01-31, driver: {{ name: azure-key-vault, imageRepository: {Registry}/canton, imageDigest: '{Digest(10)}' }},"
                + " configuration: { vault-url: '${vaultUri}', namespace-key: '${namespace}' } }",
            1 => "{ mode: external, provider: aws, decidedAt: 2026-02-28, configuration: { region: us-east-1 } }",
            2 => "{ mode: external, provider: gcp, decidedAt: 2026-03-31, configuration: { location-id: us-central1, project-id: custody, key-ring-id: canton } }",
            _ => "{ mode: off }",
        };
        var migration = (index % 3) switch
        {
            0 => "migrationId: 4, oldestMigrationId: 4",
            1 => "migrationId: 4, oldestMigrationId: 3",
            _ => "migrationId: 0",
        };
        return $"      - {{ name: {name}, {migration}, kms: {kms}, contactPoint: operators@example.com, topup: {{ targetThroughput: 20000 }},"
            + " pruning: { cron: '0 0 20 * * ?' }, waas: { provider: dfns, apiUrl: 'https://api.dfns.io', registration: { organization-id: or-1 } } }\n";
    }

    private static IEnumerable<string> Secrets(string name, int index)
    {
        var suffix = index == 0 ? "" : $"-{name}";
        yield return $"onboardingSecret{suffix}";
        yield return $"waasCredentials{suffix}";
        if (index % 4 is 1 or 2)
        {
            yield return $"kmsCredentials{suffix}";
        }
    }

    private static string Peer(string name) =>
        $"      - name: exchange.example.com\n        validator: {name}\n        authority: |\n{PeerAuthority.Pem}\n";

    private static string Identity(string provider, string[] names)
    {
        var managed = provider is "keycloak" or "auth0";
        var settings = provider switch
        {
            "keycloak" => $"{{ url: 'https://auth.{Host}', replicas: 3 }}",
            "auth0" => "{ domain: canton-mainnet.us.auth0.com, managementClientId: pulumi, walletUserEmail: wallet@example.com }",
            "entra" => "{ tenantId: 00000000-0000-0000-0000-000000000101, ledgerClientId: 00000000-0000-0000-0000-000000000102" + Clients("00000000-0000-0000-0000-0000000002") + " }",
            "okta" => "{ domain: example.okta.com" + Clients("client-") + " }",
            _ => "{ issuer: https://id.example.com/canton, tokenEndpoint: https://id.example.com/canton/token, jwksUri: https://keys.example.com/canton" + Clients("client-") + " }",
        };
        var secrets = provider == "auth0"
            ? ["auth0ManagementSecret"]
            : managed ? [] : (string[])
            [
                .. names.Select((name, index) => index == 0 ? "clientSecret-validator-app-backend" : $"clientSecret-validator-app-backend-{name}"),
                "clientSecret-canton-mw-api-server", "clientSecret-canton-mw-relayer", "clientSecret-canton-mw-indexer",
            ];
        return $"""
              canton-infra:identity:
                provider: {provider}
                host: {Host}
                {provider}: {settings}
            {string.Concat(secrets.Select(key => $"  canton-infra:{key}: {Secure}\n"))}
            """;

        string Clients(string prefix)
        {
            var number = 9;
            return ", validators: [" + string.Join(", ", names.Select(name =>
                    $"{{ name: {name}, clientId: {Id()}, subject: {Id()}, walletClientId: {Id()}, cnsClientId: {Id()}, walletUsers: [wallet@example.com] }}"))
                + $"], apiServer: {{ clientId: {Id()}, subject: {Id()} }}, relayer: {{ clientId: {Id()}, subject: {Id()} }}, indexer: {{ clientId: {Id()}, subject: {Id()} }}";

            string Id() => string.Create(CultureInfo.InvariantCulture, $"{prefix}{++number:00}");
        }
    }
}
