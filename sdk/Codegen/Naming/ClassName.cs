namespace CantonInfra.Codegen.Naming;

/// <summary>A C# class: namespace and simple name.</summary>
internal readonly record struct ClassName(string Namespace, string Name)
{
    public string Full => $"{Namespace}.{Name}";

    /// <summary>The name to use in generated code: no using and no neighbouring namespace can change what it means.</summary>
    public string Global => $"global::{Full}";
}
