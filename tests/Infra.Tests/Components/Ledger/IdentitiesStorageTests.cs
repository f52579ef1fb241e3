using System.Collections.Immutable;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Ledger;

public sealed class IdentitiesStorageTests
{
    private const string Query = "azure-native:monitor:ScheduledQueryRule";

    // A12. The table has its status as a text; Azure does not look at a query before it runs (skipQueryValidation), and one that fails tells nobody.
    [Fact]
    public async Task A_backup_counts_by_the_status_as_the_table_has_it()
    {
        var query = (string)(await AlertAsync(4)).At("criteria.allOf.0.query")!;

        Assert.Contains("tostring(StatusCode) == '201'", query, StringComparison.Ordinal);
        Assert.Contains("['identities-validator', 'identities-custody']", query, StringComparison.Ordinal);
        Assert.DoesNotMatch("StatusCode *[=<>!]+ *[0-9]", query);
    }

    // One a day is sometimes a few minutes later than a day after the one before.
    [Theory]
    [InlineData(1, "P1D")]
    [InlineData(12, "P1D")]
    [InlineData(24, "P2D")]
    public async Task A_backup_that_is_late_is_none_that_is_missing(int interval, string window)
    {
        var alert = await AlertAsync(interval);

        Assert.Equal(window, alert.At("windowSize"));
        Assert.Contains(window == "P1D" ? "for 24 hours" : "for 48 hours", (string)alert.At("description")!, StringComparison.Ordinal);
    }

    private static async Task<ImmutableDictionary<string, object>> AlertAsync(int interval)
    {
        var mocks = await CloudMocks.RunAsync(() => new IdentitiesStorage("identities-storage", new IdentitiesStorageArgs
        {
            Azure = Scenery.Azure,
            ResourceGroupName = "rg-data",
            IdentityResourceGroupName = "rg-sec",
            Key = Scenery.Vault().AddEncryptionKey("cmk-identities"),
            RetentionInDays = 90,
            IsAppendOnly = true,
            IntervalInHours = interval,
            Validators = ["validator", "custody"],
        }).AlertTo(Scenery.Alerts()));
        return mocks.Inputs(Query, "identities-backup-missing");
    }
}
