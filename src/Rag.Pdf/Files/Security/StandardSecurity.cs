using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Rag.Pdf.Files.Security;

#pragma warning disable CA5351 // MD5: the standard prescribes it

/// <summary>The key of a file under the standard security handler (7.6.4).</summary>
/// <param name="encrypt">The encryption dictionary.</param>
/// <param name="id">First part of the file identifier; empty where there is none.</param>
/// <param name="keyLength">Bytes of the key.</param>
internal sealed class StandardSecurity(PdfDictionary encrypt, byte[] id, int keyLength)
{
    private readonly int _revision = encrypt.Integer("R") ?? 0;
    private readonly byte[] _owner = Bytes(encrypt, "O");
    private readonly byte[] _user = Bytes(encrypt, "U");

    /// <summary>Bytes that fill a password up to 32 (algorithm 2, a).</summary>
    private static ReadOnlySpan<byte> Padding =>
    [
        0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
        0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
    ];

    /// <summary>The file's key if this is its user or owner password, else <see langword="null"/>.</summary>
    /// <exception cref="PdfException">Not a revision that is known, or its entries are too short.</exception>
    public byte[]? KeyFor(string password)
    {
        var length = _revision >= 5 ? 48 : 32;
        if (_revision is < 2 or > 6 || _revision >= 5 != (keyLength == 32) || _owner.Length < length || _user.Length < (_revision == 2 ? 32 : _revision >= 5 ? 48 : 16))
        {
            throw new PdfException($"The file's encryption dictionary is damaged (revision {_revision}, O of {_owner.Length} and U of {_user.Length} bytes). Fetch the file again.");
        }

        foreach (var bytes in PasswordBytes.Of(password, _revision))
        {
            var key = _revision >= 5 ? Aes256Key(bytes) : UserKey(bytes) ?? UserKey(UserPassword(bytes));
            if (key is not null)
            {
                return key;
            }
        }

        return null;
    }

    private static byte[] Bytes(PdfDictionary dictionary, string key) => dictionary.String(key) is { } s ? s.Bytes.ToArray() : [];

    private static byte[] Padded(ReadOnlySpan<byte> password)
    {
        var bytes = new byte[32];
        var length = Math.Min(32, password.Length);
        password[..length].CopyTo(bytes);
        Padding[..(32 - length)].CopyTo(bytes.AsSpan(length));
        return bytes;
    }

    /// <summary>Algorithms 2 and 6.</summary>
    private byte[]? UserKey(byte[] password)
    {
        var permissions = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(permissions, unchecked((int)(long)(encrypt.Number("P") ?? 0)));
        byte[] metadata = _revision >= 4 && encrypt.Boolean("EncryptMetadata") == false ? [0xFF, 0xFF, 0xFF, 0xFF] : [];
        var key = Hash([.. Padded(password), .. _owner.AsSpan(0, 32), .. permissions, .. id, .. metadata]);
        if (_revision == 2)
        {
            var user = new byte[32];
            Rc4.Apply(key, Padding, user);
            return user.AsSpan().SequenceEqual(_user.AsSpan(0, 32)) ? key : null;
        }

        var check = MD5.HashData([.. Padding, .. id]);
        for (var i = 0; i < 20; i++)
        {
            Rc4.Apply(Mixed(key, i), check, check);
        }

        return check.AsSpan().SequenceEqual(_user.AsSpan(0, 16)) ? key : null;
    }

    /// <summary>Algorithm 7: the user password, which the owner's decrypts.</summary>
    private byte[] UserPassword(byte[] ownerPassword)
    {
        var key = Hash(Padded(ownerPassword));
        var password = _owner[..32];
        for (var i = _revision == 2 ? 0 : 19; i >= 0; i--)
        {
            Rc4.Apply(Mixed(key, i), password, password);
        }

        return password;
    }

    private byte[] Hash(byte[] bytes)
    {
        var hash = MD5.HashData(bytes);
        for (var i = 0; _revision >= 3 && i < 50; i++)
        {
            hash = MD5.HashData(hash.AsSpan(0, keyLength));
        }

        return hash[..keyLength];
    }

    private static byte[] Mixed(byte[] key, int round) => Array.ConvertAll(key, b => (byte)(b ^ round));

    /// <summary>Algorithm 2.A.</summary>
    private byte[]? Aes256Key(byte[] password)
    {
        var user = _user.AsSpan(0, 48);
        if (Matches(password, _owner, user))
        {
            return Unwrap(PasswordHash.Compute(_revision, password, _owner.AsSpan(40, 8), user), "OE");
        }

        return Matches(password, _user, default)
            ? Unwrap(PasswordHash.Compute(_revision, password, user.Slice(40, 8), default), "UE")
            : null;
    }

    private bool Matches(byte[] password, byte[] entry, ReadOnlySpan<byte> user) =>
        PasswordHash.Compute(_revision, password, entry.AsSpan(32, 8), user).AsSpan().SequenceEqual(entry.AsSpan(0, 32));

    private byte[] Unwrap(byte[] key, string entry)
    {
        var wrapped = Bytes(encrypt, entry);
        if (wrapped.Length < 32)
        {
            throw new PdfException($"The file's encryption dictionary is damaged ({entry} of {wrapped.Length} bytes, not 32). Fetch the file again.");
        }

        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptCbc(wrapped.AsSpan(0, 32), new byte[16], PaddingMode.None);
    }
}
