using System.Text;

namespace Rag.Pdf.Fonts.CMaps;

/// <summary>The published character set whose codes a predefined CMap takes.</summary>
/// <param name="encoding">Decodes a code; what it cannot decode gives nothing.</param>
/// <param name="collection">Name of the character collection whose CIDs the CMap gives.</param>
/// <param name="firstLatinCid">The CID of the blank; those of the other ASCII characters follow, half-width in some CMaps, proportional in others.</param>
/// <param name="isSevenBit">Whether codes are those of the encoding without their high bits, as in JIS.</param>
internal sealed class CharacterSet(Encoding encoding, string collection, int firstLatinCid, bool isSevenBit)
{
    // In Adobe-GB1 the half-width blank does not stand before the other half-width characters.
    private const int HalfWidthGb = 813, HalfWidthGbBlank = 7716;

    /// <summary>The text of a code, not yet cleaned, or <see langword="null"/>.</summary>
    public string? TextOf(uint code, int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        Span<char> chars = stackalloc char[8];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(code >> 8 * (length - 1 - i) | (isSevenBit ? 0x80u : 0));
        }

        return encoding.TryGetChars(bytes[..length], chars, out var count) && count > 0 ? new(chars[..count]) : null;
    }

    /// <summary>The CID of a code, or <see langword="null"/>.</summary>
    public int? CidOf(uint code, int length) => TextOf(code, length) switch
    {
        null => null,
        " " when firstLatinCid == HalfWidthGb => HalfWidthGbBlank,
        [>= ' ' and <= '~' and var c] => firstLatinCid + c - ' ',
        var text => CharacterCollection.Find(collection)?.CidOf(text),
    };
}
