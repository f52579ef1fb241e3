using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Infra.Settings;

namespace CantonInfra.Tools.NewEnvironments;

/// <summary>What of a new environment could not be previewed: told before a file is written that says it.</summary>
internal static partial class EnvironmentMistakes
{
    private const int WidestPrefix = 20;

    /// <summary>The mistakes, all at once; none where it is in order.</summary>
    public static ImmutableArray<Diagnostic> Of(NewEnvironment environment)
    {
        var mistakes = ImmutableArray.CreateBuilder<Diagnostic>();
        Check("--subscription", environment.SubscriptionId, IsGuid(environment.SubscriptionId), "a GUID");
        Check("--tenant", environment.TenantId, IsGuid(environment.TenantId), "a GUID");
        Check("--admin-group", environment.AdminGroup, IsGuid(environment.AdminGroup), "a GUID");
        Check("--location", environment.Location, Region().IsMatch(environment.Location), "the short name of an Azure region, such as centralus");
        if (RegionsWithoutZones.Refusal(environment.Location) is { } refusal)
        {
            mistakes.Add(Diagnostic.Error("new-environment", $"--location: {refusal} Nothing was written."));
        }

        Check("--organization", environment.Organization, Organization().IsMatch(environment.Organization), "letters, digits and underscores");
        Check("--alerts", environment.Email, Email().IsMatch(environment.Email), "an e-mail address");
        Check("--host", environment.Host, Host().IsMatch(environment.Host), "a host name in lowercase, such as canton.example.com");
        Check("--owner", environment.Owner, IsLine(environment.Owner), "a text of one line");
        Check("--cost-center", environment.CostCenter, IsLine(environment.CostCenter), "a text of one line");
        Check(
            "--address-space",
            environment.AddressSpace,
            IPNetwork.TryParse(environment.AddressSpace, out var network) && network.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
                && network.PrefixLength <= WidestPrefix,
            "an IPv4 network of /20 or larger, such as 10.40.0.0/20");
        return mistakes.ToImmutable();

        void Check(string option, string value, bool isRight, string expected)
        {
            if (!isRight)
            {
                mistakes.Add(Diagnostic.Error("new-environment", $"{option}: '{value.ReplaceLineEndings(" ")}' is not {expected}. Nothing was written."));
            }
        }
    }

    private static bool IsGuid(string text) => Guid.TryParseExact(text, "D", out _);

    private static bool IsLine(string text) => !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);

    [GeneratedRegex(@"\A[a-z][a-z0-9]{2,30}\z")]
    private static partial Regex Region();

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,40}\z")]
    private static partial Regex Organization();

    [GeneratedRegex(@"\A[^@\s\p{C}]+@[^@\s\p{C}]+\.[^@\s\p{C}]+\z")]
    private static partial Regex Email();

    [GeneratedRegex(@"\A(?=.{4,200}\z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+\z")]
    private static partial Regex Host();
}
