using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Rag.Testing;

/// <summary>Writes out the deflated streams of a PDF, so that damage reaches what is in them. The cross-reference table no longer fits: readers have to repair it.</summary>
public static partial class PdfUnpacking
{
    private const int Most = 1 << 20; // bytes of one stream

    public static byte[] Of(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        var unpacked = new StringBuilder(text.Length * 2);
        var from = 0;
        foreach (Match match in Streams().Matches(text))
        {
            var dictionary = match.Groups["entries"].Value;
            if (match.Index < from || dictionary.Contains("/Predictor", StringComparison.Ordinal) || Inflate(file.AsMemory(match.Index + match.Length)) is not { } bytes)
            {
                continue;
            }

            var end = text.IndexOf("endstream", match.Index + match.Length, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            var entries = Length().Replace(Filter().Replace(dictionary, ""), string.Create(CultureInfo.InvariantCulture, $"/Length {bytes.Length}"));
            unpacked.Append(text, from, match.Index - from).Append(entries).Append("\nstream\n").Append(Encoding.Latin1.GetString(bytes)).Append('\n');
            from = end;
        }

        return Encoding.Latin1.GetBytes(unpacked.Append(text, from, text.Length - from).ToString());
    }

    private static byte[]? Inflate(ReadOnlyMemory<byte> rest)
    {
        try
        {
            using var packed = new MemoryStream(rest.ToArray());
            using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
            var bytes = new byte[Most];
            var length = zlib.ReadAtLeast(bytes, Most, throwOnEndOfStream: false);
            return length < Most ? bytes[..length] : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"(?<entries><<(?:(?!endobj|stream)[^\0]){0,1000}?/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])(?:(?!endobj|stream)[^\0]){0,1000}?>>)\s*stream\r?\n")]
    private static partial Regex Streams();

    [GeneratedRegex(@"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])")]
    private static partial Regex Filter();

    [GeneratedRegex(@"/Length\s+\d+(\s+\d+\s+R)?")]
    private static partial Regex Length();
}
