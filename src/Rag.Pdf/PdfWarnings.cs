using System.Collections.Concurrent;

namespace Rag.Pdf;

/// <summary>Collects warnings: each once, the first hundred. Safe for concurrent use.</summary>
internal sealed class PdfWarnings
{
    private const int Most = 100;
    private readonly ConcurrentDictionary<PdfWarning, int> _found = new();

    public void Add(string message, int? page = null)
    {
        if (_found.Count < Most)
        {
            _found.TryAdd(new(message, page), _found.Count);
        }
    }

    /// <summary>Those of the file first, then page by page, in order of the message.</summary>
    public IReadOnlyList<PdfWarning> ToList() => [.. _found.Keys.OrderBy(w => w.Page ?? 0).ThenBy(w => w.Message, StringComparer.Ordinal)];
}
