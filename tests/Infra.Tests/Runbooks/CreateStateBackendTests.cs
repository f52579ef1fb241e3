namespace CantonInfra.Infra.Tests.Runbooks;

public sealed class CreateStateBackendTests : IDisposable
{
    private const string Script = "create-state-backend";
    private const string Group = "00000000-0000-0000-0000-000000000041";

    private static readonly string[] Least =
    [
        "--subscription", "s-1", "--location", "centralus", "--storage-account", "stcantonstate", "--vault", "kv-canton-state",
        "--deployers", Group,
    ];

    private readonly FakeCommands _fakes = new FakeCommands().Add("az", """[ ! -e "$STATE/broken" ]""");

    [Fact]
    public void The_account_is_closed_and_what_it_held_can_be_brought_back()
    {
        var (code, output) = _fakes.Run(Script, [.. Least, "--allow-ip", "203.0.113.7"]);

        Assert.Equal(0, code);
        Assert.Equal(
            "state backend: azblob://state?storage_account=stcantonstate\n"
            + "secrets provider: azurekeyvault://kv-canton-state.vault.azure.net/keys/pulumi\n",
            output);
        var account = Call("az|storage|account|create|");
        foreach (var option in new[]
        {
            "|--allow-shared-key-access|false|", "|--allow-blob-public-access|false|", "|--min-tls-version|TLS1_2|", "|--default-action|Deny|",
            "|--require-infrastructure-encryption|true|",
        })
        {
            Assert.Contains(option, account, StringComparison.Ordinal);
        }

        Assert.Contains("|--enable-versioning|true|", Call("az|storage|account|blob-service-properties|"), StringComparison.Ordinal);
        Assert.Contains("|--enable-purge-protection|true|", Call("az|keyvault|create|"), StringComparison.Ordinal);
        Assert.Contains("|203.0.113.7|", Call("az|storage|account|network-rule|"), StringComparison.Ordinal);
        Assert.Contains("|203.0.113.7|", Call("az|keyvault|network-rule|"), StringComparison.Ordinal);
    }

    [Fact]
    public void Deployers_use_blobs_and_the_key_and_rule_nothing()
    {
        _fakes.Run(Script, Least);

        var roles = _fakes.Calls.Where(call => call.StartsWith("az|role|assignment|create|", StringComparison.Ordinal)).ToList();
        Assert.Collection(
            roles,
            call => Assert.EndsWith(
                $"|{Group}|--assignee-principal-type|Group|--role|Storage Blob Data Contributor|--scope|/subscriptions/s-1/resourceGroups/"
                + "rg-canton-state/providers/Microsoft.Storage/storageAccounts/stcantonstate/blobServices/default/containers/state|--output|none",
                call,
                StringComparison.Ordinal),
            call => Assert.EndsWith(
                $"|{Group}|--assignee-principal-type|Group|--role|Key Vault Crypto User|--scope|/subscriptions/s-1/resourceGroups/"
                + "rg-canton-state/providers/Microsoft.KeyVault/vaults/kv-canton-state/keys/pulumi|--output|none",
                call,
                StringComparison.Ordinal));

        // The lock comes last: it would refuse nothing, but what fails before it can still be deleted.
        Assert.StartsWith("az|lock|create|", _fakes.Calls[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_calls_nothing()
    {
        var (code, output) = _fakes.Run(Script, ["--dry-run", .. Least]);

        Assert.Equal(0, code);
        Assert.Empty(_fakes.Calls);
        Assert.StartsWith("would run: az group create --subscription s-1 ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void It_stops_at_the_first_failure()
    {
        File.WriteAllText(_fakes.PathOf("broken"), "");

        var (code, output) = _fakes.Run(Script, Least);

        Assert.Equal(1, code);
        Assert.Single(_fakes.Calls);
        Assert.DoesNotContain("state backend:", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stcantonstate", "st-canton", "'st-canton' is not the name of a storage account")]
    [InlineData("kv-canton-state", "1vault", "'1vault' is not the name of a vault")]
    [InlineData(Group, "deployers", "'deployers' is not the object id of a group")]
    [InlineData("--location", "--loc", "create-state-backend [--dry-run]")]
    public void Wrong_arguments_are_told_before_anything_is_made(string right, string wrong, string message)
    {
        var (code, output) = _fakes.Run(Script, [.. Least.Select(argument => argument == right ? wrong : argument)]);

        Assert.Equal(2, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
        Assert.Empty(_fakes.Calls);
    }

    public void Dispose() => _fakes.Dispose();

    private string Call(string beginning) => Assert.Single(_fakes.Calls, call => call.StartsWith(beginning, StringComparison.Ordinal));
}
