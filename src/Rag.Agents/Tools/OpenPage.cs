using Rag.Analysis;

namespace Rag.Agents.Tools;

/// <summary>The page that lies open, and how far a keyword has been looked up in it. Safe for concurrent use.</summary>
internal sealed class OpenPage
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _opened = new(StringComparer.Ordinal);
    private ScopedDocument? _page;
    private IReadOnlyList<TextSpan> _sentences = [];
    private string _keyword = "";
    private TextSpan[] _results = [];
    private int _next;

    /// <summary>Opens a page.</summary>
    /// <returns>Its first sentences on one line.</returns>
    public string Open(ScopedDocument page, int sentences, AgentContext? context)
    {
        var text = page.Document.Text;
        var all = SentenceSegmenter.Split(text, new(0, text.Length), page.Document.Language);
        lock (_gate)
        {
            _opened.Add(page.Document.Id);
            (_page, _sentences, _keyword, _results, _next) = (page, all, "", [], 0);
        }

        if (all.Count == 0)
        {
            return $"The page {Prompt.OnOneLine(page.Document.Title)} is empty.";
        }

        var shown = new TextSpan(all[0].Start, all[Math.Min(sentences, all.Count) - 1].End);
        page.Cite(context, shown);
        return Prompt.OnOneLine(shown.Of(text));
    }

    /// <summary>Whether the document has been opened before.</summary>
    public bool WasOpen(string documentId)
    {
        lock (_gate)
        {
            return _opened.Contains(documentId);
        }
    }

    /// <summary>The next sentence that holds the keyword, in any case; the same keyword goes on where it stopped.</summary>
    public string Lookup(string keyword, AgentContext? context)
    {
        lock (_gate)
        {
            if (_page is null)
            {
                return "No page is open. Use Search[entity] first, then Lookup[keyword] in the page that it opens.";
            }

            if (keyword.Length == 0)
            {
                return "Nothing to look up. Write the words to look for, as in Lookup[named after].";
            }

            var text = _page.Document.Text;
            if (_keyword != keyword)
            {
                var words = Prompt.OnOneLine(keyword);
                (_keyword, _next) = (keyword, 0);
                _results = [.. _sentences.Where(s => Prompt.OnOneLine(s.Of(text)).Contains(words, StringComparison.OrdinalIgnoreCase))];
            }

            if (_next == _results.Length)
            {
                return "No more results.";
            }

            var sentence = _results[_next++];
            _page.Cite(context, sentence);
            return $"(Result {_next} / {_results.Length}) {Prompt.OnOneLine(sentence.Of(text))}";
        }
    }
}
