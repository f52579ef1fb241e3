using CantonInfra.Engine.Monitor;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Tests;

public sealed class ForeseenOutputsTests
{
    private const string Namespace = "kubernetes:core/v1:Namespace";

    private static readonly MapValue Labels = MapValue.Empty.With("labels", MapValue.Empty.With("a", "b"));

    [Fact]
    public void A_kubernetes_object_without_a_name_will_have_one() => Assert.Equal(
        MapValue.Empty.With("metadata", Labels.With("name", PropertyValue.Unknown)),
        ForeseenOutputs.Of(Namespace, MapValue.Empty.With("metadata", Labels)));

    [Theory]
    [InlineData(Namespace, true)]
    [InlineData("kubernetes:core/v1:ConfigMap", true)]
    [InlineData("other:core/v1:Namespace", false)]
    public void A_given_name_stays_and_other_packages_are_left_alone(string type, bool isNamed)
    {
        var inputs = MapValue.Empty.With("metadata", isNamed ? Labels.With("name", "given") : Labels);

        Assert.Same(inputs, ForeseenOutputs.Of(type, inputs));
    }

    [Fact]
    public void What_has_no_metadata_or_is_a_list_is_left_alone()
    {
        var list = MapValue.Empty.With("metadata", MapValue.Empty).With("items", PropertyValue.Of(Array.Empty<PropertyValue>()));

        Assert.Same(list, ForeseenOutputs.Of("kubernetes:core/v1:NamespaceList", list));
        Assert.Same(MapValue.Empty, ForeseenOutputs.Of("kubernetes:helm.sh/v3:Release", MapValue.Empty));
    }
}
