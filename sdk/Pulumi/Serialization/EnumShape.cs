using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>How an enumeration struct is turned into its value and back.</summary>
internal sealed class EnumShape
{
    private readonly MethodInfo _toValue;
    private readonly ConstructorInfo _constructor;

    private EnumShape(MethodInfo toValue, ConstructorInfo constructor)
    {
        _toValue = toValue;
        _constructor = constructor;
    }

    public bool IsNumber => _toValue.ReturnType == typeof(double);

    public static EnumShape? Of(Type type)
    {
        if (!type.IsValueType || !type.IsDefined(typeof(EnumTypeAttribute), inherit: false))
        {
            return null;
        }

        foreach (var valueType in (Type[])[typeof(string), typeof(double)])
        {
            var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [valueType]);
            var toValue = type.GetMethods(BindingFlags.Static | BindingFlags.Public)
                .FirstOrDefault(method => method.Name == "op_Explicit" && method.ReturnType == valueType);
            if (constructor is not null && toValue is not null)
            {
                return new EnumShape(toValue, constructor);
            }
        }

        throw new RunException(
            $"The enumeration {type.FullName} needs a constructor with one string or double, and an explicit operator to the same.");
    }

    public object? ToValue(object value) => _toValue.Invoke(null, [value]);

    public object FromValue(object value) => _constructor.Invoke([value]);
}
