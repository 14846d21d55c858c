using Rag.Agents.Python.Nodes;

namespace Rag.Agents.Python.Values;

/// <summary>A function that stops at each <c>yield</c> and goes on when the next value is wanted.</summary>
internal sealed class PyGenerator(Frame frame) : PyIterator
{
    private bool started;
    private bool running;
    private bool ended;

    public override PyType Type => Types.Generator;

    public override long Size => 160 + (16L * frame.Locals.Length);

    public override void Visit(Reachable reachable)
    {
        reachable.Add(frame.Locals);
        reachable.Add(frame.Result);
    }

    public override string Repr(Run run) => $"<generator object {frame.Function?.Code.Name}>";

    public override bool TryNext(Run run, out Value value)
    {
        value = default;
        if (running)
        {
            throw Raise.ValueError("generator already executing");
        }

        if (ended)
        {
            return false;
        }

        (running, ended) = (true, true);
        frame.Resuming = started;
        started = true;
        run.Push(frame);
        try
        {
            ended = frame.Function!.Code.Body.Execute(frame) != Flow.Yield;
        }
        finally
        {
            running = false;
        }

        run.Pop(frame);
        value = ended ? default : frame.Result;
        return !ended;
    }
}
