namespace Rag.Llama.Templates.Jinja;

/// <summary>A value of the language, which behaves as Python's of the same name. Only <see cref="Sequence"/>, <see cref="Mapping"/> and <see cref="Namespace"/> can change.</summary>
internal abstract class Value
{
    private Value()
    {
    }

    /// <summary><c>true</c></summary>
    public static Value True { get; } = new Bool(true);

    /// <summary><c>false</c></summary>
    public static Value False { get; } = new Bool(false);

    /// <summary><c>none</c></summary>
    public static Value Nothing { get; } = new None();

    /// <summary>Whether an <c>if</c> takes it for true: neither empty nor zero.</summary>
    public abstract bool IsTrue { get; }

    /// <summary>Python's name of the type, for messages.</summary>
    public abstract string TypeName { get; }

    /// <summary>One of the two truth values.</summary>
    public static Value Of(bool value) => value ? True : False;

    /// <summary>Something that is not there; most uses of it fail, but it prints as nothing and has no items.</summary>
    internal sealed class Undefined(string reason) : Value
    {
        /// <summary>What was looked for in vain.</summary>
        public string Reason => reason;

        public override bool IsTrue => false;

        public override string TypeName => "Undefined";
    }

    /// <summary>Python's <c>None</c>.</summary>
    internal sealed class None : Value
    {
        public override bool IsTrue => false;

        public override string TypeName => "NoneType";
    }

    /// <summary>A truth value, which counts as 0 or 1.</summary>
    internal sealed class Bool(bool content) : Value
    {
        public override bool IsTrue => content;

        public override string TypeName => "bool";
    }

    /// <summary>A whole number; sixty-four bits must do.</summary>
    internal sealed class Integer(long content) : Value
    {
        public long Content => content;

        public override bool IsTrue => content != 0;

        public override string TypeName => "int";
    }

    /// <summary>A number with a fraction.</summary>
    internal sealed class Real(double content) : Value
    {
        public double Content => content;

        public override bool IsTrue => content != 0;

        public override string TypeName => "float";
    }

    /// <summary>A text.</summary>
    internal sealed class Text(string content) : Value
    {
        public string Content => content;

        public override bool IsTrue => content.Length > 0;

        public override string TypeName => "str";
    }

    /// <summary>A list or a tuple.</summary>
    internal sealed class Sequence(List<Value> items, bool isTuple = false) : Value
    {
        public List<Value> Items => items;

        public bool IsTuple => isTuple;

        public override bool IsTrue => items.Count > 0;

        public override string TypeName => isTuple ? "tuple" : "list";
    }

    /// <summary>A dict, in the order in which its keys came.</summary>
    internal sealed class Mapping(OrderedDictionary<Value, Value> entries) : Value
    {
        public Mapping()
            : this(new OrderedDictionary<Value, Value>(KeyComparer.Instance))
        {
        }

        public OrderedDictionary<Value, Value> Entries => entries;

        public override bool IsTrue => entries.Count > 0;

        public override string TypeName => "dict";
    }

    /// <summary>What <c>namespace()</c> gives: variables that an inner scope may set.</summary>
    internal sealed class Namespace(Dictionary<string, Value> variables) : Value
    {
        public Dictionary<string, Value> Variables => variables;

        public override bool IsTrue => true;

        public override string TypeName => "namespace";
    }

    /// <summary>The variable <c>loop</c> inside a <c>for</c>, during the iteration over item <paramref name="index"/>, which is 0-based.</summary>
    internal sealed class Loop(IReadOnlyList<Value> items, int index) : Value
    {
        public IReadOnlyList<Value> Items => items;

        public int Index => index;

        public override bool IsTrue => true;

        public override string TypeName => "loop";
    }

    /// <summary>Something to call.</summary>
    internal sealed class Function(Func<CallArguments, Value> body) : Value
    {
        public Func<CallArguments, Value> Body => body;

        public override bool IsTrue => true;

        public override string TypeName => "function";
    }
}
