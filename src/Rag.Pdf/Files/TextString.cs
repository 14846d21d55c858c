namespace Rag.Pdf.Files;

/// <summary>Text strings (7.9.2.2) and PDFDocEncoding (annex D.3).</summary>
internal static class TextString
{
    public static string Decode(ReadOnlySpan<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes);
}
