using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Protocol.Properties;

/// <summary>Which special values the receiver takes; the others are sent as what they hold.</summary>
/// <param name="Secrets">Send secrets as such; else their plain value.</param>
/// <param name="ResourceReferences">Send references as such; else the id or URN.</param>
/// <param name="OutputValues">Send output values as such; else their value, secret where they were.</param>
public readonly record struct EncodingOptions(bool Secrets, bool ResourceReferences, bool OutputValues)
{
    /// <summary>Everything is sent as it is.</summary>
    public static EncodingOptions Full { get; } = new(true, true, true);

    /// <summary>What SDKs and the engine exchange about custom resources: secrets and references.</summary>
    public static EncodingOptions Resources { get; } = new(true, true, false);

    /// <summary>What analyzers get: secrets as such, references as ids or URNs.</summary>
    public static EncodingOptions Analyzer { get; } = new(true, false, false);
}

/// <summary>Turns property values into the protocol's structs.</summary>
public static class PropertyEncoding
{
    /// <summary>Encodes the properties of a resource.</summary>
    public static Struct Encode(MapValue properties, EncodingOptions options)
    {
        var result = new Struct();
        foreach (var (name, value) in properties.Entries)
        {
            result.Fields[name] = Encode(value, options);
        }

        return result;
    }

    /// <summary>Encodes one value.</summary>
    public static Value Encode(PropertyValue value, EncodingOptions options) => value switch
    {
        NullValue => Value.ForNull(),
        BoolValue boolean => Value.ForBool(boolean.Value),
        NumberValue number => Value.ForNumber(number.Value),
        StringValue text => Value.ForString(text.Value),
        UnknownValue => Value.ForString(Signatures.Unknown),
        ListValue list => EncodeList(list, options),
        MapValue map => Value.ForStruct(Encode(map, options)),
        SecretValue secret => EncodeSecret(secret.Element, options),
        OutputValue output => EncodeOutput(output, options),
        AssetValue asset => EncodeContent(Signatures.Asset, asset.Source, asset.Content, asset.Hash),
        ArchiveValue archive => EncodeArchive(archive, options),
        ResourceReferenceValue reference => EncodeReference(reference, options),
        _ => throw new InvalidOperationException($"A property value of type {value.GetType().Name} has no wire form."),
    };

    private static Value EncodeList(ListValue list, EncodingOptions options)
    {
        var values = new Google.Protobuf.WellKnownTypes.ListValue();
        foreach (var item in list.Items)
        {
            values.Values.Add(Encode(item, options));
        }

        return new Value { ListValue = values };
    }

    private static Value EncodeSecret(PropertyValue element, EncodingOptions options) =>
        options.Secrets
            ? Signed(Signatures.Secret, ("value", Encode(element, options)))
            : Encode(element, options);

    private static Value EncodeOutput(OutputValue output, EncodingOptions options)
    {
        if (!options.OutputValues)
        {
            var element = output.Element ?? PropertyValue.Unknown;
            return output.IsSecretOutput ? EncodeSecret(element, options) : Encode(element, options);
        }

        var result = Signed(Signatures.OutputValue);
        var fields = result.StructValue.Fields;
        if (output.Element is not null)
        {
            fields["value"] = Encode(output.Element, options);
        }

        if (output.IsSecretOutput)
        {
            fields["secret"] = Value.ForBool(true);
        }

        if (output.Dependencies.Length > 0)
        {
            fields["dependencies"] = Value.ForList([.. output.Dependencies.Select(Value.ForString)]);
        }

        return result;
    }

    private static Value EncodeContent(string signature, AssetSource source, string content, string hash)
    {
        var result = Signed(signature);
        if (source != AssetSource.HashOnly)
        {
            var key = source switch { AssetSource.Text => "text", AssetSource.Path => "path", _ => "uri" };
            result.StructValue.Fields[key] = Value.ForString(content);
        }

        if (hash.Length > 0)
        {
            result.StructValue.Fields["hash"] = Value.ForString(hash);
        }

        return result;
    }

    private static Value EncodeArchive(ArchiveValue archive, EncodingOptions options)
    {
        if (archive.Source != AssetSource.Assets)
        {
            return EncodeContent(Signatures.Archive, archive.Source, archive.Content, archive.Hash);
        }

        var result = Signed(Signatures.Archive, ("assets", Value.ForStruct(Encode(new MapValue(archive.Assets), options))));
        if (archive.Hash.Length > 0)
        {
            result.StructValue.Fields["hash"] = Value.ForString(archive.Hash);
        }

        return result;
    }

    private static Value EncodeReference(ResourceReferenceValue reference, EncodingOptions options)
    {
        if (!options.ResourceReferences)
        {
            return Encode(reference.AsPlainValue(), options);
        }

        var result = Signed(Signatures.ResourceReference, ("urn", Value.ForString(reference.Urn)));
        if (reference.Id is not null)
        {
            result.StructValue.Fields["id"] = Value.ForString(reference.Id);
        }

        if (reference.PackageVersion.Length > 0)
        {
            result.StructValue.Fields["packageVersion"] = Value.ForString(reference.PackageVersion);
        }

        return result;
    }

    private static Value Signed(string signature, params (string Name, Value Value)[] fields)
    {
        var result = new Struct();
        result.Fields[Signatures.Key] = Value.ForString(signature);
        foreach (var (name, value) in fields)
        {
            result.Fields[name] = value;
        }

        return Value.ForStruct(result);
    }
}
