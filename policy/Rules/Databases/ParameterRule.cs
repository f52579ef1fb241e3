using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Databases;

/// <summary>What a parameter of PostgreSQL must be.</summary>
/// <param name="Name">The parameter's.</param>
/// <param name="IsFine">Whether a value is fine.</param>
/// <param name="Wanted">What it must be, as an end of "It must …".</param>
/// <param name="Consequence">What follows from another value, as a clause.</param>
internal sealed record ParameterValue(string Name, Func<string, bool> IsFine, string Wanted, string Consequence)
{
    public static ParameterValue OneOf(string name, string consequence, params ImmutableArray<string> values) => new(
        name, value => values.Contains(value, StringComparer.OrdinalIgnoreCase), $"be {string.Join(" or ", values)}", consequence);

    public static ParameterValue AtLeast(string name, double least, string consequence) => new(
        name,
        value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least,
        string.Create(CultureInfo.InvariantCulture, $"be {least} or more"),
        consequence);
}

/// <summary>A rule about the values of a few parameters of PostgreSQL servers, where a program sets them.</summary>
/// <param name="values">The parameters.</param>
internal abstract class ParameterRule(params ImmutableArray<ParameterValue> values) : ResourcePolicy
{
    private static readonly PropertyPath Value = PropertyPath.Parse("value");

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [PostgreSqlTypes.Parameter, PostgreSqlTypes.ClassicParameter];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var name = resource.Read(PostgreSqlParameters.NamePathOf(resource));
        if (!name.TryGetText(out var parameter))
        {
            return name.State == PropertyState.Missing ? [] : [PolicyVerdict.Undecided(name.Path)];
        }

        if (values.FirstOrDefault(each => each.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase)) is not { } wanted)
        {
            return [PolicyVerdict.NotApplicable("The parameter has nothing to do with it.")];
        }

        // Without a value the service takes its default, which a program that names the parameter did not mean.
        var value = resource.Read(Value);
        return
        [
            value.State == PropertyState.Missing ? PolicyVerdict.Violation(value.Path, $"{resource} sets {parameter} to nothing. It must {wanted.Wanted}.")
                : !value.TryGetText(out var text) ? PolicyVerdict.Undecided(value.Path)
                : wanted.IsFine(text.Trim()) ? PolicyVerdict.Pass
                : PolicyVerdict.Violation(value.Path, $"{resource} sets {parameter} to {value}, so {wanted.Consequence}. It must {wanted.Wanted}."),
        ];
    }
}
