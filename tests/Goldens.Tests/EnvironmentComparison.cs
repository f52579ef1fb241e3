using System.Collections.Immutable;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;
using CantonInfra.Tools.Differences;

namespace CantonInfra.Goldens.Tests;

/// <summary>Finds which setting causes which difference between two environments: goes from one to the other, a setting at a time.</summary>
internal sealed class EnvironmentComparison : IDisposable
{
    // Names carry the stack's name; under one name for all, only what settings do is left.
    private const string Stack = "sample";

    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;

    public EnvironmentComparison()
    {
        var program = ProjectFile.Load(Golden.Repository).ProgramDirectory;
        var assembly = Directory.EnumerateFiles(Path.Combine(program, "bin", "Release"), "CantonInfra.Infra.dll", SearchOption.AllDirectories).Single();
        File.WriteAllText(
            Path.Combine(_folder, "Pulumi.yaml"),
            $"name: canton-infra\nruntime:\n  name: dotnet\n  options:\n    binary: {assembly}\n");
    }

    /// <summary>The effects of all settings that differ.</summary>
    public async Task<ImmutableArray<SettingEffect>> RunAsync(string from, string to)
    {
        var start = Read(from);
        var settings = start;
        var target = Read(to);
        var plan = await PreviewAsync(settings) ?? throw new InvalidOperationException($"{from} has no plan.");
        var waiting = new Queue<string>(settings.Keys.Union(target.Keys, StringComparer.Ordinal)
            .Where(path => settings.GetValueOrDefault(path) != target.GetValueOrDefault(path))
            .Order(StringComparer.Ordinal));
        var effects = ImmutableArray.CreateBuilder<SettingEffect>();
        for (var refused = 0; waiting.TryDequeue(out var path);)
        {
            var changed = With(settings, path);

            // What is not valid by itself is tried again after the others, and at last together with one of them.
            var next = await PreviewAsync(changed);
            if (next is null && ++refused > waiting.Count)
            {
                foreach (var other in waiting.ToList())
                {
                    changed = With(With(settings, path), other);
                    if ((next = await PreviewAsync(changed)) is not null)
                    {
                        break;
                    }
                }

                Assert.True(next is not null, $"{path} is valid with none of the settings of {to}.");
            }

            if (next is null)
            {
                waiting.Enqueue(path);
                continue;
            }

            refused = 0;
            var difference = PlanDifference.Create(next, plan);
            effects.Add(new SettingEffect(
                path,

                // Of two that are valid together only, the second one is what it shall be by then.
                start.GetValueOrDefault(path),
                target.GetValueOrDefault(path),
                SettingEffect.Describe(difference, plan),
                [.. SettingEffectTable.Rows(path, difference, plan)]));
            (settings, plan) = (changed, next);
        }

        return [.. effects.OrderBy(effect => effect.Path, StringComparer.Ordinal)];

        ImmutableSortedDictionary<string, string> With(ImmutableSortedDictionary<string, string> before, string path) =>
            target.TryGetValue(path, out var value) ? before.SetItem(path, value) : before.Remove(path);
    }

    /// <summary>The rows of the settings table for one setting that the environments do not differ in.</summary>
    public async Task<ImmutableArray<string>> RowsAsync(string stack, string path, string value)
    {
        var settings = Read(stack);
        var plan = await PreviewAsync(settings) ?? throw new InvalidOperationException($"{stack} has no plan.");
        var changed = await PreviewAsync(settings.SetItem(path, value)) ?? throw new InvalidOperationException($"{path} cannot be {value}.");
        return [.. SettingEffectTable.Rows(path, PlanDifference.Create(changed, plan), plan)];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ImmutableSortedDictionary<string, string> Read(string stack) =>
        StackSettingsFile.Read(File.ReadAllText(Path.Combine(Golden.Repository, $"Pulumi.{stack}.yaml")));

    private async Task<Plan?> PreviewAsync(ImmutableSortedDictionary<string, string> settings)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, $"Pulumi.{Stack}.yaml"), StackSettingsFile.Write(settings));
        var configuration = StackConfiguration.Load(ProjectFile.Load(_folder), Stack, [], _ => null);
        var result = await new PreviewEngine(TimeProvider.System).PreviewAsync(new PreviewRequest(configuration, []));
        return result.Outcome == PreviewOutcome.Succeeded ? result.Plan : null;
    }
}
