namespace Rag.Pdf.Files;

/// <summary>Undoes encryption and filters (7.4, 7.6).</summary>
#pragma warning disable CA1822 // not written yet
internal sealed class StreamDecoder
{
    public DecodedBytes Decode(PdfStream stream) => throw new NotSupportedException($"Streams of {stream.Raw.Length} bytes are not decoded yet.");
}
