using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;
using Level = CantonInfra.Protocol.Wire.EnforcementLevel;
using Severity = CantonInfra.Protocol.Wire.PolicySeverity;

namespace CantonInfra.PolicySdk;

/// <summary>Puts packs and results into the Analyzer service's messages.</summary>
internal static class AnalyzerMessages
{
    /// <summary>How the reason of a 'not applicable' starts that means 'undecided'.</summary>
    public const string UndecidedPrefix = "undecided: ";

    /// <summary>How the reason of a 'not applicable' starts that means 'violated, and permitted'.</summary>
    public const string WaivedPrefix = "waived: ";

    public static AnalyzerInfo Describe(PolicyPack pack, Enforcement enforcement)
    {
        var info = new AnalyzerInfo
        {
            Name = pack.Name,
            DisplayName = pack.Name,
            Description = pack.Description,
            Version = pack.Version,
            SupportsConfig = true,
        };
        info.Policies.AddRange(pack.Policies.Select(policy => Describe(policy, enforcement.LevelByMode(policy))));
        return info;
    }

    public static AnalyzeResponse Answer(PolicyPack pack, IEnumerable<PolicyResult> results)
    {
        var answer = new AnalyzeResponse();
        foreach (var result in results)
        {
            foreach (var verdict in result.Verdicts)
            {
                Add(answer, pack, result, verdict);
            }
        }

        return answer;
    }

    public static RemediateResponse Answer(PolicyPack pack, IEnumerable<PolicyMending> mendings)
    {
        var answer = new RemediateResponse();
        answer.Remediations.AddRange(mendings.Select(mending => new Remediation
        {
            PolicyName = mending.Policy.Id,
            PolicyPackName = pack.Name,
            PolicyPackVersion = pack.Version,
            Description = mending.Policy.Title,
            Properties = mending.Properties is null ? null : PropertyEncoding.Encode(mending.Properties, EncodingOptions.Resources),
            Diagnostic = mending.Obstacle,
        }));
        return answer;
    }

    /// <summary>A verdict that is no diagnostic, in words that do not name its subject.</summary>
    public static string Describe(PolicyVerdict verdict) => verdict switch
    {
        UndecidedVerdict undecided => Describe(undecided, subject: ""),
        WaivedVerdict waived => Describe(waived),
        _ => "",
    };

    /// <summary>Tells an engine that shows no such verdicts what they are: advisory, on the stack, of no rule.</summary>
    public static AnalyzeDiagnostic Summarize(PolicyPack pack, string summary) => new()
    {
        PolicyName = SilentVerdicts.SummaryName,
        PolicyPackName = pack.Name,
        PolicyPackVersion = pack.Version,
        Description = "What the policies could not decide, and what waivers permit",
        Message = summary,
        EnforcementLevel = Level.Advisory,
    };

    public static EnforcementLevel FromWire(Level level) => level switch
    {
        Level.Advisory => EnforcementLevel.Advisory,
        Level.Remediate => EnforcementLevel.Remediate,
        Level.Disabled => EnforcementLevel.Disabled,
        _ => EnforcementLevel.Mandatory,
    };

    private static void Add(AnalyzeResponse answer, PolicyPack pack, PolicyResult result, PolicyVerdict verdict)
    {
        switch (verdict)
        {
            case ViolationVerdict violation:
                var path = violation.Path.ToString();
                var place = path.Length == 0 ? "" : $"{path}: ";
                answer.Diagnostics.Add(Diagnose(
                    pack,
                    result,
                    result.IsBlocking ? Level.Mandatory : Level.Advisory,
                    $"{place}{violation.Message}\nTo fix: {result.Policy.Remediation}"));
                break;
            case FaultVerdict fault:
                var method = fault.Place is null ? "" : $" in {fault.Place}";
                var subject = result.Policy is StackPolicy ? "stack" : "resource";
                answer.Diagnostics.Add(Diagnose(
                    pack,
                    result,
                    Level.Mandatory,
                    $"The policy {result.Policy.Id} itself failed with {fault.ExceptionType}{method}, so nothing is known of this "
                    + $"{subject}.\nTo fix: correct the policy in the pack {pack.Name}."));
                break;
            case UndecidedVerdict undecided when result.IsDeferred:
                answer.NotApplicable.Add(new PolicyNotApplicable
                {
                    PolicyName = result.Policy.Id,
                    Reason = $"It is judged with the whole stack: {Describe(undecided, subject: "")}.",
                });
                break;
            case UndecidedVerdict undecided:
                answer.NotApplicable.Add(new PolicyNotApplicable
                {
                    PolicyName = result.Policy.Id,
                    Reason = UndecidedPrefix + Describe(result, undecided),
                });
                break;
            case WaivedVerdict waived:
                answer.NotApplicable.Add(new PolicyNotApplicable
                {
                    PolicyName = result.Policy.Id,
                    Reason = WaivedPrefix + Describe(result, waived),
                });
                break;
            case NotApplicableVerdict notApplicable when result.Outcome == PolicyOutcome.NotApplicable:
                answer.NotApplicable.Add(new PolicyNotApplicable
                {
                    PolicyName = result.Policy.Id,
                    Reason = NamesSubject(result) ? $"{result.Subject}: {notApplicable.Reason}" : notApplicable.Reason,
                });
                break;
            default:
                break;
        }
    }

    private static string Describe(PolicyResult result, UndecidedVerdict undecided) =>
        Describe(undecided, NamesSubject(result) ? $" of {result.Subject}" : "");

    private static string Describe(PolicyResult result, WaivedVerdict waived) =>
        (NamesSubject(result) ? $"{result.Subject}: " : "") + Describe(waived);

    private static string Describe(UndecidedVerdict undecided, string subject)
    {
        var path = undecided.Path.ToString();
        var explanation = undecided.Explanation.Length > 0 ? $" ({undecided.Explanation})" : "";
        return $"{(path.Length > 0 ? path : "everything")}{subject}{explanation}";
    }

    private static string Describe(WaivedVerdict waived)
    {
        var path = waived.Path.ToString();
        var waiver = waived.Waiver;
        return $"{(path.Length > 0 ? $"{path}: " : "")}{waived.Message} "
            + $"(waiver {waiver.Ticket} of {waiver.Owner} until {waiver.LastDay}: {waiver.Reason})";
    }

    // These entries have no URN. Where one answer is about many resources, the text has to say which is meant.
    private static bool NamesSubject(PolicyResult result) =>
        (result.Policy is StackPolicy || result.IsOfStack) && result.Subject.Length > 0;

    private static AnalyzeDiagnostic Diagnose(PolicyPack pack, PolicyResult result, Level level, string message) => new()
    {
        PolicyName = result.Policy.Id,
        PolicyPackName = pack.Name,
        PolicyPackVersion = pack.Version,
        Description = result.Policy.Title,
        Message = message,
        EnforcementLevel = level,
        Urn = result.Urn,
        Severity = ToWire(result.Policy.Severity),
    };

    private static PolicyInfo Describe(Policy policy, EnforcementLevel level)
    {
        var info = new PolicyInfo
        {
            Name = policy.Id,
            DisplayName = policy.Title,
            Description = policy.Rationale,
            Message = policy.Title,
            EnforcementLevel = level switch
            {
                EnforcementLevel.Advisory => Level.Advisory,
                EnforcementLevel.Remediate => Level.Remediate,
                EnforcementLevel.Disabled => Level.Disabled,
                _ => Level.Mandatory,
            },
            ConfigSchema = policy.Settings.IsEmpty ? null : Describe(policy.Settings),
            PolicyType = policy switch
            {
                ResourcePolicy => PolicyType.Resource,
                StackPolicy => PolicyType.Stack,
                _ => PolicyType.Unknown,
            },
            Severity = ToWire(policy.Severity),
            RemediationSteps = policy.Remediation,
        };
        info.Tags.AddRange(policy.Controls.Select(control => control.ToString()));
        if (policy.Controls.FirstOrDefault(control => control.Framework != PolicyControl.Requirement) is { } first)
        {
            info.Framework = new PolicyComplianceFramework { Name = first.Framework, Specification = first.Id };
        }

        return info;
    }

    private static PolicyConfigSchema Describe(IReadOnlyCollection<PolicySetting> settings)
    {
        var schema = new PolicyConfigSchema
        {
            Properties = PropertyEncoding.Encode(
                new MapValue(settings.Select(setting => KeyValuePair.Create(setting.Name, (PropertyValue)setting.Schema))),
                EncodingOptions.Analyzer),
        };
        schema.Required.AddRange(settings.Where(setting => setting.IsRequired).Select(setting => setting.Name));
        return schema;
    }

    private static Severity ToWire(PolicySeverity severity) => severity switch
    {
        PolicySeverity.Low => Severity.Low,
        PolicySeverity.Medium => Severity.Medium,
        PolicySeverity.High => Severity.High,
        _ => Severity.Critical,
    };
}
