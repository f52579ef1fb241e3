using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Pulumi.Testing;

/// <summary>Answers in place of an engine.</summary>
public interface IMocks
{
    /// <summary>Gives the id and outputs of a resource that the program declares or reads.</summary>
    Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args);

    /// <summary>Gives the result of a function that the program calls.</summary>
    Task<object> CallAsync(MockCallArgs args);

    /// <summary>Takes the outputs of a component or of the stack.</summary>
    Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args) => Task.CompletedTask;
}

/// <summary>A resource that the program declares or reads.</summary>
public class MockResourceArgs
{
    /// <summary>The type's token.</summary>
    public string? Type { get; set; }

    /// <summary>The name.</summary>
    public string? Name { get; set; }

    /// <summary>The inputs as plain values; unknown ones are left out.</summary>
    public ImmutableDictionary<string, object> Inputs { get; set; } = [];

    /// <summary>The reference of an explicit provider; empty for the default one.</summary>
    public string? Provider { get; set; }

    /// <summary>The id of a resource that is read or imported.</summary>
    public string? Id { get; set; }
}

/// <summary>A function that the program calls.</summary>
public class MockCallArgs
{
    /// <summary>The function's token.</summary>
    public string? Token { get; set; }

    /// <summary>The arguments as plain values.</summary>
    public ImmutableDictionary<string, object> Args { get; set; } = [];

    /// <summary>The reference of an explicit provider; empty for the default one.</summary>
    public string? Provider { get; set; }
}

/// <summary>Outputs that the program publishes.</summary>
[SuppressMessage("Design", "CA1051", Justification = "Fields in the official class too.")]
public class MockRegisterResourceOutputsRequest
{
    /// <summary>The URN of the component or stack.</summary>
    public readonly string Urn;

    /// <summary>The outputs by name.</summary>
    public readonly ImmutableDictionary<string, Output<object>> Outputs;

    /// <summary>These outputs of that component or stack.</summary>
    public MockRegisterResourceOutputsRequest(string urn, ImmutableDictionary<string, Output<object>> outputs)
    {
        Urn = urn;
        Outputs = outputs;
    }
}

/// <summary>What a test run looks like to the program.</summary>
public class TestOptions
{
    /// <summary>The project's name; 'project' where it is not set.</summary>
    public string? ProjectName { get; set; }

    /// <summary>The stack's name; 'stack' where it is not set.</summary>
    public string? StackName { get; set; }

    /// <summary>Whether the run is a preview; it is where this is not set.</summary>
    public bool? IsPreview { get; set; }

    /// <summary>The organisation's name; 'organization' where it is not set.</summary>
    public string? OrganizationName { get; set; }

    /// <summary>The directory of the project file.</summary>
    public string? RootDirectory { get; set; }
}
