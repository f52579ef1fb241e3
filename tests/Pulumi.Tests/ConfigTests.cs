using CantonInfra.Protocol.Properties;

namespace Pulumi.Tests;

public class ConfigTests
{
    private const string Json =
        """
        {"proj:name":"value","proj:flag":"true","proj:count":"12","proj:ratio":"1.5","proj:object":"{\"A\":1}","proj:bad":"canary",
        "proj:config:old":"o","other:name":"theirs","proj:locked":"04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "proj:lockedPart":"{\"A\":\"04da6b54-80e4-46f7-96ec-b56ff0331ba9\"}"}
        """;

    [Fact]
    public async Task Values_of_every_kind_are_read() => await RunAsync(config =>
    {
        Assert.Equal("value", config.Get("name"));
        Assert.Equal("value", config.Require("name"));
        Assert.True(config.GetBoolean("flag"));
        Assert.True(config.RequireBoolean("flag"));
        Assert.Equal(12, config.GetInt32("count"));
        Assert.Equal(12, config.RequireInt32("count"));
        Assert.Equal(1.5, config.GetDouble("ratio"));
        Assert.Equal(1.5, config.RequireDouble("ratio"));
        Assert.Equal(1, config.GetObject<Shape>("object")!.A);
        Assert.Equal(1, config.RequireObject<Shape>("object").A);
        Assert.Equal("o", config.Get("old"));
        Assert.Equal("theirs", new Config("other").Get("name"));
        Assert.Equal("theirs", new Config("other:config").Get("name"));
    });

    [Fact]
    public async Task What_is_not_set_is_null() => await RunAsync(config =>
    {
        Assert.Null(config.Get("none"));
        Assert.Null(config.GetBoolean("none"));
        Assert.Null(config.GetInt32("none"));
        Assert.Null(config.GetDouble("none"));
        Assert.Null(config.GetObject<Shape>("none"));
        Assert.Null(config.GetSecret("none"));
        Assert.Null(config.GetSecretInt32("none"));
        Assert.Null(config.GetSecretObject<Shape>("none"));
    });

    [Fact]
    public async Task Secrets_are_secret_outputs() => await RunAsync(async config =>
    {
        var data = await config.RequireSecret("name").DataTask;
        Assert.Equal(("value", true, true), (data.Value, data.IsKnown, data.IsSecret));
        Assert.True((await config.RequireSecretBoolean("flag").DataTask).Value);
        Assert.Equal(12, (await config.RequireSecretInt32("count").DataTask).Value);
        Assert.Equal(1.5, (await config.RequireSecretDouble("ratio").DataTask).Value);
        Assert.Equal(1, (await config.RequireSecretObject<Shape>("object").DataTask).Value.A);
    });

    [Fact]
    public async Task A_secret_that_could_not_be_decrypted_is_an_unknown_secret() => await RunAsync(async config =>
    {
        var text = await config.RequireSecret("locked").DataTask;
        Assert.Equal((false, true), (text.IsKnown, text.IsSecret));
        var number = await config.GetSecretInt32("locked")!.DataTask;
        Assert.Equal((false, true), (number.IsKnown, number.IsSecret));
        var shape = await config.RequireSecretObject<Shape>("lockedPart").DataTask;
        Assert.Equal((false, true), (shape.IsKnown, shape.IsSecret));
        Assert.Equal(Signatures.Unknown, config.Require("locked"));
        Assert.Contains("decrypted", Assert.ThrowsAny<RunException>(() => config.RequireInt32("locked")).Message, StringComparison.Ordinal);
        Assert.Contains("decrypted", Assert.ThrowsAny<RunException>(() => config.RequireObject<Shape>("locked")).Message, StringComparison.Ordinal);
    });

    [Fact]
    public async Task Errors_name_the_key_and_never_the_value() => await RunAsync(config =>
    {
        Action[] failing =
        [
            () => config.RequireBoolean("bad"), () => config.RequireInt32("bad"), () => config.RequireDouble("bad"),
            () => config.RequireObject<Shape>("bad"), () => config.RequireSecretInt32("bad"), () => config.RequireSecretObject<Shape>("bad"),
        ];
        foreach (var action in failing)
        {
            var exception = Assert.ThrowsAny<RunException>(action);
            Assert.Contains("'proj:bad'", exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
        }

        var missing = Assert.ThrowsAny<RunException>(() => config.RequireSecret("none")).Message;
        Assert.Contains("'proj:none'", missing, StringComparison.Ordinal);
        Assert.Contains("pulumi config set proj:none", missing, StringComparison.Ordinal);
    });

    [Fact]
    public void Configuration_outside_a_run_is_an_error() => Assert.Throws<InvalidOperationException>(() => new Config());

    private static Task RunAsync(Action<Config> test) => RunAsync(config =>
    {
        test(config);
        return Task.CompletedTask;
    });

    private static async Task RunAsync(Func<Config, Task> test)
    {
        await using var engine = await FakeEngine.StartAsync();
        var code = await engine.RunStackAsync(
            () => new Stack(
                async () =>
                {
                    await test(new Config());
                    return new Dictionary<string, object?>();
                },
                null),
            Json);
        Assert.True(code == 0, string.Join("\n", engine.Logs.Select(log => log.Message)));
    }

    private sealed record Shape(int A);
}
