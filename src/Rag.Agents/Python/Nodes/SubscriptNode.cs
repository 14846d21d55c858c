using System.Text;
using Rag.Agents.Python.Operations;
using Rag.Agents.Python.Values;

namespace Rag.Agents.Python.Nodes;

/// <summary><c>target.name</c>.</summary>
internal sealed class AttributeNode(Node target, string name) : Node
{
    public override Value Evaluate(Frame frame) => Attributes.Get(frame.Run, target.Evaluate(frame), name);
}

/// <summary><c>target[index]</c>.</summary>
internal sealed class SubscriptNode(Node target, Node index) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var container = target.Evaluate(frame);
        var at = index.Evaluate(frame);
        if (at.IsInt && container.Ref is PyList list && (ulong)at.Bits < (ulong)list.Items.Count)
        {
            return list.Items[(int)at.Bits];
        }

        return container.Object.GetItem(frame.Run, at);
    }
}

/// <summary><c>start:stop:step</c> between brackets.</summary>
internal sealed class SliceNode(Node start, Node stop, Node step) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var first = start.Evaluate(frame);
        var last = stop.Evaluate(frame);
        return new PySlice(first, last, step.Evaluate(frame));
    }
}

/// <summary>A part of a formatted string: a text, or a value with its conversion and format.</summary>
internal sealed record FormattedPart(string Text, Node? Value, char Conversion, Node? Specification);

/// <summary>A formatted string.</summary>
internal sealed class FormattedNode(FormattedPart[] parts) : Node
{
    public override Value Evaluate(Frame frame)
    {
        var run = frame.Run;
        var builder = new StringBuilder();
        foreach (var part in parts)
        {
            TextOf.Append(run, builder, part.Value is null ? part.Text : Text(frame, part));
        }

        run.Allocate(56);
        return builder.ToString();
    }

    private static string Text(Frame frame, FormattedPart part)
    {
        var value = part.Value!.Evaluate(frame);
        value = part.Conversion switch
        {
            '\0' => value,
            's' => TextOf.Str(frame.Run, value),
            _ => TextOf.Repr(frame.Run, value),
        };
        return Formatting.Apply(frame.Run, value, part.Specification is null ? "" : ((PyStr)part.Specification.Evaluate(frame).Ref!).Text);
    }
}
