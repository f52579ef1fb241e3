using System.Security.Cryptography;
using System.Text;

namespace CantonInfra.Engine.Projects;

/// <summary>
/// Decrypts the <c>secure:</c> values of a stack whose secrets provider is a passphrase: AES-256-GCM with a key that PBKDF2
/// derives from the passphrase and the stack's salt (Pulumi's documented default provider).
/// </summary>
internal sealed class PassphraseDecrypter : IDisposable
{
    private const int Iterations = 1_000_000;
    private const int KeySize = 32;
    private const string Verification = "pulumi";

    private readonly AesGcm _cipher;

    private PassphraseDecrypter(AesGcm cipher) => _cipher = cipher;

    /// <summary>A decrypter, or null where the salt cannot be read or the passphrase is not the one it was made with.</summary>
    /// <param name="passphrase">The passphrase.</param>
    /// <param name="encryptionSalt">The stack file's <c>encryptionsalt</c>: <c>v1:salt:v1:nonce:text</c>.</param>
    public static PassphraseDecrypter? TryCreate(string passphrase, string encryptionSalt)
    {
        var parts = encryptionSalt.Split(':', 3);
        if (parts is not ["v1", var salt, var check] || FromBase64(salt) is not { } saltBytes)
        {
            return null;
        }

        var key = Rfc2898DeriveBytes.Pbkdf2(passphrase, saltBytes, Iterations, HashAlgorithmName.SHA256, KeySize);
        var decrypter = new PassphraseDecrypter(new AesGcm(key, AesGcm.TagByteSizes.MaxSize));
        CryptographicOperations.ZeroMemory(key);
        if (decrypter.TryDecrypt(check) == Verification)
        {
            return decrypter;
        }

        decrypter.Dispose();
        return null;
    }

    /// <summary>The text in clear, or null where it was not encrypted with this key.</summary>
    /// <param name="secure">A <c>secure:</c> value: <c>v1:nonce:text</c>.</param>
    public string? TryDecrypt(string secure)
    {
        if (secure.Split(':') is not ["v1", var nonce, var text]
            || FromBase64(nonce) is not { } nonceBytes
            || FromBase64(text) is not { } sealedBytes
            || nonceBytes.Length != AesGcm.NonceByteSizes.MaxSize
            || sealedBytes.Length < AesGcm.TagByteSizes.MaxSize)
        {
            return null;
        }

        var length = sealedBytes.Length - AesGcm.TagByteSizes.MaxSize;
        var clear = new byte[length];
        try
        {
            _cipher.Decrypt(nonceBytes, sealedBytes.AsSpan(0, length), sealedBytes.AsSpan(length), clear);
            return Encoding.UTF8.GetString(clear);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private static byte[]? FromBase64(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var written) ? buffer[..written] : null;
    }
}
