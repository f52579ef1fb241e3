using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>A property or field by reflection. Properties go through their backing field, which is much cheaper at start-up.</summary>
internal sealed class Member
{
    private readonly FieldInfo? _field;
    private readonly PropertyInfo? _property;

    public Member(FieldInfo field)
    {
        Info = field;
        _field = field;
        Type = field.FieldType;
    }

    public Member(PropertyInfo property)
    {
        Info = property;
        _property = property;
        _field = property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic);
        Type = property.PropertyType;
        HasSetter = property.SetMethod is not null;
    }

    public MemberInfo Info { get; }

    public Type Type { get; }

    public bool HasSetter { get; }

    private static BindingFlags Declared =>
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>All instance properties and fields, those of base classes included, the most derived first.</summary>
    public static IEnumerable<MemberInfo> AllOf(Type type)
    {
        for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            // Asked of the declaring class, a property also shows the setter that is private there.
            foreach (var property in current.GetProperties(Declared))
            {
                yield return property;
            }

            foreach (var field in current.GetFields(Declared))
            {
                yield return field;
            }
        }
    }

    public object? Get(object owner) => _field is not null ? _field.GetValue(owner) : _property!.GetValue(owner);

    public void Set(object owner, object? value)
    {
        if (_field is not null)
        {
            _field.SetValue(owner, value);
        }
        else
        {
            _property!.SetValue(owner, value);
        }
    }
}
