using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Tests;

public class PlanTests
{
    private const string Canary = "canary-20ab77";

    private static readonly PlannedResource Root = Resource("root", Urn.StackType, "");

    private static readonly PlannedResource Full = Resource("full", "p:m:R", "root") with
    {
        Id = "id",
        Inputs = new MapValue([new("a", PropertyValue.Secret(Canary)), new("b", PropertyValue.Unknown), new("c", 1.5)]),
        Outputs = new MapValue([new("a", PropertyValue.Secret(Canary))]),
        Provider = "provider",
        Dependencies = ["root"],
        PropertyDependencies = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("a", ["root"]),
        Options = new ResourceOptions
        {
            Protect = true,
            RetainOnDelete = true,
            DeleteBeforeReplace = false,
            IgnoreChanges = ["x"],
            ReplaceOnChanges = ["y"],
            AdditionalSecretOutputs = ["z"],
            Aliases = ["u"],
            DeletedWith = "root",
            ReplaceWith = ["root"],
            HideDiffs = ["h"],
            ImportId = "i",
            Version = "1.2.3",
            Timeouts = new OperationTimeouts("1s", "2s", "3s"),
        },
    };

    [Fact]
    public void The_order_does_not_depend_on_the_order_of_registration()
    {
        PlannedResource[] resources =
        [
            Root,
            Resource("z", "a:b:C", "root"),
            Resource("y", "a:b:C", "z"),
            Resource("a", "b:c:D", "root"),
            Resource("p", "pulumi:providers:b", "") with { Kind = ResourceKind.DefaultProvider },
        ];

        var forward = Plan.Create("p", "s", resources);
        var backward = Plan.Create("p", "s", resources.Reverse());

        Assert.Equal(["root", "z", "y", "a", "p"], forward.Resources.Select(resource => resource.Name));
        Assert.Equal(Json(forward), Json(backward));
    }

    [Fact]
    public void A_saved_plan_reads_back_as_the_same_json_without_its_secrets()
    {
        var text = Json(Plan.Create("p", "s", [Root, Full]));

        Assert.Equal(text, Json(PlanJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))));
        Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
        foreach (var option in new[] { "protect", "retainOnDelete", "deleteBeforeReplace", "ignoreChanges", "replaceOnChanges", "aliases",
            "additionalSecretOutputs", "deletedWith", "replaceWith", "hideDiffs", "import", "version", "timeouts" })
        {
            Assert.Contains($"\"{option}\"", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":99,"project":"p","stack":"s","resources":[]}""")]
    [InlineData("""{"version":1,"project":"p","stack":"s","resources":[{}]}""")]
    public void What_is_no_plan_is_refused(string text) =>
        Assert.Throws<FormatException>(() => PlanJson.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))));

    private static PlannedResource Resource(string name, string type, string parent) => new()
    {
        Urn = name,
        Type = type,
        Name = name,
        Kind = ResourceKind.Custom,
        Parent = parent,
    };

    private static string Json(Plan plan)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            PlanJson.Write(writer, plan);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
