using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rag.Storage.Records;

/// <summary>Ids of records: <c>kind:group:rest</c>, at most 100 ASCII characters, and the scopes that they lie in.</summary>
internal static class RecordId
{
    /// <summary>A version of a document; the group is the document, the greatest id of it counts.</summary>
    public const string Head = "head";

    /// <summary>A write that may have to be finished by somebody else.</summary>
    public const string Journal = "journal";

    /// <summary>The scope of all <see cref="Journal"/> records.</summary>
    public const string JournalScope = "journal";

    /// <summary>The scope of a tenant: its name where that is plain, else a hash.</summary>
    public static string ScopeOf(string tenant) =>
        tenant.Length <= 100 && tenant.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? "t-" + tenant : "h-" + Hash(tenant);

    /// <summary>The group of a document's heads. In it lies the tenant too, so that ids are unique across scopes.</summary>
    public static string Document(string tenant, string document) => Hash(tenant, document);

    public static string OfHead(StoredHead head) => string.Create(CultureInfo.InvariantCulture, $"{Head}:{Document(head.Tenant, head.Id)}:{head.Generation:x16}:{head.Write}");

    public static string OfJournal(StoredHead head) => string.Create(CultureInfo.InvariantCulture, $"{Journal}:all:{head.Generation:x16}:{head.Write}");

    /// <summary>Changes with everything that changes in a scope.</summary>
    public static string Revision(string scope) => $"revision:{Hash(scope)}:";

    public static string Text(string write, int place) => string.Create(CultureInfo.InvariantCulture, $"text:{write}:{place}");

    public static string Pack(string write, int place) => string.Create(CultureInfo.InvariantCulture, $"pack:{write}:{place}");

    public static string Vector(string write, int chunk) => string.Create(CultureInfo.InvariantCulture, $"vector:{write}:{chunk}");

    public static string KindOf(string id) => id.Split(':')[0];

    public static string GroupOf(string id) => id.Split(':')[1];

    /// <summary>The number of the chunk that a vector is of.</summary>
    public static int ChunkOf(string vectorId) => int.Parse(vectorId.AsSpan(vectorId.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);

    /// <summary>The generation in the id of a head or a journal record.</summary>
    public static long GenerationOf(string id) => long.Parse(id.Split(':')[2], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The same 32 digits for the same words, each hashed behind its length so that none runs into the next.</summary>
    private static string Hash(params ReadOnlySpan<string> words)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var word in words)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, word.Length);
            hash.AppendData(length);
            hash.AppendData(MemoryMarshal.AsBytes(word.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
