using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Policies;
using CantonInfra.Reports.Duties;
using CantonInfra.Reports.Licences;
using CantonInfra.Reports.Rules;
using CantonInfra.Reports.Sources;

namespace CantonInfra.Reports.Model;

/// <summary>A preview of a stack.</summary>
/// <param name="Plan">What is declared.</param>
/// <param name="Policies">What the packs said of it.</param>
/// <param name="Kind">environment, subscription, or empty.</param>
/// <param name="Sources">Where to change what.</param>
internal sealed record StackRun(Plan Plan, PolicyResult Policies, string Kind, StackSources Sources);

/// <summary>What a report is made from.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="AsOf">The day, in UTC.</param>
/// <param name="Version">The version of the program that makes it.</param>
/// <param name="Runs">The previews.</param>
/// <param name="Catalogues">The catalogues of the packs that have one.</param>
/// <param name="Evidence">What is recorded of duties.</param>
/// <param name="Licences">What is shipped.</param>
internal sealed record ReportInput(
    string Project,
    DateOnly AsOf,
    string Version,
    ImmutableArray<StackRun> Runs,
    ImmutableArray<RuleCatalogue> Catalogues,
    ImmutableArray<EvidenceRecord> Evidence,
    ImmutableArray<ShippedPackage> Licences);
