using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CantonInfra.Engine.Plans;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Pdf;
using CantonInfra.Reports.Sources;
using CantonInfra.Reports.Tests.Browser;
using CantonInfra.Tools.Commands;

namespace CantonInfra.Reports.Tests.Secrets;

/// <summary>A secret is in nothing that is written, in whatever form; and what looks for it finds it where it is no secret.</summary>
public sealed class CanaryTests : IDisposable
{
    private const int Parts = 8;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("canton-infra-canary-");

    public static TheoryData<string> Names => [.. Artefacts.Names];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void No_secret_of_a_plan_is_in_it(string name) => Canary.AssertAbsent(Artefacts.Text(name, Sample.Report()));

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_no_secret_is_found_in_it(string name) =>
        Assert.Contains(Canary.Forms, form => Artefacts.Text(name, Open()).Contains(form, StringComparison.OrdinalIgnoreCase));

    [BrowserFact]
    public async Task No_secret_of_a_plan_is_printed_and_what_is_no_secret_is()
    {
        Canary.AssertAbsent(await PrintedAsync(Sample.Report()));
        Assert.Contains(Canary.Text.Replace(" ", "", StringComparison.Ordinal), await PrintedAsync(Open()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mainnet")]
    [InlineData("subscription-prod")]
    public async Task Whatever_a_program_makes_a_secret_is_none_of_the_reports_business(string stack)
    {
        var plan = await StackPlan.OfAsync(stack);
        for (var part = 0; part < Parts; part++)
        {
            var hidden = 0;
            var secret = Plan.Create(plan.Project, plan.Stack, plan.Resources.Select(resource => resource with
            {
                Inputs = Hide(resource.Inputs, $"{resource.Urn}/inputs", part, ref hidden),
                Outputs = Hide(resource.Outputs, $"{resource.Urn}/inputs", part, ref hidden),
            }).ToImmutableArray());
            Assert.True(hidden > 50, $"{hidden}");
            var report = ReportBuilder.Build(Sample.Input() with
            {
                Runs = [Sample.Run("mainnet") with { Plan = secret, Policies = new([], [], [], [], []), Sources = StackSources.None }],
            });

            foreach (var name in Artefacts.Names)
            {
                Canary.AssertAbsent(Artefacts.Text(name, report));
            }
        }
    }

    // The proof reads what is secret too, so here each text of the table is one in turn. Most leave the table readable.
    [Fact]
    public void Whatever_is_secret_in_the_table_of_connections_is_in_no_picture_of_it()
    {
        var table = Sample.Map(
            ("ends", Sample.Map(
                ("data/api", Sample.Map(("kind", "pods"), ("namespace", "data"), ("isPlatform", false), ("labels", Sample.Map(("app", "api"))), ("ports", new ListValue([])))),
                ("out", Sample.Map(
                    ("kind", "hosts"), ("hosts", PropertyValue.Of(new StringValue("example.com"))), ("isRestricted", false), ("ownNetworks", new ListValue([])))))),
            ("connections", PropertyValue.Of(Sample.Map(
                ("from", "data/api"), ("to", "out"), ("port", 443d), ("protocol", "TCP"), ("requirement", "A10"), ("why", "It asks.")))));
        var leaves = Leaves(table).ToList();
        var drawn = 0;
        foreach (var leaf in leaves)
        {
            var hidden = With(table, leaf, PropertyValue.Secret(Canary.Text));
            var plan = Plan.Create("sample", "mainnet",
            [
                new PlannedResource
                {
                    Urn = Sample.Urn("mainnet", "canton-infra:isolation:Connections", "connections"),
                    Type = "canton-infra:isolation:Connections",
                    Name = "connections",
                    Kind = ResourceKind.Component,
                    Outputs = (MapValue)hidden,
                },
            ]);
            var report = ReportBuilder.Build(Sample.Input() with { Runs = [Sample.Run("mainnet") with { Plan = plan, Policies = new([], [], [], [], []) }] });
            drawn += report.Stacks[0].Connections.Graph is null ? 0 : 1;
            foreach (var name in Artefacts.Names)
            {
                Canary.AssertAbsent(Artefacts.Text(name, report));
            }
        }

        Assert.True(leaves.Count >= 10 && drawn >= 5, $"{leaves.Count} {drawn}");
    }

    private static IEnumerable<string> Leaves(PropertyValue value, string path = "") => value switch
    {
        MapValue map => map.Entries.SelectMany(entry => Leaves(entry.Value, $"{path}|{entry.Key}")),
        ListValue list => list.Items.SelectMany((item, index) => Leaves(item, $"{path}|{index}")),
        StringValue => [path],
        _ => [],
    };

    private static PropertyValue With(PropertyValue value, string leaf, PropertyValue secret, string path = "") => path == leaf ? secret : value switch
    {
        MapValue map => new MapValue(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, With(entry.Value, leaf, secret, $"{path}|{entry.Key}")))),
        ListValue list => new ListValue([.. list.Items.Select((item, index) => With(item, leaf, secret, $"{path}|{index}"))]),
        _ => value,
    };

    [BrowserFact]
    public async Task A_secret_of_a_stack_file_goes_through_program_and_policies_into_no_file()
    {
        const string Salt = "fozI5u6B030=";
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "Pulumi.yaml"),
            $"name: canton-infra\nruntime:\n  name: dotnet\n  options:\n    binary: {Path.Combine(Repository.Root, "infra", "bin", "Release", "net10.0", "CantonInfra.Infra.dll")}\n");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "Pulumi.devnet.yaml"),
            $"encryptionsalt: v1:{Salt}:{Encrypted("pulumi", Salt)}\n{await File.ReadAllTextAsync(Path.Combine(Repository.Root, "Pulumi.devnet.yaml"))}"
            + $"  canton-infra:onboardingSecret:\n    secure: {Encrypted(Canary.Text, Salt)}\n");
        var output = Path.Combine(_folder.FullName, "report");

        var run = await ReportRun.InvokeAsync(
            name => name == "PULUMI_CONFIG_PASSPHRASE" ? "password" : Environment.GetEnvironmentVariable(name),
            "report", "--out", output, "--stack", "devnet", "-C", _folder.FullName, "--policy-pack", Path.Combine(Repository.Root, "policy"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var json = await File.ReadAllTextAsync(Path.Combine(output, "report.json"));
        Assert.Contains("validator-onboarding", json, StringComparison.Ordinal);
        Assert.Contains("[secret]", json, StringComparison.Ordinal);
        Canary.AssertAbsent(run.Output);
        foreach (var format in ReportFiles.Formats)
        {
            var file = Path.Combine(output, ReportFiles.NameOf(format));
            Canary.AssertAbsent(format == "pdf" ? Artefacts.PrintedText(file) : Artefacts.Decoded(format, await File.ReadAllTextAsync(file)));
        }
    }

    // The same text where it is no secret, and without the secret: what is secret anywhere is masked in connections everywhere.
    private static Report Open() => ReportBuilder.Build(Sample.Input(Canary.Text) with
    {
        Runs =
        [
            .. Sample.Input(Canary.Text).Runs.Select(run => run with
            {
                Plan = Plan.Create(run.Plan.Project, run.Plan.Stack, run.Plan.Resources.Select(resource => resource with
                {
                    Inputs = WithoutSecrets(resource.Inputs),
                    Outputs = WithoutSecrets(resource.Outputs),
                }).ToImmutableArray()),
            }),
        ],
    });

    private static MapValue WithoutSecrets(MapValue map) => new(map.Entries.Where(entry => !entry.Value.ContainsSecrets));

    // As the passphrase provider encrypts: AES-256-GCM with a key of PBKDF2.
    private static string Encrypted(string text, string salt)
    {
        using var cipher = new AesGcm(Rfc2898DeriveBytes.Pbkdf2("password", Convert.FromBase64String(salt), 1_000_000, HashAlgorithmName.SHA256, 32), 16);
        var nonce = RandomNumberGenerator.GetBytes(12);
        var clear = Encoding.UTF8.GetBytes(text);
        var hidden = new byte[clear.Length];
        var tag = new byte[16];
        cipher.Encrypt(nonce, clear, hidden, tag);
        return $"v1:{Convert.ToBase64String(nonce)}:{Convert.ToBase64String([.. hidden, .. tag])}";
    }

    // Of all texts in a value an eighth, another with each part, told by where they are.
    private static MapValue Hide(MapValue map, string path, int part, ref int hidden)
    {
        var entries = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var (name, value) in map.Entries)
        {
            entries.Add(new(name, Hide(value, $"{path}.{name}", part, ref hidden)));
        }

        return new MapValue(entries);
    }

    private static PropertyValue Hide(PropertyValue value, string path, int part, ref int hidden)
    {
        switch (value)
        {
            case MapValue map:
                return Hide(map, path, part, ref hidden);
            case ListValue list:
                var items = new List<PropertyValue>();
                foreach (var item in list.Items)
                {
                    items.Add(Hide(item, $"{path}[{items.Count}]", part, ref hidden));
                }

                return new ListValue([.. items]);
            case StringValue when SHA256.HashData(Encoding.UTF8.GetBytes(path))[0] % Parts == part:
                hidden++;
                return PropertyValue.Secret(Canary.Text);
            default:
                return value;
        }
    }

    private async Task<string> PrintedAsync(Report report)
    {
        NpmWorkspace.RequireBrowser();
        var file = Path.Combine(_folder.FullName, "report.pdf");
        Assert.Null(await Chromium.Find(Environment.GetEnvironmentVariable)!.PrintAsync(stream => ReportFiles.Write(stream, "html", report), file, CancellationToken.None));
        return Artefacts.PrintedText(file);
    }
}
