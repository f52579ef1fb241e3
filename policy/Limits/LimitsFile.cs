using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Policy.Files;
using CantonInfra.PolicySdk;
using YamlDotNet.RepresentationModel;

namespace CantonInfra.Policy.Limits;

/// <summary>Reads limits.yaml.</summary>
internal sealed class LimitsFile
{
    public const string Name = "limits.yaml";

    // A waiver for more than a year is no exception but another rule.
    private const int MostDays = 366;

    private readonly StrictYaml _yaml;

    private LimitsFile(StrictYaml yaml) => _yaml = yaml;

    /// <exception cref="MalformedFileException">The file is missing or malformed.</exception>
    public static OuterLimits Load(string path) => Parse(StrictYaml.ReadText(path), path);

    /// <param name="text">The content.</param>
    /// <param name="path">The file's path, for messages.</param>
    /// <exception cref="MalformedFileException">The content is malformed.</exception>
    public static OuterLimits Parse(string text, string path)
    {
        var yaml = new StrictYaml(path);
        var file = new LimitsFile(yaml);
        var root = yaml.Fields(
            yaml.Document(text), "The file", "regions", "modes", "waivers", "sources", "subscriptionRoles", "privilegedNamespaces", "ledgerRights", "charts",
            "waivable");
        return new OuterLimits(
            new RegionLimits(file.ReadEntries(root["regions"], "regions", file.ReadRegionLimit, entry => entry.Stacks)),
            new ModeLimits(file.ReadEntries(root["modes"], "modes", file.ReadModeLimit, entry => entry.Stacks)),
            new WaiverLimits(file.ReadEntries(root["waivers"], "waivers", file.ReadWaiverLimit, entry => entry.Stacks)),
            new SourceLimits(file.ReadEntries(root["sources"], "sources", file.ReadSourceLimit, entry => entry.Stacks)),
            new WideRoleLimits(file.ReadEntries(root["subscriptionRoles"], "subscriptionRoles", file.ReadWideRoleLimit, entry => entry.Stacks)),
            new PrivilegedNamespaceLimits(
                file.ReadEntries(root["privilegedNamespaces"], "privilegedNamespaces", file.ReadPrivilegedNamespaces, entry => entry.Stacks)),
            new LedgerRightLimits([.. yaml.ItemsOrNone(root["ledgerRights"], "ledgerRights").Select(file.ReadLedgerRight)]),
            file.ReadCharts(root["charts"]),
            [.. yaml.ItemsOrNone(root["waivable"], "waivable").Select(node => yaml.Text(node, "waivable"))]);
    }

    private ImmutableArray<T> ReadEntries<T>(
        YamlNode node, string what, Func<YamlNode, T> read, Func<T, ImmutableArray<NamePattern>> stacks)
    {
        var entries = _yaml.Items(node, what).Select(read).ToImmutableArray();
        for (var index = 0; index < entries.Length; index++)
        {
            var isLast = index == entries.Length - 1;
            if (stacks(entries[index]).Any(pattern => pattern.IsAll) != isLast)
            {
                throw _yaml.Malformed(node, $"Exactly the last entry of '{what}' must be for all other stacks, with the pattern \"*\".");
            }
        }

        return entries;
    }

    private RegionLimit ReadRegionLimit(YamlNode node)
    {
        var fields = _yaml.Fields(node, "An entry of 'regions'", "stacks", "allowed", "reason");
        return new RegionLimit(
            ReadPatterns(fields["stacks"]),
            [.. _yaml.Items(fields["allowed"], "allowed").Select(item => Region.Parse(_yaml.Text(item, "allowed")))],
            _yaml.Text(fields["reason"], "reason"));
    }

    private ModeLimit ReadModeLimit(YamlNode node)
    {
        var fields = _yaml.Fields(node, "An entry of 'modes'", "stacks", "least", "reason");
        return new ModeLimit(
            ReadPatterns(fields["stacks"]),
            _yaml.Text(fields["least"], "least") switch
            {
                "deny" => PolicyMode.Deny,
                "audit" => PolicyMode.Audit,
                var other => throw _yaml.Malformed(fields["least"], $"'{other}' is no mode; there are deny and audit."),
            },
            _yaml.Text(fields["reason"], "reason"));
    }

    private StackWaiverLimit ReadWaiverLimit(YamlNode node)
    {
        var fields = _yaml.Fields(node, "An entry of 'waivers'", "stacks", "maximumDays", "reason");
        return new StackWaiverLimit(
            ReadPatterns(fields["stacks"]),
            new WaiverLimit(ReadDays(fields["maximumDays"], "maximumDays"), _yaml.Text(fields["reason"], "reason")));
    }

    private SourceLimit ReadSourceLimit(YamlNode node)
    {
        var fields = _yaml.Fields(node, "An entry of 'sources'", "stacks", "images", "charts", "reason");
        return new SourceLimit(
            ReadPatterns(fields["stacks"]),
            ReadSources(fields["images"], "images"),
            ReadSources(fields["charts"], "charts"),
            _yaml.Text(fields["reason"], "reason"));
    }

    private ImmutableArray<SourcePattern> ReadSources(YamlNode node, string what) =>
    [
        .. _yaml.ItemsOrNone(node, what).Select(item => SourcePattern.TryParse(_yaml.Text(item, what), out var pattern)
            ? pattern.Value
            : throw _yaml.Malformed(
                item, $"'{_yaml.Text(item, what)}' is no registry or repository; a star may only end the first part of the host's name.")),
    ];

    private WideRoleLimit ReadWideRoleLimit(YamlNode node)
    {
        var fields = _yaml.Fields(node, "An entry of 'subscriptionRoles'", "stacks", "allowed", "reason");
        return new WideRoleLimit(
            ReadPatterns(fields["stacks"]),
            [.. _yaml.ItemsOrNone(fields["allowed"], "allowed").Select(ReadWideRole)],
            _yaml.Text(fields["reason"], "reason"));
    }

    private WideRole ReadWideRole(YamlNode node)
    {
        var fields = _yaml.Fields(node, "A role of 'subscriptionRoles'", "name", "id");
        var id = _yaml.Text(fields["id"], "id");
        return Guid.TryParseExact(id, "D", out _)
            ? new WideRole(id.ToLowerInvariant(), _yaml.Text(fields["name"], "name"))
            : throw _yaml.Malformed(fields["id"], $"'{id}' is no GUID of a role.");
    }

    private PrivilegedNamespaceLimit ReadPrivilegedNamespaces(YamlNode node)
    {
        var fields = _yaml.Fields(node, "An entry of 'privilegedNamespaces'", "stacks", "names", "reason");
        return new PrivilegedNamespaceLimit(
            ReadPatterns(fields["stacks"]),
            [.. _yaml.ItemsOrNone(fields["names"], "names").Select(item => _yaml.Text(item, "names"))],
            _yaml.Text(fields["reason"], "reason"));
    }

    private LedgerRightLimit ReadLedgerRight(YamlNode node)
    {
        var fields = _yaml.Fields(node, "An entry of 'ledgerRights'", "right", "users", "reason");
        return new LedgerRightLimit(
            _yaml.Text(fields["right"], "right"),
            [.. _yaml.ItemsOrNone(fields["users"], "users").Select(item => StackPatterns.Read(_yaml, item, "users"))],
            _yaml.Text(fields["reason"], "reason"));
    }

    private ChartLimits ReadCharts(YamlNode node)
    {
        var fields = _yaml.Fields(node, "'charts'", "names", "networks");
        var names = _yaml.ItemsOrNone(fields["names"], "names").Select(item => StackPatterns.Read(_yaml, item, "names")).ToImmutableArray();
        var networks = _yaml.Items(fields["networks"], "networks").Select(ReadNetworkCharts).ToImmutableArray();
        foreach (var (next, before) in networks.Skip(1).Zip(networks))
        {
            // What a network runs has been run on the network before it.
            if (next.Versions.Max is { } newest && before.Versions.Max is { } tried && newest > tried)
            {
                throw _yaml.Malformed(
                    fields["networks"], $"'{next.Network}' may run {newest}, which is ahead of {tried}, the newest of '{before.Network}' before it.");
            }
        }

        return networks.DistinctBy(network => network.Network, StringComparer.Ordinal).Count() == networks.Length
            ? new ChartLimits(names, networks)
            : throw _yaml.Malformed(fields["networks"], "A network stands twice.");
    }

    private NetworkCharts ReadNetworkCharts(YamlNode node)
    {
        var fields = _yaml.Fields(node, "An entry of 'networks'", "network", "versions");
        return new NetworkCharts(
            _yaml.Text(fields["network"], "network"),
            [.. _yaml.ItemsOrNone(fields["versions"], "versions").Select(ReadVersion)]);
    }

    private Version ReadVersion(YamlNode node)
    {
        var text = _yaml.Text(node, "versions");
        return ChartLimits.TryRead(text, out var version)
            ? version
            : throw _yaml.Malformed(node, $"'{text}' is no version of a chart; it is three numbers, such as 0.6.11.");
    }

    private int ReadDays(YamlNode node, string what)
    {
        var text = _yaml.Text(node, what);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= MostDays
            ? days
            : throw _yaml.Malformed(node, string.Create(
                CultureInfo.InvariantCulture, $"'{text}' is no number of days; '{what}' is a whole number from 1 to {MostDays}."));
    }

    private ImmutableArray<NamePattern> ReadPatterns(YamlNode node) =>
        [.. _yaml.Items(node, "stacks").Select(item => StackPatterns.Read(_yaml, item))];
}
