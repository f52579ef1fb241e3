using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Engine.Policies;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Access;
using CantonInfra.Reports.Connections;
using CantonInfra.Reports.Controls;
using CantonInfra.Reports.Duties;
using CantonInfra.Reports.Internet;
using CantonInfra.Reports.Recovery;
using CantonInfra.Reports.Rules;
using CantonInfra.Reports.Topology;
using CantonInfra.Reports.Writers.Sarif;

namespace CantonInfra.Reports.Model;

/// <summary>Makes the report of one stack.</summary>
internal sealed partial class StackReportBuilder
{
    // How much attention a severity needs, most first; one that nobody gave comes last.
    private static readonly string[] Severities = ["critical", "high", "medium", "low"];

    // How packs say of a resource that they judge it with all others.
    private const string DeferredPrefix = "It is judged with the whole stack: ";

    private readonly StackRun _run;
    private readonly Dictionary<string, RuleCatalogue> _catalogues;
    private readonly ImmutableArray<EvidenceRecord> _evidence;
    private readonly DateOnly _today;
    private readonly PlanIndex _plan;
    private readonly int _root;

    public StackReportBuilder(
        StackRun run, Dictionary<string, RuleCatalogue> catalogues, ImmutableArray<EvidenceRecord> evidence, DateOnly today)
    {
        _run = run;
        _catalogues = catalogues;
        _evidence = evidence;
        _today = today;
        _plan = new PlanIndex(run.Plan);
        _root = run.Plan.Root is { } root ? _plan.Positions[root.Urn] : 0;
    }

    /// <summary>The report.</summary>
    public StackReport Build()
    {
        var policies = (
            from pack in _run.Policies.Packs
            orderby pack.Name
            from policy in pack.Policies
            orderby pack.Name, policy.Name
            select (pack, policy)).ToList();
        var findings = _run.Policies.Findings.ToLookup(finding => (finding.Pack, finding.Policy));
        var noVerdicts = _run.Policies.Undecided.Concat(_run.Policies.Waived).Concat(_run.Policies.NotApplicable)
            .ToLookup(verdict => (verdict.Pack, verdict.Policy));
        var rules = ImmutableArray.CreateBuilder<RuleReport>();
        var checks = new List<Check>();
        foreach (var (pack, policy) in policies)
        {
            var key = (pack.Name, policy.Name);
            var own = Judge(rules.Count, pack, policy, [.. findings[key]], [.. noVerdicts[key]]);
            rules.Add(own.Rule);
            checks.AddRange(own.Checks);
        }

        var allRules = rules.ToImmutable();
        var sorted = checks
            .OrderBy(check => SeverityRank(allRules[check.Rule].Severity))
            .ThenBy(check => check.State)
            .ThenBy(check => allRules[check.Rule].Id, StringComparer.Ordinal)
            .ThenBy(check => _run.Plan.Resources.IsEmpty ? "" : _run.Plan.Resources[check.Resource].Urn, StringComparer.Ordinal)
            .ToImmutableArray();
        var duties = Duties();
        var controls = Controls(allRules, duties);
        var internet = InternetReport.Of(_plan);
        return new StackReport
        {
            Name = _run.Plan.Stack,
            Kind = _run.Kind,
            Packs = [.. _run.Policies.Packs.Select(pack => $"{pack.Name} {pack.Version}".TrimEnd()).Order(StringComparer.Ordinal)],
            Rules = allRules,
            Checks = sorted,
            Controls = controls,
            Resources = Resources(allRules, sorted),
            Duties = duties,
            Access = AccessReview.Of(_plan),
            Recovery = RecoveryReport.Of(_plan),
            Residency = DataStore.Of(_plan),
            Responsibility = [.. ResponsibilityArea.All.Select(area => OfArea(area, controls, duties))],
            Topology = TopologyBuilder.Build(_plan),
            Internet = internet,
            Connections = ConnectionReport.Of(_plan, internet),
        };
    }

    private static int SeverityRank(string severity) =>
        Array.IndexOf(Severities, severity) is >= 0 and var rank ? rank : Severities.Length;

    // What the platform does is checked by rules; what the customer does is told by evidence. One is no excuse for the other.
    private static ResponsibilityReport OfArea(ResponsibilityArea area, ImmutableArray<ControlReport> controls, ImmutableArray<DutyReport> duties)
    {
        var own = duties.Where(duty => area.Duties.Contains(duty.Duty.Id, StringComparer.Ordinal)).ToList();
        return new ResponsibilityReport(
            area,
            StatusOf(
                controls.Where(control => control.Framework == "requirement" && area.Requirements.Contains(control.Id, StringComparer.Ordinal))
                    .Aggregate(CheckCounts.None, (sum, control) => sum + control.Counts),
                []),
            [.. own.Select(duty => duty.Duty.Id)],
            own.Select(duty => duty.Status).DefaultIfEmpty(ControlStatus.NotApplicable).Min());
    }

    // A message says what to do about it for those who see nothing else; here that is the rule's own text.
    private static string WithoutRemedy(string message, string remediation)
    {
        var at = message.IndexOf("\nTo fix: ", StringComparison.Ordinal);
        return at > 0 && remediation.Length > 0 ? message[..at] : message;
    }

    private (RuleReport Rule, List<Check> Checks) Judge(
        int index, PolicyPackSummary pack, PolicySummary policy, ImmutableArray<Finding> findings, ImmutableArray<NoVerdict> noVerdicts)
    {
        var entry = _catalogues.GetValueOrDefault(pack.Name)?.Rules.FirstOrDefault(rule => rule.Id == policy.Name);
        var remediation = entry?.Remediation ?? "";
        var judged = new Dictionary<int, (CheckState State, bool IsMandatory, List<string> Notes)>();
        void Add(string urn, CheckState state, bool isMandatory, string note)
        {
            var position = _plan.Positions.GetValueOrDefault(urn, _root);
            judged[position] = judged.TryGetValue(position, out var known)
                ? ((CheckState)Math.Min((int)known.State, (int)state), known.IsMandatory || isMandatory, [.. known.Notes, note])
                : (state, isMandatory, [note]);
        }

        foreach (var finding in findings)
        {
            Add(
                finding.Urn,
                finding.IsFault ? CheckState.Fault : CheckState.Fail,
                finding.Level == PolicyLevel.Mandatory,
                WithoutRemedy(finding.Message, remediation));
        }

        var deferred = noVerdicts.Where(verdict => verdict.Reason.StartsWith(DeferredPrefix, StringComparison.Ordinal)).ToList();
        foreach (var verdict in noVerdicts.Where(verdict => verdict.IsUndecided || verdict.IsWaived))
        {
            Add(SubjectOf(verdict, deferred), verdict.IsWaived ? CheckState.Waived : CheckState.Undecided, false, verdict.Reason);
        }

        if (policy.Level == PolicyLevel.Disabled)
        {
            Add("", CheckState.Undecided, false, "undecided: the rule is turned off by the policy configuration, so nothing is judged.");
        }

        // What was decided with the whole stack and is not spoken of there is kept.
        var notApplicable = noVerdicts.Where(verdict => !verdict.IsUndecided && !verdict.IsWaived).Except(deferred).ToList();
        var (passed, skipped) = policy.Level == PolicyLevel.Disabled ? ([], 0) : Rest(entry, judged.Keys, notApplicable);
        var checks = judged.OrderBy(check => check.Key).Select(check => CheckOf(index, pack.Name, policy.Name, check.Key, check.Value)).ToList();
        var counts = new CheckCounts(
            passed.Length,
            checks.Count(check => check.State == CheckState.Fail),
            checks.Count(check => check.State == CheckState.Undecided),
            checks.Count(check => check.State == CheckState.Waived),
            checks.Count(check => check.State == CheckState.Fault),
            skipped);
        var controls = entry is null ? [] : entry.Controls.Select(control => $"{control.Framework}:{control.Id}").ToImmutableArray();
        return (
            new RuleReport(
                pack.Name, policy.Name, entry?.Title ?? policy.Description, policy.Severity.Length > 0 ? policy.Severity : entry?.Severity ?? "",
                policy.Level.ToString().ToLowerInvariant(), entry?.Rationale ?? "", remediation, controls, counts, passed),
            checks);
    }

    // What is told of the stack names the resource that it is about in its text only.
    private string SubjectOf(NoVerdict verdict, List<NoVerdict> deferred) => deferred.Count == 0 || _plan.Positions.GetValueOrDefault(verdict.Urn, _root) != _root
        ? verdict.Urn
        : deferred.Find(each => _plan.Find(each.Urn) is { } resource
            && (verdict.Reason.Contains($"{resource.Type} '{resource.Name}'", StringComparison.Ordinal)
                || verdict.Reason.Contains($"{TypeToken.Canonical(resource.Type)} '{resource.Name}'", StringComparison.Ordinal)))?.Urn ?? verdict.Urn;

    // What a rule said nothing of, it judged and found in order; unless it is for other things.
    private (ImmutableArray<int> Passed, int Skipped) Rest(RuleEntry? entry, IEnumerable<int> judged, List<NoVerdict> notApplicable)
    {
        var known = judged.ToHashSet();

        // A pack without a catalogue does not tell what it judges; that it names resources shows that it judges them one by one.
        var isOfResources = entry is null
            ? notApplicable.Any(verdict => verdict.Urn.Length > 0 && _plan.Positions.GetValueOrDefault(verdict.Urn, _root) != _root)
            : entry.Judges == "resource";
        if (!isOfResources)
        {
            // What does not concern a rule as a whole comes without a subject; with one, the rule went on to others.
            var isSkipped = notApplicable.Exists(verdict => !Subject().IsMatch(verdict.Reason));
            return (known.Count, isSkipped) switch
            {
                ( > 0, _) => ([], 0),
                (_, true) => ([], 1),
                _ => ([_root], 0),
            };
        }

        var skipped = notApplicable.Select(verdict => _plan.Positions.GetValueOrDefault(verdict.Urn, -1)).Where(position => position >= 0).ToHashSet();
        skipped.ExceptWith(known);
        return ([.. Enumerable.Range(0, _run.Plan.Resources.Length).Where(position => !known.Contains(position) && !skipped.Contains(position))], skipped.Count);
    }

    private Check CheckOf(int rule, string pack, string policy, int position, (CheckState State, bool IsMandatory, List<string> Notes) check)
    {
        var resource = _run.Plan.Resources[position];
        var (file, line) = _run.Sources.Of(_plan, resource, check.Notes[0]);
        return new Check(rule, position, check.State, check.IsMandatory, [.. check.Notes], file, line, SarifResult.FingerprintOf(pack, policy, resource.Urn));
    }

    private ImmutableArray<DutyReport> Duties() =>
    [
        .. from duty in ManualDuties.All
           where duty.StackKind == _run.Kind
           let latest = _evidence
               .Where(record => record.Duty == duty.Id && record.Stacks.Contains(_run.Plan.Stack, StringComparer.Ordinal))
               .OrderBy(record => record.ValidUntil).ThenBy(record => record.PerformedOn).ThenBy(record => record.File, StringComparer.Ordinal)
               .LastOrDefault()
           let left = latest is null ? 0 : latest.ValidUntil.DayNumber - _today.DayNumber
           let status = latest is null ? ControlStatus.Manual : left < 0 ? ControlStatus.Overdue : ControlStatus.Pass
           select new DutyReport(duty, status, latest, left),
    ];

    private static ImmutableArray<ControlReport> Controls(ImmutableArray<RuleReport> rules, ImmutableArray<DutyReport> duties)
    {
        var names = rules.SelectMany(rule => rule.Controls).Concat(duties.SelectMany(duty => duty.Duty.Controls)).Distinct(StringComparer.Ordinal);
        return
        [
            .. names.Select(name =>
            {
                var colon = name.IndexOf(':', StringComparison.Ordinal);
                var (framework, id) = (name[..colon], name[(colon + 1)..]);
                var own = Enumerable.Range(0, rules.Length).Where(index => rules[index].Controls.Contains(name, StringComparer.Ordinal)).ToImmutableArray();
                var todo = duties.Where(duty => duty.Duty.Controls.Contains(name, StringComparer.Ordinal)).ToImmutableArray();
                var counts = own.Aggregate(CheckCounts.None, (sum, index) => sum + rules[index].Counts);
                return new ControlReport(
                    framework, id, ControlTitles.Control(framework, id), StatusOf(counts, todo), own, [.. todo.Select(duty => duty.Duty.Id)], counts);
            })
                .OrderBy(control => ControlTitles.Rank(control.Framework))
                .ThenBy(control => control.Framework, StringComparer.Ordinal)
                .ThenBy(control => control.Id, ControlOrder.Instance),
        ];
    }

    private static ControlStatus StatusOf(CheckCounts counts, ImmutableArray<DutyReport> duties)
    {
        var ofRules = counts.Worst switch
        {
            CheckState.Fault or CheckState.Fail => ControlStatus.Fail,
            CheckState.Undecided => ControlStatus.Undecided,
            CheckState.Waived => ControlStatus.Waived,
            CheckState.Pass => ControlStatus.Pass,
            _ => ControlStatus.NotApplicable,
        };
        return duties.Select(duty => duty.Status).Append(ofRules).Min();
    }

    private ImmutableArray<ResourceReport> Resources(ImmutableArray<RuleReport> rules, ImmutableArray<Check> checks)
    {
        var counts = new int[_run.Plan.Resources.Length, 5];
        foreach (var position in rules.SelectMany(rule => rule.Passed))
        {
            counts[position, (int)CheckState.Pass]++;
        }

        foreach (var check in checks)
        {
            counts[check.Resource, (int)check.State]++;
        }

        return
        [
            .. _run.Plan.Resources.Select((resource, position) =>
            {
                var (file, line) = _run.Sources.Of(_plan, resource);
                return new ResourceReport(
                    resource.Urn,
                    resource.Type,
                    resource.Name,
                    System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(resource.Kind.ToString()),
                    _plan.Positions.GetValueOrDefault(resource.Parent, -1),
                    [.. resource.Dependencies.Select(urn => _plan.Positions.GetValueOrDefault(urn, -1)).Where(each => each >= 0).Order()],
                    Regions.Normalize(PlanIndex.Text(resource, "location")),
                    resource.Options.Protect,

                    // Outputs are the inputs, with what a provider says is secret marked too.
                    PropertyJson.ToText(resource.Outputs),
                    new CheckCounts(
                        counts[position, (int)CheckState.Pass], counts[position, (int)CheckState.Fail], counts[position, (int)CheckState.Undecided],
                        counts[position, (int)CheckState.Waived], counts[position, (int)CheckState.Fault], 0),
                    file,
                    line);
            }),
        ];
    }

    [GeneratedRegex(@"^\S+ '.*': ", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Subject();
}
