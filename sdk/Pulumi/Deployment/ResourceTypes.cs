using System.Reflection;
using CantonInfra.Protocol.Properties;

namespace Pulumi;

/// <summary>Finds the classes that stand for resource types, and makes resources of references to them.</summary>
internal sealed class ResourceTypes
{
    private readonly Lazy<ILookup<string, (string? Version, Type Class)>> _classes = new(Find);

    /// <summary>The resource that a reference names; null where no class for it fits the wanted one.</summary>
    public Resource? Resolve(ResourceReferenceValue reference, Type wanted)
    {
        var urn = UrnParts.Parse(reference.Urn);
        var found = _classes.Value[urn.Type].Where(candidate => wanted.IsAssignableFrom(candidate.Class)).ToArray();
        if (found.Length == 0)
        {
            return wanted.IsAssignableFrom(typeof(DependencyResource)) ? new DependencyResource(reference.Urn) : null;
        }

        var (_, type) = found.FirstOrDefault(candidate => candidate.Version == reference.PackageVersion, found[0]);
        return Create(type, urn.Name, reference.Urn) ?? throw new RunException(
            $"The class {type.FullName} has no constructor with a name, args and options, so the reference to {reference.Urn} cannot be used.");
    }

    private static Resource? Create(Type type, string name, string urn)
    {
        foreach (var constructor in type.GetConstructors())
        {
            var parameters = constructor.GetParameters();
            if (parameters.Length is not (2 or 3) || parameters[0].ParameterType != typeof(string))
            {
                continue;
            }

            var options = parameters[^1].ParameterType switch
            {
                var custom when custom == typeof(CustomResourceOptions) => new CustomResourceOptions { Urn = urn },
                var component when component == typeof(ComponentResourceOptions) => new ComponentResourceOptions { Urn = urn },
                _ => (ResourceOptions?)null,
            };
            if (options is not null)
            {
                return (Resource)constructor.Invoke(parameters.Length == 2 ? [name, options] : [name, null, options]);
            }
        }

        return null;
    }

    private static ILookup<string, (string? Version, Type Class)> Find() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => !assembly.IsDynamic
            && Array.Exists(assembly.GetReferencedAssemblies(), name => name.Name == typeof(Resource).Assembly.GetName().Name))
        .SelectMany(TypesOf)
        .Where(type => typeof(Resource).IsAssignableFrom(type))
        .Select(type => (Class: type, Attribute: type.GetCustomAttribute<ResourceTypeAttribute>(inherit: false)))
        .Where(found => found.Attribute is not null)
        .ToLookup(found => found.Attribute!.Type, found => (found.Attribute!.Version, found.Class), StringComparer.Ordinal);

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            return exception.Types.OfType<Type>();
        }
    }
}
