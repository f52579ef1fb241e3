namespace Pulumi;

/// <summary>A resource that is made of others, which name it as their parent.</summary>
public class ComponentResource : Resource
{
    /// <summary>Declares a component.</summary>
    /// <param name="type">A type token such as <c>area:part:Name</c>.</param>
    /// <param name="name">A name that is unique for the type and parent.</param>
    /// <param name="options">How the component and its children are to be treated.</param>
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        : this(type, name, ResourceArgs.Empty, options, remote: false, null)
    {
    }

    /// <inheritdoc cref="ComponentResource(string, string, ComponentResourceOptions?)"/>
    /// <param name="type">A type token such as <c>area:part:Name</c>.</param>
    /// <param name="name">A name that is unique for the type and parent.</param>
    /// <param name="args">The inputs.</param>
    /// <param name="options">How the component and its children are to be treated.</param>
    /// <param name="remote">Whether a provider makes the children.</param>
    public ComponentResource(
        string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false)
        : this(type, name, args, options, remote, null)
    {
    }

    /// <inheritdoc cref="ComponentResource(string, string, ResourceArgs?, ComponentResourceOptions?, bool)"/>
    /// <param name="type">A type token such as <c>area:part:Name</c>.</param>
    /// <param name="name">A name that is unique for the type and parent.</param>
    /// <param name="args">The inputs.</param>
    /// <param name="options">How the component and its children are to be treated.</param>
    /// <param name="remote">Whether a provider makes the children.</param>
    /// <param name="registerPackageRequest">The parameterized package that the type comes from.</param>
    public ComponentResource(
        string type,
        string name,
        ResourceArgs? args,
        ComponentResourceOptions? options,
        bool remote,
        RegisterPackageRequest? registerPackageRequest = null)
        : base(
            type,
            name,
            custom: false,
            args ?? ResourceArgs.Empty,
            options ?? new ComponentResourceOptions(),
            remote,
            registerPackageRequest)
    {
    }

    /// <summary>Publishes all properties marked with <see cref="OutputAttribute"/>; the last thing a component does.</summary>
    protected void RegisterOutputs() =>
        Deployment.Current.Registrations.StartOutputs(this, Output.Create(Deployment.Current.Shapes.ReadOutputs(this)));

    /// <summary>Publishes these outputs; the last thing a component does.</summary>
    protected void RegisterOutputs(IDictionary<string, object?> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Output.Create(outputs));
    }

    /// <inheritdoc cref="RegisterOutputs(IDictionary{string, object?})"/>
    protected void RegisterOutputs(Task<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Output.Create(outputs));
    }

    /// <inheritdoc cref="RegisterOutputs(IDictionary{string, object?})"/>
    protected void RegisterOutputs(Output<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        Deployment.Current.Registrations.StartOutputs(this, outputs);
    }
}
