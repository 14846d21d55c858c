using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python;

/// <summary>One run of one program: its limits, its output and its calls in progress.</summary>
internal sealed class Run(PythonLimits limits, TimeProvider time, CancellationToken cancellationToken)
{
    // steps between two looks at the cancellation token
    private const int Slice = 4096;

    private readonly StringBuilder output = new();
    private long fuel;
    private long reserve = limits.MaxSteps;
    private long ceiling = limits.MaxMemory;

    public TimeProvider Time { get; } = time;

    public Value[] Globals = [];

    /// <summary>The innermost call.</summary>
    public Frame? Top;

    /// <summary>Calls, and values within values, that are open now.</summary>
    public int Depth;

    /// <summary>Containers being written, so that one which holds itself comes to an end.</summary>
    public List<PyObject> Writing { get; } = [];

    /// <summary>Bytes allocated since the run began, those of values that are gone included.</summary>
    public long Allocated { get; private set; }

    public long Steps => limits.MaxSteps - reserve - fuel;

    public string Output => output.ToString();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(long cost = 1)
    {
        if ((fuel -= cost) < 0)
        {
            Refuel();
        }
    }

    /// <summary>Asks for memory before it is taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Allocate(long bytes)
    {
        if ((Allocated += bytes) > ceiling)
        {
            Measure(bytes);
        }
    }

    /// <summary>Asks for memory and for the steps that filling it takes.</summary>
    public void Fill(long count, long bytesEach)
    {
        Allocate(count > limits.MaxMemory ? limits.MaxMemory + 1 : count * bytesEach);
        Step(count / 16);
    }

    public void Enter()
    {
        if (++Depth > limits.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw TooDeep();
        }
    }

    public void Leave() => Depth--;

    /// <summary>For what goes deeper without being a call of the program: an iterator over an iterator, a function around a function.</summary>
    public void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw TooDeep();
        }
    }

    /// <summary>Puts a new call on top of the others.</summary>
    public void Push(Frame frame)
    {
        Enter();
        frame.Depth = Depth;
        frame.Caller = Top;
        frame.Created = frame.Mark = Allocated;
        Top = frame;
    }

    public void Pop(Frame frame)
    {
        Top = frame.Caller;
        Depth = frame.Depth - 1;
    }

    /// <summary>Makes a call the innermost again, after an exception has left others.</summary>
    public void Unwind(Frame frame)
    {
        Top = frame;
        Depth = frame.Depth;
        Writing.Clear();
    }

    public void Print(string text)
    {
        var room = limits.MaxOutput - output.Length;
        output.Append(text.AsSpan(0, Math.Min(text.Length, room)));
        if (text.Length > room)
        {
            throw new LimitReached("OutputLimit", string.Create(CultureInfo.InvariantCulture, $"the program prints more than {limits.MaxOutput} characters. Print less."));
        }

        Step(text.Length / 16);
    }

    private LimitReached TooDeep() => new("RecursionError", string.Create(CultureInfo.InvariantCulture, $"maximum recursion depth exceeded: more than {limits.MaxDepth} levels. Use a loop in place of the recursion."));

    private void Refuel()
    {
        cancellationToken.ThrowIfCancellationRequested();
        var grant = Math.Min(reserve, Slice - fuel);
        reserve -= grant;
        fuel += grant;
        if (fuel < 0)
        {
            fuel = 0;
            throw new LimitReached("StepLimit", string.Create(CultureInfo.InvariantCulture, $"the program takes more than {limits.MaxSteps} steps. Does a loop never end? Use fewer turns or a formula."));
        }
    }

    private void Measure(long wanted)
    {
        var live = wanted > limits.MaxMemory ? wanted : wanted + Reachable.Measure(this);
        if (live > limits.MaxMemory)
        {
            throw new LimitReached("MemoryError", string.Create(CultureInfo.InvariantCulture, $"the values of the program take more than {limits.MaxMemory} bytes. Keep fewer or smaller values."));
        }

        ceiling = Allocated + limits.MaxMemory - live;
    }
}
