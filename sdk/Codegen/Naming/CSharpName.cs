using System.Globalization;
using System.Text;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen.Naming;

/// <summary>Names and literals of C#, as the official packages form them.</summary>
internal static class CSharpName
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue",
        "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally",
        "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long",
        "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public",
        "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch",
        "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while",
    };

    private static readonly HashSet<string> ObjectMethods =
        new(typeof(object).GetMethods().Select(method => method.Name), StringComparer.Ordinal);

    /// <summary>The text with an upper-case first letter; nothing else changes, so <c>diskEncryptionSetID</c> keeps its ID.</summary>
    public static string Title(string text) =>
        text.Length == 0 ? text : string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));

    /// <summary>The class of a token: its last part.</summary>
    public static string OfToken(string token) => Title(token[(token.LastIndexOf(':') + 1)..]);

    public static string OfProperty(SchemaProperty property) => property.CSharpName ?? Title(property.Name);

    /// <summary>What a member of that name is declared with: <c>new </c> where <see cref="object"/> has a method of its name.</summary>
    public static string Hiding(string member) => ObjectMethods.Contains(member) ? "new " : "";

    /// <summary>A parameter or field from a wire name, escaped when it is a keyword.</summary>
    public static string Parameter(string wireName)
    {
        if (Keywords.Contains(wireName))
        {
            return "@" + wireName;
        }

        return IsIdentifier(wireName) ? wireName : MakeIdentifier(wireName);
    }

    public static string Field(string wireName) => "_" + (IsIdentifier(wireName) ? wireName : MakeIdentifier(wireName));

    public static bool IsIdentifier(string text) =>
        text.Length > 0 && IsStart(text[0]) && text.All(IsPart);

    /// <summary>
    /// A name for an enum value that has none: letters and digits stay, any run of other characters becomes one underscore,
    /// and what does not start with a letter gets the enum's name in front.
    /// </summary>
    public static string OfEnumValue(string value, string enumName)
    {
        if (value == "*")
        {
            return "Asterisk";
        }

        var name = Title(MakeIdentifier(value));
        return name.StartsWith('_') ? enumName + name : name;
    }

    /// <summary>A literal of C# for a string, bool, int or double.</summary>
    public static string Literal(object value) => value switch
    {
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        int whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
        _ => throw new ArgumentException($"'{value.GetType()}' has no literal", nameof(value)),
    };

    /// <summary>A string literal; everything outside printable ASCII is escaped.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                quoted.Append('\\').Append(c);
            }
            else if (c is >= ' ' and <= '~')
            {
                quoted.Append(c);
            }
            else
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return quoted.Append('"').ToString();
    }

    private static string MakeIdentifier(string text)
    {
        var name = new StringBuilder(text.Length + 1);
        foreach (var c in text)
        {
            if (IsPart(c))
            {
                name.Append(c);
            }
            else if (name.Length == 0 || name[^1] != '_')
            {
                name.Append('_');
            }
        }

        if (name.Length == 0 || !IsStart(name[0]))
        {
            name.Insert(0, '_');
        }

        return name.ToString();
    }

    private static bool IsStart(char c) => c == '_' || char.IsAsciiLetter(c);

    private static bool IsPart(char c) => c == '_' || char.IsAsciiLetterOrDigit(c);
}
