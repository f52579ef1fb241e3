using System.Collections.Immutable;
using Pulumi;

namespace Twins;

/// <summary>Another type of the same package.</summary>
internal sealed class Other(string name, ResourceArgs? args = null, CustomResourceOptions? options = null)
    : CustomResource("test:deep/module:Other", name, args ?? new ProbeArgs(), options)
{
    [Output("label")]
    public Output<string> Label { get; private set; } = null!;
}

/// <summary>A resource of another package.</summary>
internal sealed class Foreign(string name, CustomResourceOptions? options = null)
    : CustomResource("foreign:index:Thing", name, ResourceArgs.Empty, options)
{
    [Output("label")]
    public Output<string> Label { get; private set; } = null!;
}

internal sealed class Group : ComponentResource
{
    public Group(string name, ComponentResourceOptions? options, Action<Group> children)
        : this(name, options, group =>
        {
            children(group);
            return [];
        })
    {
    }

    public Group(string name, ComponentResourceOptions? options, Func<Group, Dictionary<string, object?>> children)
        : base("test:index:Group", name, options) =>
        RegisterOutputs(children(this));

    /// <summary>What a component hands to the next one.</summary>
    public Output<string> Label { get; set; } = null!;
}

internal sealed class TestProvider(string name, TestProviderArgs? args = null, CustomResourceOptions? options = null)
    : ProviderResource("test", name, args ?? new TestProviderArgs(), options);

internal sealed class TestProviderArgs : ResourceArgs
{
    [Input("region")]
    public Input<string>? Region { get; set; }

    [Input("address")]
    public Input<string>? Address { get; set; }

    [Input("token")]
    public Input<string>? Token { get; set; }

    [Input("options", json: true)]
    public Input<ImmutableDictionary<string, int>>? Options { get; set; }
}

internal sealed class ForeignProvider(string name) : ProviderResource("foreign", name, ResourceArgs.Empty, options: null);
