using CantonInfra.Infra.Components.Ledger;

namespace CantonInfra.Infra.Tests.Components;

/// <summary>A11: databases per validator and per migration.</summary>
public sealed class ValidatorDatabasesTests
{
    [Theory]
    [InlineData(null, 0, 0, "cnadmin", "participant validator")]
    [InlineData(null, 0, 2, "cnadmin", "participant participant_1 participant_2 validator")]
    [InlineData(null, 4, 4, "cnadmin", "participant_4 validator")]
    [InlineData("beta", 0, 1, "cnadmin_beta", "participant_beta participant_beta_1 validator_beta")]
    [InlineData("north-sea", 0, 0, "cnadmin_north_sea", "participant_north_sea validator_north_sea")]
    public void Names_tell_validators_and_migrations_apart(string? suffix, int oldest, int newest, string account, string databases)
    {
        var names = new ValidatorDatabases(suffix, oldest, newest);

        Assert.Equal(account, names.Account);
        Assert.Equal(databases.Split(' '), names.All);
        Assert.Equal(names.Participants[^1], names.Participant);
    }
}
