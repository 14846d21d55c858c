namespace Rag.Pdf.Files;

/// <summary>A dictionary. Values come resolved: a reference is followed, and what is absent, of another type or cannot be read is <see langword="null"/>.</summary>
internal sealed class PdfDictionary(IReadOnlyDictionary<string, PdfObject?> entries, IPdfObjects objects) : PdfObject
{
    public IEnumerable<string> Keys => entries.Keys;

    public PdfObject? this[string key] => objects.Resolve(entries.GetValueOrDefault(key));

    /// <summary>The value as it is written, perhaps a <see cref="PdfReference"/>: what tells one font or form from another without reading it.</summary>
    public PdfObject? Raw(string key) => entries.GetValueOrDefault(key);

    public double? Number(string key) => this[key] is PdfNumber n ? n.Value : null;

    /// <summary>The number cut to a 32-bit integer, or <see langword="null"/> where it is none or out of range.</summary>
    public int? Integer(string key) => this[key] is PdfNumber { Value: >= int.MinValue and <= int.MaxValue } n ? (int)n.Value : null;

    public bool? Boolean(string key) => this[key] is PdfBoolean b ? b.Value : null;

    public string? Name(string key) => this[key] is PdfName n ? n.Value : null;

    public PdfString? String(string key) => this[key] as PdfString;

    public string? Text(string key) => String(key)?.ToText();

    public PdfArray? Array(string key) => this[key] as PdfArray;

    /// <summary>The dictionary at <paramref name="key"/>; of a stream, its dictionary.</summary>
    public PdfDictionary? Dictionary(string key) => this[key] switch
    {
        PdfDictionary d => d,
        PdfStream s => s.Dictionary,
        _ => null,
    };

    public PdfStream? Stream(string key) => this[key] as PdfStream;
}
