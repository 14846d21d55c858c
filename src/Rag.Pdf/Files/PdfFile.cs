using Rag.Pdf.Files.Security;

namespace Rag.Pdf.Files;

/// <summary>The file layer: from bytes to objects (7.5). Safe for concurrent use.</summary>
internal sealed class PdfFile : IPdfObjects
{
    private readonly ObjectStore _store;
    private readonly List<PdfDictionary> _trailers;

    private PdfFile(ObjectStore store, List<PdfDictionary> trailers, PdfDictionary catalog)
    {
        _store = store;
        _trailers = trailers;
        Catalog = catalog;
    }

    /// <summary>The document catalogue (7.7.2), with a <c>Pages</c> entry that is a dictionary.</summary>
    public PdfDictionary Catalog { get; }

    /// <summary>The document information dictionary (14.3.3).</summary>
    public PdfDictionary? Information => _trailers.Select(t => t.Dictionary("Info")).FirstOrDefault(d => d is not null);

    /// <summary>Numbers of all objects, in no order: what a test or a tool walks through.</summary>
    public IReadOnlyCollection<int> Numbers => _store.Table.Numbers;

    /// <summary>Opens a file.</summary>
    /// <param name="bytes">The whole file; kept, not copied.</param>
    /// <param name="options">Password and limits.</param>
    /// <param name="warnings">Takes what was repaired.</param>
    /// <exception cref="PdfException">Not a PDF, no pages to be found even by scanning, or a password is needed.</exception>
    public static PdfFile Open(ReadOnlyMemory<byte> bytes, PdfOptions options, PdfWarnings warnings)
    {
        if (bytes.IsEmpty)
        {
            throw new PdfException("The file is empty: 0 bytes. Fetch it again.");
        }

        // offsets count from the header, but also from the start of the file where junk precedes it (annex I)
        var header = bytes.Span.IndexOf("%PDF-"u8);
        if (header > 0 && TryOpen(bytes[header..], options, warnings, repair: false) is { } shifted)
        {
            return shifted;
        }

        return TryOpen(bytes, options, warnings, repair: false)
            ?? TryOpen(bytes, options, warnings, repair: true)
            ?? throw Unreadable(bytes.Length, header >= 0);
    }

    public PdfObject? Resolve(PdfObject? value) => _store.Resolve(value);

    private static PdfFile? TryOpen(ReadOnlyMemory<byte> bytes, PdfOptions options, PdfWarnings warnings, bool repair)
    {
        var reader = new ObjectReader(bytes, options, warnings);
        var store = new ObjectStore(reader, new(bytes.Length));
        var references = CrossReferenceReader.Read(reader, store, store.Table);
        store.Forget();
        var trailers = references.Trailers.ToList();
        FileRepair? fixes = null;
        if (repair)
        {
            fixes = new(reader, store);
            trailers.AddRange(fixes.Trailers());
        }
        else if (!references.IsSound)
        {
            return null;
        }

        reader.Decryption = Decryption.Of(trailers, options.Password);
        store.Forget();
        fixes?.AddCompressed();
        var catalog = trailers.Select(t => t.Dictionary("Root")).FirstOrDefault(c => c?.Dictionary("Pages") is not null);
        if (repair)
        {
            catalog ??= CatalogSearch.Find(store);
            warnings.Add("The cross-reference table is damaged; the objects were found by scanning the file.");
        }

        return catalog is null ? null : new(store, trailers, catalog);
    }

    private static PdfException Unreadable(int length, bool hasHeader) => new(hasHeader
        ? $"The file has a PDF header but no pages can be found in its {length} bytes: it is cut off or damaged beyond repair. Fetch it again."
        : $"The file is not a PDF: there is no %PDF- header in its {length} bytes and nothing that looks like pages. Check its format.");
}
