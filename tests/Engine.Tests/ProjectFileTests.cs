using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;

namespace CantonInfra.Engine.Tests;

public sealed class ProjectFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public void The_nearest_folder_above_with_a_project_counts()
    {
        _folder.Write("Pulumi.yaml", "name: probe\nruntime: dotnet\n");
        var below = Directory.CreateDirectory(Path.Combine(_folder.Path, "a", "b")).FullName;

        Assert.Equal(_folder.Path, ProjectFile.Load(below).RootDirectory);
    }

    [Fact]
    public void The_program_stands_in_the_folder_that_main_names()
    {
        _folder.Write("src/app.txt", "");
        _folder.Write("Pulumi.yaml", "name: probe\nruntime: dotnet\nmain: src\n");
        var project = ProjectFile.Load(_folder.Path);
        Assert.Equal((Path.Combine(_folder.Path, "src"), "."), (project.ProgramDirectory, project.EntryPoint));

        _folder.Write("Pulumi.yaml", "name: probe\nruntime: nodejs\nmain: src/app.txt\n");
        project = ProjectFile.Load(_folder.Path);
        Assert.Equal((Path.Combine(_folder.Path, "src"), "app.txt"), (project.ProgramDirectory, project.EntryPoint));
    }

    [Fact]
    public void Runtime_options_are_read()
    {
        _folder.Write("Pulumi.yaml", "name: probe\nruntime: {name: dotnet, options: {binary: app.dll}}\n");

        Assert.Equal("app.dll", ProjectFile.Load(_folder.Path).RuntimeOptions["binary"]);
    }

    [Theory]
    [InlineData("runtime: dotnet\n", "no 'name'")]
    [InlineData("name: probe\n", "no 'runtime'")]
    [InlineData("name: probe\nruntime: dotnet\nmain: nowhere\n", "'nowhere', which does not exist")]
    public void What_is_missing_is_told(string text, string expected)
    {
        _folder.Write("Pulumi.yaml", text);

        Assert.Contains(expected, Assert.Throws<ConfigurationException>(() => ProjectFile.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_files_of_stacks_count_as_stacks()
    {
        _folder.Write("Pulumi.yaml", "name: probe\nruntime: dotnet\n");
        _folder.Write("Pulumi.dev.yaml", "");
        _folder.Write("Pulumi.eu.west-1.yaml", "");
        _folder.Write("PulumiPolicy.yaml", "");
        _folder.Write("Pulumi.dev.yaml.bak", "");

        Assert.Equal(["dev", "eu.west-1"], ProjectFile.Load(_folder.Path).StackNames.AsEnumerable());
    }

    public void Dispose() => _folder.Dispose();
}
