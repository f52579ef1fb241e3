using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences;

/// <summary>
/// Which changes replace a resource: what its options say, what the package's schema marks <c>willReplaceOnChanges</c>, and what
/// is known of Kubernetes. Of all else only the provider can tell.
/// </summary>
internal static class ReplacementRules
{
    private const string Kubernetes = "kubernetes";

    // What the Kubernetes API keeps as it was created, by kind; the schema has no marks.
    private static readonly FrozenDictionary<string, string[]> ImmutableFields = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["ClusterRoleBinding"] = ["roleRef"],
        ["ConfigMap"] = ["immutable"],
        ["DaemonSet"] = ["spec.selector"],
        ["Deployment"] = ["spec.selector"],
        ["Job"] = ["spec"],
        ["PersistentVolume"] = ["spec"],
        ["PersistentVolumeClaim"] = ["spec"],
        ["RoleBinding"] = ["roleRef"],
        ["Secret"] = ["type", "immutable"],
        ["Service"] = ["spec.clusterIP", "spec.type"],
        ["StatefulSet"] = ["spec"],
        ["StorageClass"] = ["provisioner", "parameters", "reclaimPolicy", "volumeBindingMode"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, PackageMarks?> Packages = new(StringComparer.Ordinal);

    /// <summary>Whether a change of a property replaces a resource.</summary>
    /// <param name="resource">The resource as it is planned.</param>
    /// <param name="path">The way to the property.</param>
    public static Replacement Of(PlannedResource resource, PropertyPath path)
    {
        if (resource.Options.ReplaceOnChanges.Any(pattern => Covers(pattern, path)))
        {
            return Replacement.Certain;
        }

        var type = TypeToken.Canonical(resource.Type);
        var package = type.Split(':')[0];
        if (package == Kubernetes)
        {
            return OfKubernetes(resource.Type, path);
        }

        var marks = Packages.GetOrAdd(package, PackageMarks.Load);
        var key = path.Elements is [{ Key: { } first }, ..] ? first : "";
        if (marks is null || !marks.CreateOnly.TryGetValue(type, out var createOnly))
        {
            return Replacement.Possible;
        }

        return (createOnly.Contains(key), marks.AreComplete) switch
        {
            (true, _) => Replacement.Certain,
            (_, true) => Replacement.No,
            _ => Replacement.Possible,
        };
    }

    /// <summary>The inputs of a type that are set when it is created; empty where none are known.</summary>
    public static IReadOnlyCollection<string> CreateOnly(string type)
    {
        var canonical = TypeToken.Canonical(type);
        var marks = Packages.GetOrAdd(canonical.Split(':')[0], PackageMarks.Load);
        return marks?.CreateOnly.GetValueOrDefault(canonical) ?? [];
    }

    /// <summary>Whether a path of resource options covers another one: the same, or one above it.</summary>
    public static bool Covers(string pattern, PropertyPath path) =>
        PropertyPath.TryParse(pattern, out var covering)
        && covering.Elements.Length <= path.Elements.Length
        && covering.Elements.Zip(path.Elements).All(pair => pair.First.IsWildcard || pair.First == pair.Second);

    private static Replacement OfKubernetes(string type, PropertyPath path)
    {
        var text = path.ToString();
        if (text is "metadata.name" or "metadata.namespace" or "metadata.generateName")
        {
            return Replacement.Certain;
        }

        var kind = type[(type.LastIndexOf(':') + 1)..];
        if (kind is "Release" or "Chart" or "CustomResource")
        {
            return Replacement.Possible;
        }

        return ImmutableFields.TryGetValue(kind, out var fields)
            && fields.Any(field => text == field || text.StartsWith(field + ".", StringComparison.Ordinal) || text.StartsWith(field + "[", StringComparison.Ordinal))
            ? Replacement.Possible
            : Replacement.No;
    }

    /// <summary>What a package's schema marks.</summary>
    /// <param name="CreateOnly">The marked inputs by type.</param>
    /// <param name="AreComplete">Whether the package marks any; one that marks none leaves it open.</param>
    private sealed record PackageMarks(FrozenDictionary<string, FrozenSet<string>> CreateOnly, bool AreComplete)
    {
        public static PackageMarks? Load(string package)
        {
            using var stream = typeof(PackageMarks).Assembly.GetManifestResourceStream($"schema.{package}.json");
            if (stream is null)
            {
                return null;
            }

            using var schema = JsonDocument.Parse(stream, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            var types = schema.RootElement.GetProperty("resources").EnumerateObject()
                .ToFrozenDictionary(type => type.Name, MarkedInputs, StringComparer.Ordinal);
            return new PackageMarks(types, types.Values.Any(inputs => inputs.Count > 0));
        }

        private static FrozenSet<string> MarkedInputs(JsonProperty type) =>
            type.Value.TryGetProperty("inputProperties", out var inputs)
                ? inputs.EnumerateObject()
                    .Where(input => input.Value.TryGetProperty("willReplaceOnChanges", out var mark) && mark.GetBoolean())
                    .Select(input => input.Name)
                    .ToFrozenSet(StringComparer.Ordinal)
                : [];
    }
}
