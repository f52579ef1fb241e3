using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;

namespace CantonInfra.Engine.Tests;

public sealed class StackConfigurationTests : IDisposable
{
    // A salt that was made with the passphrase 'password', and what Pulumi encrypted with it.
    private const string Salt = "v1:fozI5u6B030=:v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";
    private const string SecureText = "v1:F+6ZduKKd8G0/V7L:PGMFeIzwobWRKmEAzUdaQHqC5mMRIQ==";

    private readonly TestFolder _folder = new();

    [Fact]
    public void Keys_without_a_namespace_are_the_projects()
    {
        var entries = _folder.Project("config:\n  plain: 1\n  a:config:old: 2\n  b:c: 3\n").Entries;

        Assert.Equal(["a:old", "b:c", "probe:plain"], entries.Keys);
    }

    [Fact]
    public void Scalars_keep_their_text_and_objects_become_json_with_types()
    {
        var entries = _folder.Project(
            """
            config:
              version: 1.10
              flag: yes
              object: {count: 3, ratio: 0.5, on: true, none: null, text: "3", list: [a, 1]}
            """).Entries;

        Assert.Equal("1.10", entries["probe:version"].Text);
        Assert.Equal("yes", entries["probe:flag"].Text);
        Assert.Equal("""{"count":3,"ratio":0.5,"on":true,"none":null,"text":"3","list":["a",1]}""", entries["probe:object"].Text);
    }

    [Fact]
    public void An_entry_knows_where_it_stands() =>
        Assert.Equal(
            new SourceLocation("Pulumi.dev.yaml", 3, 3), _folder.Project("config:\n  a: 1\n  b: 2\n").Entries["probe:b"].Location);

    [Fact]
    public void The_command_line_wins_over_the_file_and_the_file_over_the_project()
    {
        var configuration = _folder.Project(
            "config:\n  a: file\n  b: file\n",
            "name: probe\nruntime: dotnet\nconfig:\n  b: project\n  c: {default: project}\n  d: {value: 4}\n",
            "a=line", "x:y=p=q");

        Assert.Equal(
            [("probe:a", "line"), ("probe:b", "file"), ("probe:c", "project"), ("probe:d", "4"), ("x:y", "p=q")],
            configuration.Entries.Values.Select(entry => (entry.Key.ToString(), entry.Text!)));
    }

    [Fact]
    public void An_override_of_a_secret_is_secret() =>
        Assert.True(_folder.Project($"config:\n  a: {{secure: '{SecureText}'}}\n", overrides: "a=new").Entries["probe:a"].IsSecret);

    [Fact]
    public void Secrets_are_decrypted_with_the_passphrase()
    {
        var entry = Load(name => name == "PULUMI_CONFIG_PASSPHRASE" ? "password" : null).Entries["probe:token"];

        Assert.Equal(("pulumi", true), (entry.Text, entry.IsSecret));
    }

    [Fact]
    public void The_passphrase_may_be_in_a_file()
    {
        var file = _folder.Write("passphrase", "password\n");

        Assert.Equal("pulumi", Load(name => name == "PULUMI_CONFIG_PASSPHRASE_FILE" ? file : null).Entries["probe:token"].Text);
    }

    [Theory]
    [InlineData(null, "PULUMI_CONFIG_PASSPHRASE")]
    [InlineData("wrong", "not the stack's")]
    public void A_secret_that_cannot_be_decrypted_is_unknown_and_told_once(string? passphrase, string reason)
    {
        var configuration = Load(name => name == "PULUMI_CONFIG_PASSPHRASE" ? passphrase : null);

        Assert.Null(configuration.Entries["probe:token"].Text);
        Assert.True(configuration.Entries["probe:token"].IsSecret);
        Assert.Contains(reason, Assert.Single(configuration.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_of_a_cloud_key_is_unknown()
    {
        var configuration = _folder.Project(
            $"secretsprovider: azurekeyvault://vault/keys/k\nencryptedkey: abc\nconfig:\n  a: {{secure: '{SecureText}'}}\n");

        Assert.Null(configuration.Entries["probe:a"].Text);
        Assert.Contains("azurekeyvault", Assert.Single(configuration.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_within_an_object_makes_the_whole_secret()
    {
        var entry = _folder.Project($"config:\n  a:\n    user: u\n    password: {{secure: '{SecureText}'}}\n").Entries["probe:a"];

        Assert.True(entry.IsSecret);
        Assert.Contains("04da6b54-80e4-46f7-96ec-b56ff0331ba9", entry.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("04da6b54", entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_stack_is_refused_with_the_known_ones()
    {
        _folder.Project();
        _folder.Write("Pulumi.prod-eu.yaml", "");

        var exception = Assert.Throws<ConfigurationException>(
            () => StackConfiguration.Load(ProjectFile.Load(_folder.Path), "nope", [], _ => null));

        Assert.Contains("Known stacks: dev, prod-eu.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_with_their_places()
    {
        var exception = Assert.Throws<ConfigurationException>(
            () => _folder.Project("config:\n  a:b:c: 1\n  ok: 2\n  ':x': 3\n", overrides: "noequals"));

        Assert.Equal(
            ["Pulumi.dev.yaml:2:3", "Pulumi.dev.yaml:4:3", "-c noequals"],
            exception.Diagnostics.Select(diagnostic => diagnostic.Location!.ToString()));
    }

    [Theory]
    [InlineData("config:\n  a: [1\n", "Pulumi.dev.yaml:")]
    [InlineData("config:\n  a: 1\n  a: 2\n", "Pulumi.dev.yaml:3")]
    [InlineData("- a\n- b\n", "Pulumi.dev.yaml:1")]
    [InlineData("config: [1]\n", "Pulumi.dev.yaml:1")]
    public void A_file_that_is_wrong_is_refused_with_its_place(string text, string place)
    {
        var exception = Assert.Throws<ConfigurationException>(() => _folder.Project(text));

        Assert.StartsWith(place, Assert.Single(exception.Diagnostics).Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_undecryptable_override_value_never_reaches_the_message()
    {
        var exception = Assert.Throws<ConfigurationException>(() => _folder.Project("", overrides: "=canary-81c4"));

        Assert.DoesNotContain("canary", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private StackConfiguration Load(Func<string, string?> environment)
    {
        _folder.Project($"encryptionsalt: {Salt}\nconfig:\n  token: {{secure: '{SecureText}'}}\n");
        return StackConfiguration.Load(ProjectFile.Load(_folder.Path), "dev", [], environment);
    }
}
