using System.Numerics;
using Rag.Agents.Python.Operations;

namespace Rag.Agents.Python.Values;

/// <summary>An integer beyond 64 bits.</summary>
internal sealed class PyBigInteger(BigInteger number) : PyObject
{
    public BigInteger Number { get; } = number;

    public override PyType Type => Types.Int;

    public override long Size => 48 + (Number.GetBitLength() / 8);

    public override string Repr(Run run) => Integers.Decimal(run, Number);

    public override bool IsTrue(Run run) => true;

    public override bool IsEqual(Run run, Value other) => Comparing.AreEqual(run, this, other);

    public override long Hash(Run run)
    {
        run.Step(Integers.Words(Number) / 8);
        return Integers.Hash(Number);
    }
}
