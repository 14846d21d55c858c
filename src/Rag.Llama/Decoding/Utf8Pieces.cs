using System.Text;

namespace Rag.Llama.Decoding;

/// <summary>Turns the bytes of tokens into text as they come, whole characters only: the bytes of an unfinished one wait for the next piece. Holds the state of one text; not safe for concurrent use.</summary>
/// <remarks>All that is given out, put together, is what <see cref="Encoding.UTF8"/> makes of all the bytes at once: bytes that are not UTF-8 become U+FFFD.</remarks>
public sealed class Utf8Pieces
{
    private readonly System.Text.Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Takes the next bytes and gives the characters they complete, which may be none.</summary>
    public string Push(ReadOnlySpan<byte> bytes) => Decode(bytes, flush: false);

    /// <summary>U+FFFD if bytes of an unfinished character are left, otherwise nothing; then starts anew.</summary>
    public string Flush() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        var count = _decoder.GetCharCount(bytes, flush);
        Span<char> characters = count <= 256 ? stackalloc char[256] : new char[count];
        return new string(characters[.._decoder.GetChars(bytes, characters, flush)]);
    }
}
