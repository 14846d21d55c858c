namespace Rag.Testing.Gguf;

/// <summary>How a written tensor stores its numbers; the values are those of the file format.</summary>
public enum TensorType
{
    /// <summary>4 bytes a number.</summary>
    F32 = 0,

    /// <summary>2 bytes a number.</summary>
    F16 = 1,

    /// <summary>34 bytes for 32 numbers: a half-precision scale and a signed byte each. The first dimension is a multiple of 32.</summary>
    Q80 = 8,
}
