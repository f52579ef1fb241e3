using CantonInfra.Tools.Commands;

namespace CantonInfra.Reports.Tests.Browser;

/// <summary>Writes the page of 10,000 resources where benchmarks/report wants it.</summary>
public sealed class LargePage
{
    private const string Variable = "CANTON_INFRA_LARGE_PAGE";

    [Fact]
    public void It_is_no_larger_than_it_may_be()
    {
        using var memory = new MemoryStream();
        ReportFiles.Write(memory, "html", LargeSample.Report(10_000));

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file)
        {
            File.WriteAllBytes(file, memory.ToArray());
        }

        Assert.InRange(memory.Length, 5_000_000, 15_000_000);
    }
}
