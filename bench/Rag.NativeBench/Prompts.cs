namespace Rag.NativeBench;

/// <summary>Prompts as token ids, the same here and in compare.mjs. Which tokens they are makes no difference to speed.</summary>
internal static class Prompts
{
    // behind the special and byte tokens of a SentencePiece vocabulary
    private const int First = 259;
    private const int Most = 4_000;

    public static int[] Of(int vocabulary, int length, int seed) =>
        [.. Enumerable.Range(0, length).Select(i => First + (int)((((long)i * 7919) + ((long)seed * 104_729) + ((long)i * i % 31)) % Math.Min(Most, vocabulary - First)))];
}
