using System.Collections.Immutable;
using System.Net;
using CantonInfra.Policy.Rules.Network;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Gateways;

/// <summary>What administers a service is served to those who administer it.</summary>
internal sealed class GatewaysHideAdministration : StackPolicy
{
    private const string Guard = "kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy";
    private const string OfEnvoy = "kubernetes:gateway.envoyproxy.io/";

    private static readonly ImmutableArray<ResourceTypePattern> Routes =
    [
        "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
        "kubernetes:gateway.networking.k8s.io/v1beta1:HTTPRoute",
        "kubernetes:gateway.networking.k8s.io/v1:GRPCRoute",
        "kubernetes:gateway.networking.k8s.io/v1alpha2:TCPRoute",
        "kubernetes:gateway.networking.k8s.io/v1alpha2:TLSRoute",
        "kubernetes:gateway.networking.k8s.io/v1alpha3:TLSRoute",
    ];

    // What a service's name has in it, and where it is administered; nothing is everywhere. Keycloak stands at the root or, by the
    // older default, below /auth.
    private static readonly ImmutableArray<(string Service, ImmutableArray<string> Paths)> Administration =
    [
        ("keycloak", ["/admin", "/realms/master", "/auth/admin", "/auth/realms/master"]),
        ("validator-app", ["/api/validator/v0/admin"]),
        ("participant", [""]),
    ];

    // Whoever comes has to say who he is then.
    private static readonly ImmutableArray<string> SignsIn = ["spec.oidc", "spec.jwt", "spec.basicAuth", "spec.apiKeyAuth", "spec.extAuth"];

    private static readonly PropertyPath Addresses = PropertyPath.Parse("spec.authorization.rules[*].principal.clientCIDRs[*]");
    private static readonly PropertyPath Name = PropertyPath.Parse("metadata.name");
    private static readonly PropertyPath Namespace = PropertyPath.Parse("metadata.namespace");

    public override string Id => "gateways-hide-administration";

    public override string Title => "Gateways serve administration to administrators only";

    public override string Rationale =>
        "The console of an identity provider, the administration of a validator and all of a participant are a password or a token away from all accounts and all parties. "
        + "What is served to everybody is tried by everybody, and each flaw in it counts at once.";

    public override string Remediation =>
        "Leave paths of administration (/admin and /realms/master of Keycloak, /api/validator/v0/admin of a validator) and participants out of routes, answer them "
        + "without a backend, or name the route in a SecurityPolicy that denies by default and allows the addresses of operators.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-6"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A1"),
        new(PolicyControl.Requirement, "A8"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        // Which other gateways ask whom is not seen in routes.
        if (!resources.Resources.Any(resource => resource.Type.Canonical.StartsWith(OfEnvoy, StringComparison.Ordinal)))
        {
            return [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares nothing of Envoy Gateway."))];
        }

        var guards = resources.OfType(Guard).ToList();
        return resources.Resources.Where(resource => resource.IsAny(Routes))
            .Select(route => StackVerdict.On(route, Judge(route, guards)))
            .DefaultIfEmpty(StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no routes.")));
    }

    private static PolicyVerdict Judge(StackResourceView route, List<StackResourceView> guards)
    {
        if (ServedPaths.Of(route) is not { } served)
        {
            return PolicyVerdict.Undecided(PropertyPath.Parse("spec.rules"));
        }

        var open = Administration
            .SelectMany(each => each.Paths.SelectMany(path => served.Below(path)
                .Where(answer => answer.Backends.Any(backend => backend.Contains(each.Service, StringComparison.OrdinalIgnoreCase)))
                .Select(answer => (answer.At, Path: path, each.Service))))
            .FirstOrDefault();
        if (open.At is null)
        {
            return PolicyVerdict.Pass;
        }

        var own = guards.Select(guard => (Guard: guard, IsFor: IsFor(guard, route))).Where(each => each.IsFor != false).ToList();
        return own.Exists(each => each.IsFor == true && LetsInFew(each.Guard) == true) ? PolicyVerdict.Pass
            : own.Exists(each => each.IsFor is null || LetsInFew(each.Guard) is null) ? PolicyVerdict.Undecided(open.At, "not known yet whom its SecurityPolicy lets in")
            : PolicyVerdict.Violation(
                open.At, $"{route} serves {(open.Path.Length > 0 ? open.Path : "what there is")} of {open.Service} to whoever comes: no SecurityPolicy denies by default there and lets in few addresses.");
    }

    // A policy for a route is in its namespace; one for a gateway is for all its routes.
    private static bool? IsFor(StackResourceView guard, StackResourceView route)
    {
        bool? result = false;
        foreach (var target in guard.Select(PropertyPath.Parse("spec.targetRefs[*]")).Append(guard.Read("spec.targetRef")).Where(target => target.State != PropertyState.Missing))
        {
            var kind = guard.Read(target.Path.Then("kind"));
            var name = guard.Read(target.Path.Then("name"));
            var named = !kind.TryGetText(out var text) || !name.TryGetText(out _) ? null
                : text == "HTTPRoute" ? NetworkPolicies.Logic.And(IsSame(name, route.Read(Name)), IsSame(guard.Read(Namespace), route.Read(Namespace)))
                : text == "Gateway" ? route.Select(PropertyPath.Parse("spec.parentRefs[*]")).Select(parent => IsSame(name, route.Read(parent.Path.Then("name"))))
                    .Aggregate((bool?)true, (all, each) => NetworkPolicies.Logic.And(all, each))
                : false;
            if (named == true)
            {
                return true;
            }

            result = named is null ? null : result;
        }

        return result;
    }

    private static bool? LetsInFew(StackResourceView guard)
    {
        if (SignsIn.Any(path => guard.Read(path).State == PropertyState.Known))
        {
            return true;
        }

        var authorization = guard.Read("spec.authorization");
        var otherwise = guard.Read("spec.authorization.defaultAction");
        if (authorization.State != PropertyState.Known)
        {
            return authorization.State == PropertyState.Missing ? false : null;
        }

        var addresses = guard.Select(Addresses).Where(address => address.State != PropertyState.Missing).ToList();
        return otherwise.State == PropertyState.Unknown || addresses.Exists(address => !address.TryGetText(out _)) ? null
            : !(otherwise.TryGetText(out var action) && action == "Allow")
                && addresses.TrueForAll(address => address.TryGetText(out var text) && !IsWide(text));
    }

    private static bool IsWide(string range) => IPNetwork.TryParse(range, out var network) && network.PrefixLength < InboundRule.ShortestOwnPrefix;

    private static bool? IsSame(PropertyReading left, PropertyReading right) =>
        left.State == PropertyState.Missing && right.State == PropertyState.Missing ? true
        : left.TryGetText(out var one) && right.TryGetText(out var other) ? one == other
        : left.State == PropertyState.Unknown || right.State == PropertyState.Unknown ? null : false;
}
