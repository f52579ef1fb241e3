using System.Text.Json;
using CantonInfra.Engine.Projects;

namespace CantonInfra.Tools.Tests;

/// <summary>The command as its users run it, on the stacks of this repository.</summary>
public sealed class PreviewCommandTests : IDisposable
{
    private const string Canary = "canary-c0ffee-77";

    private readonly string _folder = Directory.CreateTempSubdirectory("canton-infra-").FullName;

    public static TheoryData<string> Stacks => new(ProjectFile.Load(CommandRun.Repository).StackNames);

    [Theory]
    [MemberData(nameof(Stacks))]
    public async Task Every_stack_of_this_repository_previews(string stack)
    {
        var run = await PreviewAsync("--stack", stack);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains($"canton-infra-{stack}", run.Output, StringComparison.Ordinal);
        Assert.Contains("✓ canton-guardrails@v", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("undecided-and-waived", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_cannot_ask_for_less_than_its_least_mode()
    {
        var run = await PreviewAsync("--stack", "mainnet", "-c", "canton-infra:mode=audit", "-c", "azure-native:location=uksouth");

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("[mandatory]  [severity: high]  mode-within-limits  (pulumi:pulumi:Stack: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mode_that_does_not_exist_is_told_once_with_all_else_that_is_wrong()
    {
        var run = await PreviewAsync("--stack", "mainnet", "-c", "canton-infra:mode=maybe", "-c", "canton-infra:locks=some");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error: canton-infra:mode: 'maybe' is not one of: audit, deny.", run.Output, StringComparison.Ordinal);
        Assert.Contains("canton-infra:locks: 'some' is not one of: all, none, stateful.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("refuses", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_region_outside_the_limits_fails_with_policy_resource_region_and_what_is_allowed()
    {
        var run = await PreviewAsync("--stack", "mainnet", "-c", "azure-native:location=uksouth");

        Assert.Equal(5, run.ExitCode);
        foreach (var part in new[] { "[mandatory]", "regions-allowed", "azure-native:network:VirtualNetwork: vnet", "uksouth", "centralus, eastus2" })
        {
            Assert.Contains(part, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_policies_nothing_is_judged()
    {
        var run = await PreviewAsync("--stack", "mainnet", "-c", "azure-native:location=uksouth", "--no-policy");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("Policies:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_stack_is_refused_with_the_known_ones()
    {
        var run = await PreviewAsync("--stack", "nope");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Known stacks: devnet, ", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Without_a_stack_the_known_ones_are_named()
    {
        var run = await PreviewAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--stack", run.Error, StringComparison.Ordinal);
        Assert.Contains("mainnet", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("preview", "--stakk", "devnet")]
    [InlineData("no-such-verb")]
    [InlineData("preview", "--stack")]
    public async Task Words_that_are_no_command_are_usage_errors(params string[] arguments)
    {
        var run = await CommandRun.InvokeAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_are_told_all_at_once()
    {
        var run = await PreviewAsync(
            "--stack", "devnet", "-c", "canton-infra:environment=prod", "-c", "azure-native:tenantId=x", "-c", "canton-infra:addressSpace=10.0.0.0/30");

        Assert.Equal(2, run.ExitCode);
        foreach (var key in new[] { "canton-infra:environment", "azure-native:tenantId", "canton-infra:addressSpace" })
        {
            Assert.Contains(key, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Json_is_one_document_and_the_same_in_every_run()
    {
        var first = await PreviewAsync("--stack", "devnet", "--json");
        var second = await PreviewAsync("--stack", "devnet", "--json", "-");

        Assert.Equal(first.Output, second.Output);
        using var document = JsonDocument.Parse(first.Output);
        Assert.Equal("succeeded", document.RootElement.GetProperty("outcome").GetString());
        Assert.True(document.RootElement.GetProperty("resources").GetArrayLength() > 5);
        Assert.DoesNotContain(CommandRun.Repository, first.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_in_a_file_leaves_the_text_on_the_terminal()
    {
        var file = Path.Combine(_folder, "result.json");

        var run = await PreviewAsync("--stack", "devnet", "--json", file);

        Assert.Contains("Previewing update (devnet)", run.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        Assert.Equal("devnet", document.RootElement.GetProperty("stack").GetString());
    }

    [Fact]
    public async Task An_error_of_configuration_is_json_too()
    {
        var run = await PreviewAsync("--stack", "nope", "--json");

        Assert.Equal(2, run.ExitCode);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("configurationError", document.RootElement.GetProperty("outcome").GetString());
        Assert.Equal("stack-unknown", document.RootElement.GetProperty("diagnostics")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_saved_plan_is_what_the_next_preview_differs_from()
    {
        var plan = Path.Combine(_folder, "plan.json");
        await PreviewAsync("--stack", "devnet", "--save-plan", plan);

        var same = await PreviewAsync("--stack", "devnet", "--against", plan);
        var moved = await PreviewAsync("--stack", "devnet", "--against", plan, "-c", "canton-infra:addressSpace=10.99.0.0/16");

        Assert.Contains("unchanged", same.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("to create", same.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("to update", same.Output, StringComparison.Ordinal);
        Assert.Contains("[diff: ~addressSpace]", moved.Output, StringComparison.Ordinal);
    }

    // A17
    [Fact]
    public async Task A_decision_on_keys_that_differs_from_the_saved_plan_s_is_refused()
    {
        const string Off = "canton-infra:ledger={\"validators\":[{\"name\":\"validator\",\"participantMemoryGi\":8}]}";
        static string Outside(string day) =>
            "canton-infra:ledger={\"validators\":[{\"name\":\"validator\",\"participantMemoryGi\":8,\"kms\":{\"mode\":\"external\",\"decidedAt\":\"" + day + "\","
            + "\"driver\":{\"name\":\"a\",\"imageRepository\":\"a.example.com\",\"imageDigest\":\"sha256:" + new string('0', 64) + "\"},"
            + "\"configuration\":{\"vault-url\":\"${vaultUri}\"}}}]}";
        var plan = Path.Combine(_folder, "plan.json");
        await PreviewAsync("--stack", "devnet", "--no-policy", "--save-plan", plan, "-c", Outside("2026-01-31"));

        var same = await PreviewAsync("--stack", "devnet", "--no-policy", "--against", plan, "-c", Outside("2026-01-31"));
        var later = await PreviewAsync("--stack", "devnet", "--no-policy", "--against", plan, "-c", Outside("2026-03-31"));
        var off = await PreviewAsync("--stack", "devnet", "--no-policy", "--against", plan, "-c", Off);

        Assert.Equal((0, 5, 5), (same.ExitCode, later.ExitCode, off.ExitCode));
        Assert.Contains("2026-01-31 → 2026-03-31", later.Output, StringComparison.Ordinal);
        Assert.Contains("The preview fails: the change is refused, see the dangers above.", later.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.json", null)]
    [InlineData("rubbish.json", "{ not json")]
    [InlineData("other.json", """{"version":7}""")]
    public async Task A_file_that_is_no_plan_is_refused(string name, string? content)
    {
        var file = Path.Combine(_folder, name);
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content);
        }

        var run = await PreviewAsync("--stack", "devnet", "--against", file);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_pack_that_is_none_is_refused()
    {
        var run = await PreviewAsync("--stack", "devnet", "--policy-pack", _folder);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("PulumiPolicy.yaml", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"regions-allowed": "advisory"}""", 0, "[advisory]", "regions-allowed")]
    [InlineData("""{"all": "mandatory"}""", 5, "[mandatory]", "regions-allowed")]
    [InlineData("", 5, "[mandatory]", "regions-allowed")]
    public async Task A_level_of_a_policy_configuration_wins(string json, int exitCode, params string[] parts)
    {
        var run = await ConfiguredAsync(json, "-c", "azure-native:location=uksouth");

        Assert.True(run.ExitCode == exitCode, run.Output + run.Error);
        Assert.All(parts, part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"regions-allowed": "disabled"}""", "cannot be disabled")]
    [InlineData("""{"all": "disabled"}""", "cannot be disabled")]
    [InlineData("""{"no-such": "advisory"}""", "has no policy 'no-such'; it has ")]
    [InlineData("""{"disk-encryption": "off"}""", "The level of 'disk-encryption' is none")]
    [InlineData("""{"disk-encryption": {"most": 3}}""", "which the policy does not have")]
    public async Task A_policy_configuration_that_cannot_be_followed_is_refused_with_its_place(string json, string message)
    {
        var run = await ConfiguredAsync(json);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("policies.json", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Each_policy_configuration_is_for_a_named_pack()
    {
        var file = Path.Combine(_folder, "policies.json");
        await File.WriteAllTextAsync(file, "");
        var pack = Path.Combine(CommandRun.Repository, "policy");

        var alone = await PreviewAsync("--stack", "devnet", "--policy-pack-config", file);
        var tooFew = await PreviewAsync("--stack", "devnet", "--policy-pack", pack, "--policy-pack", pack, "--policy-pack-config", file);
        var unused = await PreviewAsync("--stack", "devnet", "--policy-pack", pack, "--policy-pack-config", file, "--no-policy");

        Assert.Equal((2, 2, 2), (alone.ExitCode, tooFew.ExitCode, unused.ExitCode));
        Assert.Contains("needs --policy-pack", alone.Error, StringComparison.Ordinal);
        Assert.Contains("one --policy-pack-config for each --policy-pack", tooFew.Error, StringComparison.Ordinal);
        Assert.Contains("needs --policy-pack", unused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CantonInfra.Policy")]
    public async Task A_published_pack_judges_from_its_folder_and_as_an_executable(string file)
    {
        var executable = OperatingSystem.IsWindows() && file.Length > 0 ? $"{file}.exe" : file;
        foreach (var part in Directory.EnumerateFiles(Path.Combine(CommandRun.Repository, "policy", "bin", "Release", "net10.0")))
        {
            File.Copy(part, Path.Combine(_folder, Path.GetFileName(part)));
        }

        File.Copy(Path.Combine(CommandRun.Repository, "policy", "PulumiPolicy.yaml"), Path.Combine(_folder, "PulumiPolicy.yaml"));
        File.Copy(
            Path.Combine(CommandRun.Repository, "sdk", "PolicySdk", "publish", "launcher.xml"), Path.Combine(_folder, "CantonInfra.Policy.csproj"));
        var pack = Path.Combine(_folder, executable);

        var run = await PreviewAsync("--stack", "mainnet", "--policy-pack", pack, "-c", "azure-native:location=uksouth");
        var rules = await CommandRun.InvokeAsync("rules", "--policy-pack", pack, "-C", CommandRun.Repository);

        Assert.True(run.ExitCode == 5, run.Output + run.Error);
        Assert.Contains("regions-allowed", run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
        Assert.True(rules.ExitCode == 0, rules.Error);
        Assert.False(Directory.Exists(Path.Combine(_folder, "bin")));
    }

    [Fact]
    public async Task A_secret_appears_in_no_output_in_any_form()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "Pulumi.yaml"),
            $"name: probe\nruntime: dotnet\nmain: {Path.Combine(CommandRun.Repository, "tests", "Programs", "ScriptedProgram")}\n");
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "Pulumi.dev.yaml"),
            "config:\n  probe:script: |\n    stack\n"
            + $"    resource test:index:R r password=!{Canary} plain=visible\n"
            + $"    print {Canary} {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Canary))}\n"
            + $"    log warning {Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(Canary))}\n    signal\n");
        var plan = Path.Combine(_folder, "plan.json");

        var text = await CommandRun.InvokeAsync("preview", "-C", _folder, "--stack", "dev", "--save-plan", plan);
        var json = await CommandRun.InvokeAsync("preview", "-C", _folder, "--stack", "dev", "--json");

        Assert.Equal(0, text.ExitCode);
        foreach (var artifact in new[] { text.Output, text.Error, json.Output, json.Error, await File.ReadAllTextAsync(plan) })
        {
            foreach (var form in Forms(Canary))
            {
                Assert.DoesNotContain(form, artifact, StringComparison.OrdinalIgnoreCase);
            }
        }

        Assert.Contains("visible", json.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<CommandRun> ConfiguredAsync(string json, params string[] arguments)
    {
        var file = Path.Combine(_folder, "policies.json");
        await File.WriteAllTextAsync(file, json);
        return await PreviewAsync(
            [
                "--stack", "mainnet", "--policy-pack", Path.Combine(CommandRun.Repository, "policy"), "--policy-pack-config", file, .. arguments,
            ]);
    }

    private static IEnumerable<string> Forms(string secret)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(secret);
        return [secret, Convert.ToBase64String(bytes), Convert.ToHexString(bytes), Uri.EscapeDataString(secret)];
    }

    private static Task<CommandRun> PreviewAsync(params string[] arguments) =>
        CommandRun.InvokeAsync(["preview", "-C", CommandRun.Repository, .. arguments]);
}
