using System.IO.Compression;
using System.Text;

namespace Rag.Pdf.Fonts;

/// <summary>Reads the tables that are embedded in the assembly, Brotli-compressed. <c>bench/FontTables.cs</c> makes them and names their sources.</summary>
internal static class FontResource
{
    public static byte[] Bytes(string name)
    {
        using var packed = typeof(FontResource).Assembly.GetManifestResourceStream(name + ".br") ?? throw new InvalidOperationException($"The assembly has no resource {name}.br.");
        using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        brotli.CopyTo(bytes);
        return bytes.ToArray();
    }

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));
}
