using Microsoft.Extensions.AI;
using Rag.Agents.Loop;

namespace Rag.Agents;

/// <summary>What a tool can know and tell of the run that calls it; lies in the <see cref="AIFunctionArguments.Context"/> of the call. Safe for concurrent use.</summary>
public sealed class AgentContext
{
    /// <summary>Agents may call each other this deep; more is a cycle.</summary>
    public const int MaxDepth = 4;

    private readonly Lock _lock = new();
    private readonly List<Passage> _passages = [];
    private readonly Dictionary<object, object> _states = [];
    private readonly AgentContext? _caller;

    internal AgentContext(RunState run, AgentContext? caller)
    {
        _caller = caller;
        Runs = [.. caller?.Runs ?? [], run];
        _passages.AddRange(run.Task.Known);
    }

    /// <summary>The passages that the tools of the run have found, in the order of their numbers; shared with the agents that it calls.</summary>
    public IReadOnlyList<Passage> Passages
    {
        get
        {
            if (_caller is not null)
            {
                return _caller.Passages;
            }

            lock (_lock)
            {
                return [.. _passages];
            }
        }
    }

    /// <summary>The runs from the outermost agent's to this one.</summary>
    internal IReadOnlyList<RunState> Runs { get; }

    /// <summary>The answer of an agent that took the task over; <see langword="null"/> while this one has it.</summary>
    internal Answer? HandedOver { get; private set; }

    /// <summary>The context of a call; <see langword="null"/> where the caller is no agent.</summary>
    public static AgentContext? Of(AIFunctionArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Context?.TryGetValue(typeof(AgentContext), out var context) == true ? context as AgentContext : null;
    }

    /// <summary>Lets the answer cite a passage.</summary>
    /// <param name="chunk">The passage, or the part of a stored one that the model is shown.</param>
    /// <param name="score">How well it was found; higher is better.</param>
    /// <returns>Its number, from 1; the same words of the same chunk keep theirs.</returns>
    public int Cite(Chunk chunk, double score)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        if (_caller is not null)
        {
            return _caller.Cite(chunk, score);
        }

        lock (_lock)
        {
            if (_passages.Find(p => p.Chunk.Id == chunk.Id && p.Chunk.Span == chunk.Span) is { } known)
            {
                return known.Number;
            }

            var number = _passages.Select(p => p.Number).DefaultIfEmpty().Max() + 1;
            _passages.Add(new(number, chunk, score));
            return number;
        }
    }

    /// <summary>What a tool keeps from call to call within this run, such as the page that lies open.</summary>
    /// <param name="owner">The tool.</param>
    /// <param name="make">Makes it at the first call.</param>
    public T State<T>(object owner, Func<T> make)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(make);
        lock (_lock)
        {
            if (!_states.TryGetValue(owner, out var state))
            {
                _states[owner] = state = make();
            }

            return (T)state;
        }
    }

    internal void HandOver(Answer answer) => HandedOver = answer;
}
