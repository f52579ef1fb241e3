using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Tools.Diagnosis;

namespace CantonInfra.Tools.Connections;

/// <summary>The objects of a cluster that connections depend on, as <c>kubectl</c> lists them.</summary>
/// <param name="Resources">Them, under the types that plans have for them.</param>
internal sealed record LiveCluster(ImmutableArray<ClusterResource> Resources)
{
    private const string Kubectl = "kubectl";

    // What kubectl is asked for, and what a plan calls it.
    private static readonly ImmutableArray<(string Asked, string Kind, string Type)> Kinds =
    [
        ("namespaces", "Namespace", "kubernetes:core/v1:Namespace"),
        ("pods", "Pod", "kubernetes:core/v1:Pod"),
        ("services", "Service", "kubernetes:core/v1:Service"),
        ("serviceaccounts", "ServiceAccount", "kubernetes:core/v1:ServiceAccount"),
        ("networkpolicies", "NetworkPolicy", "kubernetes:networking.k8s.io/v1:NetworkPolicy"),
    ];

    /// <summary>Asks a cluster. Nothing is changed, and no secrets are read.</summary>
    /// <param name="probe">Runs kubectl.</param>
    /// <param name="directory">Where kubectl is run.</param>
    /// <param name="context">The context of the kubeconfig; null for the current one.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ConfigurationException">There is no kubectl, or it has no answer.</exception>
    public static async Task<LiveCluster> ReadAsync(ICommandProbe probe, string directory, string? context, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "get", string.Join(',', Kinds.Select(kind => kind.Asked)), "--all-namespaces", "-o", "json",
            .. context is null ? [] : new[] { "--context", context },
        ];
        var answer = await probe.AskAsync(Kubectl, arguments, directory, cancellation) ?? throw Failure(
            "kubectl does not answer. Install it (az aks install-cli), and run this where the API server can be reached, such as on the runner.");
        if (answer.ExitCode != 0)
        {
            throw Failure($"kubectl says: {answer.Output.Trim()}");
        }

        try
        {
            using var document = JsonDocument.Parse(answer.StandardOutput);
            return new LiveCluster(
            [
                .. document.RootElement.GetProperty("items").EnumerateArray().Select(Resource).OfType<ClusterResource>().Where(IsRunning),
            ]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Failure($"What kubectl lists is not understood: {exception.Message}");
        }
    }

    private static ConfigurationException Failure(string message) => new(Diagnostic.Error("live-cluster", message));

    private static ClusterResource? Resource(JsonElement item)
    {
        var kind = item.GetProperty("kind").GetString();
        if (Kinds.FirstOrDefault(each => each.Kind == kind) is not { Type: { } type })
        {
            return null;
        }

        var properties = (MapValue)PropertyJsonReader.Read(item);
        var metadata = (MapValue?)properties["metadata"];
        var name = $"{(metadata?["namespace"] as StringValue)?.Value}/{(metadata?["name"] as StringValue)?.Value}".TrimStart('/');
        return new ClusterResource(
            $"live::{kind}::{name}", type, name, properties, "", ImmutableDictionary<string, ImmutableArray<string>>.Empty);
    }

    // Pods that have ended connect to nobody.
    private static bool IsRunning(ClusterResource resource) =>
        PropertyPath.Parse("status.phase").Read(resource.Properties).TryGetText(out var phase) is false || phase is not ("Succeeded" or "Failed");
}
