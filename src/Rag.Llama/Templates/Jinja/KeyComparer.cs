namespace Rag.Llama.Templates.Jinja;

/// <summary>Which keys of a dict are the same: 1, 1.0 and true are. Lists and dicts cannot be keys, nor tuples, which no chat template needs.</summary>
internal sealed class KeyComparer : IEqualityComparer<Value>
{
    private KeyComparer()
    {
    }

    /// <summary>The only one.</summary>
    public static KeyComparer Instance { get; } = new();

    public bool Equals(Value? x, Value? y) => ToKey(x!).Equals(ToKey(y!));

    public int GetHashCode(Value obj) => ToKey(obj).GetHashCode();

    private static object ToKey(Value value) => value switch
    {
        Value.Text text => text.Content,
        Value.Bool flag => flag.IsTrue ? 1d : 0d,
        Value.Integer number when Math.Abs((double)number.Content) < 1L << 53 => (double)number.Content,
        Value.Integer number => number.Content,
        Value.Real number => number.Content,
        Value.None => DBNull.Value,
        Value.Undefined undefined => throw new ChatTemplateException($"{undefined.Reason}, so it cannot be the key of a dict; define it first."),
        _ => throw new ChatTemplateException($"a {value.TypeName} cannot be the key of a dict; use a text or a number."),
    };
}
