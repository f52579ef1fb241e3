using System.Reflection;

namespace CantonInfra.Surface;

/// <summary>What Pulumi's attributes say: the tokens of resources, and the wire names of inputs and outputs.</summary>
public static class PulumiMarks
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The token of a resource class, or null.</summary>
    public static string? Token(Type type) => type.GetCustomAttributesData()
        .Where(attribute => attribute.AttributeType.Name.EndsWith("ResourceTypeAttribute", StringComparison.Ordinal))
        .Select(attribute => (string?)attribute.ConstructorArguments[0].Value)
        .FirstOrDefault();

    /// <summary>One line for each input: <c>Type.Property input "wireName" [required] [json]</c>.</summary>
    public static IEnumerable<string> Inputs(Type type)
    {
        foreach (var member in type.GetMembers(All).Where(member => member is PropertyInfo or FieldInfo))
        {
            var input = member.GetCustomAttributesData().FirstOrDefault(attribute => attribute.AttributeType.FullName == "Pulumi.InputAttribute");
            if (input is not null)
            {
                var arguments = input.ConstructorArguments;
                var required = arguments[1].Value is true ? " required" : "";
                var json = arguments[2].Value is true ? " json" : "";

                // The sheets name an input that is marked on a field after the field.
                var name = member is FieldInfo ? Title(member.Name.TrimStart('_')) : member.Name;
                yield return $"{TypeName.Of(type)}.{name} input \"{arguments[0].Value}\"{required}{json}";
            }
        }
    }

    private static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
