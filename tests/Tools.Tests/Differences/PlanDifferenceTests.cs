using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences;

namespace CantonInfra.Tools.Tests.Differences;

public sealed class PlanDifferenceTests
{
    private const string Server = "azure-native:dbforpostgresql:Server";

    [Theory]
    [InlineData(Server, """{"serverName":"a"}""", """{"serverName":"b"}""", "Replace")]
    [InlineData("azure-native:dbforpostgresql/v20240801:Server", """{"serverName":"a"}""", """{"serverName":"b"}""", "Replace")]
    [InlineData("azure-native_dbforpostgresql_v20240801:dbforpostgresql:Server", """{"serverName":"a"}""", """{"serverName":"b"}""", "Replace")]
    [InlineData(Server, """{"version":"15"}""", """{"version":"16"}""", "Update")]
    [InlineData("kubernetes:core/v1:Namespace", """{"metadata":{"name":"a"}}""", """{"metadata":{"name":"b"}}""", "Replace")]
    [InlineData("kubernetes:core/v1:Namespace", """{"metadata":{"labels":{"x":"a"}}}""", """{"metadata":{"labels":{"x":"b"}}}""", "Update")]
    [InlineData("kubernetes:apps/v1:StatefulSet", """{"spec":{"serviceName":"a"}}""", """{"spec":{"serviceName":"b"}}""", "Update may replace")]
    [InlineData("keycloak:index/realm:Realm", """{"realm":"a"}""", """{"realm":"b"}""", "Update may replace")]
    [InlineData("aws:s3/bucket:Bucket", """{"bucket":"a"}""", """{"bucket":"b"}""", "Update may replace")]
    [InlineData("canton:index:User", """{"userId":"a"}""", """{"userId":"b"}""", "Replace")]
    [InlineData(Server, """{"version":"15"}""", """{"version":"15"}""", "Same")]
    [InlineData(Server, """{"version":"[unknown]"}""", """{"version":"[unknown]"}""", "Same")]
    [InlineData(Server, """{"password":"[secret]"}""", """{"password":"[secret]"}""", "Same")]
    [InlineData(Server, """{"tags":["a","b"]}""", """{"tags":["b","a"]}""", "Update")]
    public void What_is_done_is_known_from_the_schemas(string type, string before, string after, string expected)
    {
        var change = Change(Plans.Resource(type, "x", before), Plans.Resource(type, "x", after));

        Assert.Equal(expected, change.Operation + (change.MayReplace ? " may replace" : ""));
    }

    [Fact]
    public void Options_of_the_program_have_their_say()
    {
        var before = Plans.Resource(Server, "x", """{"version":"15","tags":{"a":"1"}}""");
        var after = Plans.Resource(Server, "x", """{"version":"16","tags":{"a":"2"}}""");

        var ignoring = Change(before, after with { Options = new ResourceOptions { IgnoreChanges = ["tags"] } });
        var replacing = Change(before, after with { Options = new ResourceOptions { ReplaceOnChanges = ["tags.a"] } });

        Assert.Equal((Operation.Update, "version"), (ignoring.Operation, Assert.Single(ignoring.ChangedProperties)));
        Assert.Equal(Operation.Replace, replacing.Operation);
    }

    [Fact]
    public void What_is_replaced_with_another_one_is_replaced()
    {
        var old = new[] { Plans.Resource(Server, "a", """{"serverName":"a"}"""), Plans.Resource("aws:s3/bucket:Bucket", "b", "{}") };
        var other = Plans.Resource(Server, "a", """{"serverName":"b"}""");
        var with = old[1] with { Options = new ResourceOptions { ReplaceWith = [other.Urn] } };

        var difference = PlanDifference.Create(Plans.Of(other, with), Plans.Of(old));

        Assert.Equal(2, difference.Changes.Count(change => change.Operation == Operation.Replace));
    }

    [Fact]
    public void Changes_name_the_smallest_part_that_differs()
    {
        var change = Change(
            Plans.Resource(Server, "x", """{"rules":[{"name":"in","port":1},{"name":"gone","port":2}],"ips":["a","b"],"deep":[[1],[2]]}"""),
            Plans.Resource(Server, "x", """{"rules":[{"name":"new","port":3},{"name":"in","port":4}],"ips":["b","c"],"deep":[[1],[3]]}"""));

        Assert.Equal(
            [
                "deep[1]: 2 [null]", "deep[1]: [null] 3", "ips: \"a\" [null]", "ips: [null] \"c\"", "rules.gone: {\"name\":\"gone\",\"port\":2} [null]",
                "rules.in.port: 1 4", "rules.new: [null] {\"name\":\"new\",\"port\":3}",
            ],
            change.Properties
                .Select(property => $"{property.Path}: {property.Former?.ToString() ?? "[null]"} {property.Present?.ToString() ?? "[null]"}")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_rotated_secret_is_a_change_that_shows_nothing()
    {
        var before = Plans.Resource(Server, "x", "{}") with { Inputs = new MapValue([new("password", PropertyValue.Secret("one-secret"))]) };
        var after = before with { Inputs = new MapValue([new("password", PropertyValue.Secret("other-secret"))]) };

        var difference = PlanDifference.Create(Plans.Of(after), Plans.Of(before));
        var property = Assert.Single(Assert.Single(difference.Changes, change => change.Operation == Operation.Update).Properties);

        Assert.Equal("""password "[secret]" "[secret]" """.Trim(), $"{property.Path} {property.Former} {property.Present}");
        Assert.Equal(new SecretChange(after.Urn, PropertyPath.Parse("password")), Assert.Single(difference.SecretChanges));
        Assert.Empty(CantonInfra.Tools.Differences.Dangers.DangerSearch.Find(difference));
    }

    [Fact]
    public void What_is_imported_is_not_created()
    {
        var imported = Plans.Resource(Server, "x", "{}") with { Options = new ResourceOptions { ImportId = "/subscriptions/s" } };

        Assert.Contains(PlanDifference.Create(Plans.Of(imported), Plans.Of()).Changes, change => change.Operation == Operation.Import);
    }

    private static ResourceChange Change(PlannedResource before, PlannedResource after) =>
        PlanDifference.Create(Plans.Of(after), Plans.Of(before)).Changes.Single(change => change.Resource.Urn == after.Urn);
}
