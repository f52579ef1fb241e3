namespace Pulumi;

/// <summary>The name of a resource that is unique across stacks: stack, project, type with its parents' types, and name.</summary>
public readonly struct Urn : IEquatable<Urn>
{
    private readonly string _value;

    /// <summary>The URN in that text.</summary>
    public Urn(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The URN that a resource of that name, type and parent has.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="type">The resource's type.</param>
    /// <param name="parent">Its parent.</param>
    /// <param name="parentUrn">Its parent's URN, where the parent is not at hand.</param>
    /// <param name="project">The project; else the parent's or the current one.</param>
    /// <param name="stack">The stack; else the parent's or the current one.</param>
    public static Output<string> Create(
        Input<string> name,
        Input<string> type,
        Resource? parent = null,
        Input<string>? parentUrn = null,
        Input<string>? project = null,
        Input<string>? stack = null)
    {
        var above = parent?.Urn ?? parentUrn?.ToOutput();
        if (above is not null)
        {
            return Output.Tuple(name.ToOutput(), type.ToOutput(), above).Apply(parts => UrnParts.Parse(parts.Item3).Child(parts.Item2, parts.Item1).ToString());
        }

        var deployment = Deployment.Instance;
        return Output.Tuple(name, type, project ?? deployment.ProjectName, stack ?? deployment.StackName)
            .Apply(parts => new UrnParts(parts.Item4, parts.Item3, parts.Item2, parts.Item1).ToString());
    }

    /// <inheritdoc/>
    public bool Equals(Urn other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Urn other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_value ?? "");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";

    /// <summary>The text of the URN.</summary>
    public static implicit operator string(Urn value) => value.ToString();

    /// <summary>Whether the two are the same.</summary>
    public static bool operator ==(Urn left, Urn right) => left.Equals(right);

    /// <summary>Whether the two differ.</summary>
    public static bool operator !=(Urn left, Urn right) => !left.Equals(right);
}
