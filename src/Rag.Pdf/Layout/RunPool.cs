namespace Rag.Pdf.Layout;

/// <summary>Runs that are used again from page to page: most of what layout would otherwise allocate. For one page at a time.</summary>
internal sealed class RunPool
{
    private const int Most = 150_000;
    private readonly List<Run> _runs = [];
    private int _taken;

    /// <summary>Whether so many were taken that the page is no text.</summary>
    public bool IsExhausted => _taken >= Most;

    /// <summary>An empty run, good until <see cref="Reset"/>.</summary>
    public Run Take()
    {
        if (_taken == _runs.Count)
        {
            _runs.Add(new());
        }

        var run = _runs[_taken++];
        run.Clear();
        return run;
    }

    /// <summary>Takes all runs back.</summary>
    public void Reset() => _taken = 0;
}
