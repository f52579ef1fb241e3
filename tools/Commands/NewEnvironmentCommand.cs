using System.Globalization;
using System.Text.RegularExpressions;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;
using CantonInfra.Tools.NewEnvironments;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Writes the stack file of a new environment. Asks nothing and overwrites nothing.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="environment">Gives an environment variable or null.</param>
internal sealed partial class NewEnvironmentCommand(Terminal terminal, Func<string, string?> environment)
{
    /// <summary>The networks that Canton has.</summary>
    public static readonly string[] Networks = ["devnet", "testnet", "mainnet"];

    private const string AddressSpaceKey = "canton-infra:addressSpace";

    /// <summary>Runs the command.</summary>
    /// <param name="directory">The project's folder, or one below it.</param>
    /// <param name="wanted">Makes the environment, given a network that is free for it.</param>
    /// <param name="name">The stack's name.</param>
    /// <returns>The exit code.</returns>
    public int Run(string directory, string name, Func<string, NewEnvironment> wanted)
    {
        try
        {
            var project = ProjectFile.Load(directory);
            if (!StackName().IsMatch(name))
            {
                throw Wrong("stack-name", $"'{name}' is no name for an environment: 2 to 24 lowercase letters, digits and single hyphens make one, and it begins with a letter.");
            }

            var file = project.StackFilePath(name);
            var taken = project.StackNames.Select(stack => AddressSpaceOf(project, stack)).OfType<string>();
            var made = wanted(FreeAddressSpace.Find(taken) ?? throw Wrong(
                "address-space", "No network 10.x.0.0/20 is free; name one with --address-space."));
            if (EnvironmentMistakes.Of(made) is [_, ..] mistakes)
            {
                throw new ConfigurationException(mistakes);
            }

            Write(file, StackFileText.Write(made), name);
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Wrote {Path.GetFileName(file)}. Next:"));
            terminal.Output.WriteLine($"  ./canton-infra preview --stack {name}");
            return ExitCodes.Success;
        }
        catch (ConfigurationException exception)
        {
            foreach (var diagnostic in exception.Diagnostics)
            {
                terminal.Error.WriteLine(DiagnosticText.Of(terminal.WithoutColors(), diagnostic));
            }

            return ExitCodes.Configuration;
        }
    }

    // Only one of two calls at a time can make the file.
    private static void Write(string file, string text, string name)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            using var writer = new StreamWriter(stream);
            writer.Write(text);
        }
        catch (IOException) when (File.Exists(file))
        {
            throw Wrong("stack-exists", $"There is a stack '{name}' already; {Path.GetFileName(file)} stays as it is.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong("output-file", $"{Path.GetFileName(file)} cannot be written: {exception.Message}");
        }
    }

    private static ConfigurationException Wrong(string id, string message) => new(Diagnostic.Error(id, message));

    // A file that cannot be read takes no network; its own preview says what is wrong with it.
    private string? AddressSpaceOf(ProjectFile project, string stack)
    {
        try
        {
            return StackConfiguration.Load(project, stack, [], environment).Entries.TryGetValue(AddressSpaceKey, out var entry) && !entry.IsSecret ? entry.Text : null;
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }

    // As the program takes it: resources are named after it.
    [GeneratedRegex(@"\A(?=.{2,24}\z)[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex StackName();
}
