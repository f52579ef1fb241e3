using CantonInfra.PolicySdk.Testing;

namespace CantonInfra.PolicySdk.Tests.Harness;

public sealed class BucketsAreVersionedTests
{
    private const string Bucket = "store:index:Bucket";

    private readonly RuleUnderTest _rule = new(new BucketsAreVersioned());

    [Fact]
    public void A_bucket_with_versions_passes() => _rule.Passes(Bucket, "{'versioning': {'enabled': true}}");

    [Fact]
    public void A_bucket_without_fails() => _rule.Fails(Bucket, "{}", "versioning.enabled");

    [Fact]
    public void What_is_not_known_is_undecided() => _rule.IsUndecided(Bucket, "{'versioning': '[unknown]'}", "versioning");

    [Fact]
    public void Other_types_are_not_its_business() => _rule.IsNotApplicable("store:index:Queue");

    [Fact]
    public void It_is_mended() => _rule.Mends(Bucket, "{'name': 'a'}", "{'name': 'a', 'versioning': {'enabled': true}}");

    [Fact]
    public void It_can_be_turned_off() =>
        new RuleUnderTest(new BucketsAreVersioned()) { Settings = "{'mandatory': false}" }.IsNotApplicable(Bucket);
}
