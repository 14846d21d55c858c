using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Rag.Api.Security;

/// <summary>Who may call the server, and for whose documents. Of the secret only its SHA-256 is kept: it has 256 bits of chance, so it cannot be guessed from that.</summary>
/// <param name="Name">Who it is; stands in the audit log.</param>
/// <param name="Hash">SHA-256 of the secret, as 64 hexadecimal digits.</param>
/// <param name="Scopes">What it may do.</param>
public sealed record ApiKey(string Name, string Hash, ApiScope Scopes)
{
    private const int SecretBytes = 32;
    private const int HashDigits = 64;
    private const string Prefix = "rag_";

    /// <summary>Whose documents it sees and writes. Default the empty string.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>Groups that it belongs to. Default none.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Whether it is shown scores. They tell something of documents that it cannot read when many questions are asked, so the default is no.</summary>
    public bool Scores { get; init; }

    /// <summary>Requests that it may make in a minute, at least 1; some may come at once. Default 600.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>Tokens that models may read and write for it in a day, from 0. Default <see langword="null"/>: no limit.</summary>
    public long? TokensPerDay { get; init; }

    /// <summary>A new key and its secret, which is told once and kept nowhere.</summary>
    public static (string Secret, ApiKey Key) Create(string name, ApiScope scopes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return (secret, new(name, HashOf(secret), scopes));
    }

    /// <summary>What is kept of a secret.</summary>
    public static string HashOf(string secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
    }

    /// <summary>Whether a secret of this hash is this key's; takes the same time whichever digit differs.</summary>
    internal bool HasHash(string hash)
    {
        Span<char> own = stackalloc char[HashDigits];
        return Hash.AsSpan().ToLowerInvariant(own) == HashDigits && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes<char>(own), MemoryMarshal.AsBytes<char>(hash));
    }
}
