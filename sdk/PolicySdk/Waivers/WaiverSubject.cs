using System.Collections.Immutable;
using CantonInfra.Protocol;

namespace CantonInfra.PolicySdk;

/// <summary>The resources that a waiver is for. It always says of which project and stacks they are.</summary>
public sealed record WaiverSubject
{
    private readonly string? _urn;
    private readonly string _project;
    private readonly ImmutableArray<NamePattern> _stacks;
    private readonly string _type;
    private readonly NamePattern _name;
    private readonly string _text;

    private WaiverSubject(
        string? urn, string project, ImmutableArray<NamePattern> stacks, string type, NamePattern name, string text)
    {
        _urn = urn;
        _project = project;
        _stacks = stacks;
        _type = type;
        _name = name;
        _text = text;
    }

    /// <summary>The one resource of a URN.</summary>
    /// <exception cref="ArgumentException">It is no URN.</exception>
    public static WaiverSubject OfUrn(string urn) => Urn.TryParse(urn, out var parsed)
        ? new(urn, parsed.Project, [new NamePattern(parsed.Stack)], parsed.Type, new NamePattern(parsed.Name), urn)
        : throw new ArgumentException($"'{urn}' is not a URN.", nameof(urn));

    /// <summary>The resources of a type with a name.</summary>
    /// <param name="project">The project.</param>
    /// <param name="stacks">The stacks.</param>
    /// <param name="type">The type; API versions make no difference.</param>
    /// <param name="name">The name in the program; a star may end it, but not be all of it.</param>
    /// <exception cref="ArgumentException">There are no stacks, or the name means all.</exception>
    public static WaiverSubject OfType(string project, ImmutableArray<NamePattern> stacks, string type, NamePattern name)
    {
        if (stacks.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A waiver is for named stacks.", nameof(stacks));
        }

        var canonical = ResourceType.Parse(type).Canonical;
        return name.IsAll
            ? throw new ArgumentException("A waiver is for named resources.", nameof(name))
            : new(null, project, stacks, canonical, name, $"{canonical} '{name}' in {project}/{string.Join(", ", stacks)}");
    }

    /// <summary>Whether a resource is meant.</summary>
    public bool Matches(string urn) => _urn is not null
        ? urn == _urn
        : Urn.TryParse(urn, out var parsed)
            && parsed.Project == _project
            && _stacks.Any(stack => stack.Matches(parsed.Stack))
            && ResourceType.Parse(parsed.Type).Canonical == _type
            && _name.Matches(parsed.Name);

    /// <summary>Whether resources of a stack can be meant.</summary>
    public bool IsIn(StackContext stack) =>
        stack.IsReceived && stack.Project == _project && _stacks.Any(pattern => pattern.Matches(stack.StackName));

    /// <inheritdoc/>
    public bool Equals(WaiverSubject? other) => other is not null && _text == other._text && _urn == other._urn;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>The subject, for people.</summary>
    public override string ToString() => _text;
}
