namespace Rag.Pdf.Files.Security;

/// <summary>How an opened file is encrypted, and its key (7.6). Immutable, safe for concurrent use.</summary>
internal sealed class Decryption
{
    private readonly Dictionary<string, CipherMethod> _named;

    private Decryption(byte[] key, PdfDictionary encrypt)
    {
        Key = key;
        _named = Filters(encrypt, key.Length);
        var filtered = encrypt.Integer("V") >= 4;
        Strings = filtered ? Named(encrypt.Name("StrF")) : CipherMethod.Rc4;
        Streams = filtered ? Named(encrypt.Name("StmF")) : CipherMethod.Rc4;
        EmbeddedFiles = filtered && encrypt.Name("EFF") is { } name ? Named(name) : Streams;
        EncryptsMetadata = encrypt.Boolean("EncryptMetadata") ?? true;
    }

    /// <summary>The file's key, of which those of objects are made.</summary>
    public byte[] Key { get; }

    public CipherMethod Strings { get; }

    public CipherMethod Streams { get; }

    public CipherMethod EmbeddedFiles { get; }

    public bool EncryptsMetadata { get; }

    /// <summary>Opens the encryption that the trailers name; <see langword="null"/> where there is none.</summary>
    /// <exception cref="PdfException">The password is wrong or missing, or the encryption is damaged or not a known one.</exception>
    public static Decryption? Of(IReadOnlyList<PdfDictionary> trailers, string? password)
    {
        if (!trailers.Any(t => t.Raw("Encrypt") is not null))
        {
            return null;
        }

        var encrypt = trailers.Select(t => t.Dictionary("Encrypt")).FirstOrDefault(d => d is not null)
            ?? throw new PdfException("The file is encrypted, but its encryption dictionary is missing or damaged. Fetch the file again.");
        if (encrypt.Name("Filter") is not "Standard" and var filter)
        {
            throw new PdfException($"The file is encrypted by '{filter}', for which a certificate or a program of its own is needed; only passwords are supported. Save it without encryption.");
        }

        var version = encrypt.Integer("V") ?? 0;
        if (version is not (1 or 2 or 4 or 5))
        {
            throw new PdfException($"The file is encrypted by version {version} of the standard method; only 1, 2, 4 and 5 are supported. Save it without encryption.");
        }

        var id = trailers.Select(t => t.Array("ID")).FirstOrDefault(a => a is not null)?[0] as PdfString;
        var security = new StandardSecurity(encrypt, id is null ? [] : id.Bytes.ToArray(), KeyLength(encrypt, version));
        var key = security.KeyFor("") ?? (string.IsNullOrEmpty(password) ? null : security.KeyFor(password)) ?? throw Locked(password);
        return new(key, encrypt);
    }

    /// <summary>What the crypt filter of that name does.</summary>
    public CipherMethod Named(string? name) => name is null ? CipherMethod.Identity : _named.GetValueOrDefault(name);

    private static PdfException Locked(string? password) => new(
        string.IsNullOrEmpty(password)
            ? "The file is encrypted and the empty password does not open it. Give its password (--password P, or PdfOptions.Password)."
            : "The file is encrypted and the given password does not open it. Give its user or owner password (--password P, or PdfOptions.Password).",
        needsPassword: true);

    /// <summary>Bytes of the key: 5 to 16, or 32 for AES-256.</summary>
    private static int KeyLength(PdfDictionary encrypt, int version)
    {
        if (version == 5)
        {
            return 32;
        }

        var bits = encrypt.Integer("Length");
        if (version == 4)
        {
            bits ??= encrypt.Dictionary("CF")?.Dictionary(encrypt.Name("StmF") ?? "")?.Integer("Length") ?? 128;
            bits = bits < 40 ? bits * 8 : bits; // some writers give bytes
        }

        return version == 1 || encrypt.Integer("R") == 2 ? 5 : Math.Clamp((bits ?? 40) / 8, 5, 16);
    }

    private static Dictionary<string, CipherMethod> Filters(PdfDictionary encrypt, int keyLength)
    {
        var filters = new Dictionary<string, CipherMethod>();
        if (encrypt.Dictionary("CF") is { } all)
        {
            foreach (var name in all.Keys)
            {
                filters[name] = all.Dictionary(name)?.Name("CFM") switch
                {
                    "V2" => CipherMethod.Rc4,
                    "AESV2" => CipherMethod.Aes128,
                    "AESV3" when keyLength == 32 => CipherMethod.Aes256,
                    _ => CipherMethod.Identity,
                };
            }
        }

        filters["Identity"] = CipherMethod.Identity;
        return filters;
    }
}
