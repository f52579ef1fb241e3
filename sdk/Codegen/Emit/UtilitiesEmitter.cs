using CantonInfra.Codegen.Naming;
using CantonInfra.Codegen.Schema;

namespace CantonInfra.Codegen.Emit;

/// <summary>What every generated class of a package leans on.</summary>
internal static class UtilitiesEmitter
{
    public static void Write(CodeWriter writer, PackageSchema package, PackageNames names)
    {
        writer.Line();
        using (writer.Braces("internal static class Utilities"))
        {
            writer.Line($"public const string Version = {CSharpName.Quote(package.Version)};");
            writer.Line();
            WriteEnvironment(writer);
            WriteSecrets(writer);
            WriteOptions(writer, package);
        }

        writer.Line();
        var attribute = names.ResourceTypeAttribute.Name;
        using (writer.Braces($"internal sealed class {attribute} : global::Pulumi.ResourceTypeAttribute"))
        {
            writer.Line($"public {attribute}(string type)");
            using (writer.Braces("    : base(type, Utilities.Version)"))
            {
            }
        }

        if (package.CSharp.Compatibility == Compatibility.Kubernetes20)
        {
            WriteKubernetesResource(writer);
        }
    }

    private static void WriteEnvironment(CodeWriter writer)
    {
        using (writer.Braces("public static string? GetEnv(params string[] names)"))
        {
            using (writer.Braces("foreach (var name in names)"))
            {
                writer.Line("var value = global::System.Environment.GetEnvironmentVariable(name);");
                using (writer.Braces("if (!string.IsNullOrEmpty(value))"))
                {
                    writer.Line("return value;");
                }
            }

            writer.Line("return null;");
        }

        writer.Lines(
            "",
            "public static bool? GetEnvBoolean(params string[] names) => GetEnv(names) switch",
            "{",
            "    \"1\" or \"t\" or \"T\" or \"true\" or \"TRUE\" or \"True\" => true,",
            "    \"0\" or \"f\" or \"F\" or \"false\" or \"FALSE\" or \"False\" => false,",
            "    _ => null,",
            "};",
            "",
            "public static int? GetEnvInt32(params string[] names) =>",
            "    int.TryParse(GetEnv(names), global::System.Globalization.NumberStyles.Integer, global::System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;",
            "",
            "public static double? GetEnvDouble(params string[] names) =>",
            "    double.TryParse(GetEnv(names), global::System.Globalization.NumberStyles.Float, global::System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;",
            "");
    }

    private static void WriteSecrets(CodeWriter writer)
    {
        const string list = "global::System.Collections.Immutable.ImmutableArray<T>";
        const string map = "global::System.Collections.Immutable.ImmutableDictionary<string, T>";
        const string json = "global::System.Text.Json.JsonElement";
        WriteSecret(writer, "SecretValue<T>", "global::Pulumi.Input<T>", "T");
        WriteSecret(writer, "SecretList<T>", "global::Pulumi.InputList<T>", list);
        WriteSecret(writer, "SecretMap<T>", "global::Pulumi.InputMap<T>", map);
        WriteSecret(writer, "SecretUnion<T0, T1>", "global::Pulumi.InputUnion<T0, T1>", "global::Pulumi.Union<T0, T1>");
        WriteSecret(writer, "SecretJson", "global::Pulumi.InputJson", json);
    }

    // The value goes through an output that is secret, which marks it wherever it is used.
    private static void WriteSecret(CodeWriter writer, string method, string wrapper, string value)
    {
        writer.Line($"public static {wrapper}? {method}({wrapper}? value) =>");
        writer.Line(
            $"    value is null ? null : ({wrapper})global::Pulumi.Output.CreateSecret((global::Pulumi.Output<{value}>)(global::Pulumi.Input<{value}>)value);");
        writer.Line();
    }

    private static void WriteOptions(CodeWriter writer, PackageSchema package)
    {
        var url = package.PluginDownloadUrl is { } given ? $"options?.PluginDownloadURL ?? {CSharpName.Quote(given)}" : "options?.PluginDownloadURL";
        foreach (var type in new[] { "InvokeOptions", "InvokeOutputOptions" })
        {
            var isOutput = type == "InvokeOutputOptions";
            var parameter = isOutput ? $"global::Pulumi.{type}" : $"global::Pulumi.{type}?";
            using (writer.Braces($"public static global::Pulumi.{type} WithDefaults({parameter} options)"))
            {
                using (writer.Braces($"var merged = new global::Pulumi.{type}", "};"))
                {
                    writer.Line("Parent = options?.Parent,");
                    writer.Line("Provider = options?.Provider,");
                    writer.Line("Version = options?.Version ?? Version,");
                    writer.Line($"PluginDownloadURL = {url},");
                }

                if (isOutput)
                {
                    using (writer.Braces("if (options is not null)"))
                    {
                        writer.Line("merged.DependsOn = options.DependsOn;");
                    }
                }

                writer.Line("return merged;");
            }

            writer.Line();
        }
    }

    private static void WriteKubernetesResource(CodeWriter writer)
    {
        writer.Line();
        writer.Line("/// <summary>The base of all resources of a cluster.</summary>");
        using (writer.Braces("public abstract class KubernetesResource : global::Pulumi.CustomResource"))
        {
            writer.Line(
                "private protected KubernetesResource(string type, string name, global::Pulumi.ResourceArgs? args, global::Pulumi.CustomResourceOptions? options = null)");
            using (writer.Braces("    : base(type, name, args, options)"))
            {
            }
        }
    }
}
