using System.Text.Json;
using CantonInfra.Protocol.Properties;
using FsCheck;
using FsCheck.Fluent;

namespace CantonInfra.Protocol.Tests;

public class PropertyJsonTests
{
    private const string Canary = "canary-7f3a91";

    [Fact]
    public void Every_value_has_valid_json() =>
        Prop.ForAll(PropertyValues.Any, value =>
        {
            using var document = JsonDocument.Parse(PropertyJson.ToText(value), new JsonDocumentOptions { MaxDepth = 1000 });
            return document.RootElement.ValueKind != JsonValueKind.Undefined;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_secret_is_never_written_whatever_it_holds() =>
        Prop.ForAll(PropertyValues.Any, value =>
        {
            var secret = new SecretValue(new MapValue([KeyValuePair.Create<string, PropertyValue>(Canary, value)]));
            var holder = PropertyValue.Of(secret, new OutputValue(PropertyValue.Of(Canary), isSecret: true, []));
            return !PropertyJson.ToText(holder).Contains(Canary, StringComparison.Ordinal)
                && !holder.ToString().Contains(Canary, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_read_back_writes_the_same_json() =>
        Prop.ForAll(PropertyValues.Any, value =>
        {
            var text = PropertyJson.ToText(value);
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
            return PropertyJson.ToText(PropertyJsonReader.Read(document.RootElement)) == text;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Properties_are_written_in_ordinal_order() =>
        Assert.Equal(
            """{"B":1,"a":2,"b":3}""",
            PropertyJson.ToText(new MapValue([new("b", 3), new("a", 2), new("B", 1)])));
}
