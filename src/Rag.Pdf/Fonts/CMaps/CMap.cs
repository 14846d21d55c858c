namespace Rag.Pdf.Fonts.CMaps;

/// <summary>A CMap (9.7.5, 9.10.3): from codes to CIDs, or to text, or to both. Immutable.</summary>
internal sealed class CMap
{
    /// <summary>How far one CMap may build on another.</summary>
    public const int MaxDepth = 8;

    public required CodeSpace Space { get; init; }

    /// <summary>Bytes that were read to make it, what it builds on aside.</summary>
    public int Bytes { get; init; }

    public bool IsVertical { get; init; }

    /// <summary>The first CID of each range of codes, keyed by <see cref="Key"/>.</summary>
    public CodeRanges<int>? Cids { get; init; }

    /// <summary>The text of the first code of each range, keyed by the code alone: programs get its length wrong.</summary>
    public CodeRanges<string>? Texts { get; init; }

    /// <summary>What the codes are in a published character set, where the CMap is a predefined one.</summary>
    public CharacterSet? Set { get; init; }

    /// <summary>Name of the character collection of its CIDs, where the CMap is a predefined one.</summary>
    public string? CollectionName { get; init; }

    /// <summary>Answers where this CMap has nothing.</summary>
    public CMap? Parent { get; init; }

    /// <summary>Whether a code of which nothing is said is its own CID.</summary>
    public bool IsIdentity { get; init; }

    public static CMap IdentityH { get; } = new() { Space = CodeSpace.TwoBytes, IsIdentity = true };

    public static CMap IdentityV { get; } = new() { Space = CodeSpace.TwoBytes, IsIdentity = true, IsVertical = true };

    /// <summary>The published character set, this CMap's or that of the one it builds on.</summary>
    public CharacterSet? PublishedSet => Set ?? Parent?.PublishedSet;

    /// <summary>The collection of its CIDs, this CMap's or that of the one it builds on; <see langword="null"/> where that is not said.</summary>
    public CharacterCollection? PublishedCollection => CollectionName is { } name ? CharacterCollection.Find(name) : Parent?.PublishedCollection;

    /// <summary>This CMap, written in the mode given.</summary>
    public CMap InMode(bool isVertical) => isVertical == IsVertical ? this
        : new() { Space = Space, Bytes = Bytes, IsVertical = isVertical, Cids = Cids, Texts = Texts, Set = Set, CollectionName = CollectionName, Parent = Parent, IsIdentity = IsIdentity };

    /// <summary>A code together with its length in bytes: <c>20</c> and <c>0020</c> are two codes.</summary>
    public static ulong Key(uint code, int length) => (ulong)length << 32 | code;

    /// <summary>The CID of a code; 0, the missing glyph, where it has none.</summary>
    public int CidOf(uint code, int length)
    {
        if (Cids is not null && Cids.TryFind(Key(code, length), out var first, out var offset))
        {
            return (int)Math.Min(first + (long)offset, 65535);
        }

        return Set?.CidOf(code, length) ?? Parent?.CidOf(code, length) ?? (IsIdentity ? (int)Math.Min(code, 65535) : 0);
    }

    /// <summary>The text of a code, not yet cleaned, or <see langword="null"/>.</summary>
    public string? TextOf(uint code)
    {
        if (Texts is null || !Texts.TryFind(code, out var text, out var offset))
        {
            return Parent?.TextOf(code);
        }

        return offset == 0 ? text : Step(text, offset);
    }

    // Within a range the last character counts up.
    private static string? Step(string text, uint offset)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var last = text.Length > 1 && char.IsSurrogatePair(text[^2], text[^1]) ? 2 : 1;
        var value = (last == 2 ? char.ConvertToUtf32(text[^2], text[^1]) : text[^1]) + (long)offset;
        return value is > 0x10FFFF or (>= 0xD800 and < 0xE000) ? null : text[..^last] + char.ConvertFromUtf32((int)value);
    }
}
