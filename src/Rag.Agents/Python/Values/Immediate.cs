namespace Rag.Agents.Python.Values;

/// <summary>Marks a <see cref="Value"/> that lies in the value itself.</summary>
internal sealed class Immediate(PyType type) : PyObject
{
    public static readonly Immediate None = new(Types.None);
    public static readonly Immediate Bool = new(Types.Bool);
    public static readonly Immediate Int = new(Types.Int);
    public static readonly Immediate Float = new(Types.Float);

    public override PyType Type => type;

    public override long Size => 0;
}
