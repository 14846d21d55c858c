namespace Rag.Ingest.Reading.Outlines;

/// <summary>Collects the joints of data whose parts hold parts: what opens a large part stays with the first thing in it, what closes it with the last.</summary>
internal sealed class Nesting
{
    private readonly Stack<string?> _contexts = [];
    private string? _context;
    private int? _piece; // where the piece of small parts begins that may take one more
    private bool _isOpened; // nothing stands yet behind the opening of a large part

    public List<Joint> Joints { get; } = [];

    /// <summary>A part that is not divided.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="record">Its name where it is a piece of its own; <see langword="null"/> when it shares one with its neighbours.</param>
    public void Add(int start, int end, string? record = null)
    {
        var isShared = record is null && _piece is { } piece && end - piece <= Joint.Small;
        if (_isOpened)
        {
            Joints[^1] = record is null ? Joints[^1] : Joints[^1] with { Context = Joint.Inside(_context, record) };
            _piece = record is null ? Joints[^1].Start : null;
        }
        else if (!isShared)
        {
            Joints.Add(new(start, string.IsNullOrEmpty(record) ? _context : Joint.Inside(_context, record)));
            _piece = record is null ? start : null;
        }

        _isOpened = false;
    }

    /// <summary>A large part begins.</summary>
    /// <param name="start">Where.</param>
    /// <param name="name">Its name; <see langword="null"/> for one without.</param>
    public void Enter(int start, string? name)
    {
        _contexts.Push(_context);
        _context = string.IsNullOrEmpty(name) ? _context : Joint.Inside(_context, name);
        if (_isOpened)
        {
            Joints[^1] = Joints[^1] with { Context = _context };
        }
        else
        {
            Joints.Add(new(start, _context));
        }

        (_isOpened, _piece) = (true, null);
    }

    /// <summary>The large part ends that began last.</summary>
    public void Leave()
    {
        _context = _contexts.Pop();
        (_isOpened, _piece) = (false, null);
    }
}
