using System.Collections.Immutable;
using CantonInfra.Engine.Diagnostics;

namespace CantonInfra.Engine.Projects;

/// <summary>Decrypts a stack file's secrets as far as this machine can; the rest stay unknown.</summary>
internal sealed class StackSecrets : IDisposable
{
    private const string PassphraseVariable = "PULUMI_CONFIG_PASSPHRASE";
    private const string PassphraseFileVariable = "PULUMI_CONFIG_PASSPHRASE_FILE";

    private readonly YamlFile _file;
    private readonly Func<string, string?> _environment;
    private readonly Lazy<PassphraseDecrypter?> _decrypter;
    private int _undecrypted;
    private string _reason = "";

    private StackSecrets(YamlFile file, Func<string, string?> environment)
    {
        _file = file;
        _environment = environment;

        // Deriving the key takes a good part of a second, which stacks without secrets need not pay.
        _decrypter = new Lazy<PassphraseDecrypter?>(CreateDecrypter);
    }

    /// <summary>One note where secrets stay unknown, and why.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => _undecrypted == 0
        ? []
        :
        [
            new Diagnostic(
                "config-secrets-unknown",
                DiagnosticSeverity.Info,
                $"{_undecrypted} secret value(s) of {_file.Path} stay unknown in this run: {_reason}",
                Location: new SourceLocation(_file.Path)),
        ];

    public static StackSecrets Open(YamlFile file, Func<string, string?> environment) => new(file, environment);

    /// <summary>The clear text of a <c>secure:</c> value, or null where this machine cannot decrypt it.</summary>
    public string? Decrypt(string secure)
    {
        var text = _decrypter.Value?.TryDecrypt(secure);
        if (text is null)
        {
            _undecrypted++;
            _reason = _reason.Length > 0 ? _reason : "they were encrypted with another key than the passphrase's.";
        }

        return text;
    }

    public void Dispose()
    {
        if (_decrypter.IsValueCreated)
        {
            _decrypter.Value?.Dispose();
        }
    }

    private PassphraseDecrypter? CreateDecrypter()
    {
        var provider = _file.Text("secretsprovider");
        if (provider is { Length: > 0 } and not "passphrase" and not "default")
        {
            _reason = $"their key is held by '{provider.Split("://")[0]}', which is not asked in previews.";
            return null;
        }

        if (_file.Text("encryptionsalt") is not { Length: > 0 } salt)
        {
            _reason = "the file has no 'encryptionsalt'.";
            return null;
        }

        if (Passphrase() is not { } passphrase)
        {
            _reason = $"neither {PassphraseVariable} nor {PassphraseFileVariable} gives the stack's passphrase.";
            return null;
        }

        var decrypter = PassphraseDecrypter.TryCreate(passphrase, salt);
        _reason = decrypter is null ? "the passphrase is not the stack's." : "";
        return decrypter;
    }

    private string? Passphrase()
    {
        if (_environment(PassphraseVariable) is { } passphrase)
        {
            return passphrase;
        }

        return _environment(PassphraseFileVariable) is { Length: > 0 } file && File.Exists(file)
            ? File.ReadAllText(file).TrimEnd('\r', '\n')
            : null;
    }
}
