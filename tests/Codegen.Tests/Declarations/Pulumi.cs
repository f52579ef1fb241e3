// Declarations of the public Pulumi API that generated code uses, without any behaviour: what the generator's output is
// compiled against in tests. Not part of any product assembly.
#nullable enable
#pragma warning disable CS1591
using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Tasks;

namespace Pulumi
{
    public class Output<T>
    {
    }

    public static class Output
    {
        public static Output<T> Create<T>(T value) => throw null!;
        public static Output<T> CreateSecret<T>(T value) => throw null!;
        public static Output<T> CreateSecret<T>(Task<T> value) => throw null!;
        public static Output<T> CreateSecret<T>(Output<T> value) => throw null!;
    }

    public class Input<T>
    {
        public static implicit operator Input<T>(T value) => throw null!;
        public static implicit operator Input<T>(Output<T> value) => throw null!;
        public static implicit operator Output<T>(Input<T> input) => throw null!;
    }

    public class InputList<T> : Input<ImmutableArray<T>>, IEnumerable
    {
        IEnumerator IEnumerable.GetEnumerator() => throw null!;
        public void Add(params Input<T>[] inputs) => throw null!;
        public static implicit operator InputList<T>(T value) => throw null!;
        public static implicit operator InputList<T>(Output<T> value) => throw null!;
        public static implicit operator InputList<T>(Input<T> value) => throw null!;
        public static implicit operator InputList<T>(T[] values) => throw null!;
        public static implicit operator InputList<T>(List<T> values) => throw null!;
        public static implicit operator InputList<T>(ImmutableArray<T> values) => throw null!;
        public static implicit operator InputList<T>(Output<T[]> values) => throw null!;
        public static implicit operator InputList<T>(Output<List<T>> values) => throw null!;
        public static implicit operator InputList<T>(Output<IEnumerable<T>> values) => throw null!;
        public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => throw null!;
    }

    public class InputMap<TValue> : Input<ImmutableDictionary<string, TValue>>, IEnumerable
    {
        IEnumerator IEnumerable.GetEnumerator() => throw null!;
        public void Add(string key, Input<TValue> value) => throw null!;
        public Input<TValue> this[string key] { set => throw null!; }
        public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => throw null!;
        public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => throw null!;
        public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values) => throw null!;
        public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values) => throw null!;
        public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) => throw null!;
    }

    public struct Union<T0, T1>
    {
        public static Union<T0, T1> FromT0(T0 input) => throw null!;
        public static Union<T0, T1> FromT1(T1 input) => throw null!;
        public static implicit operator Union<T0, T1>(T0 value) => throw null!;
        public static implicit operator Union<T0, T1>(T1 value) => throw null!;
    }

    public class InputUnion<T0, T1> : Input<Union<T0, T1>>
    {
        public static implicit operator InputUnion<T0, T1>(T0 value) => throw null!;
        public static implicit operator InputUnion<T0, T1>(T1 value) => throw null!;
        public static implicit operator InputUnion<T0, T1>(Union<T0, T1> value) => throw null!;
        public static implicit operator InputUnion<T0, T1>(Input<T0> value) => throw null!;
        public static implicit operator InputUnion<T0, T1>(Input<T1> value) => throw null!;
        public static implicit operator InputUnion<T0, T1>(Output<T0> value) => throw null!;
        public static implicit operator InputUnion<T0, T1>(Output<T1> value) => throw null!;
        public static implicit operator InputUnion<T0, T1>(Output<Union<T0, T1>> value) => throw null!;
    }

    public class InputJson : Input<JsonElement>
    {
        public static implicit operator InputJson(string json) => throw null!;
        public static implicit operator InputJson(JsonDocument document) => throw null!;
        public static implicit operator InputJson(JsonElement element) => throw null!;
        public static implicit operator InputJson(Output<string> json) => throw null!;
        public static implicit operator InputJson(Output<JsonDocument> document) => throw null!;
        public static implicit operator InputJson(Output<JsonElement> element) => throw null!;
    }

    public abstract class AssetOrArchive
    {
    }

    public abstract class Archive : AssetOrArchive
    {
    }

    public abstract class InputArgs
    {
    }

    public abstract class ResourceArgs : InputArgs
    {
        public static readonly ResourceArgs Empty = null!;
    }

    public abstract class InvokeArgs : InputArgs
    {
        public static readonly InvokeArgs Empty = null!;
    }

    public class Alias
    {
        public string? Urn { get; set; }
        public Input<string>? Name { get; set; }
        public Input<string>? Type { get; set; }
        public Input<string>? Project { get; set; }
    }

    public abstract class ResourceOptions
    {
        private List<Input<Alias>>? _aliases;
        private List<string>? _replaceOnChanges;
        public Input<string>? Id { get; set; }
        public string? Version { get; set; }
        public string? PluginDownloadURL { get; set; }
        public List<Input<Alias>> Aliases { get => _aliases ??= new(); set => _aliases = value; }
        public List<string> ReplaceOnChanges { get => _replaceOnChanges ??= new(); set => _replaceOnChanges = value; }
    }

    public sealed class CustomResourceOptions : ResourceOptions
    {
        private List<string>? _additionalSecretOutputs;
        public List<string> AdditionalSecretOutputs
        {
            get => _additionalSecretOutputs ??= new();
            set => _additionalSecretOutputs = value;
        }

        public static CustomResourceOptions Merge(CustomResourceOptions? options1, CustomResourceOptions? options2) => throw null!;
    }

    public sealed class ComponentResourceOptions : ResourceOptions
    {
        public static ComponentResourceOptions Merge(ComponentResourceOptions? options1, ComponentResourceOptions? options2) =>
            throw null!;
    }

    public class RegisterPackageRequest
    {
    }

    public abstract class Resource
    {
        public Output<string> Urn => throw null!;
    }

    public class CustomResource : Resource
    {
        public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        {
        }

        public CustomResource(
            string type,
            string name,
            ResourceArgs? args,
            CustomResourceOptions? options = null,
            RegisterPackageRequest? registerPackageRequest = null)
        {
        }

        public Output<string> Id => throw null!;
    }

    public abstract class ProviderResource : CustomResource
    {
        public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
            : base(package, name, args, options)
        {
        }
    }

    public class ComponentResource : Resource
    {
        public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        {
        }

        public ComponentResource(
            string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false)
        {
        }
    }

    public class InvokeOptions
    {
        public Resource? Parent { get; set; }
        public ProviderResource? Provider { get; set; }
        public string? Version { get; set; }
        public string? PluginDownloadURL { get; set; }
    }

    public sealed class InvokeOutputOptions : InvokeOptions
    {
        public InputList<Resource> DependsOn { get => throw null!; set => throw null!; }
    }

    public sealed class Deployment
    {
        public static DeploymentInstance Instance => throw null!;
    }

    public sealed class DeploymentInstance
    {
        public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options = null) => throw null!;
        public Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOutputOptions options) => throw null!;
        public Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options = null) => throw null!;
        public Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options = null) => throw null!;
    }

    public class Config
    {
        public Config(string? name = null)
        {
        }

        public string? Get(string key) => throw null!;
        public bool? GetBoolean(string key) => throw null!;
        public int? GetInt32(string key) => throw null!;
        public double? GetDouble(string key) => throw null!;
        public T? GetObject<T>(string key) => throw null!;
    }

    [AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
    public sealed class InputAttribute : Attribute
    {
        public InputAttribute(string name, bool required = false, bool json = false)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Property)]
    public sealed class OutputAttribute : Attribute
    {
        public OutputAttribute(string? name = null)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class OutputTypeAttribute : Attribute
    {
    }

    [AttributeUsage(AttributeTargets.Struct)]
    public sealed class EnumTypeAttribute : Attribute
    {
    }

    [AttributeUsage(AttributeTargets.Constructor)]
    public sealed class OutputConstructorAttribute : Attribute
    {
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class OutputConstructorParameterAttribute : Attribute
    {
        public OutputConstructorParameterAttribute(string name)
        {
        }
    }

    [AttributeUsage(AttributeTargets.Class)]
    public class ResourceTypeAttribute : Attribute
    {
        public ResourceTypeAttribute(string type, string? version)
        {
        }
    }
}
