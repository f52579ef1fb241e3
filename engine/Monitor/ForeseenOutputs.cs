using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Monitor;

/// <summary>What is foreseen of a resource's outputs without its provider: the inputs, and what the provider surely adds.</summary>
internal static class ForeseenOutputs
{
    private const string Metadata = "metadata";

    /// <summary>The outputs of a resource of that type with those inputs.</summary>
    public static MapValue Of(string type, MapValue inputs) => IsNamedByProvider(type, inputs, out var metadata)
        ? inputs.With(Metadata, metadata.With("name", PropertyValue.Unknown))
        : inputs;

    // Objects of Kubernetes always have a name. Without this, a program that takes it from here would see none at all, and
    // what it puts into the namespace of that name would seem to be in the default one. Lists are no objects.
    private static bool IsNamedByProvider(string type, MapValue inputs, out MapValue metadata)
    {
        metadata = inputs[Metadata] as MapValue ?? MapValue.Empty;
        return type.StartsWith("kubernetes:", StringComparison.Ordinal)
            && inputs[Metadata] is MapValue
            && inputs["items"] is null
            && (metadata["name"] ?? PropertyValue.Null).Unwrapped is NullValue;
    }
}
