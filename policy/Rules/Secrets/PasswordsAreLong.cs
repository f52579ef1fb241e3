using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Secrets;

/// <summary>Passwords that a program makes up are too long to be guessed.</summary>
internal sealed class PasswordsAreLong : ResourcePolicy
{
    private const string Password = "random:index/randomPassword:RandomPassword";

    private static readonly PolicySetting<double> Least = PolicySetting.Number("least", "How long passwords are at least.", 16, 12, 256);

    private static readonly ImmutableArray<string> Characters = ["lower", "upper", "numeric", "special"];

    public override string Id => "generated-passwords-long";

    public override string Title => "Passwords that are made up are long";

    public override string Rationale =>
        "Nobody types these passwords, so length costs nothing. A short one is found by trying, offline, from one copy of a database's catalogue.";

    public override string Remediation => "Set length to 16 at least, better 32, and leave letters and digits in.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(Password, Good: """{"length": 32}""", Bad: """{"length": 8}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A11"),
    ];

    public override ImmutableArray<PolicySetting> Settings { get; } = [Least];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Password];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var length = resource.Read("length");
        var least = stack.Get(Least);
        yield return (length.Value as NumberValue)?.Value switch
        {
            null => PolicyVerdict.Undecided(length.Path),
            { } given when given >= least => PolicyVerdict.Pass,
            _ => PolicyVerdict.Violation(length.Path, string.Create(
                CultureInfo.InvariantCulture, $"{resource} has {length} characters; it needs {least} at least.")),
        };

        // Two kinds of characters leave enough to guess; one does not.
        var kinds = Characters.Select(kind => (Kind: kind, Given: resource.Read(kind).ToFlag(whenMissing: true))).ToList();
        yield return kinds.Count(kind => kind.Given == true) >= 2 ? PolicyVerdict.Pass
            : kinds.Find(kind => kind.Given is null) is { Kind: { } unclear } ? PolicyVerdict.Undecided(PropertyPath.Root.Then(unclear))
            : PolicyVerdict.Violation(PropertyPath.Root, $"{resource} is made of one kind of characters.");
    }
}
