using Rag.Pdf.Files.Filters;
using Rag.Pdf.Files.Security;

namespace Rag.Pdf.Files;

/// <summary>Undoes encryption and filters (7.4, 7.6). Safe for concurrent use.</summary>
/// <param name="maxBytes">The most bytes that one filter may yield.</param>
/// <param name="warnings">Takes what was damaged or cut off.</param>
/// <param name="cipher">Decrypts the stream; <see langword="null"/> where it is not encrypted.</param>
internal sealed class StreamDecoder(int maxBytes, PdfWarnings warnings, ObjectCipher? cipher = null)
{
    /// <summary>Filters in one chain; two or three are usual, and each may swell its input a thousandfold.</summary>
    private const int MaxFilters = 8;

    /// <summary>See <see cref="PdfStream.Decode"/>.</summary>
    public DecodedBytes Decode(PdfStream stream)
    {
        var filters = FilterChain.Of(stream.Dictionary);
        if (filters.Count > MaxFilters)
        {
            throw new NotSupportedException($"A stream has {filters.Count} filters, more than {MaxFilters}.");
        }

        var bytes = Decrypt(stream, filters);
        foreach (var (name, parameters) in filters)
        {
            using var input = bytes;
            bytes = Apply(name, parameters, input);
        }

        return bytes;
    }

    private DecodedBytes Decrypt(PdfStream stream, List<FilterStep> filters)
    {
        string? named = null;
        if (filters is [{ Name: "Crypt" } crypt, ..])
        {
            filters.RemoveAt(0);
            named = crypt.Parameters?.Name("Name") ?? "Identity"; // 7.4.10
        }

        return cipher is null ? new(stream.Raw, null) : cipher.DecryptStream(stream, named);
    }

    private DecodedBytes Apply(string name, PdfDictionary? parameters, DecodedBytes input)
    {
        switch (name)
        {
            case "FlateDecode" or "Fl":
                return Predicted(Flate.Decode(input.Memory, Output(input, 4)), parameters);
            case "LZWDecode" or "LZW":
                return Predicted(Lzw.Decode(input.Span, parameters?.Integer("EarlyChange") != 0, Output(input, 4)), parameters);
            case "ASCII85Decode" or "A85":
                return Ascii85.Decode(input.Span, Output(input, 1)).ToDecoded();
            case "ASCIIHexDecode" or "AHx":
                return AsciiHex.Decode(input.Span, Output(input, 1)).ToDecoded();
            case "RunLengthDecode" or "RL":
                return RunLength.Decode(input.Span, Output(input, 2)).ToDecoded();
            default:
                throw new NotSupportedException(FilterChain.IsImage(name)
                    ? $"The filter {name} yields an image, not bytes."
                    : $"The filter {name} is not known.");
        }
    }

    private PooledBytes Output(DecodedBytes input, int factor) => new((long)input.Span.Length * factor, maxBytes, warnings);

    private static DecodedBytes Predicted(PooledBytes output, PdfDictionary? parameters)
    {
        if (parameters?.Integer("Predictor") is > 1 and var predictor)
        {
            output.Cut(Predictor.Undo(output.Written, predictor, parameters));
        }

        return output.ToDecoded();
    }
}
