using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Tests.Support;
using Pulumi;

namespace CantonInfra.Infra.Tests.Components;

public sealed class DeletionLocksTests
{
    private const string Type = "azure-native:authorization:ManagementLockByScope";

    [Theory]
    [InlineData(LockExtent.None, new string[0])]
    [InlineData(LockExtent.Stateful, new[] { "lock-keys" })]
    [InlineData(LockExtent.All, new[] { "lock-keys", "lock-security" })]
    public async Task As_much_is_locked_as_the_environment_asks_for(object extent, string[] locks)
    {
        var mocks = await CloudMocks.RunAsync(() => Declare((LockExtent)extent));

        Assert.Equal(locks, mocks.All(Type).Select(each => each.Name!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_lock_refuses_deletion_and_nothing_else()
    {
        var mocks = await CloudMocks.RunAsync(() => Declare(LockExtent.All));

        Assert.All(mocks.All(Type), each => Assert.Equal("CanNotDelete", each.Inputs.At("level")));
        Assert.Equal("/azure-native:keyvault:Vault/keys", mocks.Inputs(Type, "lock-keys").At("scope"));
        Assert.Equal(
            $"/subscriptions/{Scenery.Subscription}/resourceGroups/rg-sec", mocks.Inputs(Type, "lock-security").At("scope"));
    }

    // What is made last is deleted first, so nothing that a deployment deletes is locked by then.
    [Fact]
    public async Task A_lock_comes_after_all_that_it_covers()
    {
        var mocks = await CloudMocks.RunAsync(() => Declare(LockExtent.Stateful));

        mocks.AssertBefore("Vault keys", "ManagementLockByScope lock-keys");
        mocks.AssertBefore("Key cmk-des", "ManagementLockByScope lock-keys");
        mocks.AssertBefore("DiagnosticSetting keys-logs", "ManagementLockByScope lock-keys");
    }

    private static void Declare(LockExtent extent)
    {
        var vault = Scenery.Vault();
        vault.AddEncryptionKey("cmk-des");
        vault.LogTo(Scenery.Logs());
        var locks = new DeletionLocks("locks", new DeletionLocksArgs { Azure = Scenery.Azure, Extent = extent });
        locks.Cover("keys", vault.Id, vault);
        locks.CoverGroup("security", Output.Create("rg-sec"), vault);
    }
}
