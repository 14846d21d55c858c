namespace Rag.Llama.Decoding;

/// <summary>Finds stop sequences in a text that arrives in pieces and gives out what is certain not to belong to one. Holds the state of one text; not safe for concurrent use.</summary>
/// <remarks>
/// The stop that ends first wins, the longest of those that end there; nothing from its start on is ever given out. Compared by UTF-16 code unit, as written.
/// How the text is split into pieces changes when text comes out, never what comes out.
/// </remarks>
public sealed class StopScanner
{
    private readonly string[] _stops;
    private string _held = "";

    /// <summary>Looks for <paramref name="stops"/>; none lets everything through at once.</summary>
    /// <exception cref="ArgumentException">A stop is empty.</exception>
    public StopScanner(IEnumerable<string> stops)
    {
        ArgumentNullException.ThrowIfNull(stops);
        _stops = [.. stops];
        foreach (var stop in _stops)
        {
            ArgumentException.ThrowIfNullOrEmpty(stop, nameof(stops));
        }
    }

    /// <summary>The stop that was found; <see langword="null"/> before.</summary>
    public string? Matched { get; private set; }

    /// <summary>Takes the next piece and gives the text that can go out, which may be empty; always empty after a match.</summary>
    public string Push(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        if (Matched is not null)
        {
            return "";
        }

        // no stop lies wholly in the held text, so each one found ends in the new piece
        var text = _held + piece;
        var (end, start) = (int.MaxValue, 0);
        foreach (var stop in _stops)
        {
            var at = text.IndexOf(stop, StringComparison.Ordinal);
            if (at >= 0 && (at + stop.Length < end || (at + stop.Length == end && at < start)))
            {
                (end, start, Matched) = (at + stop.Length, at, stop);
            }
        }

        var released = Matched is null ? text.Length - Held(text) : start;
        _held = Matched is null ? text[released..] : "";
        return text[..released];
    }

    /// <summary>The text held back, once no more comes; empty after a match.</summary>
    public string Flush()
    {
        var rest = _held;
        _held = "";
        return rest;
    }

    /// <summary>Length of the longest end of the text that begins a stop.</summary>
    private int Held(string text)
    {
        var held = 0;
        foreach (var stop in _stops)
        {
            for (var length = Math.Min(stop.Length - 1, text.Length); length > held; length--)
            {
                if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                {
                    held = length;
                }
            }
        }

        return held;
    }
}
