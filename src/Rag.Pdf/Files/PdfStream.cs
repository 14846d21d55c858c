namespace Rag.Pdf.Files;

/// <summary>A stream: a dictionary and bytes that stay where they are in the file until they are asked for.</summary>
internal sealed class PdfStream(PdfDictionary dictionary, ReadOnlyMemory<byte> raw, StreamDecoder decoder) : PdfObject
{
    public PdfDictionary Dictionary => dictionary;

    /// <summary>The bytes in the file, before decryption and filters.</summary>
    public ReadOnlyMemory<byte> Raw => raw;

    /// <summary>The decrypted and decoded bytes in a pooled buffer, to be disposed. Damaged data gives what could be decoded and a warning.</summary>
    /// <exception cref="NotSupportedException">A filter that yields an image or is not known; the message names it.</exception>
    public DecodedBytes Decode() => decoder.Decode(this);
}
