namespace Rag.Testing.Qdrant;

/// <summary>The faults to come. Safe for concurrent use.</summary>
public sealed class QdrantFaults
{
    private readonly Lock _gate = new();
    private readonly List<(QdrantFault Fault, int Left)> _faults = [];
    private int? _writesLeft;

    /// <summary>Meets the next requests that it fits, after the faults that were added before.</summary>
    public void Add(QdrantFault fault)
    {
        lock (_gate)
        {
            _faults.Add((fault, fault.Times));
        }
    }

    /// <summary>The server dies when it has answered this many more writes: every request after that, reads too, finds nobody, until <see cref="Restart"/>.</summary>
    public void KillAfterWrites(int writes)
    {
        lock (_gate)
        {
            _writesLeft = writes;
        }
    }

    /// <summary>The server is there again, with all that it had applied, and does not die.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _writesLeft = null;
        }
    }

    /// <exception cref="HttpRequestException">The server is dead.</exception>
    internal QdrantFault? Next(QdrantRequest request)
    {
        lock (_gate)
        {
            if (_writesLeft == 0)
            {
                throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused");
            }

            if (request.IsWrite)
            {
                _writesLeft--;
            }

            var at = _faults.FindIndex(f => f.Fault.When(request));
            if (at < 0)
            {
                return null;
            }

            var (fault, left) = _faults[at];
            _faults[at] = (fault, left - 1);
            if (left <= 1)
            {
                _faults.RemoveAt(at);
            }

            return fault;
        }
    }
}
