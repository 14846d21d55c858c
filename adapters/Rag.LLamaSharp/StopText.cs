namespace Rag.LLamaSharp;

/// <summary>Holds back what may belong to a stop sequence while a text arrives in pieces. The stop that ends first wins, the longest of those that end there; how the text is split changes nothing.</summary>
internal sealed class StopText(IReadOnlyList<string> stops)
{
    private string _held = "";

    /// <summary>Whether a stop has come; nothing from its start on is given out.</summary>
    public bool Found { get; private set; }

    /// <summary>Takes the next piece and gives the text that can go out.</summary>
    public string Push(string piece)
    {
        var text = _held + piece;
        var first = stops
            .Select(s => (Start: text.IndexOf(s, StringComparison.Ordinal), s.Length))
            .Where(s => s.Start >= 0)
            .OrderBy(s => s.Start + s.Length)
            .ThenBy(s => s.Start)
            .FirstOrDefault((Start: -1, Length: 0));
        Found = first.Start >= 0;
        var end = Found ? first.Start : text.Length - stops.Select(s => Begun(text, s)).DefaultIfEmpty().Max();
        _held = Found ? "" : text[end..];
        return text[..end];
    }

    /// <summary>What is held back, once no more comes.</summary>
    public string Flush() => _held;

    // Length of the longest end of the text that begins the stop.
    private static int Begun(string text, string stop)
    {
        var length = Math.Min(stop.Length - 1, text.Length);
        while (!text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
        {
            length--;
        }

        return length;
    }
}
