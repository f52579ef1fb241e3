using System.Collections.Immutable;
using System.Text.Json;
using CantonInfra.Engine;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;
using CantonInfra.Tools.Differences.Dangers;

namespace CantonInfra.Tools.Differences.Saved;

/// <summary>
/// What <c>pulumi preview --json</c> of the Pulumi CLI writes: the steps that a deployment would take, each with the resource as it is
/// deployed and as it is planned. What replaces is the providers' word there.
/// </summary>
internal static class PulumiPreview
{
    private const long MostBytes = 96 << 20;
    private const int MostSteps = 60_000;
    private const int LongestText = 8_000;

    // What the CLI writes for a value that is not known yet.
    private const string UnknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    /// <summary>Reads documents of the CLI, one for each stack.</summary>
    /// <exception cref="ConfigurationException">A file is none.</exception>
    public static ChangeReport Load(ImmutableArray<string> files, string commit) => new(
        ChangeSource.PulumiCli, "", commit, null, [], [.. files.Select(Load).OrderBy(stack => stack.Stack, StringComparer.Ordinal)]);

    private static StackDifference Load(string file)
    {
        try
        {
            return StrictJson.ReadFile(file, MostBytes, Read);
        }
        catch (FormatException exception)
        {
            throw new ConfigurationException(Diagnostic.Error(
                "pulumi-preview", $"This is no document of 'pulumi preview --json': {exception.Message}", new SourceLocation(file)));
        }
    }

    private static StackDifference Read(JsonElement root)
    {
        var steps = root.TryGetProperty("steps", out var list) ? StrictJson.Items(list, MostSteps).Select(Step.Read).ToArray() : [];
        var urn = steps.Select(step => Urn.TryParse(step.Urn, out var parsed) ? parsed : null).OfType<Urn>().FirstOrDefault()
            ?? throw new FormatException("It has no steps that name a resource. Was the preview complete?");
        var former = PlanOf(urn, steps.Where(step => step.IsPrimary).Select(step => step.Former));
        var present = PlanOf(urn, steps.Where(step => step.IsPrimary).Select(step => step.Present));
        var operations = steps.Where(step => step.IsPrimary).GroupBy(step => step.Urn, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        var compared = PlanDifference.Create(present, former);
        var difference = compared with { Changes = [.. compared.Changes.Select(change => Told(change, operations.GetValueOrDefault(change.Resource.Urn)))] };
        var errors = Errors(root);
        var side = new PreviewSide(errors.IsEmpty ? PreviewOutcome.Succeeded : PreviewOutcome.Failed, present, [], 0, 0, errors);
        return new StackDifference(
            urn.Stack, side with { Plan = former, Outcome = PreviewOutcome.Succeeded }, side, [], difference, FindingDifference.None, DangerSearch.Find(difference));
    }

    // The CLI knows what is done; what differs is for us to see.
    private static ResourceChange Told(ResourceChange change, Step? step) => step?.Operation is { } operation && operation != change.Operation
        ? change with
        {
            Operation = operation,
            Properties = [.. change.Properties.Select(property => property with
            {
                Replaces = step.Replaces.Contains(property.Input, StringComparer.Ordinal) ? Replacement.Certain : Replacement.No,
            })],
        }
        : change with { Properties = [.. change.Properties.Select(property => property with { Replaces = step?.Operation == Operation.Replace ? property.Replaces : Replacement.No })] };

    private static Plan PlanOf(Urn urn, IEnumerable<PlannedResource?> resources) => StrictPlan.Checked(Plan.Create(
        urn.Project, urn.Stack, resources.OfType<PlannedResource>().DistinctBy(resource => resource.Urn)));

    private static ImmutableArray<string> Errors(JsonElement root) => root.TryGetProperty("diagnostics", out var diagnostics)
        ? [
            .. StrictJson.Items(diagnostics, MostSteps)
                .Where(diagnostic => StrictJson.TextOrNull(diagnostic, "severity", LongestText) == "error")
                .Select(diagnostic => StrictJson.TextOrNull(diagnostic, "message", LongestText) ?? "")
                .Take(100),
        ]
        : [];

    private static PropertyValue Tidied(PropertyValue value) => value switch
    {
        StringValue { Value: UnknownText } => PropertyValue.Unknown,
        ListValue list => new ListValue([.. list.Items.Select(Tidied)]),
        MapValue map when map.Entries.ContainsKey("4dabf18193072939515e22adb298388d") => PropertyValue.Secret(PropertyValue.Unknown),
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Tidied(entry.Value)))),
        _ => value,
    };

    /// <summary>One step.</summary>
    private sealed record Step(string Urn, string Name, PlannedResource? Former, PlannedResource? Present, ImmutableArray<string> Replaces)
    {
        // A replacement has three steps; the one called so has both sides.
        public bool IsPrimary => Name is not ("create-replacement" or "delete-replaced" or "discard-replaced");

        public Operation? Operation => Name switch
        {
            "same" => Differences.Operation.Same,
            "create" => Differences.Operation.Create,
            "update" => Differences.Operation.Update,
            "delete" or "discard" => Differences.Operation.Delete,
            "replace" or "import-replacement" => Differences.Operation.Replace,
            "import" => Differences.Operation.Import,
            "read" or "read-replacement" or "refresh" => Differences.Operation.Read,
            _ => null,
        };

        public static Step Read(JsonElement step) => new(
            StrictJson.Text(step.GetProperty("urn"), LongestText),
            StrictJson.Text(step.GetProperty("op"), LongestText),
            State(step, "oldState"),
            State(step, "newState"),
            step.TryGetProperty("replaceReasons", out var reasons) && reasons.ValueKind == JsonValueKind.Array
                ? [.. StrictJson.Items(reasons, 1000).Select(reason => StrictJson.Text(reason, LongestText).Split('.', '[')[0])]
                : []);

        private static PlannedResource? State(JsonElement step, string name)
        {
            if (!step.TryGetProperty(name, out var state) || state.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var text = StrictJson.Text(state.GetProperty("urn"), LongestText);
            if (!Protocol.Urn.TryParse(text, out var urn))
            {
                throw new FormatException("A resource has a URN that is none.");
            }

            return new PlannedResource
            {
                Urn = text,
                Type = urn.Type,
                Name = urn.Name,
                Kind = state.TryGetProperty("custom", out var custom) && custom.GetBoolean()
                    ? urn.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal) ? ResourceKind.DefaultProvider : ResourceKind.Custom
                    : ResourceKind.Component,
                Parent = StrictJson.TextOrNull(state, "parent", LongestText) ?? "",
                Id = StrictJson.TextOrNull(state, "id", LongestText) ?? "",
                Inputs = Properties(state, "inputs"),
                Outputs = Properties(state, "outputs"),
                Options = new ResourceOptions
                {
                    Protect = state.TryGetProperty("protect", out var protect) && protect.GetBoolean(),
                    RetainOnDelete = state.TryGetProperty("retainOnDelete", out var retain) && retain.GetBoolean(),
                },
            };
        }

        private static MapValue Properties(JsonElement state, string name) =>
            state.TryGetProperty(name, out var properties) && properties.ValueKind == JsonValueKind.Object
                ? (MapValue)Tidied(PropertyJsonReader.Read(properties))
                : MapValue.Empty;
    }
}
