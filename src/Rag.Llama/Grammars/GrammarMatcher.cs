namespace Rag.Llama.Grammars;

/// <summary>A pushdown matcher over bytes that remembers its states, so that text like text met before costs one look-up a byte. Safe for concurrent use.</summary>
internal sealed class GrammarMatcher
{
    private readonly Lock _gate = new();
    private readonly GrammarProgram _program;
    private readonly StackClosure _closure;
    private readonly Dictionary<MatcherState, MatcherState> _states = [];
    private readonly MatcherState _start;
    private int _generation;
    private long _weight;

    public GrammarMatcher(GrammarProgram program)
    {
        _program = program;
        _closure = new StackClosure(program);
        _closure.AddBlock(program.Root);
        _start = Remember(_closure.Tops(), _closure.CanEnd);
    }

    /// <summary>The byte class of each byte, [256].</summary>
    public byte[] Classes => _program.Bytes.Classes;

    /// <summary>The state before any text.</summary>
    public MatcherState Start => Renew(_start);

    /// <summary>The same state, at home among those now remembered.</summary>
    public MatcherState Renew(MatcherState state)
    {
        lock (_gate)
        {
            return state.Generation == _generation ? state : Remember(state.Tops, state.CanEnd);
        }
    }

    /// <summary>The state after a byte, which is dead if the byte cannot stand there.</summary>
    /// <param name="state">Where the byte is met.</param>
    /// <param name="byteClass">Of <see cref="Classes"/>.</param>
    /// <param name="work">Stack moves left; taken from.</param>
    /// <exception cref="GrammarException">No moves are left, or the grammar is too ambiguous.</exception>
    public MatcherState Step(MatcherState state, int byteClass, ref long work)
    {
        if (state.Next[byteClass] is { } known)
        {
            return known;
        }

        lock (_gate)
        {
            Move(state, byteClass);
            work -= _closure.Moves + state.Tops.Length;
            if (work < 0)
            {
                throw new GrammarException($"The grammar needs more than {GrammarLimits.Work} moves for one step. Make it less ambiguous.");
            }

            var next = Remember(_closure.Tops(), _closure.CanEnd);
            if (next.Generation == state.Generation)
            {
                Volatile.Write(ref state.Next[byteClass], next);
            }

            return next;
        }
    }

    /// <summary>The state after some bytes.</summary>
    public MatcherState Walk(MatcherState state, ReadOnlySpan<byte> text)
    {
        var work = GrammarLimits.Work;
        foreach (var value in text)
        {
            if (state.IsDead)
            {
                break;
            }

            state = Step(state, Classes[value], ref work);
        }

        return state;
    }

    private void Move(MatcherState state, int byteClass)
    {
        _closure.Clear();
        foreach (var top in state.Tops)
        {
            var next = _program.Bytes.Next(top.Count, byteClass);
            if (next == ByteAutomaton.Done)
            {
                _closure.Add(top.Position + 1, top.Parent);
            }
            else if (next != ByteAutomaton.None)
            {
                _closure.AddWaiting(new StackNode(top.Position, next, top.Parent));
            }
        }
    }

    private MatcherState Remember(StackNode[] tops, bool canEnd)
    {
        var state = new MatcherState(tops, canEnd, _generation, _program.Bytes.ClassCount);
        if (_states.TryGetValue(state, out var known))
        {
            return known;
        }

        // states of an old generation stay right, but are left to the garbage collector: no new one points at them
        _weight += tops.Length + state.Next.Length;
        if (_weight > GrammarLimits.RememberedWeight)
        {
            _states.Clear();
            _weight = tops.Length + state.Next.Length;
            _generation++;
            state = new MatcherState(tops, canEnd, _generation, _program.Bytes.ClassCount);
        }

        _states.Add(state, state);
        return state;
    }
}
