namespace Pulumi;

/// <summary>The base of classes that hold inputs in properties marked with <see cref="InputAttribute"/>.</summary>
public abstract class InputArgs
{
    /// <summary>No inputs so far.</summary>
    protected InputArgs()
    {
    }
}

/// <summary>The base of classes that hold the inputs of a resource.</summary>
public abstract class ResourceArgs : InputArgs
{
    /// <summary>No inputs so far.</summary>
    protected ResourceArgs()
    {
    }

    /// <summary>No inputs.</summary>
    public static readonly ResourceArgs Empty = new EmptyResourceArgs();

    private sealed class EmptyResourceArgs : ResourceArgs;
}

/// <summary>The base of classes that hold the arguments of a provider's function.</summary>
public abstract class InvokeArgs : InputArgs
{
    /// <summary>No arguments so far.</summary>
    protected InvokeArgs()
    {
    }

    /// <summary>No arguments.</summary>
    public static readonly InvokeArgs Empty = new EmptyInvokeArgs();

    private sealed class EmptyInvokeArgs : InvokeArgs;
}
