namespace Rag.Llama.Templates.Jinja;

/// <summary>What <c>loop</c> knows inside a <c>for</c>.</summary>
internal static class LoopVariable
{
    /// <summary>The attribute; null where loops have no such attribute.</summary>
    public static Value? Find(Value.Loop loop, string name)
    {
        var (items, index) = (loop.Items, loop.Index);
        return name switch
        {
            "index" => new Value.Integer(index + 1),
            "index0" => new Value.Integer(index),
            "revindex" => new Value.Integer(items.Count - index),
            "revindex0" => new Value.Integer(items.Count - index - 1),
            "first" => Value.Of(index == 0),
            "last" => Value.Of(index == items.Count - 1),
            "length" => new Value.Integer(items.Count),
            "previtem" => index > 0 ? items[index - 1] : new Value.Undefined("there is no item before the first"),
            "nextitem" => index < items.Count - 1 ? items[index + 1] : new Value.Undefined("there is no item after the last"),
            "cycle" => new Value.Function(a => a.Positional.Count > 0 ? a.Positional[index % a.Positional.Count] : throw new ChatTemplateException("'loop.cycle' was given nothing to choose from; give it values.")),
            _ => null,
        };
    }
}
