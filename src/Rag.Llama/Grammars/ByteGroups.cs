namespace Rag.Llama.Grammars;

/// <summary>Puts bytes into at most 64 groups, so that one word holds a set of them: punctuation by itself, letters whatever their case, digits together, control characters, and all bytes of longer characters.</summary>
internal static class ByteGroups
{
    private static readonly byte[] Groups = Assign();

    public static ulong Bit(byte value) => 1UL << Groups[value];

    private static byte[] Assign()
    {
        var groups = new byte[256];
        byte next = 29;
        for (var value = 0; value < 256; value++)
        {
            groups[value] = (char)value switch
            {
                < ' ' => 0,
                > '\x7F' => 1,
                >= '0' and <= '9' => 2,
                var letter when char.IsAsciiLetter(letter) => (byte)(3 + char.ToLowerInvariant(letter) - 'a'),
                _ => next++,
            };
        }

        return groups;
    }
}
