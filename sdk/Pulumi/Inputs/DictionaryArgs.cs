using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Args whose inputs are the entries of a dictionary.</summary>
internal interface IDictionaryArgs
{
    ImmutableDictionary<string, object?> Entries { get; }
}

/// <summary>The inputs of a resource as a dictionary.</summary>
public sealed class DictionaryResourceArgs : ResourceArgs, IDictionaryArgs
{
    private readonly ImmutableDictionary<string, object?> _entries;

    /// <summary>These inputs by name.</summary>
    public DictionaryResourceArgs(ImmutableDictionary<string, object?> dictionary) => _entries = dictionary;

    ImmutableDictionary<string, object?> IDictionaryArgs.Entries => _entries;
}

/// <summary>The arguments of a function as a dictionary.</summary>
public sealed class DictionaryInvokeArgs : InvokeArgs, IDictionaryArgs
{
    private readonly ImmutableDictionary<string, object?> _entries;

    /// <summary>These arguments by name.</summary>
    public DictionaryInvokeArgs(ImmutableDictionary<string, object?> dictionary) => _entries = dictionary;

    ImmutableDictionary<string, object?> IDictionaryArgs.Entries => _entries;
}
