using System.Runtime.CompilerServices;

namespace Rag.Agents.Python.Values;

/// <summary>Any Python value in 16 bytes: <c>None</c>, booleans, floats and integers of 64 bits lie in it, everything else is the object it points to. The default value stands for a variable that is not set.</summary>
internal readonly struct Value
{
    public readonly PyObject? Ref;
    public readonly long Bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Value(PyObject? reference, long bits) => (Ref, Bits) = (reference, bits);

    public static Value None => new(Immediate.None, 0);

    public static Value True => new(Immediate.Bool, 1);

    public static Value False => new(Immediate.Bool, 0);

    public bool IsUnbound => Ref is null;

    public bool IsNone => ReferenceEquals(Ref, Immediate.None);

    public bool IsBool => ReferenceEquals(Ref, Immediate.Bool);

    /// <summary>An integer of 64 bits, not a boolean and not a <see cref="PyBigInteger"/>.</summary>
    public bool IsInt => ReferenceEquals(Ref, Immediate.Int);

    public bool IsFloat => ReferenceEquals(Ref, Immediate.Float);

    public double Double => BitConverter.Int64BitsToDouble(Bits);

    public PyObject Object => Ref!;

    public PyType Type => Ref!.Type;

    public static implicit operator Value(PyObject value) => new(value, 0);

    public static implicit operator Value(string text) => new(new PyStr(text), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Int(long number) => new(Immediate.Int, number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Float(double number) => new(Immediate.Float, BitConverter.DoubleToInt64Bits(number));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Bool(bool value) => new(Immediate.Bool, value ? 1 : 0);

    /// <summary>True where both are one and the same, as <c>is</c> asks.</summary>
    public bool IsSame(Value other) => ReferenceEquals(Ref, other.Ref) && Bits == other.Bits;
}
