using CantonInfra.Engine;
using CantonInfra.Engine.Projects;

namespace CantonInfra.Conformance.Tests.Support;

/// <summary>Runs programs on our engine.</summary>
internal static class Previews
{
    private static readonly SemaphoreSlim Slots = new(2);

    /// <summary>Runs a program that is written against the official Node SDK.</summary>
    /// <param name="folder">Its folder in the workspace.</param>
    /// <param name="project">The project's name.</param>
    /// <param name="stackFile">The text of the stack's file.</param>
    /// <param name="overrides">Settings, each <c>key=value</c>.</param>
    /// <param name="packs">Folders of policy packs in the workspace.</param>
    public static Task<PreviewResult> NodeAsync(
        string folder, string project, string stackFile, IEnumerable<string> overrides, params string[] packs)
    {
        NodeWorkspace.Require();
        var program = Path.Combine(Repository.Workspace, folder);
        var isTypeScript = File.Exists(Path.Combine(program, "tsconfig.json")) ? "true" : "false";
        return RunAsync(
            $"name: {project}\nruntime:\n  name: nodejs\n  options:\n    typescript: {isTypeScript}\nmain: {program}\n",
            stackFile,
            overrides,
            packs);
    }

    /// <summary>Runs a test program in C#.</summary>
    public static Task<PreviewResult> DotNetAsync(
        string name, string project, string stackFile, IEnumerable<string> overrides, params string[] packs) => RunAsync(
        DotNetProject(name, project),
        stackFile,
        overrides,
        packs);

    /// <summary>Runs a test program in C# with a pack and a policy configuration.</summary>
    public static Task<PreviewResult> ConfiguredAsync(
        string name, string project, string stackFile, IEnumerable<string> overrides, string pack, string policies) => RunAsync(
        DotNetProject(name, project), stackFile, overrides, [pack], policies);

    private static string DotNetProject(string name, string project) =>
        $"name: {project}\nruntime:\n  name: dotnet\n  options:\n    binary: {Repository.Program(name)}\nmain: {Repository.Workspace}\n";

    private static async Task<PreviewResult> RunAsync(
        string projectFile, string stackFile, IEnumerable<string> overrides, string[] packs, string? policies = null)
    {
        var folder = Directory.CreateTempSubdirectory("canton-infra-");
        await Slots.WaitAsync();
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Pulumi.yaml"), projectFile);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Pulumi.dev.yaml"), stackFile);
            var policyFile = Path.Combine(folder.FullName, "policies.json");
            await File.WriteAllTextAsync(policyFile, policies);
            var configuration = StackConfiguration.Load(ProjectFile.Load(folder.FullName), "dev", overrides, _ => null);
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            return await new PreviewEngine(TimeProvider.System).PreviewAsync(
                new PreviewRequest(configuration, [.. packs.Select(pack => Path.Combine(Repository.Workspace, pack))])
                {
                    PolicyConfigurations = policies is null ? [] : [policyFile],
                },
                cancellation: limit.Token);
        }
        finally
        {
            Slots.Release();
            folder.Delete(recursive: true);
        }
    }
}
