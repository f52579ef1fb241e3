namespace CantonInfra.Codegen.Naming;

/// <summary>One nested object becomes a class of its own for each use.</summary>
internal enum ObjectShape
{
    /// <summary>Argument of a resource.</summary>
    Input,

    /// <summary>Property of the state that a lookup is narrowed by.</summary>
    State,

    /// <summary>Argument of a function, with plain values.</summary>
    FunctionPlain,

    /// <summary>Argument of a function, with inputs.</summary>
    FunctionInput,

    /// <summary>Output of a resource.</summary>
    Output,

    /// <summary>Result of a function.</summary>
    FunctionOutput,

    /// <summary>Value of a configuration variable.</summary>
    Config,
}
