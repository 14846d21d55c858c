using System.Globalization;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary>Sets an attribute.</summary>
internal sealed class AttributeTarget(Node target, string name) : Target
{
    public override void Assign(Frame frame, Value value) => target.Evaluate(frame).Object.SetAttribute(frame.Run, name, value);

    public override void Delete(Frame frame) => throw Raise.TypeError($"deleting the attribute '{name}' is not supported");
}

/// <summary>Sets an element or a slice.</summary>
internal sealed class SubscriptTarget(Node target, Node index) : Target
{
    public override void Assign(Frame frame, Value value)
    {
        var container = target.Evaluate(frame);
        container.Object.SetItem(frame.Run, index.Evaluate(frame), value);
    }

    public override void Delete(Frame frame)
    {
        var container = target.Evaluate(frame);
        container.Object.DeleteItem(frame.Run, index.Evaluate(frame));
    }
}

/// <summary>Takes a value apart; the target at <paramref name="star"/>, if 0 or more, takes all that the others leave.</summary>
internal sealed class UnpackTarget(Target[] targets, int star) : Target
{
    public override void Assign(Frame frame, Value value)
    {
        var items = value.Ref is PyTuple tuple ? tuple.Items : Iteration.ToArray(frame.Run, value, $"cannot unpack non-iterable {value.Type.Name} object");
        frame.Run.Step(targets.Length / 8);
        if (items.Length < (star < 0 ? targets.Length : targets.Length - 1))
        {
            throw Raise.ValueError(string.Create(CultureInfo.InvariantCulture, $"not enough values to unpack (expected {(star < 0 ? "" : "at least ")}{(star < 0 ? targets.Length : targets.Length - 1)}, got {items.Length})"));
        }

        if (star < 0 && items.Length > targets.Length)
        {
            throw Raise.ValueError(string.Create(CultureInfo.InvariantCulture, $"too many values to unpack (expected {targets.Length})"));
        }

        var rest = items.Length - targets.Length + 1;
        for (var i = 0; i < targets.Length; i++)
        {
            if (i == star)
            {
                frame.Run.Fill(rest, 16);
                targets[i].Assign(frame, new PyList([.. items.AsSpan(star, rest)]));
                continue;
            }

            targets[i].Assign(frame, items[star >= 0 && i > star ? i + rest - 1 : i]);
        }
    }

    public override void Delete(Frame frame)
    {
        foreach (var target in targets)
        {
            target.Delete(frame);
        }
    }
}
