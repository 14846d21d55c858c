namespace Rag.Llama.Templates.Jinja;

/// <summary>What a call passes, with Python's rule that an argument may come by place or by name.</summary>
internal sealed class CallArguments(IReadOnlyList<Value> positional, IReadOnlyDictionary<string, Value> named)
{
    /// <summary>Nothing.</summary>
    public static CallArguments Empty { get; } = new([], new Dictionary<string, Value>());

    /// <summary>Those passed by place.</summary>
    public IReadOnlyList<Value> Positional => positional;

    /// <summary>Those passed by name.</summary>
    public IReadOnlyDictionary<string, Value> Named => named;

    /// <summary>The argument, null where it was not passed.</summary>
    public Value? At(int index, string name) => index < positional.Count ? positional[index] : named.GetValueOrDefault(name);

    /// <summary>The argument, which must have been passed.</summary>
    public Value Need(int index, string name) => At(index, name) ?? throw new ChatTemplateException($"the argument '{name}' is missing in a call; pass it.");

    /// <summary>A text; null where it was not passed or is none.</summary>
    public string? Text(int index, string name) => At(index, name) switch
    {
        null or Value.None => null,
        Value.Text text => text.Content,
        var other => throw new ChatTemplateException($"the argument '{name}' is of type {other.TypeName} and must be a text; pass a text."),
    };

    /// <summary>A whole number.</summary>
    public long Integer(int index, string name, long otherwise) => At(index, name) switch
    {
        null or Value.None => otherwise,
        Value.Integer number => number.Content,
        Value.Bool flag => flag.IsTrue ? 1 : 0,
        var other => throw new ChatTemplateException($"the argument '{name}' is of type {other.TypeName} and must be a whole number; pass one."),
    };

    /// <summary>A truth value.</summary>
    public bool Flag(int index, string name, bool otherwise = false) => At(index, name)?.IsTrue ?? otherwise;

    /// <summary>Without the first <paramref name="count"/> that were passed by place.</summary>
    public CallArguments Skip(int count) => new([.. positional.Skip(count)], named);
}
