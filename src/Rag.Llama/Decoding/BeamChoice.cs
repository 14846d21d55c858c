namespace Rag.Llama.Decoding;

/// <summary>Gathers the ways to go on of one step's rows and takes the best. Keeps its room from step to step.</summary>
internal sealed class BeamChoice
{
    private readonly List<BeamCandidate> _candidates = [];
    private ulong[] _room = [];
    private float[] _masked = [];

    /// <summary>Adds the best ways to go on from a row; no more than <paramref name="top"/> of one row can be taken.</summary>
    public void Add(int row, Beam beam, ReadOnlySpan<float> logits, int top)
    {
        var normaliser = Exponential.LogSum(logits, VocabularyScan.Highest(logits));
        var allowed = beam.Constraint is null ? logits : Mask(beam.Constraint, logits);
        var room = VocabularyScan.RoomForTop(top, logits.Length);
        _room = _room.Length < room ? new ulong[room] : _room;
        foreach (var key in _room.AsSpan(0, VocabularyScan.Top(allowed, top, _room.AsSpan(0, room))))
        {
            var token = CandidateKey.Token(key);
            _candidates.Add(new BeamCandidate(row, token, beam.LogProbability + (logits[token] - normaliser)));
        }
    }

    /// <summary>The best <paramref name="count"/>, best first, ties by row, then by token; forgets all.</summary>
    public IReadOnlyList<BeamCandidate> Take(int count)
    {
        BeamCandidate[] best = [.. _candidates.OrderByDescending(c => c.LogProbability).ThenBy(c => c.Row).ThenBy(c => c.Token).Take(count)];
        _candidates.Clear();
        return best;
    }

    private ReadOnlySpan<float> Mask(ITokenConstraint constraint, ReadOnlySpan<float> logits)
    {
        _masked = _masked.Length < logits.Length ? new float[logits.Length] : _masked;
        var masked = _masked.AsSpan(0, logits.Length);
        logits.CopyTo(masked);
        constraint.Mask(masked);
        return masked;
    }
}
