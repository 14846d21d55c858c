namespace Rag.Ingest.Sources.Web;

/// <summary>A page to ask for.</summary>
/// <param name="Address">Where it lies.</param>
/// <param name="Depth">Links between it and the first page.</param>
/// <param name="IsCanonical">Whether another page named it as its proper address: then it is taken as it is.</param>
/// <param name="IsConditional">Whether it need not be sent again where it is the same.</param>
internal sealed record Visit(Uri Address, int Depth, bool IsCanonical = false, bool IsConditional = true);

/// <summary>The pages that a crawl still has to ask for, each once, those with the fewest links between them and the first page first. Not safe for concurrent use.</summary>
/// <param name="limits">How many and how deep.</param>
internal sealed class CrawlFrontier(WebLimits limits)
{
    private readonly Queue<Visit> _queue = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>How many are left.</summary>
    public int Count => _queue.Count;

    /// <summary>Whether a page was left out because there were as many as are allowed.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Adds a page, unless it was added before or lies too deep.</summary>
    /// <returns>Whether it was not known.</returns>
    public bool Add(Visit visit)
    {
        if (_seen.Contains(visit.Address.AbsoluteUri) || visit.Depth > limits.MaxDepth)
        {
            return false;
        }

        if (_seen.Count >= limits.MaxPages)
        {
            IsFull = true;
            return false;
        }

        _seen.Add(visit.Address.AbsoluteUri);
        _queue.Enqueue(visit);
        return true;
    }

    /// <summary>Adds a page that was asked for already.</summary>
    public void Again(Visit visit) => _queue.Enqueue(visit with { IsConditional = false });

    /// <summary>The next page; <see langword="null"/> where none is left.</summary>
    public Visit? Next() => _queue.TryDequeue(out var visit) ? visit : null;
}
