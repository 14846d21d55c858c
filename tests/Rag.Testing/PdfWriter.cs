using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Rag.Testing;

/// <summary>Writes small PDFs for tests: bodies of objects as text, numbered as they are added. Object 1 is the catalogue, object 2 the root of the page tree.</summary>
/// <example><code>
/// var pdf = new PdfWriter();
/// var font = pdf.AddFont("Times-Roman");
/// pdf.AddPage("BT /F1 12 Tf 72 720 Td (Hello) Tj ET", $"/Font &lt;&lt; /F1 {font} 0 R &gt;&gt;");
/// var bytes = pdf.ToBytes();
/// </code></example>
public sealed class PdfWriter
{
    public const int CatalogNumber = 1;
    public const int PagesNumber = 2;

    private readonly List<byte[]?> _bodies = [];
    private readonly HashSet<int> _streams = [];
    private readonly List<int> _pages = [];

    public PdfWriter()
    {
        Reserve();
        Reserve();
    }

    /// <summary>More entries of the catalogue, such as <c>/Lang (en)</c>.</summary>
    public string CatalogEntries { get; set; } = "";

    /// <summary>More entries of the root of the page tree, such as an inherited <c>/MediaBox</c>.</summary>
    public string PagesEntries { get; set; } = "";

    /// <summary>More entries of the trailer, such as <c>/Info 5 0 R</c>.</summary>
    public string TrailerEntries { get; set; } = "";

    public string Header { get; set; } = "%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n";

    /// <summary>A page with this text at the top left, in Helvetica.</summary>
    public static PdfWriter WithText(string text)
    {
        var pdf = new PdfWriter();
        pdf.AddPage($"BT /F1 12 Tf 72 720 Td ({text}) Tj ET", $"/Font << /F1 {pdf.AddFont()} 0 R >>");
        return pdf;
    }

    /// <summary>A number for an object that <see cref="Set"/> gives later.</summary>
    public int Reserve()
    {
        _bodies.Add(null);
        return _bodies.Count;
    }

    /// <summary>An object, as it stands between <c>obj</c> and <c>endobj</c>; characters are bytes.</summary>
    public int Add(string body)
    {
        _bodies.Add(Encoding.Latin1.GetBytes(body));
        return _bodies.Count;
    }

    public void Set(int number, string body)
    {
        _bodies[number - 1] = Encoding.Latin1.GetBytes(body);
        _streams.Remove(number);
    }

    /// <summary>A stream; <paramref name="entries"/> are those of its dictionary besides the length and filter.</summary>
    public int AddStream(byte[] data, string entries = "", bool deflate = false)
    {
        var number = Reserve();
        SetStream(number, data, entries, deflate);
        return number;
    }

    public int AddStream(string data, string entries = "", bool deflate = false) => AddStream(Encoding.Latin1.GetBytes(data), entries, deflate);

    public void SetStream(int number, byte[] data, string entries = "", bool deflate = false)
    {
        _bodies[number - 1] = StreamBody(data, entries, deflate);
        _streams.Add(number);
    }

    /// <summary>A standard or other simple font without a file.</summary>
    public int AddFont(string baseFont = "Helvetica", string entries = "/Subtype /Type1 /Encoding /WinAnsiEncoding") => Add($"<< /Type /Font /BaseFont /{baseFont} {entries} >>");

    /// <summary>A page of the tree.</summary>
    /// <param name="content">Its content stream.</param>
    /// <param name="resources">Entries of its resources.</param>
    /// <param name="entries">Its other entries.</param>
    /// <param name="deflate">Whether the content is compressed.</param>
    public int AddPage(string content, string resources = "", string entries = "/MediaBox [0 0 612 792]", bool deflate = false)
    {
        var stream = AddStream(content, "", deflate);
        _pages.Add(Add($"<< /Type /Page /Parent {PagesNumber} 0 R /Contents {stream} 0 R /Resources << {resources} >> {entries} >>"));
        return _pages[^1];
    }

    /// <summary>The file with a cross-reference table.</summary>
    public byte[] ToBytes()
    {
        var bodies = Bodies();
        using var file = new MemoryStream();
        Write(file, Header);
        var offsets = new long[bodies.Count];
        for (var i = 0; i < bodies.Count; i++)
        {
            offsets[i] = WriteObject(file, i + 1, bodies[i]);
        }

        var start = file.Position;
        Write(file, $"xref\n0 {bodies.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
        {
            Write(file, string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        }

        Write(file, $"trailer\n<< /Size {bodies.Count + 1} /Root {CatalogNumber} 0 R {TrailerEntries} >>\nstartxref\n{start}\n%%EOF\n");
        return file.ToArray();
    }

    /// <summary>The file with a cross-reference stream, and with everything that is no stream in an object stream.</summary>
    /// <param name="objectStreams">Whether there is an object stream.</param>
    public byte[] ToCompressedBytes(bool objectStreams = true)
    {
        var bodies = Bodies();
        var container = bodies.Count + 1;
        var self = container + 1;
        var rows = new (int Type, long Second, int Third)[self + 1];
        using var file = new MemoryStream();
        Write(file, Header);
        var packed = new List<int>();
        for (var i = 0; i < bodies.Count; i++)
        {
            if (objectStreams && !_streams.Contains(i + 1))
            {
                rows[i + 1] = (2, container, packed.Count);
                packed.Add(i + 1);
            }
            else
            {
                rows[i + 1] = (1, WriteObject(file, i + 1, bodies[i]), 0);
            }
        }

        if (packed.Count > 0)
        {
            rows[container] = (1, WriteObject(file, container, Pack(packed, bodies)), 0);
        }

        rows[self] = (1, file.Position, 0);
        byte[] table = [.. rows.SelectMany(r => new[] { (byte)r.Type, (byte)(r.Second >> 24), (byte)(r.Second >> 16), (byte)(r.Second >> 8), (byte)r.Second, (byte)(r.Third >> 8), (byte)r.Third })];
        var start = WriteObject(file, self, StreamBody(table, $"/Type /XRef /W [1 4 2] /Size {self + 1} /Root {CatalogNumber} 0 R {TrailerEntries}", deflate: true));
        Write(file, $"startxref\n{start}\n%%EOF\n");
        return file.ToArray();
    }

    /// <summary>Deflates with a zlib header.</summary>
    public static byte[] Deflate(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            zlib.Write(data);
        }

        return packed.ToArray();
    }

    private static byte[] Pack(List<int> numbers, List<byte[]> bodies)
    {
        var head = new StringBuilder();
        using var content = new MemoryStream();
        foreach (var number in numbers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{number} {content.Position} ");
            content.Write(bodies[number - 1]);
            content.WriteByte((byte)'\n');
        }

        return StreamBody([.. Encoding.Latin1.GetBytes(head.ToString()), .. content.ToArray()], $"/Type /ObjStm /N {numbers.Count} /First {head.Length}", deflate: true);
    }

    private static byte[] StreamBody(byte[] data, string entries, bool deflate)
    {
        data = deflate ? Deflate(data) : data;
        var dictionary = $"<< /Length {data.Length} {(deflate ? "/Filter /FlateDecode " : "")}{entries} >>\nstream\n";
        return [.. Encoding.Latin1.GetBytes(dictionary), .. data, .. "\nendstream"u8];
    }

    private static long WriteObject(MemoryStream file, int number, byte[] body)
    {
        var offset = file.Position;
        Write(file, $"{number} 0 obj\n");
        file.Write(body);
        Write(file, "\nendobj\n");
        return offset;
    }

    private static void Write(MemoryStream file, string text) => file.Write(Encoding.Latin1.GetBytes(text));

    /// <summary>All bodies, with the catalogue and the page tree where they were not set.</summary>
    private List<byte[]> Bodies()
    {
        var bodies = _bodies.Select(b => b ?? "null"u8.ToArray()).ToList();
        if (_bodies[CatalogNumber - 1] is null)
        {
            bodies[CatalogNumber - 1] = Encoding.Latin1.GetBytes($"<< /Type /Catalog /Pages {PagesNumber} 0 R {CatalogEntries} >>");
        }

        if (_bodies[PagesNumber - 1] is null)
        {
            bodies[PagesNumber - 1] = Encoding.Latin1.GetBytes($"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select(p => $"{p} 0 R"))}] {PagesEntries} >>");
        }

        return bodies;
    }
}
