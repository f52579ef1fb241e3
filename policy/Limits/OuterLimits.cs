using System.Collections.Immutable;

namespace CantonInfra.Policy.Limits;

/// <summary>What no stack may exceed: the content of limits.yaml.</summary>
/// <param name="Regions">Where resources may be.</param>
/// <param name="Modes">How strict stacks are at least.</param>
/// <param name="Waivers">How far ahead waivers may end.</param>
/// <param name="Sources">Where software may come from.</param>
/// <param name="WideRoles">Which roles may be given on whole subscriptions.</param>
/// <param name="PrivilegedNamespaces">Which namespaces may hold pods with rights on their node.</param>
/// <param name="LedgerRights">Which users of a participant may have its far-reaching rights.</param>
/// <param name="Charts">Which versions of the ledger's charts each network may run.</param>
/// <param name="Waivable">The rules that may be waived.</param>
internal sealed record OuterLimits(
    RegionLimits Regions,
    ModeLimits Modes,
    WaiverLimits Waivers,
    SourceLimits Sources,
    WideRoleLimits WideRoles,
    PrivilegedNamespaceLimits PrivilegedNamespaces,
    LedgerRightLimits LedgerRights,
    ChartLimits Charts,
    ImmutableArray<string> Waivable);
