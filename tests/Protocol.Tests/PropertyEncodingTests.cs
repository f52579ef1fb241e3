using CantonInfra.Protocol.Properties;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Protocol.Tests;

public class PropertyEncodingTests
{
    [Fact]
    public void Every_value_comes_back_as_it_was_sent() =>
        Prop.ForAll(PropertyValues.Maps, properties =>
            PropertyDecoding.Decode(Struct.Parser.ParseFrom(PropertyEncoding.Encode(properties, EncodingOptions.Full).ToByteArray()))
                .Equals(properties))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_receiver_without_secrets_gets_no_secret_mark_at_any_depth() =>
        Prop.ForAll(PropertyValues.Any, value =>
            !PropertyDecoding.Decode(PropertyEncoding.Encode(value, new EncodingOptions(false, true, false))).ContainsSecrets)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Secrets_and_unknowns_survive_the_loss_of_output_values_and_references() =>
        Prop.ForAll(PropertyValues.Any, value =>
        {
            var received = PropertyDecoding.Decode(PropertyEncoding.Encode(value, EncodingOptions.Analyzer));
            return received.ContainsSecrets == value.ContainsSecrets && received.ContainsUnknowns == value.ContainsUnknowns;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("04da6b54-80e4-46f7-96ec-b56ff0331ba9")]
    [InlineData("1c4a061d-8072-4f0a-a4cb-0ff528b18fe7")]
    [InlineData("3eeb2bf0-c639-47a8-9e75-3b44932eb421")]
    [InlineData("6a19a0b0-7e62-4c92-b797-7f8e31da9cc2")]
    [InlineData("030794c1-ac77-496b-92df-f27374a8bd58")]
    [InlineData("e48ece36-62e2-4504-bad9-02848725956a")]
    [InlineData("dd056dcd-154b-4c76-9bd3-c8f88648b5ff")]
    public void Every_mark_for_an_unknown_is_read_as_one(string mark) =>
        Assert.Same(PropertyValue.Unknown, PropertyDecoding.Decode(Value.ForString(mark)));

    [Fact]
    public void A_secret_has_the_signature_that_the_protocol_fixes()
    {
        var encoded = PropertyEncoding.Encode(PropertyValue.Secret("canary"), EncodingOptions.Full);

        Assert.Equal("1b47061264138c4ac30d75fd1eb44270", encoded.StructValue.Fields["4dabf18193072939515e22adb298388d"].StringValue);
        Assert.Equal("canary", encoded.StructValue.Fields["value"].StringValue);
    }

    [Theory]
    [InlineData(null, "urn:x")]
    [InlineData("id-1", "id-1")]
    [InlineData("", Signatures.Unknown)]
    public void A_reference_becomes_its_id_or_urn_where_references_are_not_taken(string? id, string expected) =>
        Assert.Equal(
            expected,
            PropertyEncoding.Encode(new ResourceReferenceValue("urn:x", id), EncodingOptions.Analyzer).StringValue);

    [Fact]
    public void A_reference_whose_id_is_the_unknown_mark_has_an_unknown_id()
    {
        var wire = PropertyEncoding.Encode(new ResourceReferenceValue("urn:x", Signatures.Unknown), EncodingOptions.Full);

        Assert.Equal(new ResourceReferenceValue("urn:x", ""), PropertyDecoding.Decode(wire));
    }

    [Fact]
    public void An_unknown_signature_is_an_error_that_names_the_path()
    {
        var special = new Struct();
        special.Fields[Signatures.Key] = Value.ForString("803fd3297a5875dc03ca845dda5d2a98");
        var list = Value.ForList(Value.ForNull(), Value.ForStruct(special));
        var properties = new Struct { Fields = { ["outer"] = Value.ForStruct(new Struct { Fields = { ["list"] = list } }) } };

        var exception = Assert.Throws<MalformedPropertyException>(() => PropertyDecoding.Decode(properties));

        Assert.Contains("'outer.list[1]'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("803fd3297a5875dc03ca845dda5d2a98", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_without_a_value_is_an_error()
    {
        var special = new Struct { Fields = { [Signatures.Key] = Value.ForString(Signatures.Secret) } };

        Assert.Throws<MalformedPropertyException>(() => PropertyDecoding.Decode(Value.ForStruct(special)));
    }

    [Fact]
    public void An_unset_value_reads_as_null() => Assert.Equal(PropertyValue.Null, PropertyDecoding.Decode(new Value()));
}
