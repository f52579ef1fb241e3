using System.Globalization;
using System.Net;
using System.Text;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Ledger;

/// <summary>The script of the backup job, run for real against servers that answer as the identity provider, the validator app, Entra and the storage do.</summary>
public sealed class IdentitiesBackupScriptTests : IDisposable
{
    private const string Identities = """{"id": "acme-validator-1::1220", "keys": [{"keyPair": "PRIVATE"}], "authorizedStoreSnapshot": "c25hcA=="}""";
    private const string ClientSecret = "s3cr&t=+";

    private readonly string _folder = Directory.CreateTempSubdirectory("canton-identities-").FullName;
    private readonly Dictionary<string, string> _blobs = new(StringComparer.Ordinal);
    private readonly List<string> _tokenRequests = [];
    private readonly HttpListener _server = new();
    private readonly string _address;
    private string _answer = Identities;
    private bool _keepsHalf;

    public IdentitiesBackupScriptTests()
    {
        // A listener takes no port 0.
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            _address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
        }

        _server.Prefixes.Add(_address + "/");
        _server.Start();
        _ = Task.Run(ServeAsync);
        Directory.CreateDirectory(Path.Combine(_folder, "client"));
        Directory.CreateDirectory(Path.Combine(_folder, "work"));
        File.WriteAllText(Path.Combine(_folder, "client", "client-id"), "validator-app-backend");
        File.WriteAllText(Path.Combine(_folder, "client", "client-secret"), ClientSecret);
        File.WriteAllText(Path.Combine(_folder, "federated"), "kubernetes-token");
        File.WriteAllText(Path.Combine(_folder, "identities-backup.sh"), IdentitiesBackup.Script());
    }

    [Fact]
    public void What_the_validator_app_gives_is_kept_under_a_new_name_and_not_printed()
    {
        var (code, output) = Run("https://validator-api");

        Assert.True(code == 0, output);
        var (name, content) = Assert.Single(_blobs);
        Assert.Matches(@"^/container/\d{4}-\d\d-\d\dT\d{6}Z\.json$", name);
        Assert.Equal(Identities, content);
        Assert.StartsWith("kept ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", output, StringComparison.Ordinal);
        Assert.DoesNotContain(ClientSecret, output, StringComparison.Ordinal);
        Assert.Contains("client_secret=s3cr%26t%3D%2B", _tokenRequests[0], StringComparison.Ordinal);
        Assert.Contains("audience=https%3A%2F%2Fvalidator-api", _tokenRequests[0], StringComparison.Ordinal);
        Assert.Contains("client_assertion=kubernetes-token", _tokenRequests[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Providers_that_take_no_audience_get_none()
    {
        Assert.Equal(0, Run("").Code);
        Assert.DoesNotContain("audience=", _tokenRequests[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "what the validator app gives has no 'id'.")]
    [InlineData("""{"id": "a", "authorizedStoreSnapshot": ""}""", "what the validator app gives has no 'keys'.")]
    [InlineData("deny", "the validator app does not give its identities.")]
    public void What_is_no_dump_is_not_kept(string answer, string message)
    {
        _answer = answer;

        var (code, output) = Run("");

        Assert.Equal(1, code);
        Assert.Contains($"error: {message}", output, StringComparison.Ordinal);
        Assert.Empty(_blobs);
    }

    [Fact]
    public void What_did_not_arrive_whole_is_a_failure()
    {
        _keepsHalf = true;

        var (code, output) = Run("");

        Assert.Equal(1, code);
        Assert.Contains("error: the storage has ", output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.Close();
        Directory.Delete(_folder, recursive: true);
    }

    private (int Code, string Output) Run(string audience) => Scripts.Run(
        "/bin/sh",
        new Dictionary<string, string>
        {
            ["VALIDATOR_API"] = $"{_address}/api/validator",
            ["TOKEN_URL"] = $"{_address}/idp/token",
            ["TOKEN_SCOPE"] = "daml_ledger_api",
            ["TOKEN_AUDIENCE"] = audience,
            ["CONTAINER_URL"] = $"{_address}/container",
            ["CLIENT_FOLDER"] = Path.Combine(_folder, "client"),
            ["WORK_FOLDER"] = Path.Combine(_folder, "work"),
            ["AZURE_CLIENT_ID"] = "writer",
            ["AZURE_TENANT_ID"] = "tenant",
            ["AZURE_AUTHORITY_HOST"] = $"{_address}/entra/",
            ["AZURE_FEDERATED_TOKEN_FILE"] = Path.Combine(_folder, "federated"),
        },
        Path.Combine(_folder, "identities-backup.sh"));

    private async Task ServeAsync()
    {
        while (_server.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _server.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync();
            var (status, text) = Answer(context.Request, body);
            context.Response.StatusCode = status;
            var bytes = Encoding.UTF8.GetBytes(text);
            context.Response.ContentLength64 = bytes.Length;
            if (context.Request.HttpMethod != "HEAD")
            {
                await context.Response.OutputStream.WriteAsync(bytes);
            }

            context.Response.Close();
        }
    }

    private (int Status, string Text) Answer(HttpListenerRequest request, string body)
    {
        var path = request.Url!.AbsolutePath;
        var bearer = request.Headers["Authorization"];
        switch (request.HttpMethod, path)
        {
            case ("POST", "/idp/token"):
                _tokenRequests.Add(body);
                return (200, """{"token_type": "Bearer", "access_token" : "validator.token"}""");
            case ("POST", "/entra/tenant/oauth2/v2.0/token"):
                _tokenRequests.Add(body);
                return (200, """{"access_token":"storage.token"}""");
            case ("GET", "/api/validator/v0/admin/participant/identities") when bearer == "Bearer validator.token":
                return _answer == "deny" ? (403, "") : (200, _answer);
            case ("PUT", _) when bearer == "Bearer storage.token" && request.Headers["x-ms-blob-type"] == "BlockBlob"
                && request.Headers["If-None-Match"] == "*" && !_blobs.ContainsKey(path):
                _blobs[path] = _keepsHalf ? body[..(body.Length / 2)] : body;
                return (201, "");
            case ("HEAD", _) when bearer == "Bearer storage.token" && _blobs.TryGetValue(path, out var blob):
                return (200, blob);
            default:
                return (400, "");
        }
    }
}
