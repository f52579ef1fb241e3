using System.Text.RegularExpressions;
using CantonInfra.Engine.Plans;
using CantonInfra.Infra.Settings;
using CantonInfra.Protocol;
using CantonInfra.Reports.Model;

namespace CantonInfra.Reports.Sources;

/// <summary>Where to change what: the line of the setting behind it, else the file of the component that declares it, else the project's.</summary>
internal sealed partial class StackSources
{
    /// <summary>What stands for a place that is not known: the project's own file.</summary>
    public static readonly (string File, int Line) ProjectFile = ("Pulumi.yaml", 1);

    private readonly ComponentSources _components;
    private readonly SettingLocations _settings;

    /// <param name="components">The program's components.</param>
    /// <param name="settings">The lines of the stack file.</param>
    public StackSources(ComponentSources components, SettingLocations settings)
    {
        _components = components;
        _settings = settings;
    }

    /// <summary>Nothing is known.</summary>
    public static StackSources None { get; } = new(ComponentSources.None, SettingLocations.Unknown);

    /// <summary>Where a resource is declared: its own file for a component, the nearest component's for others.</summary>
    public (string File, int Line) Of(PlanIndex plan, PlannedResource resource)
    {
        for (PlannedResource? current = resource; current is not null; current = plan.Find(current.Parent))
        {
            if (_components.Find(current.Type) is { File.Length: > 0 } found)
            {
                return found;
            }
        }

        return ProjectFile;
    }

    /// <summary>Where to change what a note is about: notes begin with the path of the property, or name an option of the resource.</summary>
    public (string File, int Line) Of(PlanIndex plan, PlannedResource resource, string note)
    {
        if (_settings.File is { } file
            && (Option().Match(note) is { Success: true } option ? option : Property().Match(note)) is { Success: true } match)
        {
            foreach (var setting in SettingEffects.Find(TypeToken.Canonical(resource.Type), Position().Replace(match.Groups[1].Value, "")))
            {
                if (_settings.Find(setting) is { } location)
                {
                    return (file, location.Line);
                }
            }
        }

        return Of(plan, resource);
    }

    [GeneratedRegex(@"^(?:undecided: |waived: )?([A-Za-z]\w*(?:\.\w+|\[[^\]]*\])*)(?=:|\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Property();

    [GeneratedRegex(@" its option (\w+) is off\b", RegexOptions.CultureInvariant)]
    private static partial Regex Option();

    [GeneratedRegex(@"\[[^\]]*\]", RegexOptions.CultureInvariant)]
    private static partial Regex Position();
}
