using CantonInfra.Policy.Files;

namespace CantonInfra.Policy.Tests.Files;

/// <summary>What is said of a file that keeps the pack from starting.</summary>
public sealed class MalformedFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("canton-infra-");

    [Fact]
    public void Who_has_to_mend_a_file_is_led_to_it_and_not_to_the_copy_of_a_build()
    {
        var source = Path.Combine(_folder.FullName, "waivers.yaml");
        var copy = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.FullName, "bin", "Release", "net10.0")).FullName, "waivers.yaml");
        File.WriteAllText(source, "waivers: []");

        Assert.EndsWith($"mend {source}, which this one is a copy of.", new MalformedFileException(copy, 3, "It is wrong.").Message, StringComparison.Ordinal);
        Assert.EndsWith("mend the file.", new MalformedFileException(source, 3, "It is wrong.").Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
