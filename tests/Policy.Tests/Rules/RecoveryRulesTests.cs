using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Recovery;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class RecoveryRulesTests
{
    private const string Vault = "azure-native:keyvault:Vault";
    private const string Lock = "azure-native:authorization:ManagementLockByScope";
    private const string ClassicLock = "azure:management/lock:Lock";

    private static readonly StackItem Group = new("azure-native:resources:ResourceGroup", "group", "{'resourceGroupName': 'rg'}");
    private static readonly StackItem Keys = new StackItem(Vault, "keys", "{'vaultName': 'kv', 'resourceGroupName': 'rg'}").From("resourceGroupName", Group);

    private readonly RuleUnderTest _locked = new(new StatefulLocked(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Mainnet };
    private readonly RuleUnderTest _protected = new(new StatefulProtected(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Mainnet };

    [Fact]
    public void A_lock_on_the_resource_or_its_group_is_enough()
    {
        Assert.Equal("", _locked.Tell(Group, Keys, Locking("[unknown]").From("scope", Keys)));
        Assert.Equal("", _locked.Tell(Group, Keys, Locking("[unknown]").From("scope", Group)));
        Assert.Equal("", _locked.Tell(Group, Keys, Locking("/subscriptions/s/resourceGroups/rg")));
        Assert.Equal("", _locked.Tell(Group, Keys, Locking("/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv")));
        Assert.Equal("", _locked.Tell(Group, Keys, Locking("/subscriptions/s")));
        Assert.Equal("", _locked.Tell(Group, Keys, new StackItem("azure-native:authorization:ManagementLockAtResourceGroupLevel", "lock", "{'level': 'CanNotDelete', 'resourceGroupName': 'rg'}")));
        Assert.Equal("", _locked.Tell(
            new StackItem("azure:keyvault/keyVault:KeyVault", "keys", "{}"),
            new StackItem(ClassicLock, "lock", "{'lockLevel': 'CanNotDelete', 'scope': '[unknown]'}") { Sources = [("scope", StackItem.UrnOf("azure:keyvault/keyVault:KeyVault", "keys"))] }));
    }

    [Theory]
    [InlineData("/subscriptions/s/resourceGroups/other")]
    [InlineData("/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/other")]
    public void A_lock_on_something_else_is_not(string scope) => Assert.Equal(
        "keys: : Vault 'keys' has no lock against deletion, nor has its resource group.", _locked.Tell(Group, Keys, Locking(scope)));

    [Fact]
    public void A_lock_that_forbids_nothing_is_found_and_counts_for_nothing() => Assert.Equal(
        "keys: : Vault 'keys' has no lock against deletion, nor has its resource group.\n"
        + "lock: level: ManagementLockByScope 'lock' has \"NotSpecified\" here, which forbids nothing.",
        _locked.Tell(Group, Keys, (Locking("[unknown]") with { Properties = "{'level': 'NotSpecified', 'scope': '[unknown]'}" }).From("scope", Keys)));

    [Fact]
    public void What_is_not_known_is_undecided_and_test_networks_need_none()
    {
        Assert.Contains("keys: undecided", _locked.Tell(Group, Keys, Locking("[unknown]")), StringComparison.Ordinal);
        Assert.Equal([": NotApplicable"], new RuleUnderTest(new StatefulLocked(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet }.Outcomes(Keys));
        Assert.Equal([": NotApplicable"], _locked.Outcomes(Group));
    }

    [Fact]
    public void A_secret_scope_is_not_shown() => Assert.DoesNotContain(
        "canary", _locked.Tell(Group, Keys, Locking("[unknown]") with { Properties = "{'level': {'[secret]': 'canary-1f'}, 'scope': '/subscriptions/s/resourceGroups/other'}" }), StringComparison.Ordinal);

    [Fact]
    public void What_holds_state_is_protected()
    {
        _protected.Fails(Vault, "{'vaultName': 'kv'}", "");
        _protected.Fails("keycloak:index/realm:Realm", "{'terraformDeletionProtection': false}", "", "terraformDeletionProtection");
        _protected.IsNotApplicable("azure-native:network:Subnet");
        _protected.KeepsSecret(Vault, "{'x': {'[secret]': 'SECRET'}}", "");
        new RuleUnderTest(new StatefulProtected(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet }.IsNotApplicable(Vault);
        Assert.Same(PolicyVerdict.Pass, Assert.Single(Protected(Vault, "{}")));
        Assert.IsType<UndecidedVerdict>(Protected("keycloak:index/realm:Realm", "{'terraformDeletionProtection': '[unknown]'}")[1]);
    }

    private static ImmutableArray<PolicyVerdict> Protected(string type, string properties) =>
    [
        .. new StatefulProtected(StrictStacks.Limits.Modes).Check(
            new ResourceView("urn", ResourceType.Parse(type), "main", PropertyNotation.Read(properties)) { Options = ResourceOptionsView.None with { Protect = true } },
            StrictStacks.Mainnet),
    ];

    private static StackItem Locking(string scope) => new(Lock, "lock", "{'level': 'CanNotDelete', 'scope': '" + scope + "'}");
}
