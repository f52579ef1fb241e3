using FsCheck;
using FsCheck.Fluent;

namespace CantonInfra.Protocol.Tests;

public class UrnTests
{
    private static readonly Urn Root = Urn.Create("dev", "proj", null, Urn.StackType, "proj-dev");

    [Fact]
    public void The_root_stack_does_not_show_in_its_childrens_types() =>
        Assert.Equal("urn:pulumi:dev::proj::a:b:C::c", Urn.Create("dev", "proj", Root, "a:b:C", "c").ToString());

    [Fact]
    public void A_childs_type_holds_its_ancestors_types()
    {
        var parent = Urn.Create("dev", "proj", Root, "a:b:C", "c");
        var child = Urn.Create("dev", "proj", parent, "d:e:F", "f");

        Assert.Equal("urn:pulumi:dev::proj::a:b:C$d:e:F::f", child.ToString());
        Assert.Equal("d:e:F", child.Type);
    }

    [Fact]
    public void A_name_may_hold_the_separator()
    {
        Assert.True(Urn.TryParse("urn:pulumi:dev::proj::a:b:C::x::y", out var urn));
        Assert.Equal("x::y", urn.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("urn:pulumi:dev::proj::a:b:C")]
    [InlineData("urn:other:dev::proj::a:b:C::x")]
    [InlineData("urn:pulumi:dev::proj::::x")]
    public void What_is_no_urn_is_not_read(string? text) => Assert.False(Urn.TryParse(text, out _));

    [Fact]
    public void Reading_gives_back_what_was_written() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), name =>
        {
            var urn = Urn.Create("s", "p", Root, "a:b:C", name.Get);
            return Urn.TryParse(urn.ToString(), out var read) && read == urn;
        }).QuickCheckThrowOnFailure();
}
