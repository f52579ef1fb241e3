using System.Reflection;
using System.Text.Json.Nodes;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Wire;
using CantonInfra.ProtocolConformance.Tests.Node;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CantonInfra.ProtocolConformance.Tests.Messages;

/// <summary>Every message, enum and method that sdk/Protocol declares is the official one: names, numbers, types.</summary>
public sealed class WireMessageTests
{
    private static readonly FileDescriptor[] Files =
    [
        AnalyzerReflection.Descriptor, EngineReflection.Descriptor, PluginReflection.Descriptor, ProviderReflection.Descriptor,
        ResourceReflection.Descriptor,
    ];

    private static IEnumerable<MessageDescriptor> Messages => Files.SelectMany(file => file.MessageTypes).SelectMany(WithNested);

    [OfficialFact]
    public async Task Every_message_is_read_by_the_official_class_as_it_was_written()
    {
        await using var reader = await StartAsync();

        var differences = new List<string>();
        foreach (var message in Messages.SelectMany(FilledMessage.Of))
        {
            differences.AddRange(await CompareAsync(reader, message, message));
        }

        // Ours once, officially declared anew in each message that has it; compared there.
        differences.Remove("PropertyDependencies is no official message");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.InRange(Messages.Count(), 70, 500);
    }

    [OfficialFact]
    public async Task A_field_with_another_number_or_type_is_noticed()
    {
        await using var reader = await StartAsync();
        var diagnostic = new AnalyzeDiagnostic { PolicyName = "a", Message = "b", EnforcementLevel = EnforcementLevel.Advisory };

        // What a schema would write in which message and description had traded their numbers.
        var traded = new AnalyzeDiagnostic(diagnostic) { Message = "", Description = "b" };
        var unread = new AnalyzeDiagnostic(diagnostic);
        unread.MergeFrom(new byte[] { 0xa2, 0x06, 1, 0x78 });

        Assert.Empty(await CompareAsync(reader, diagnostic, diagnostic));
        Assert.Contains(await CompareAsync(reader, diagnostic, traded), line => line.Contains(".message is read as", StringComparison.Ordinal));
        Assert.NotEmpty(await CompareAsync(reader, unread, unread));
    }

    [OfficialFact]
    public async Task Every_enum_has_the_official_names_and_numbers()
    {
        await using var reader = await StartAsync();
        var enums = Files.SelectMany(file => file.EnumTypes).Concat(Messages.SelectMany(message => message.EnumTypes)).ToList();

        var differences = new List<string>();
        foreach (var type in enums)
        {
            await reader.WriteAsync(new() { ["enum"] = NameOf(type) });
            var official = (await reader.ReadAsync())["values"] as JsonObject;
            differences.AddRange(type.Values
                .Where(value => (int?)official?[value.Name] != value.Number)
                .Select(value => $"{type.Name}.{value.Name} = {value.Number}, officially {official?[value.Name]?.ToJsonString() ?? "absent"}"));
        }

        // The engine's own proto (3.259) and the .NET SDK have it; the npm package's classes (3.270) leave it out.
        Assert.Equal(["Result.SKIP = 2, officially absent"], differences);
        Assert.NotEmpty(enums);
    }

    [OfficialFact]
    public async Task Every_method_has_the_official_path_and_messages()
    {
        await using var reader = await OfficialReaderAsync();
        var official = await reader.ReadAsync();

        var declared = Files.SelectMany(file => file.Services).SelectMany(service => service.Methods)
            .ToDictionary(method => $"/{method.Service.FullName}/{method.Name}", method => (NameOf(method.InputType), NameOf(method.OutputType)));
        var callable = new[] { typeof(AnalyzerMethods), typeof(EngineMethods), typeof(MonitorMethods), typeof(ProviderMethods) }
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .ToDictionary(
                property => property.GetValue(null)!.ToString()!,
                property => (property.PropertyType.GenericTypeArguments[0].Name, property.PropertyType.GenericTypeArguments[1].Name));

        foreach (var (path, (request, response)) in declared.Concat(callable))
        {
            var types = official[path]?.AsArray().Select(type => ((string)type!).Replace("google_protobuf_", "", StringComparison.Ordinal));
            Assert.Equal([request, response], types ?? []);
        }

        Assert.Superset(callable.Keys.ToHashSet(), declared.Keys.ToHashSet());
        Assert.Equal(
            official.Select(method => method.Key).Where(path => path.StartsWith("/pulumirpc.Analyzer/", StringComparison.Ordinal)).Order(),
            callable.Keys.Where(path => path.StartsWith("/pulumirpc.Analyzer/", StringComparison.Ordinal)).Order());
    }

    private static Task<NodePeer> OfficialReaderAsync() => NodePeer.StartAsync("read-messages.cjs");

    private static async Task<NodePeer> StartAsync()
    {
        var reader = await OfficialReaderAsync();
        await reader.ReadAsync();
        return reader;
    }

    // 'written' is what is sent; 'meant' is what the official class should see in it.
    private static async Task<IReadOnlyList<string>> CompareAsync(NodePeer reader, IMessage meant, IMessage written)
    {
        var name = NameOf(meant.Descriptor);
        await reader.WriteAsync(new() { ["message"] = name, ["bytes"] = written.ToByteString().ToBase64() });
        var answer = await reader.ReadAsync();
        if (answer["object"] is not JsonObject official)
        {
            return [$"{name} is no official message"];
        }

        var differences = OfficialReading.Differences(meant, official).ToList();
        var again = meant.Descriptor.Parser.ParseFrom(Convert.FromBase64String((string)answer["again"]!));
        if (differences.Count == 0 && !again.Equals(written))
        {
            differences.Add($"{name} comes back as {again}");
        }

        return differences;
    }

    private static IEnumerable<MessageDescriptor> WithNested(MessageDescriptor message) =>
        message.NestedTypes.Where(nested => nested.GetOptions()?.MapEntry != true).SelectMany(WithNested).Prepend(message);

    private static string NameOf(IDescriptor type) =>
        type.FullName.Replace("pulumirpc.", "", StringComparison.Ordinal).Replace("google.protobuf.", "", StringComparison.Ordinal);
}
