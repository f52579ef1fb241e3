using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace CantonInfra.Reports.Writers.Sarif;

/// <summary>What a SARIF file says: one run of this tool.</summary>
/// <param name="Version">The tool's version; empty for none.</param>
/// <param name="Category">What tells this run from others of the tool, such as <c>canton-infra/project/</c>; empty for nothing.</param>
/// <param name="Rules">The rules, each once.</param>
/// <param name="Results">The results: what matters most first, for only so many are kept.</param>
internal sealed record SarifLog(string Version, string Category, ImmutableArray<SarifRule> Rules, ImmutableArray<SarifResult> Results);

/// <summary>A rule.</summary>
/// <param name="Id">Its id in the file.</param>
/// <param name="Title">What must hold; empty where that is not known.</param>
/// <param name="Rationale">Why; empty where that is not known.</param>
/// <param name="Remediation">What to do; empty where that is not known.</param>
/// <param name="Severity">low, medium, high, critical, or empty.</param>
/// <param name="IsMandatory">Whether it stops a deployment.</param>
/// <param name="Controls">The controls that it helps to fulfil.</param>
internal sealed record SarifRule(
    string Id, string Title, string Rationale, string Remediation, string Severity, bool IsMandatory, ImmutableArray<string> Controls)
{
    private const string OwnPack = "canton-guardrails";

    /// <summary>The id of a pack's rule. Ids are unique in a pack; two packs may have the same.</summary>
    public static string IdOf(string pack, string rule) => pack == OwnPack ? rule : $"{pack}/{rule}";
}

/// <summary>What a rule said of something.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="IsOpen">Whether it is undecided.</param>
/// <param name="IsError">Whether it stops a deployment.</param>
/// <param name="IsSuppressed">Whether it is permitted for a time.</param>
/// <param name="Text">What it said.</param>
/// <param name="Subject">What it is about: a URN; empty where the text tells.</param>
/// <param name="File">The file to look at, from the repository's root.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Fingerprint">The same in every run for the same rule and subject: see <see cref="FingerprintOf"/>.</param>
internal sealed record SarifResult(
    string Rule, bool IsOpen, bool IsError, bool IsSuppressed, string Text, string Subject, string File, int Line, string Fingerprint)
{
    /// <summary>What tells a finding from all others, in every file of every run: rule and subject, not what is said.</summary>
    public static string FingerprintOf(string pack, string rule, string urn) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{pack}\n{rule}\n{urn}")))[..32];
}
