using System.Reflection;
using CantonInfra.Infra.Components.Observability;

namespace CantonInfra.Infra.Tests.Components.Observability;

public sealed class LogCategoriesTests
{
    public static TheoryData<string> Types => new(typeof(LogCategories)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(member => member.FieldType == typeof(LogCategories))
        .Select(member => member.Name));

    // Azure refuses a category twice, and what is archived but not logged would be seen by nobody.
    [Theory]
    [MemberData(nameof(Types))]
    public void Each_category_is_there_once_and_what_is_archived_is_also_logged(string type)
    {
        var categories = Of(type);

        Assert.NotEmpty(categories.Categories);
        Assert.Equal(categories.Categories.Distinct(), categories.Categories);
        Assert.Empty(categories.Archived.Except(categories.Categories));
    }

    // A24
    [Fact]
    public void An_auditor_s_questions_can_be_answered_from_the_archive()
    {
        Assert.Equal(["kube-audit", "kube-apiserver", "guard"], LogCategories.Cluster.Archived.AsEnumerable());
        Assert.Equal(["kube-audit-admin", "kube-apiserver", "guard"], LogCategories.ClusterWithoutReads.Archived.AsEnumerable());
        Assert.Contains("AuditEvent", LogCategories.KeyVault.Archived);
        Assert.Contains("PostgreSQLLogs", LogCategories.PostgreSqlServer.Archived);
        Assert.Equal(3, LogCategories.BlobService.Archived.Length);
    }

    [Fact]
    public void Types_without_metrics_or_with_their_own_say_so()
    {
        Assert.Empty(LogCategories.NetworkSecurityGroup.Metrics);
        Assert.Equal(["Transaction"], LogCategories.BlobService.Metrics.AsEnumerable());
        Assert.Equal(["AllMetrics"], LogCategories.KeyVault.Metrics.AsEnumerable());
    }

    private static LogCategories Of(string type) => (LogCategories)typeof(LogCategories).GetField(type)!.GetValue(null)!;
}
