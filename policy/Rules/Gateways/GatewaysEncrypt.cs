using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Gateways;

/// <summary>What comes into a cluster comes by HTTPS.</summary>
internal sealed class GatewaysEncrypt : StackPolicy
{
    private static readonly ImmutableArray<ResourceTypePattern> Gateways =
        ["kubernetes:gateway.networking.k8s.io/v1:Gateway", "kubernetes:gateway.networking.k8s.io/v1beta1:Gateway"];

    private static readonly ImmutableArray<ResourceTypePattern> Routes =
        ["kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", "kubernetes:gateway.networking.k8s.io/v1beta1:HTTPRoute"];

    private static readonly ImmutableArray<ResourceTypePattern> Ingresses =
        ["kubernetes:networking.k8s.io/v1:Ingress", "kubernetes:networking.k8s.io/v1beta1:Ingress", "kubernetes:extensions/v1beta1:Ingress"];

    private const string Clients = "kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy";

    private static readonly ImmutableArray<IPropertyCheck> Versions =
    [
        Choice.Of(Clients, "spec.tls.minVersion", ["1.2", "1.3", "Auto"], "Auto", "clients are answered by versions of TLS that are broken"),
        Choice.Of(Clients, "spec.tls.maxVersion", ["1.2", "1.3", "Auto"], "Auto", "clients are answered by versions of TLS that are broken"),
    ];

    private static readonly PropertyPath Name = PropertyPath.Parse("metadata.name");

    public override string Id => "gateways-encrypt";

    public override string Title => "Traffic enters clusters by HTTPS only";

    public override string Rationale =>
        "Tokens and passwords travel with the first request. What is served over plain HTTP as well is read and changed by whoever is on the "
        + "way, and a browser tries that first.";

    public override string Remediation =>
        "Give listeners of a Gateway the protocol HTTPS (or TLS) with tls.certificateRefs; a listener for HTTP may only have routes that "
        + "redirect to https. Give an Ingress tls for each of its hosts.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "DP-3"),
        new(PolicyControl.Soc2, "CC6.7"),
        new(PolicyControl.Requirement, "A8"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var routes = resources.Resources.Where(resource => Is(resource, Routes)).ToList();
        List<StackVerdict> verdicts =
        [
            .. resources.Resources.Where(resource => Is(resource, Gateways))
                .SelectMany(gateway => JudgeGateway(gateway, routes).Select(verdict => StackVerdict.On(gateway, verdict))),
            .. resources.Resources.Where(resource => Is(resource, Ingresses))
                .SelectMany(ingress => JudgeIngress(ingress).Select(verdict => StackVerdict.On(ingress, verdict))),
            .. resources.OfType(Clients)
                .SelectMany(clients => Versions.SelectMany(check => check.Judge(clients)).Select(verdict => StackVerdict.On(clients, verdict))),
        ];
        return verdicts.Count > 0
            ? verdicts
            : [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no gateways and no ingresses."))];
    }

    private static IEnumerable<PolicyVerdict> JudgeGateway(StackResourceView gateway, List<StackResourceView> routes) =>
        gateway.Select(PropertyPath.Parse("spec.listeners[*]")).SelectMany(listener => JudgeListener(gateway, listener, routes));

    private static IEnumerable<PolicyVerdict> JudgeListener(StackResourceView gateway, PropertyReading listener, List<StackResourceView> routes)
    {
        var protocol = listener.State == PropertyState.Known ? gateway.Read(listener.Path.Then("protocol")) : listener;
        if (!protocol.TryGetText(out var text))
        {
            return [PolicyVerdict.Undecided(protocol.Path)];
        }

        return text switch
        {
            "HTTPS" or "TLS" => [JudgeCertificate(gateway, listener.Path.Then("tls"))],
            "HTTP" => JudgePlain(gateway, protocol, gateway.Read(listener.Path.Then("name")), routes),
            _ => [PolicyVerdict.Violation(protocol.Path, $"{gateway} has {protocol} here, which is not encrypted. It must be HTTPS or TLS.")],
        };
    }

    private static PolicyVerdict JudgeCertificate(StackResourceView gateway, PropertyPath tls)
    {
        var mode = gateway.Read(tls.Then("mode"));
        var certificates = gateway.Read(tls.Then("certificateRefs"));
        var options = gateway.Read(tls.Then("options"));
        return (mode.TryGetText(out var text) && text == "Passthrough") || options.IsNothing() == false ? PolicyVerdict.Pass
            : certificates.IsNothing() switch
            {
                false => PolicyVerdict.Pass,
                null => PolicyVerdict.Undecided(certificates.Path),
                true => PolicyVerdict.Violation(certificates.Path, $"{gateway} names no certificate here, so nothing answers by HTTPS."),
            };
    }

    // A listener without routes serves nothing; those that only redirect serve nothing of worth.
    private static IEnumerable<PolicyVerdict> JudgePlain(
        StackResourceView gateway, PropertyReading protocol, PropertyReading listener, List<StackResourceView> routes)
    {
        yield return PolicyVerdict.Pass;
        foreach (var route in routes)
        {
            var isAttached = IsAttached(route, gateway, listener);
            var redirects = Redirects(route);
            if (isAttached == true && redirects == false)
            {
                yield return PolicyVerdict.Violation(
                    protocol.Path, $"{gateway} serves {route} over plain HTTP. It must be HTTPS, or the route must redirect to https.");
            }
            else if (isAttached is null && redirects != true)
            {
                yield return PolicyVerdict.Undecided(protocol.Path, $"not known yet whether {route} is served over plain HTTP");
            }
        }
    }

    private static bool? IsAttached(StackResourceView route, StackResourceView gateway, PropertyReading listener)
    {
        bool? result = false;
        foreach (var parent in route.Select(PropertyPath.Parse("spec.parentRefs[*]")))
        {
            if (parent.State != PropertyState.Known)
            {
                result = null;
                continue;
            }

            var section = route.Read(parent.Path.Then("sectionName"));
            var answer = NetworkPolicies.Logic.And(
                IsSame(route.Read(parent.Path.Then("name")), gateway.Read(Name)),
                section.State == PropertyState.Missing ? true : IsSame(section, listener));
            if (answer == true)
            {
                return true;
            }

            result = answer is null ? null : result;
        }

        return result;
    }

    private static bool? IsSame(PropertyReading left, PropertyReading right) =>
        left.TryGetText(out var one) && right.TryGetText(out var other) ? one == other : null;

    private static bool Redirects(StackResourceView route)
    {
        var rules = route.Select(PropertyPath.Parse("spec.rules[*]")).ToList();
        return rules.Count > 0 && rules.TrueForAll(rule => route
            .Select(new PropertyPath([.. rule.Path.Then("filters").Elements, PropertyPathElement.Wildcard]))
            .Any(filter => route.Read(filter.Path.Then("requestRedirect").Then("scheme")).TryGetText(out var scheme) && scheme == "https"));
    }

    private static IEnumerable<PolicyVerdict> JudgeIngress(StackResourceView ingress)
    {
        var tls = ingress.Read("spec.tls");
        if (tls.IsNothing() != false)
        {
            yield return tls.IsNothing() == true
                ? PolicyVerdict.Violation(tls.Path, $"{ingress} has no tls, so it is served over plain HTTP.")
                : PolicyVerdict.Undecided(tls.Path);
            yield break;
        }

        var secured = ingress.Select(PropertyPath.Parse("spec.tls[*].hosts[*]")).ToList();
        foreach (var host in ingress.Select(PropertyPath.Parse("spec.rules[*].host")).Where(host => host.State != PropertyState.Missing))
        {
            yield return !host.TryGetText(out var name) ? PolicyVerdict.Undecided(host.Path)
                : secured.Count == 0 || secured.Exists(each => each.TryGetText(out var pattern) && Covers(pattern, name)) ? PolicyVerdict.Pass
                : secured.Exists(each => !each.TryGetText(out _)) ? PolicyVerdict.Undecided(host.Path)
                : PolicyVerdict.Violation(host.Path, $"{ingress} has no tls for {host}, which is served over plain HTTP.");
        }
    }

    private static bool Covers(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            && !host[..^(pattern.Length - 1)].Contains('.', StringComparison.Ordinal)
        : pattern.Equals(host, StringComparison.OrdinalIgnoreCase);

    private static bool Is(StackResourceView resource, ImmutableArray<ResourceTypePattern> types) => types.Any(type => type.Matches(resource.Type));
}
