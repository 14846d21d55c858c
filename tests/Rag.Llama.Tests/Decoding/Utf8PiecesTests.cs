using System.Text;
using Rag.Llama.Decoding;

namespace Rag.Llama.Tests.Decoding;

public sealed class Utf8PiecesTests
{
    [Fact]
    public void Push_waits_for_the_whole_character()
    {
        var pieces = new Utf8Pieces();

        Assert.Equal(["a", "", "", "\U0001F600"], [pieces.Push([0x61, 0xF0]), pieces.Push([0x9F]), pieces.Push([0x98]), pieces.Push([0x80])]);
        Assert.Equal("", pieces.Flush());
    }

    [Fact]
    public void Flush_replaces_an_unfinished_character_and_starts_anew()
    {
        var pieces = new Utf8Pieces();

        Assert.Equal(["", "\uFFFD", "\u00E9"], [pieces.Push([0xE2, 0x82]), pieces.Flush(), pieces.Push([0xC3, 0xA9])]);
    }

    [Fact]
    public void Push_gives_what_the_encoding_gives_for_all_bytes_at_once()
    {
        var random = new Random(31);
        byte[] alphabet = [0x41, 0x80, 0xBF, 0xC0, 0xC3, 0xE0, 0xE2, 0x82, 0xAC, 0xED, 0xA0, 0xEF, 0xBB, 0xF0, 0x9F, 0x98, 0xF4, 0x90, 0xF8, 0xFF];
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = random.GetItems(alphabet, random.Next(24));
            var (pieces, text) = (new Utf8Pieces(), new StringBuilder());
            for (var at = 0; at < bytes.Length;)
            {
                var length = random.Next(Math.Min(4, bytes.Length - at) + 1);
                var piece = pieces.Push(bytes.AsSpan(at, length));
                Assert.False(piece.Length > 0 && (char.IsHighSurrogate(piece[^1]) || char.IsLowSurrogate(piece[0])));
                text.Append(piece);
                at += length;
            }

            Assert.Equal(Encoding.UTF8.GetString(bytes), text.Append(pieces.Flush()).ToString());
        }
    }

    [Fact]
    public void Push_takes_pieces_of_any_length()
    {
        var text = string.Concat(Enumerable.Repeat("Gr\u00FC\u00DFe, \u4E16\u754C \U0001F30D ", 500));

        Assert.Equal(text, new Utf8Pieces().Push(Encoding.UTF8.GetBytes(text)));
    }
}
