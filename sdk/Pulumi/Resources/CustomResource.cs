namespace Pulumi;

/// <summary>A resource that a provider creates, reads, updates and deletes.</summary>
public class CustomResource : Resource
{
    /// <summary>Declares a resource.</summary>
    /// <param name="type">The type's token.</param>
    /// <param name="name">A name that is unique for the type and parent.</param>
    /// <param name="args">The inputs.</param>
    /// <param name="options">How the resource is to be treated.</param>
    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : this(type, name, args, options, null)
    {
    }

    // Beside the constructor above this one makes calls with three arguments ambiguous, here as with the official package.

    /// <inheritdoc cref="CustomResource(string, string, ResourceArgs?, CustomResourceOptions?)"/>
    /// <param name="type">The type's token.</param>
    /// <param name="name">A name that is unique for the type and parent.</param>
    /// <param name="args">The inputs.</param>
    /// <param name="options">How the resource is to be treated.</param>
    /// <param name="registerPackageRequest">The parameterized package that the type comes from.</param>
    public CustomResource(
        string type,
        string name,
        ResourceArgs? args,
        CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null)
        : base(type, name, custom: true, args ?? ResourceArgs.Empty, options ?? new CustomResourceOptions(), package: registerPackageRequest)
    {
    }

    /// <summary>The id that the provider gave; unknown in a preview of a resource that does not exist yet.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; } = null!;

    internal void SetId(Output<string> id) => Id = id;
}
