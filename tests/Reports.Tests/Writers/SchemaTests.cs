using CantonInfra.Reports.Tests.Browser;

namespace CantonInfra.Reports.Tests.Writers;

/// <summary>What is written keeps to the schemas that others read it by.</summary>
public sealed class SchemaTests
{
    [NpmFact]
    public void Sarif_keeps_to_its_public_schema() => AssertValid("sarif", "sarif");

    [NpmFact]
    public void Json_keeps_to_its_schema() => AssertValid("report", "json");

    [NpmFact]
    public void Junit_keeps_to_the_schema_of_jenkins() => AssertValid("junit", "junit");

    [NpmFact]
    public void A_broken_document_of_junit_is_noticed()
    {
        NpmWorkspace.Require();
        var file = Path.GetTempFileName();
        File.WriteAllText(file, WriterTests.Text("junit").Replace("<testcase ", "<case ", StringComparison.Ordinal).Replace("</testcase>", "</case>", StringComparison.Ordinal));

        Assert.NotEqual(0, NpmWorkspace.RunScript("validate.mjs", new Dictionary<string, string>(), "junit", file).ExitCode);
        File.Delete(file);
    }

    [NpmFact]
    public void A_broken_document_is_noticed()
    {
        NpmWorkspace.Require();
        var file = Path.GetTempFileName();
        File.WriteAllText(file, WriterTests.Text("sarif").Replace("\"version\": \"2.1.0\"", "\"version\": 2", StringComparison.Ordinal));

        Assert.NotEqual(0, NpmWorkspace.RunScript("validate.mjs", new Dictionary<string, string>(), "sarif", file).ExitCode);
        File.Delete(file);
    }

    private static void AssertValid(string kind, string format)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, WriterTests.Text(format));
        Schemas.AssertValid(kind, file);
        File.Delete(file);
    }
}
