using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Governance;

/// <summary>Where a stack turns Defender for Cloud on, somebody is told what it finds.</summary>
internal sealed class SecurityContactTold : StackPolicy
{
    private static readonly ResourceTypePattern Contact = "azure-native:security:SecurityContact";
    private static readonly ResourceTypePattern Pricing = "azure-native:security:Pricing";
    private static readonly PropertyPath Emails = PropertyPath.Parse("emails");
    private static readonly PropertyPath Sources = PropertyPath.Parse("notificationsSources");

    private static readonly Switch Enabled = Switch.On(
        "azure-native:security:SecurityContact", "isEnabled", "nobody is told of an attack");

    public override string Id => "security-contact-told";

    public override string Title => "Defender for Cloud has somebody to tell";

    public override string Rationale =>
        "An alert that nobody reads is no alert. Defender for Cloud mails the security contact; without one, with one that is off, or "
        + "one that is for nothing, an attack is found and nobody knows.";

    public override string Remediation =>
        "Declare a SecurityContact named default with isEnabled true, emails, and notificationsSources with an Alert, in the stack "
        + "that declares the plans.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IR-2"),
        new(PolicyControl.Soc2, "CC2.2"),
        new(PolicyControl.Soc2, "CC7.4"),
        new(PolicyControl.Requirement, "A14"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var contacts = resources.OfType(Contact).ToList();
        if (contacts.Count == 0 && resources.OfType(Pricing).FirstOrDefault() is { } plan)
        {
            yield return StackVerdict.OnStack(PolicyVerdict.Violation(
                PropertyPath.Root, $"The stack turns on Defender for Cloud ({plan}) and declares no security contact."));
        }

        foreach (var contact in contacts)
        {
            foreach (var verdict in (IEnumerable<PolicyVerdict>)[.. Enabled.Judge(contact), JudgeEmails(contact), JudgeSources(contact)])
            {
                yield return StackVerdict.On(contact, verdict);
            }
        }
    }

    private static PolicyVerdict JudgeEmails(StackResourceView contact)
    {
        var emails = contact.Read(Emails);
        return emails.IsTextGiven() switch
        {
            null => PolicyVerdict.Undecided(emails.Path),
            true => PolicyVerdict.Pass,
            false => PolicyVerdict.Violation(emails.Path, $"{contact} has no address."),
        };
    }

    private static PolicyVerdict JudgeSources(StackResourceView contact)
    {
        var sources = contact.Read(Sources);
        return sources.IsNothing() switch
        {
            null => PolicyVerdict.Undecided(sources.Path),
            false => PolicyVerdict.Pass,
            true => PolicyVerdict.Violation(sources.Path, $"{contact} is told of nothing."),
        };
    }
}
