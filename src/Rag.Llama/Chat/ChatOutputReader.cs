using System.Globalization;
using Rag.Llama.Templates;

namespace Rag.Llama.Chat;

/// <summary>Takes apart what a model writes, while it writes it, into reasoning, content and calls of tools.</summary>
/// <remarks>
/// Content comes out as early as possible: held back is only what may be the beginning of a marker, and white space, which beside a marker is dropped.
/// However the text is cut into pieces, the same comes out. Detokenize with special tokens written out, since many markers are special tokens, and without end tokens.
/// Reads one answer; not safe for concurrent use.
/// </remarks>
public sealed class ChatOutputReader
{
    private readonly bool _isBare;
    private readonly IReadOnlyList<ChatTool> _tools;
    private readonly Region[] _regions;
    private readonly MarkerSearch _begins;
    private readonly List<ChatOutputPiece> _pieces = [];
    private string _pending = "";
    private Region? _current;
    private MarkerSearch? _ends;
    private JsonExtent _extent = new();
    private int _scanned;
    private bool _trims;
    private bool _mayBeBare;
    private int _calls;

    /// <summary>For one answer.</summary>
    /// <param name="reasoning">How the model marks reasoning.</param>
    /// <param name="toolCalls">How it writes calls; null where it was given no tools, so that all of it is content.</param>
    /// <param name="tools">Those it was given; their schemas tell texts from numbers where the format does not.</param>
    /// <param name="prompt">What it was prompted with; its end may have opened the reasoning.</param>
    public ChatOutputReader(ReasoningFormat reasoning, ToolCallFormat? toolCalls = null, IReadOnlyList<ChatTool>? tools = null, string prompt = "")
    {
        ArgumentNullException.ThrowIfNull(reasoning);
        ArgumentNullException.ThrowIfNull(prompt);
        _tools = tools ?? [];
        _isBare = _mayBeBare = toolCalls?.IsBare ?? false;
        _regions = [.. toolCalls?.Regions ?? [], .. reasoning.Regions];
        _begins = new MarkerSearch(_regions.Select(r => r.Begin));
        if (reasoning.OpenedBy(prompt) is { } opened)
        {
            Enter(opened);
        }
    }

    /// <summary>What can be said after a further piece of text.</summary>
    public IReadOnlyList<ChatOutputPiece> Read(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        _pending += piece;
        return Drain(isComplete: false);
    }

    /// <summary>What was held back, when the model has ended.</summary>
    public IReadOnlyList<ChatOutputPiece> Finish() => Drain(isComplete: true);

    private ChatOutputPiece[] Drain(bool isComplete)
    {
        while (_current switch
        {
            Region.Call call => ReadCall(call, isComplete),
            Region.Reasoning => ReadReasoning(isComplete),
            _ => ReadContent(isComplete),
        })
        {
        }

        ChatOutputPiece[] drained = [.. _pieces];
        _pieces.Clear();
        return drained;
    }

    private bool ReadContent(bool isComplete)
    {
        if (_mayBeBare && _pending.AsSpan().TrimStart(_calls > 0 ? " \n\r\t;" : " \n\r\t") is var start && !(start.IsEmpty && isComplete))
        {
            switch (BareCall.Judge(start))
            {
                case true:
                    _pending = start.ToString();
                    Enter(new Region.Call("", [], JsonCalls.ReadBare));
                    return true;
                case null when !isComplete:
                    return false;
                case false when !start.IsEmpty && _begins.StandsAt(start, isComplete, out _):
                    break;
                default:
                    _mayBeBare = false;
                    break;
            }
        }

        var at = _begins.Find(_pending, isComplete, out var marker);
        Emit(at, isComplete && at == _pending.Length, marker is not null, text => new ChatOutputPiece.Content(text));
        if (marker is null)
        {
            return false;
        }

        _pending = _pending[marker.Length..];
        Enter(Array.Find(_regions, r => r.Begin == marker)!);
        return true;
    }

    private bool ReadReasoning(bool isComplete)
    {
        var at = _ends!.Find(_pending, isComplete, out var marker);
        Emit(at, isComplete && at == _pending.Length, marker is not null, text => new ChatOutputPiece.Reasoning(text));
        if (marker is null)
        {
            return false;
        }

        _pending = _pending[marker.Length..];
        Leave();
        return true;
    }

    /// <summary>Hands on the first <paramref name="length"/> characters but for white space that may stand beside a marker; leaves in <see cref="_pending"/> what comes from there on.</summary>
    private void Emit(int length, bool isEnd, bool isMarked, Func<string, ChatOutputPiece> toPiece)
    {
        var text = _pending.AsSpan(0, length);
        var skipped = _trims ? length - text.TrimStart().Length : 0;
        var kept = isEnd ? length : Math.Max(skipped, text.TrimEnd().Length);
        if (kept > skipped)
        {
            _trims = false;
            _mayBeBare = false;
            _pieces.Add(toPiece(_pending[skipped..kept]));
        }

        _pending = _pending[(isMarked ? length : kept)..];
    }

    private bool ReadCall(Region.Call call, bool isComplete)
    {
        while (_scanned < _pending.Length)
        {
            if (_ends is not null && !(call.IsJson && _extent.InString) && _ends.StandsAt(_pending.AsSpan(_scanned), isComplete, out var marker))
            {
                if (marker is null)
                {
                    return false;
                }

                return Close(call, _scanned, marker.Length, error: null);
            }

            _extent.Feed(_pending[_scanned++]);
            if (_ends is null && _extent.IsComplete)
            {
                return Close(call, _scanned, 0, error: null);
            }
        }

        return isComplete && Close(call, _pending.Length, 0, _ends is null ? "The call is cut off." : $"The call has no {string.Join(" or ", call.Ends)} at its end.");
    }

    private bool Close(Region.Call call, int length, int markerLength, string? error)
    {
        var reading = call.Read(_pending[..length], _tools);
        var written = call.Begin + _pending[..(length + markerLength)];
        _pending = _pending[(length + markerLength)..];
        foreach (var found in reading.Calls)
        {
            _calls++;
            _pieces.Add(new ChatOutputPiece.ToolCall(found.Id.Length > 0 ? found : found with { Id = string.Create(CultureInfo.InvariantCulture, $"call{_calls:00000}") }));
        }

        var isContent = reading.Calls.Count == 0 && call.Begin.Length == 0 && error is null;
        if (isContent)
        {
            _pieces.Add(new ChatOutputPiece.Content(written));
        }
        else if (reading.Error is { } wrong)
        {
            _pieces.Add(new ChatOutputPiece.MalformedToolCall(written, error is null ? wrong : $"{error} {wrong}"));
        }

        Leave();
        _trims = !isContent;
        _mayBeBare = _isBare && !isContent;
        return true;
    }

    private void Enter(Region region)
    {
        _trims = true;
        if (region is Region.Silent)
        {
            return;
        }

        _current = region;
        _ends = region.Ends.Count > 0 ? new MarkerSearch(region.Ends) : null;
        _extent = new JsonExtent();
        _scanned = 0;
    }

    private void Leave()
    {
        _current = null;
        _trims = true;
        _mayBeBare = _isBare;
    }
}
