using System.Text;

namespace Rag.Ingest.Reading.Rtf;

/// <summary>Which code page the bytes of a font are in.</summary>
internal sealed class RtfFonts
{
    private readonly Dictionary<int, Encoding> _encodings = [];

    /// <summary>That of the document, for fonts that do not say.</summary>
    public Encoding Default { get; private set; } = Page(1252);

    public void SetDefault(int codePage) => Default = Page(codePage);

    /// <summary>A font of the table, and the character set that it says.</summary>
    public void Add(int font, int charset)
    {
        var page = charset switch
        {
            77 => 10000,
            128 => 932,
            129 => 949,
            130 => 1361,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            163 => 1258,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            254 => 437,
            0 or 2 => 1252,
            _ => 0, // as the document
        };
        if (page > 0 && _encodings.Count < 10_000)
        {
            _encodings[font] = Page(page);
        }
    }

    public Encoding Of(int font) => _encodings.GetValueOrDefault(font, Default);

    private static Encoding Page(int codePage)
    {
        try
        {
            return codePage == 65001 ? Encoding.UTF8 : (CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? CodePagesEncodingProvider.Instance.GetEncoding(1252)!);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!; // no such number
        }
    }
}
