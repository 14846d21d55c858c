using Rag.Pdf.Files;

namespace Rag.Pdf.Structure;

/// <summary>Name trees and number trees (7.9.6, 7.9.7), read whole; loops end, what is damaged is passed over.</summary>
internal static class TreeReader
{
    private const int Most = 1_000_000;
    private const int Deepest = 32;

    /// <summary>All keys and values of a name tree, values as they are written. Of equal keys the first counts.</summary>
    public static Dictionary<string, (PdfObject? Written, PdfObject? Found)> Names(PdfDictionary? root)
    {
        var entries = new Dictionary<string, (PdfObject?, PdfObject?)>(StringComparer.Ordinal);
        Walk(root, "Names", (pairs, i) =>
        {
            if (pairs[i] is PdfString key)
            {
                entries.TryAdd(Key(key), (pairs.Raw(i + 1), pairs[i + 1]));
            }
        });
        return entries;
    }

    /// <summary>A string as a key: byte by byte, whatever its encoding.</summary>
    public static string Key(PdfString key) => System.Text.Encoding.Latin1.GetString(key.Bytes);

    /// <summary>All keys and values of a number tree.</summary>
    public static SortedDictionary<int, PdfObject?> Numbers(PdfDictionary? root)
    {
        var entries = new SortedDictionary<int, PdfObject?>();
        Walk(root, "Nums", (pairs, i) =>
        {
            if (pairs[i] is PdfNumber { Value: >= 0 and <= int.MaxValue and var key })
            {
                entries.TryAdd((int)key, pairs[i + 1]);
            }
        });
        return entries;
    }

    private static void Walk(PdfDictionary? root, string leaves, Action<PdfArray, int> take)
    {
        var seen = new HashSet<PdfDictionary>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(PdfDictionary Node, int Depth)>();
        if (root is not null)
        {
            open.Push((root, 0));
        }

        for (var left = Most; open.TryPop(out var at) && left > 0; left--)
        {
            if (!seen.Add(at.Node))
            {
                continue;
            }

            var pairs = at.Node.Array(leaves);
            for (var i = 0; i + 1 < pairs?.Count && left > 0; i += 2, left--)
            {
                take(pairs, i);
            }

            var kids = at.Node.Array("Kids");
            for (var i = (kids?.Count ?? 0) - 1; i >= 0 && at.Depth < Deepest; i--)
            {
                if (kids![i] is PdfDictionary kid)
                {
                    open.Push((kid, at.Depth + 1));
                }
            }
        }
    }
}
