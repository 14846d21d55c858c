using System.Security.Cryptography;

namespace Rag.Pdf.Files.Security;

/// <summary>The hash of passwords in files encrypted with AES-256.</summary>
internal static class PasswordHash
{
    private const int Rounds = 64;
    private const int Repetitions = 64;

    /// <summary>Algorithm 2.B (7.6.4.3.4) for revision 6; for revision 5, which it replaced, plain SHA-256.</summary>
    /// <param name="revision">5 or 6.</param>
    /// <param name="password">At most 127 bytes.</param>
    /// <param name="salt">Validation or key salt, 8 bytes.</param>
    /// <param name="user">The 48 bytes of <c>U</c> for an owner password, else empty.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Compute(int revision, byte[] password, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> user)
    {
        var key = SHA256.HashData([.. password, .. salt, .. user]);
        if (revision < 6)
        {
            return key;
        }

        using var aes = Aes.Create();
        var last = 0;
        for (var round = 0; round < Rounds || last > round - 32; round++)
        {
            byte[] once = [.. password, .. key, .. user];
            var input = new byte[once.Length * Repetitions];
            for (var i = 0; i < Repetitions; i++)
            {
                once.CopyTo(input, i * once.Length);
            }

            aes.Key = key[..16];
            var encrypted = aes.EncryptCbc(input, key.AsSpan(16, 16), PaddingMode.None);
            var sum = 0;
            for (var i = 0; i < 16; i++)
            {
                sum += encrypted[i]; // 256 mod 3 is 1: the digits' sum has the remainder of the number
            }

            key = (sum % 3) switch
            {
                0 => SHA256.HashData(encrypted),
                1 => SHA384.HashData(encrypted),
                _ => SHA512.HashData(encrypted),
            };
            last = encrypted[^1];
        }

        return key[..32];
    }
}
