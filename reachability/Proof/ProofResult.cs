using System.Collections.Immutable;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Evaluation;

namespace CantonInfra.Reachability.Proof;

/// <summary>What the proof says of a declared connection.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Works">Whether policies let it pass at both ends; null where that is not known.</param>
/// <param name="WhyNot">Why it does not, or why that is not known; empty where it works.</param>
/// <param name="Policies">The names of the policies that let it pass.</param>
/// <param name="FromBasis">How it is known who connects; null where it is no pod.</param>
/// <param name="ToBasis">How it is known to whom; null where it is no pod.</param>
public sealed record ConnectionState(
    DeclaredConnection Connection,
    bool? Works,
    ImmutableArray<string> WhyNot,
    ImmutableArray<string> Policies,
    Basis? FromBasis,
    Basis? ToBasis);

/// <summary>What a finding is about.</summary>
public enum ProofFindingKind
{
    /// <summary>No policy governs the pods in a direction: all passes.</summary>
    Open,

    /// <summary>A policy lets something pass that no connection declares.</summary>
    Undeclared,

    /// <summary>It is not known whether something passes that no connection declares.</summary>
    Undecided,
}

/// <summary>Something that policies allow, or might, though no connection declares it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">The pods.</param>
/// <param name="Direction">Whether it is about what comes to them or goes from them.</param>
/// <param name="Peer">Where it comes from or goes to, in words.</param>
/// <param name="Ports">The ports, in words.</param>
/// <param name="Policies">The policies that allow it.</param>
/// <param name="IsEffective">Whether the other end lets it pass, too.</param>
public sealed record ProofFinding(
    ProofFindingKind Kind,
    PodSet Subject,
    Direction Direction,
    string Peer,
    string Ports,
    ImmutableArray<TrafficPolicy> Policies,
    bool IsEffective)
{
    /// <summary>The finding in a sentence.</summary>
    public override string ToString()
    {
        var by = Policies.IsEmpty ? "" : $" by {string.Join(", ", Policies.Select(policy => policy.Name))}";
        var between = Direction == Direction.Ingress ? $"{Peer} to {Subject.Name}" : $"{Subject.Name} to {Peer}";
        return Kind switch
        {
            ProofFindingKind.Open when Direction == Direction.Ingress => $"Everything may connect to {Subject.Name}: no policy governs what comes in.",
            ProofFindingKind.Open => $"{Subject.Name} may connect to everything: no policy governs what goes out.",
            ProofFindingKind.Undecided => $"It is not known whether {between} ({Ports}) is allowed{by}; no connection declares it.",
            _ when IsEffective => $"{between} ({Ports}) is allowed{by}, and no connection declares it.",
            _ => $"{between} ({Ports}) is allowed{by} at one end, and no connection declares it; only the other end still denies it.",
        };
    }
}

/// <summary>Whether pods reach pods on a port: a line of the matrix.</summary>
/// <param name="From">Who connects.</param>
/// <param name="To">To whom.</param>
/// <param name="Port">The port.</param>
/// <param name="IsAllowed">Whether policies let it pass; null where that is not known.</param>
/// <param name="Policies">The names of the policies that allow it, or else of those that deny it.</param>
public sealed record MatrixLine(PodSet From, PodSet To, PodPort Port, bool? IsAllowed, ImmutableArray<string> Policies);

/// <summary>What the proof found.</summary>
/// <param name="Connections">Each declared connection.</param>
/// <param name="Findings">What is allowed beyond them.</param>
/// <param name="Unread">Why some pods are not known.</param>
/// <param name="Semantics">Whose reading of policies was applied.</param>
public sealed record ProofResult(
    ImmutableArray<ConnectionState> Connections, ImmutableArray<ProofFinding> Findings, ImmutableArray<string> Unread, Semantics Semantics)
{
    /// <summary>Whether policies allow exactly what is declared; null where that is not known.</summary>
    public bool? Holds =>
        Connections.Any(connection => connection.Works == false) || Findings.Any(finding => finding.Kind != ProofFindingKind.Undecided)
            ? false
            : Connections.All(connection => connection.Works == true) && Findings.IsEmpty && Unread.IsEmpty ? true : null;
}
