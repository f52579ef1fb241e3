using System.CommandLine;
using CantonInfra.Tools.Deployment;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>The verbs and their options.</summary>
internal static class CommandLine
{
    // A whole program with its SDKs, on a slow machine.
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(30);

    /// <summary>Parses the arguments and runs the command that they name.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string[] arguments,
        Terminal terminal,
        Stream standardOutput,
        Func<string, string?> environment,
        TimeProvider clock,
        CancellationToken cancellation)
    {
        var root = Verbs(terminal, standardOutput, environment, clock);

        // The rest of that line is the CLI's own; it must not be read as options of ours.
        if (arguments is [PulumiCommand.Verb, .. var rest])
        {
            return await new PulumiCommand(terminal, new CommandProbe(), new ProcessLauncher()).RunAsync(rest, cancellation);
        }

        var parsed = root.Parse(arguments);
        if (CommandLineMistakes.Of(parsed) is [_, ..] mistakes)
        {
            foreach (var mistake in mistakes)
            {
                terminal.Error.WriteLine($"error: {mistake}");
            }

            terminal.Error.WriteLine("Run 'canton-infra --help' for the verbs and their options.");
            return ExitCodes.Configuration;
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, cancellation);
    }

    /// <summary>The verbs; parsing with them runs nothing.</summary>
    public static RootCommand Verbs(Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock)
    {
        var root = new RootCommand("Previews, checks and reports on the infrastructure of Canton validators, with no cloud account.");
        root.Subcommands.Add(Preview(new PreviewCommand(terminal, standardOutput, environment, clock)));
        root.Subcommands.Add(DiffVerb.Create(new DiffCommand(
            terminal, standardOutput, environment, clock, new CommandProbe(), new CommandProbe(BuildLimit))));
        root.Subcommands.Add(Stacks(terminal, standardOutput, environment));
        root.Subcommands.Add(NewEnvironmentVerb.Create(new NewEnvironmentCommand(terminal, environment)));
        root.Subcommands.Add(Rules(terminal, standardOutput));
        root.Subcommands.Add(Phases(terminal, standardOutput, environment, clock));
        root.Subcommands.Add(ReportVerb.Create(terminal, environment, clock));
        root.Subcommands.Add(GraphVerb.Create(terminal, standardOutput, environment, clock));
        root.Subcommands.Add(Doctor(terminal, standardOutput, new Checkup(new CommandProbe(), environment)));
        root.Subcommands.Add(RightsVerb.Create(terminal, standardOutput, environment, clock));
        root.Subcommands.Add(IdpVerb.Create(terminal, standardOutput, environment, clock));
        root.Subcommands.Add(new Command(PulumiCommand.Verb, PulumiCommand.Description));
        return root;
    }

    private static Command Preview(PreviewCommand command)
    {
        var stack = new Option<string>("--stack", "-s") { Description = "The stack: the name in Pulumi.<name>.yaml.", HelpName = "name" };
        var directory = ProjectOptions.Directory();
        var config = ProjectOptions.Config();
        var packs = new Option<string[]>("--policy-pack")
        {
            Description = "A policy pack's folder or executable; the project's 'policy' folder where none is named. Repeatable.",
            HelpName = "dir",
        };
        var packConfigs = new Option<string[]>("--policy-pack-config")
        {
            Description = "The configuration of a --policy-pack as JSON; one for each, in the same order.",
            HelpName = "file",
        };
        var noPolicy = new Option<bool>("--no-policy") { Description = "Ask no policies." };
        var savePlan = new Option<string>("--save-plan") { Description = "Save the plan as JSON, secrets masked.", HelpName = "file" };
        var against = new Option<string>("--against") { Description = "Show the difference from a saved plan.", HelpName = "file" };
        var json = ProjectOptions.Json();
        var noColor = ProjectOptions.NoColor();

        var verb = new Command("preview", "Show what a stack would deploy and what the policies say of it.")
        {
            stack, directory, config, packs, packConfigs, noPolicy, savePlan, against, json, noColor,
        };
        verb.SetAction((parsed, cancellation) => command.RunAsync(
            new PreviewOptions
            {
                Stack = parsed.GetValue(stack),
                Directory = parsed.GetValue(directory)!,
                Config = [.. parsed.GetValue(config) ?? []],
                PolicyPacks = [.. parsed.GetValue(packs) ?? []],
                PolicyConfigurations = [.. parsed.GetValue(packConfigs) ?? []],
                NoPolicy = parsed.GetValue(noPolicy),
                SavePlan = parsed.GetValue(savePlan),
                Against = parsed.GetValue(against),
                Json = new JsonTarget(parsed.GetResult(json) is not null, parsed.GetValue(json)),
                NoColor = parsed.GetValue(noColor),
            },
            cancellation));
        return verb;
    }

    private static Command Stacks(Terminal terminal, Stream standardOutput, Func<string, string?> environment)
    {
        var directory = ProjectOptions.Directory();
        var json = ProjectOptions.Json();
        var noColor = ProjectOptions.NoColor();
        var verb = new Command("stacks", "List the stacks of a project.") { directory, json, noColor };
        verb.SetAction(parsed => new StacksCommand(
            parsed.GetValue(noColor) ? terminal.WithoutColors() : terminal, standardOutput, environment).Run(
                parsed.GetValue(directory)!, new JsonTarget(parsed.GetResult(json) is not null, parsed.GetValue(json))));
        return verb;
    }

    private static Command Rules(Terminal terminal, Stream standardOutput)
    {
        var id = new Argument<string?>("ID") { Description = "The rule to show; all where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<string>("--format")
        {
            Description = "How to show them.",
            DefaultValueFactory = _ => RulesCommand.Formats[0],
        };
        format.AcceptOnlyFromAmong(RulesCommand.Formats);
        var directory = ProjectOptions.Directory();
        var pack = new Option<string?>("--policy-pack")
        {
            Description = "A policy pack's folder or executable; the project's 'policy' folder where none is named.",
            HelpName = "dir",
        };
        var noColor = ProjectOptions.NoColor();
        var verb = new Command("rules", "Show the rules of a policy pack.") { id, format, directory, pack, noColor };
        verb.SetAction((parsed, cancellation) => new RulesCommand(
            parsed.GetValue(noColor) ? terminal.WithoutColors() : terminal, standardOutput).RunAsync(
                parsed.GetValue(id), parsed.GetValue(format)!, parsed.GetValue(directory)!, parsed.GetValue(pack), cancellation));
        return verb;
    }

    private static Command Phases(
        Terminal terminal, Stream standardOutput, Func<string, string?> environment, TimeProvider clock)
    {
        var stack = new Option<string>("--stack", "-s") { Description = "The stack: the name in Pulumi.<name>.yaml.", HelpName = "name" };
        var directory = ProjectOptions.Directory();
        var targets = new Option<string?>("--targets")
        {
            Description = "Write one phase as options of 'pulumi up'.",
            HelpName = "phase",
        };
        var json = ProjectOptions.Json();
        var noColor = ProjectOptions.NoColor();
        var verb = new Command("phases", "Divide the first deployment of a stack into what can be deployed at once.")
        {
            stack, directory, targets, json, noColor,
        };
        verb.SetAction((parsed, cancellation) => new PhasesCommand(
            parsed.GetValue(noColor) ? terminal.WithoutColors() : terminal, standardOutput, environment, clock).RunAsync(
                parsed.GetValue(directory)!,
                parsed.GetValue(stack),
                parsed.GetValue(targets),
                new JsonTarget(parsed.GetResult(json) is not null, parsed.GetValue(json)),
                cancellation));
        return verb;
    }

    private static Command Doctor(Terminal terminal, Stream standardOutput, Checkup checkup)
    {
        var directory = ProjectOptions.Directory();
        var json = ProjectOptions.Json();
        var noColor = ProjectOptions.NoColor();
        var verb = new Command("doctor", "Say what of the tool chain is there: SDKs, feed, CLI, engine.") { directory, json, noColor };
        verb.SetAction((parsed, cancellation) => new DoctorCommand(
            parsed.GetValue(noColor) ? terminal.WithoutColors() : terminal, standardOutput, checkup).RunAsync(
                parsed.GetValue(directory)!,
                new JsonTarget(parsed.GetResult(json) is not null, parsed.GetValue(json)),
                cancellation));
        return verb;
    }
}
